"""Steps of a graph that have no weights and whose code nobody reads: operations on tensors, and Lambda layers."""

from __future__ import annotations

from ...core.tree import NOTHING
from ...errors import ShapeError, SymparamsError, UnknownLayerError, brief
from ..axes import differ
from ..graph import Call, Counted, GivenBy, KerasTensor, Unsaid, mapped, said_shape, tensors_in, unsaid_in
from ..names import automatic_name
from ..plain_values import is_shape, plain
from .arguments import Operand, Unknown, Use
from .rules import plain_name, rule_of
from .shapes_as_values import held

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from ...core.model import Part
    from ...core.sizes import OpenShape
    from ...core.tree import Node
    from ..graph import Placed

    Shapes = OpenShape | list[OpenShape]


class Operation(Counted):
    """An operation as a step of a graph: a name, the shapes that it gives, and no weights."""

    version = ""  # of a model, its layers tell it
    named_by_user = True

    def __init__(self, name: str, class_name: str, called: str, config: dict[str, object]) -> None:
        self.name, self.class_name, self.called, self.config = name, class_name, called, config
        self.calls = []
        self.home: object = None
        self.recorded: dict[int, OpenShape] = {}  # what the file says that the next use gives, by the number of the output
        self.outputs = 1  # how many the graph refers to
        self.exactly = True  # whether that is said in numbers, and so the last word
        self.seen: list[tuple[list[OpenShape], list[OpenShape | None]]] = []  # for what inputs the file says which outputs
        self._trainable = True

    def __call__(self, *args: object, **kwargs: object) -> Any:
        call = Call(self, args, kwargs)
        inputs, unsaid = call.inputs, unsaid_in(call.inputs)
        known = [] if unsaid else [tensor.shape for tensor in inputs]
        use = None if unsaid else Use(known, mapped(args, operand), {**self.config, **mapped(kwargs, operand)})
        ruled = self._ruled(use) if use is not None else None
        shapes = self._merged(ruled)
        if known and ruled is None:
            shapes = self._remembered(known, shapes)
        self.recorded = {}

        def tensor(shape: OpenShape | None) -> KerasTensor:
            if shape is None:
                return Unsaid(unsaid.error if unsaid else self._unknown(), call)
            same_width = bool(inputs) and not unsaid and shape[-1:] == inputs[0].shape[-1:]
            because = inputs[0].because if same_width else GivenBy(self)
            return KerasTensor(shape, inputs[0].dtype if inputs else "float32", call=call, because=because)

        outputs = [tensor(shape) for shape in shapes]
        outputs[0].holds = held(plain_name(self.called), use) if known and use is not None else None
        call.outputs = outputs if len(outputs) > 1 or isinstance(ruled, list) else outputs[0]
        self.calls.append(call)
        return call.outputs

    def _ruled(self, use: Use) -> Shapes | None:
        """The shapes by the rule of the operation; None where it has none, or the rule does not tell."""
        rule = self._rule()
        if rule is None or not use.shapes:
            return None
        try:
            return rule(use)
        except Unknown:
            return None
        except SymparamsError:
            if self.recorded:  # Keras has done it
                return None
            raise
        except (TypeError, ValueError, LookupError, ArithmeticError) as error:
            if self.recorded:
                return None
            raise ShapeError(f"{self.called} {brief(self.name)} does not go with {brief(use.shapes)}: {error}") from None

    def _merged(self, ruled: Shapes | None) -> list[OpenShape | None]:
        """The shapes of all outputs: as the file says, unless the rule says otherwise or has the letters of its input."""
        by_rule = ruled if isinstance(ruled, list) else [] if ruled is None else [ruled]
        found: list[OpenShape | None] = []
        for number in range(len(by_rule) or self.outputs):
            said, one = self.recorded.get(number), by_rule[number] if number < len(by_rule) else None
            found.append(said if one is None or (said is not None and self.exactly and not differ(said, one)) else one)
        return found

    def remember(self, call: Call) -> None:
        """Keeps what the file says of a call, for the next one on such inputs."""
        if unsaid_in(call.inputs) is None:
            self.seen.append(([tensor.shape for tensor in call.inputs], [*map(said_shape, tensors_in(call.outputs))]))

    def _remembered(self, inputs: list[OpenShape], shapes: list[OpenShape | None]) -> list[OpenShape | None]:
        """The shapes, or those that the file has for these inputs, of which the batch may be another."""
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
            f"the output shape of the operation {brief(self.called)} ({brief(self.name)}) is not known here, and the file does not say it: "
            f"save the model with Keras 3, whose files do, or put the operation into a layer of your own and give extra={{...}} a reader"
        )

    @property
    def built(self) -> bool:
        """Whether it was called."""
        return bool(self.calls)

    @property
    def output_shape(self) -> Any:
        """The shape of its output, or a list of shapes; None where nobody says it."""
        return mapped(self.calls[0].outputs, said_shape) if self.calls else None

    @property
    def title(self) -> str:
        """What it does."""
        return self.called

    def inside(self) -> list[Counted]:
        return []

    def letters_used(self) -> set[str]:
        """It has no sizes."""
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
    """A Lambda layer: Python code, which is never run. Its output shape is what its config or its file says."""

    def _rule(self) -> Callable[[Use], Shapes] | None:
        shape = plain(self.config.get("output_shape"))
        return (lambda use: (use.first[0], *shape)) if is_shape(shape) else None

    def _unknown(self) -> UnknownLayerError:
        return UnknownLayerError(
            f"the Lambda layer {brief(self.name)} is Python code, which is never run, and neither its config nor the file says its output "
            "shape: give the layer an output_shape, or extra={'Lambda': reader}"
        )


def operation(name: str, class_name: str, config: dict[str, object]) -> Operation:
    """The step that a config describes."""
    if class_name == "Lambda":
        return Lambda(name, class_name, class_name, config)
    called = config.get("function") if class_name == "TFOpLambda" else None
    if class_name == "TensorFlowOpLayer":  # before TensorFlow 2.4, which wrote whole nodes of its own graph
        node = config.get("node_def")
        called = node.get("op") if isinstance(node, dict) else None
    return Operation(name, class_name, called if isinstance(called, str) else class_name, config)


def operand(tensor: KerasTensor) -> Operand:
    """A tensor as the rules see it."""
    return Operand(shape=tensor.shape, holds=tensor.holds)


def applied(class_name: str, *args: object, **kwargs: object) -> Any:
    """The tensors that an operation gives, as a step of the graph of its own."""
    if not any(tensors_in((args, kwargs))):
        raise ShapeError(f"{class_name} must be called on symbolic tensors, such as Input((64, 15)), not on {args!r}")
    step = operation(automatic_name(class_name), class_name, {})
    step.named_by_user = False
    given = step(*args, **kwargs)
    if unsaid_in(tensors_in(given)) is not None:
        raise ShapeError(f"{class_name}: the shape that it gives here cannot be told: put a layer in its place, such as Reshape")
    return given
