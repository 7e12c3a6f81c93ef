"""Steps of a graph without weights, whose code is not read: operations on tensors, and Lambda layers."""

from __future__ import annotations

from ...core.tree import NOTHING
from ...errors import ShapeError, SymparamsError, UnknownLayerError, brief
from ..axes import shapes_contradict
from ..graph import (
    Call,
    GivenBy,
    KerasCountable,
    KerasTensor,
    UnknownTensor,
    first_unknown,
    known_shape,
    mapped_structure,
    tensors_in,
)
from ..names import automatic_name
from ..plain_values import is_shape, python_value
from .arguments import Operand, Unknown, Use
from .rules import rule_name, rule_of
from .shapes_as_values import sizes_held

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from ...core.model import Part
    from ...core.sizes import OpenShape
    from ...core.tree import Node
    from ..graph import Placed

    Shapes = OpenShape | list[OpenShape]


class Operation(KerasCountable):
    """An operation as a step of a graph: a name, its output shapes, and no weights."""

    version = ""  # the version of a model comes from its layers
    is_operation = True
    named_by_user = True

    def __init__(self, name: str, class_name: str, called: str, config: dict[str, object]) -> None:
        self.name, self.class_name, self.called, self.config = name, class_name, called, config
        self.calls = []
        self.home: object = None
        self.recorded: dict[int, OpenShape] = {}  # the output shapes of the next use in the file, by number of the output
        self.outputs = 1  # how many outputs the graph refers to
        self.exactly = True  # whether the recorded shapes are numbers, and so take precedence
        self.seen: list[tuple[list[OpenShape], list[OpenShape | None]]] = []  # input shapes, and the recorded output shapes
        self._trainable = True

    def __call__(self, *args: object, **kwargs: object) -> Any:
        call = Call(self, args, kwargs)
        inputs, unknown = call.inputs, first_unknown(call.inputs)
        known = [] if unknown else [tensor.shape for tensor in inputs]
        use = None if unknown else Use(known, mapped_structure(args, operand), {**self.config, **mapped_structure(kwargs, operand)})
        ruled = self._ruled(use) if use is not None else None
        shapes = self._merged(ruled)
        if known and ruled is None:
            shapes = self._remembered(known, shapes)
        self.recorded = {}

        def tensor(shape: OpenShape | None) -> KerasTensor:
            if shape is None:
                return UnknownTensor(unknown.error if unknown else self._unknown(), call)
            same_width = bool(inputs) and not unknown and shape[-1:] == inputs[0].shape[-1:]
            because = inputs[0].because if same_width else GivenBy(self)
            return KerasTensor(shape, inputs[0].dtype if inputs else "float32", call=call, because=because)

        outputs = [tensor(shape) for shape in shapes]
        outputs[0].holds = sizes_held(rule_name(self.called), use) if known and use is not None else None
        call.outputs = outputs if len(outputs) > 1 or isinstance(ruled, list) else outputs[0]
        self.calls.append(call)
        return call.outputs

    def _ruled(self, use: Use) -> Shapes | None:
        """The shapes by the rule of the operation; None where it has no rule, or the rule does not determine them."""
        rule = self._rule()
        if rule is None or not use.shapes:
            return None
        try:
            return rule(use)
        except Unknown:
            return None
        except SymparamsError:
            if self.recorded:  # Keras has executed it
                return None
            raise
        except (TypeError, ValueError, LookupError, ArithmeticError) as error:
            if self.recorded:
                return None
            raise ShapeError(f"{self.called} {brief(self.name)} cannot take inputs of {brief(use.shapes)}: {error}") from None

    def _merged(self, ruled: Shapes | None) -> list[OpenShape | None]:
        """The shapes of all outputs: those in the file, unless the rule contradicts them or gives letters."""
        by_rule = ruled if isinstance(ruled, list) else [] if ruled is None else [ruled]
        found: list[OpenShape | None] = []
        for number in range(len(by_rule) or self.outputs):
            in_file, own = self.recorded.get(number), by_rule[number] if number < len(by_rule) else None
            found.append(
                in_file if own is None or (in_file is not None and self.exactly and not shapes_contradict(in_file, own)) else own
            )
        return found

    def remember(self, call: Call) -> None:
        """Keeps the output shapes that the file records for a call, for the next call on such inputs."""
        if first_unknown(call.inputs) is None:
            self.seen.append(([tensor.shape for tensor in call.inputs], [*map(known_shape, tensors_in(call.outputs))]))

    def _remembered(self, inputs: list[OpenShape], shapes: list[OpenShape | None]) -> list[OpenShape | None]:
        """The given shapes, or those recorded for inputs that differ at most in the batch."""
        if self.recorded:
            self.seen.append((inputs, shapes))
            return shapes
        for before, outputs in self.seen:
            if [shape[1:] for shape in before] == [shape[1:] for shape in inputs]:
                batch, new = before[0][:1], inputs[0][:1]
                return [shape if shape is None or shape[:1] != batch else (*new, *shape[1:]) for shape in outputs]
        return shapes

    def _rule(self) -> Callable[[Use], Shapes] | None:
        return rule_of(self.called)

    def _unknown(self) -> UnknownLayerError:
        return UnknownLayerError(
            f"the output shape of the operation {brief(self.called)} ({brief(self.name)}) is unknown and not in the file: save the "
            "model with Keras 3, whose files have it, or put the operation into your own layer and give a reader for it in extra={...}"
        )

    @property
    def built(self) -> bool:
        """Whether it was called."""
        return bool(self.calls)

    @property
    def output_shape(self) -> Any:
        """The shape of its output, or a list of shapes; None where it is unknown."""
        return mapped_structure(self.calls[0].outputs, known_shape) if self.calls else None

    @property
    def title(self) -> str:
        """The name of the operation."""
        return self.called

    def inside(self) -> list[KerasCountable]:
        return []

    def letters_used(self) -> set[str]:
        """No letters, since an operation has no sizes."""
        return set()

    def tree(self, seen: set[int]) -> Node:  # noqa: ARG002
        return NOTHING

    def uses(self) -> list[Placed]:
        return []

    def parts_of(self, seen: set[int]) -> list[Part]:  # noqa: ARG002
        return []

    @property
    def _holders(self) -> set[int]:
        return set()

    @property
    def _trained(self) -> set[bool]:
        return set()

    def __repr__(self) -> str:
        return f"<{self.class_name} name={self.name}>"


class Lambda(Operation):
    """A Lambda layer: Python code, which is never run. Its output shape comes from its config or its file."""

    is_operation = False

    def _rule(self) -> Callable[[Use], Shapes] | None:
        shape = python_value(self.config.get("output_shape"))
        return (lambda use: (use.first[0], *shape)) if is_shape(shape) else None

    def _unknown(self) -> UnknownLayerError:
        return UnknownLayerError(
            f"the output shape of the Lambda layer {brief(self.name)} is unknown, since its Python code is not run: give the layer "
            "an output_shape, or give extra={'Lambda': reader}"
        )


def operation(name: str, class_name: str, config: dict[str, object]) -> Operation:
    """The operation that a config describes."""
    if class_name == "Lambda":
        return Lambda(name, class_name, class_name, config)
    called = config.get("function") if class_name == "TFOpLambda" else None
    if class_name == "TensorFlowOpLayer":  # used before TensorFlow 2.4, with a whole node of TensorFlow's graph
        node = config.get("node_def")
        called = node.get("op") if isinstance(node, dict) else None
    return Operation(name, class_name, called if isinstance(called, str) else class_name, config)


def operand(tensor: KerasTensor) -> Operand:
    """A tensor as an operand of a rule."""
    return Operand(shape=tensor.shape, holds=tensor.holds)


def operation_output(class_name: str, *args: object, **kwargs: object) -> Any:
    """The output tensors of an operation, which becomes a step of the graph."""
    given = [*tensors_in((args, kwargs))]
    if not given:
        raise ShapeError(f"{class_name} must be called on symbolic tensors, such as Input((64, 15)), not on {args!r}")
    step = operation(automatic_name(class_name), class_name, {})
    step.named_by_user = False
    outputs = step(*args, **kwargs)
    if first_unknown(tensors_in(outputs)) is not None:
        raise ShapeError(f"{class_name}: the output shape is unknown; use a layer instead, such as Reshape")
    return outputs if any(tensor.call is not None for tensor in given) else mapped_structure(outputs, without_graph)


def without_graph(tensor: KerasTensor) -> KerasTensor:
    """The same tensor as a step of no graph, as are those that it is made of."""
    made = KerasTensor(tensor.shape, tensor.dtype)
    made.holds = tensor.holds
    return made


def constant_output(name: str, rule: Callable[[Use], Shapes], args: tuple[object, ...], kwargs: dict[str, object]) -> Any:
    """The tensor or tensors that an operation makes of numbers alone."""
    use = Use([], mapped_structure(args, operand), mapped_structure(kwargs, operand))
    try:
        shape = rule(use)
    except (Unknown, TypeError, ValueError, LookupError) as error:
        raise ShapeError(f"{name}: the shape is not known from its arguments{f': {error}' if str(error) else ''}") from None
    dtype = kwargs.get("dtype")
    dtype = dtype if isinstance(dtype, str) else "float32"
    return [KerasTensor(each, dtype) for each in shape] if isinstance(shape, list) else KerasTensor(shape, dtype)
