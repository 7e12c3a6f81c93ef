"""Symbolic tensors, the calls that connect them, and the common base of the layers and models that are called."""

from __future__ import annotations

from .._startup.boundary import entrance, guard
from ..core.model import Countable
from ..core.sizes import is_symbolic, shown
from ..core.tree import NOTHING, frozen
from ..core.uncounted import counts_elsewhere
from ..errors import ArgumentError, ShapeError, UnknownLayerError, brief, listed
from .names import RENAMED_WHILE_HELD
from .users_api import UsersApi, raise_again

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Any, Never, TypeAlias, TypeVar

    from ..core.assumptions import Assumption
    from ..core.conventions import Tensor
    from ..core.formula import Formula
    from ..core.model import Part
    from ..core.sizes import OpenShape
    from ..core.tree import Node
    from ..errors import SymparamsError

    T = TypeVar("T")
    Placed: TypeAlias = tuple[tuple[int, int], Tensor]  # the id of a tensor's owner with its number there, and the tensor


class GivenBy:
    """Why an input has its width: a layer gives it. The layer's name is looked up late, since a model may still number it.

    ``shapes`` are its input and its output, where the layer puts several axes into one, or drops the axes of positions; ``given`` is
    then the tensor that it reads.
    """

    def __init__(
        self, layer: KerasCountable, shapes: tuple[OpenShape, OpenShape] | None = None, given: KerasTensor | None = None
    ) -> None:
        self.layer, self.shapes, self.given = layer, shapes, given

    def __str__(self) -> str:
        return f"{self._without_padding}{padding_in_words(self.given)}"

    @property
    def _without_padding(self) -> str:
        if self.shapes is None:
            return f"it reads the output of {self.layer.name}"
        given, made = self.shapes
        if len(made) == 2 and made[-1] != given[-1]:
            return f"it reads the output of {self.layer.name}, which makes {'*'.join(map(str, given[1:]))} = {made[-1]} features"
        return (
            f"it reads the output of {self.layer.name}, which keeps {made[-1]} channels of {'*'.join(map(str, given[1:]))} features"
        )


MOST_PADDED = 3  # layers that are named


def padding_in_words(tensor: KerasTensor | None) -> str:
    """The last layers before a tensor that pad an image so that its size depends on the strides only."""
    padded: list[str] = []
    while tensor is not None and tensor.call is not None and len(tensor.call.inputs) == 1 and len(padded) < MOST_PADDED:
        layer = tensor.call.layer
        if getattr(layer, "arguments", {}).get("padding") == "same":
            padded.append(layer.name)
        tensor = tensor.call.inputs[0]
    return f" with padding='same' in {listed(padded[::-1])}" if padded else ""


OUT_OF_REACH = (
    "a symbolic tensor has a shape and no numbers, so functions of TensorFlow, NumPy, JAX and PyTorch are out of reach: "
    "use keras.ops, keras.layers or an operator"
)


@guard
class KerasTensor:
    """A symbolic tensor: its ``shape``, with None for an unknown size, the call that made it, and why it has its width."""

    holds: OpenShape | None = None  # its values, where it is the shape of another tensor or a part of that
    mask: Any = None  # its mask, or what finds it; see masks.py

    def __init__(
        self,
        shape: OpenShape,
        dtype: str = "float32",
        name: str | None = None,
        call: Call | None = None,
        because: str | GivenBy = "",
    ) -> None:
        self.shape, self.dtype, self.name, self.call, self.because = shape, dtype, name, call, because

    def __repr__(self) -> str:
        return f"<KerasTensor shape={shown(self.shape)}, dtype={self.dtype}>"

    @property
    def known_mask(self) -> KerasTensor | None:
        """Its mask, if it has one: the steps of a sequence that count."""
        if self.mask is not None and not isinstance(self.mask, KerasTensor):
            self.mask = self.mask.found()
        found: KerasTensor | None = self.mask
        return found

    @property
    def _keras_mask(self) -> KerasTensor:
        """Its mask, under Keras's name. A tensor without one does not have this attribute."""
        found = self.known_mask
        if found is None:
            raise AttributeError("_keras_mask")
        return found

    def __getitem__(self, key: object) -> KerasTensor:
        return _operation_output("GetItem", self, key)

    def __neg__(self) -> KerasTensor:
        return _operation_output("Negative", self)

    def __abs__(self) -> KerasTensor:
        return _operation_output("Absolute", self)

    def __invert__(self) -> KerasTensor:
        return _operation_output("LogicalNot", self)

    @property
    def ndim(self) -> int:
        """The number of axes."""
        return len(self.shape)

    def get_shape(self) -> OpenShape:
        """The shape."""
        return self.shape

    def __array__(self, *_: object, **__: object) -> Never:
        raise ShapeError(OUT_OF_REACH)

    __tf_tensor__ = __jax_array__ = __array__

    @classmethod
    def __torch_function__(cls, *_: object, **__: object) -> Never:
        raise ShapeError(OUT_OF_REACH)

    def __bool__(self) -> bool:
        raise ShapeError("a symbolic tensor is neither true nor false: a condition on its values cannot be decided here")

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        raise_again(self, name)
        raise UnknownLayerError(
            f"a symbolic tensor has no {name!r}: it has a shape and no numbers; use keras.ops, keras.layers or an operator"
        )

    def __iter__(self) -> Iterator[Any]:  # without it, Python would call __getitem__ forever
        if self.call is not None or not self.shape or not isinstance(self.shape[0], int):
            raise ShapeError("a symbolic tensor cannot be iterated over; take a part of it, such as x[:, 0]")
        return (self[place] for place in range(self.shape[0]))

    def __format__(self, spec: str) -> str:
        """Its ``repr``, also where a script asks for a number of digits: it has no number."""
        return repr(self)

    __array_ufunc__ = None  # so that a NumPy array on the left leaves the operation to the tensor


def _operation_output(class_name: str, *args: object) -> KerasTensor:
    # A true recursion: an operator on tensors is an operation, which takes tensors and gives one.
    from .operations.operation import operation_output

    found: KerasTensor = operation_output(class_name, *args)
    return found


def _operator(class_name: str, turned: bool = False) -> Callable[[KerasTensor, object], KerasTensor]:
    """The operator as an operation, as in Keras 3; ``turned`` where the tensor is on the right."""

    def function(self: KerasTensor, other: object) -> KerasTensor:
        if not isinstance(other, KerasTensor | int | float) and not is_symbolic(other) and not hasattr(other, "shape"):
            return NotImplemented  # type: ignore[no-any-return]
        return _operation_output(class_name, *((other, self) if turned else (self, other)))

    return entrance(function)


OPERATORS = {
    "add": "Add",
    "sub": "Subtract",
    "mul": "Multiply",
    "truediv": "TrueDivide",
    "floordiv": "FloorDivide",
    "mod": "Mod",
    "pow": "Power",
    "matmul": "Matmul",
}
COMPARISONS = {"lt": "Less", "le": "LessEqual", "gt": "Greater", "ge": "GreaterEqual", "ne": "NotEqual"}
LOGIC = {"and": "LogicalAnd", "or": "LogicalOr", "xor": "LogicalXor"}
for _name, _class_name in COMPARISONS.items():
    setattr(KerasTensor, f"__{_name}__", _operator(_class_name))
for _name, _class_name in {**OPERATORS, **LOGIC}.items():
    setattr(KerasTensor, f"__{_name}__", _operator(_class_name))
    setattr(KerasTensor, f"__r{_name}__", _operator(_class_name, turned=True))


class UnknownTensor(KerasTensor):
    """A tensor whose shape is unknown, since it comes from code that is never run. Using its shape raises the ``error``."""

    def __init__(self, error: SymparamsError, call: Call) -> None:
        super().__init__((), call=call)
        self.error = error
        self.given_shape: OpenShape | None = None

    @property
    def shape(self) -> OpenShape:
        """The shape, once it is set."""
        if self.given_shape is None:
            raise self.error
        return self.given_shape

    @shape.setter
    def shape(self, shape: OpenShape) -> None:
        self.given_shape = shape

    def __repr__(self) -> str:
        return "<KerasTensor of unknown shape>" if self.given_shape is None else super().__repr__()


def known_shape(tensor: KerasTensor) -> OpenShape | None:
    """The shape of a tensor; None where it is unknown."""
    return tensor.given_shape if isinstance(tensor, UnknownTensor) else tensor.shape


def first_unknown(tensors: Iterable[KerasTensor]) -> UnknownTensor | None:
    """The first tensor of unknown shape."""
    return next((tensor for tensor in tensors if isinstance(tensor, UnknownTensor) and tensor.given_shape is None), None)


class Call:
    """One use of a layer: the layer, the tensors it is called on, and those it gives."""

    def __init__(self, layer: KerasCountable, args: Sequence[object], kwargs: dict[str, object]) -> None:
        self.layer, self.args, self.kwargs = layer, args, kwargs
        self.inputs: list[KerasTensor] = list(tensors_in((args, *kwargs.values())))
        self.outputs: Any = None

    @property
    def in_graph(self) -> bool:
        """Whether it is a step of a graph. What is computed from numbers alone is not, as in Keras, where it is computed at once."""
        return not self.inputs or any(tensor.call is not None for tensor in self.inputs)


OWN_LAYERS = frozenset(
    ("home", "thing", "first", "rest", "replacement")
)  # the attributes in which the layers here keep other layers


class KerasCountable(UsersApi, Countable):
    """The common base of layers, models and operations: tensors, counts, parts."""

    name: str
    class_name: str
    version: str
    calls: list[Call]
    named_by_user: bool
    home: object  # the first model that it is in
    _is_held = False  # whether an own layer or model holds it
    computes_masks: bool | None = None  # None where it is no layer of a user
    is_operation = False  # Keras 3 lists operations in the table of a model, but not among its layers
    _trainable: bool

    def __call__(self, *args: object, **kwargs: object) -> Any:
        """The symbolic tensors that it gives for symbolic tensors."""
        raise NotImplementedError

    def _cloned(self) -> KerasCountable:
        """A copy with weights of its own; an operation has none, so it is its own copy."""
        return self

    def __setattr__(self, name: str, value: object) -> None:
        if not name.startswith("_") and name not in OWN_LAYERS and counts_elsewhere(value):
            raise ArgumentError(
                f"{self.class_name}: {name} would not be counted, as {brief(value)} is set from outside; use a layer that wraps it, "
                "or put it into the model's graph"
            )
        object.__setattr__(self, name, value)
        if name == "name" and self._is_held:
            RENAMED_WHILE_HELD.number += 1

    def inside(self) -> list[KerasCountable]:
        """The layers inside it."""
        raise NotImplementedError

    def _left_out(self) -> list[str]:
        """What the layers inside it hold and do not count."""
        return [note for layer in self.inside() for note in layer._left_out()]

    @property
    def built(self) -> bool:
        """Whether its input is known."""
        raise NotImplementedError

    @property
    def output_shape(self) -> Any:
        """The shape of its output, or a list of shapes."""
        raise NotImplementedError

    @property
    def lacks_input(self) -> bool:
        """Whether it has weights that are unknown, since it has no input yet."""
        return not self.built

    @property
    def trainable(self) -> bool:
        """Whether training changes it. Setting it sets the layers inside as well, as in Keras."""
        return self._trainable

    @trainable.setter
    def trainable(self, value: bool) -> None:
        self._trainable = bool(value)
        for layer in self.inside():
            layer.trainable = value

    def tree(self, seen: set[int]) -> Node:
        """Its weights as a tree; those of layers already ``seen`` are tied, and are not counted again."""
        raise NotImplementedError

    def uses(self) -> list[Placed]:
        """Its tensors in Keras's order, each with an identity that all uses of one tensor share."""
        raise NotImplementedError

    @property
    def _holders(self) -> set[int]:
        """The layers that own its weights, by ``id``."""
        raise NotImplementedError

    @property
    def _trained(self) -> set[bool]:
        """Whether it trains: yes, no, or both where the layers inside differ."""
        raise NotImplementedError

    @property
    def node(self) -> Node:
        """Its weights as a tree."""
        node = self.tree(set())
        return node if self.trainable else frozen(node)

    @property
    def freezes(self) -> bool:
        """Whether its own ``trainable`` also freezes the layers inside it for the model that contains it.

        In Keras 3 each weight is asked, and thus the layer that owns it: a container freezes it by setting that layer, or only
        for itself.
        """
        return not self.trainable and self.version != "v3"

    @property
    def weights(self) -> list[Tensor]:
        """Its tensors in Keras's order, each with ``path``, ``name``, ``shape`` and ``trainable``.

        Without an input, those that are known, as in Keras, and a warning that others are missing.
        """
        if self.lacks_input:
            return self.weights_without_input()
        return [tensor for tensor in self.tensors() if tensor.tied_to is None]

    def weights_without_input(self) -> list[Tensor]:
        """The weights that are known without an input."""
        raise NotImplementedError

    def own_tensors(self) -> list[Tensor]:
        """Its own weights that are not of a layer inside it, where they are known without an input."""
        return []

    def tensors(self) -> list[Tensor]:
        """Its weights, and each further use of one, ``tied_to`` the path of the first use."""
        first: dict[tuple[int, int], Tensor] = {}
        found = []
        for identity, used in self.uses():
            tensor = used if self.trainable else used.frozen()
            original = first.setdefault(identity, tensor)
            found.append(tensor if original is tensor else tensor.but(tied_to=original.path))
        return found

    def parts_of(self, seen: set[int]) -> list[Part]:
        """Its layers as parts, without those already ``seen``."""
        raise NotImplementedError

    @property
    def parts(self) -> list[Part]:
        """Its layers as parts, for the questions about a model."""
        return [part for part in self.parts_of(set()) if part.node != NOTHING]

    def count_params(self) -> int | Formula:
        """Keras's name for :attr:`count`; an int where it has no letters."""
        return self.count if self.count.letters else int(self.count)


class Graph(KerasCountable):
    """A model: layers, and the calls that connect them."""

    notes: list[str]
    assumed: list[Assumption]

    @property
    def layers(self) -> list[Any]:
        """Its layers, each once."""
        raise NotImplementedError

    @property
    def inputs(self) -> list[KerasTensor]:
        """Its input tensors."""
        raise NotImplementedError

    @property
    def steps(self) -> list[Call]:
        """All calls from inputs to outputs, in an order of execution."""
        raise NotImplementedError


def tensors_in(structure: object) -> Iterator[KerasTensor]:
    """All symbolic tensors in nested lists, tuples and dicts."""
    return things_in(KerasTensor, structure)


def source_inputs(tensor: Any) -> list[KerasTensor]:
    """The inputs that a tensor depends on."""
    found: list[KerasTensor] = []
    ahead = [*tensors_in(tensor)]
    while ahead:
        each = ahead.pop()
        inputs = each.call.inputs if each.call is not None else []
        found += [each] if each.call is not None and not inputs and each not in found else []
        ahead += inputs
    return found


def things_in(kind: type[T], structure: object) -> Iterator[T]:
    """All values of one kind in nested lists, tuples and dicts; those of a dict sorted by key, as Keras pairs them."""
    if isinstance(structure, kind):
        yield structure
    elif isinstance(structure, dict):
        for key in sorted(structure, key=str):
            yield from things_in(kind, structure[key])
    elif isinstance(structure, list | tuple):
        for value in structure:
            yield from things_in(kind, value)


def named_tensors(owner: str, names: Sequence[str], call: Call) -> list[KerasTensor]:
    """The tensors that a call passes for the arguments of these names: a list for a single name, else one tensor each."""
    given = dict(zip(names, call.args, strict=False)) | call.kwargs
    if len(names) == 1:
        several = given.get(names[0])
        if not isinstance(several, list | tuple) or not all(isinstance(each, KerasTensor) for each in several):
            raise ShapeError(f"{owner} must be called on a list of tensors, such as {owner}()([a, b]), not on {brief(several)}")
        return list(several)
    found: list[KerasTensor] = []
    for place, name in enumerate(names):
        value = given.get(name)
        if isinstance(value, KerasTensor) and len(found) < place:
            raise ArgumentError(f"{owner} is called with {name} but without {names[len(found)]}; give both")
        if value is not None and not isinstance(value, KerasTensor):
            raise ShapeError(f"{owner}: {name} must be a single tensor, not {brief(value)}")
        found += [value] if value is not None else []
    return found


def states_in(call: Call) -> list[KerasTensor]:
    """The states that a recurrent layer or a cell is called with: after its input, or in one list with it as in Keras 2."""
    own = [*tensors_in(call.args[:1])][1:]
    named = [call.kwargs[name] for name in ("initial_state", "states") if name in call.kwargs]
    return [*own, *tensors_in(named or call.args[1:2])]


def mapped_shapes(shapes: object, value: Callable[[Any], object]) -> Any:
    """A list of shapes, or of such lists, with ``value`` applied to each shape."""
    return [mapped_shapes(shape, value) for shape in shapes] if isinstance(shapes, list) else value(shapes)


def mapped_structure(structure: object, value: Callable[[Any], object], kind: type = KerasTensor) -> Any:
    """The structure with ``value`` applied to each symbolic tensor, or to each thing of another ``kind``."""
    if isinstance(structure, kind):
        return value(structure)
    if isinstance(structure, dict):
        return {key: mapped_structure(each, value, kind) for key, each in structure.items()}
    if isinstance(structure, list | tuple):
        return type(structure)(mapped_structure(each, value, kind) for each in structure)
    return structure
