"""Steps of a graph that have no weights and whose code nobody reads: operations on tensors, and Lambda layers."""

from __future__ import annotations

from ...errors import ShapeError, SymparamsError, UnknownLayerError, brief
from ...tree import NOTHING
from ..counted import Counted
from ..tensor import Call, GivenBy, KerasTensor
from .operation_shapes import Unknown, Use, rule_of
from .plain import is_shape, plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from ...dims import OpenShape
    from ...parts import Part
    from ...tree import Node
    from ..counted import Placed

    Shapes = OpenShape | list[OpenShape]


class Operation(Counted):
    """An operation as a step of a graph: a name, the shapes that it gives, and no weights."""

    version = ""  # of a model, its layers tell it
    named_by_user = True

    def __init__(self, name: str, class_name: str, called: str, config: dict[str, Any]) -> None:
        self.name, self.class_name, self.called, self.config = name, class_name, called, config
        self.arguments: dict[str, Any] = {}
        self.calls = []
        self.home: object = None
        self.recorded: Shapes | None = None  # what the file says that the next use gives
        self._trainable = True
        self._output_shape: Any = None

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        call = Call(self, args, kwargs)
        inputs = call.inputs
        shapes = self._shapes(Use([tensor.shape for tensor in inputs], args, {**self.config, **kwargs}))
        self.recorded = None

        def tensor(shape: OpenShape) -> KerasTensor:
            same_width = bool(inputs) and shape[-1:] == inputs[0].shape[-1:]
            because = inputs[0].because if same_width else GivenBy(self)
            return KerasTensor(shape, inputs[0].dtype if inputs else "float32", call=call, because=because)

        call.outputs = [tensor(shape) for shape in shapes] if isinstance(shapes, list) else tensor(shapes)
        self._output_shape = shapes
        self.calls.append(call)
        return call.outputs

    def _shapes(self, use: Use) -> Shapes:
        rule = self._rule()
        if rule is not None and use.shapes:
            try:
                return rule(use)
            except Unknown:
                pass
            except SymparamsError:
                raise
            except (TypeError, ValueError, IndexError, ArithmeticError) as error:
                raise ShapeError(f"{self.called} {brief(self.name)} does not go with {brief(use.shapes)}: {error}") from None
        if self.recorded is not None:
            return self.recorded
        raise self._unknown()

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
        """The shape of its output, or a list of shapes."""
        return self._output_shape

    @property
    def title(self) -> str:
        """What it does."""
        return self.called

    def inside(self) -> list[Counted]:
        return []

    def by_itself(self, taken: Any = ()) -> Operation:  # noqa: ARG002
        """The operation as it is."""
        return self

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
        return (lambda use: (use.first[0], *shape)) if is_shape(shape) and shape else None

    def _unknown(self) -> UnknownLayerError:
        return UnknownLayerError(
            f"the Lambda layer {brief(self.name)} is Python code, which is never run, and neither its config nor the file says its output "
            "shape: give the layer an output_shape, or extra={'Lambda': reader}"
        )


def operation(name: str, class_name: str, config: dict[str, Any]) -> Operation:
    """The step that a config describes."""
    if class_name == "Lambda":
        return Lambda(name, class_name, class_name, config)
    called = config.get("function") if class_name == "TFOpLambda" else None
    if class_name == "TensorFlowOpLayer":  # before TensorFlow 2.4, which wrote whole nodes of its own graph
        node = config.get("node_def")
        called = node.get("op") if isinstance(node, dict) else None
    return Operation(name, class_name, called if isinstance(called, str) else class_name, config)
