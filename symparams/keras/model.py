"""Models: a chain of layers (Sequential) or a graph of calls (Model)."""

from __future__ import annotations

from ..core.equal_blocks import folded_text
from ..core.framework_modules import unread
from ..core.model import Countable, Multiple, Together
from ..core.tree import beside, frozen, named
from ..core.uncounted import counts_elsewhere
from ..errors import ArgumentError, SettingError, ShapeError, brief, listed, several
from ..tables.answer import Shown
from .built import Buildable, Built
from .default_inputs import declared_shape
from .graph import (
    Call,
    GivenBy,
    Graph,
    KerasCountable,
    KerasTensor,
    UnknownTensor,
    first_unknown,
    known_shape,
    mapped_structure,
    tensors_in,
)
from .held import HeldThings
from .image_paths import in_paths
from .layer import KerasLayer, layer_class
from .layer_order import in_keras_order
from .names import Names, make_name_unique
from .open_sizes import closed
from .operations.constants import as_tensors
from .repeated_layers import InTurn, Stack, repeated
from .users_api import Trained

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Any, Self

    from ..core.assumptions import Assumption
    from ..core.conventions import Tensor
    from ..core.model import Part
    from ..core.sizes import Dim, OpenShape
    from ..core.tree import Node
    from .built import Inputs
    from .graph import Placed
    from .row import RowLayer
    from .summary import Summary

LONGEST_TITLE = 80  # characters


def Input(
    shape: Sequence[Dim | None] | None = None,
    batch_size: Dim | None = None,
    dtype: str | None = None,
    sparse: bool | None = None,  # noqa: ARG001
    ragged: bool | None = None,  # noqa: ARG001
    batch_shape: Sequence[Dim | None] | None = None,
    name: str | None = None,
    tensor: object = None,  # noqa: ARG001
    optional: bool = False,  # noqa: ARG001
) -> KerasTensor:
    """The input of a model: a shape without the batch axis, or ``batch_shape`` with it.

    Sizes may be ints, symbols, or None where unknown.

    >>> from symparams import symbols
    >>> Input((64, symbols("m")))
    <KerasTensor shape=(None, 64, m), dtype=float32>
    """
    layer = layer_class("v3", "InputLayer")(shape=shape, batch_size=batch_size, dtype=dtype, batch_shape=batch_shape, name=name)
    return layer.output  # type: ignore[no-any-return]


def alike_tensor(tensor: KerasTensor) -> tuple[object, ...]:
    """What decides about the output of a model for an input: two inputs that are alike in this give the same shapes and reasons."""
    because = tensor.because
    return tensor.shape, tensor.dtype, because if isinstance(because, str) else (because.layer, because.shapes)


class Model(Trained, Graph, Buildable, Shown):
    """A graph of layers from inputs to outputs, as in Keras's functional API; shared layers count once.

    >>> x = Input((64, 15))
    >>> layer = layer_class("v3", "Dense")(8)
    >>> Model(x, layer(layer_class("v3", "Dense")(15)(x))).count
    Formula(368)
    """

    class_name = "Functional"
    own_class_of: Callable[[type], type] | None = None  # what makes a class of the user run its own call; see own/models.py

    def __new__(cls, *args: object, **kwargs: object) -> Self:
        if cls.own_class_of is None or not cls.is_of_a_user():
            return object.__new__(cls)
        made: type[Self] = cls.own_class_of(cls)
        return made.__new__(made, *args, **kwargs)

    @classmethod
    def is_of_a_user(cls) -> bool:
        """Whether it is a user's subclass of ``Model`` itself, whose own code connects the layers."""
        return not cls.__module__.startswith("symparams.") and not issubclass(cls, Sequential)

    def __init__(self, inputs: object = None, outputs: object = None, name: str | None = None, trainable: bool = True) -> None:
        if not all(any(True for _ in tensors_in(ends)) for ends in (inputs, outputs)):
            raise ArgumentError(
                f"{type(self).__name__} needs symbolic tensors as inputs and outputs: Model(inputs=x, outputs=y), where x = Input((64, 15))"
            )
        self._start(name, "functional", trainable, (inputs, outputs))
        self._layers += in_keras_order(self.steps, self.inputs, self.outputs)
        for layer in sorted(self._layers, key=lambda layer: not layer.named_by_user):
            make_name_unique(layer, self._names, self)
        if not trainable:
            self.trainable = False

    @classmethod
    def of_graph(cls, inputs: object, outputs: object, layers: list[KerasCountable], name: str, trainable: bool) -> Self:
        """A model of the given layers, whose names differ already, in the order of their file."""
        model = cls.__new__(cls)
        model._start(name, "functional", trainable, (inputs, outputs))
        model._layers = layers
        model._names = Names(layers)
        for layer in layers:
            layer.home = layer.home or model
        return model

    def _start(self, name: str | None, automatic: str, trainable: bool, ends: tuple[object, object] | None) -> None:
        self.name, self._trainable = name or automatic, trainable
        self.named_by_user = name is not None
        self.calls = []
        self._layers: list[Any] = []
        self._names = Names()
        self._held = HeldThings()
        self.home = None
        self._ends = ends
        self.notes: list[str] = []
        self.values: dict[str, int] = {}
        self.replaced: dict[str, str] = {}
        self.assumed: list[Assumption] = []

    @property
    def _given(self) -> object:
        return self._known_ends[0]

    @property
    def _taken(self) -> object:
        return self._known_ends[1]

    @property
    def _known_ends(self) -> tuple[object, object]:
        if self._ends is None:
            raise self.no_input()
        return self._ends

    def weights_without_input(self) -> list[Tensor]:
        from .unbuilt import weights_so_far

        return weights_so_far(self, self.no_input())

    def no_input(self) -> ShapeError:
        """The error for a question that needs its input."""
        return ShapeError(f"{self.name} has no input yet: begin with Input(...), as in Sequential([Input((64, 15)), ...])")

    @property
    def steps(self) -> list[Call]:
        """All calls from inputs to outputs, in an order of execution."""
        return ordered_calls(list(tensors_in(self._given)), list(tensors_in(self._taken)))

    # ------------------------------------------------------------ its layers
    @property
    def version(self) -> str:  # type: ignore[override]
        """The Keras version of its layers."""
        return next((layer.version for layer in self._layers if layer.version), "v3")

    @property
    def layers(self) -> list[Any]:
        """Its layers, each once. Operations such as ``x + y`` are not among them, as in Keras 3."""
        return [layer for layer in self._layers if not layer.is_operation] if self.version == "v3" else list(self._layers)

    @property
    def inputs(self) -> list[KerasTensor]:
        """Its input tensors."""
        return list(tensors_in(self._given))

    @property
    def outputs(self) -> list[KerasTensor]:
        """Its output tensors."""
        return list(tensors_in(self._taken))

    @property
    def input_shape(self) -> Any:
        """The shape of its input, or a list of shapes."""
        return mapped_structure(self._given, lambda tensor: tensor.shape)

    @property
    def output_shape(self) -> Any:
        """The shape of its output, or a list of shapes."""
        return mapped_structure(self._taken, known_shape)

    @property
    def built(self) -> bool:
        """Whether its input is known."""
        return self._ends is not None

    @property
    def input(self) -> Any:
        """Its input tensor, or the structure of its input tensors."""
        return self._given

    @property
    def output(self) -> Any:
        """Its output tensor, or the structure of its output tensors."""
        return self._taken

    def get_layer(self, name: str | None = None, index: int | None = None) -> Any:
        """The layer of that name, or at that index."""
        if index is not None and not hasattr(type(index), "__index__"):
            raise SettingError(f"index must be a whole number, not {brief(index)}")
        if index is not None and -len(self.layers) <= index < len(self.layers):
            return self.layers[index]
        for layer in self.inside():
            if layer.name == name:
                return layer
        raise SettingError(f"{self.name} has no layer {name!r}; its layers are {listed(layer.name for layer in self.layers)}")

    def tree(self, seen: set[int]) -> Node:
        self._known_ends  # noqa: B018  (raises an error where no input is known)
        parts = [named(layer.name, layer.tree(seen)) for layer in self.inside()]
        node = beside(*in_paths(self, parts))
        return frozen(node) if self.freezes else node

    def uses(self) -> list[Placed]:
        self._known_ends  # noqa: B018
        found = [use for layer in self.inside() for use in layer.uses()]
        return [(identity, tensor.frozen()) for identity, tensor in found] if self.freezes else found

    def parts_of(self, seen: set[int]) -> list[Part]:
        self._known_ends  # noqa: B018
        inside: list[Part] = []
        calls = {id(call.layer): call for call in reversed(self.steps) if call.inputs}  # the first call of each, in this model
        for layer in self.inside():
            found = layer.parts_of(seen)
            if isinstance(layer, KerasLayer) and id(layer) in calls:
                because = str(layer.reads_in(calls[id(layer)])[0].because)
                found = [part.but(input_because=because) if part.input_because else part for part in found]
            inside += [part.under(layer.name, layer.named_by_user) for part in found] if isinstance(layer, Model) else found
        return inside

    def inside(self) -> list[KerasCountable]:
        return list(self._layers)

    @property
    def doubts(self) -> Sequence[str]:
        from ..core.assumptions import printed

        return printed(self.assumed)

    def letter_values(self) -> Mapping[str, int]:
        return self.values

    def known_output_shape(self) -> object:
        return self.output_shape

    @property
    def title(self) -> str:
        """Its layers, with equal blocks folded, or its name where that is too long."""
        titles = [layer.title for layer in self.inside() if getattr(layer, "class_name", "") != "InputLayer"]
        title = folded_text(titles)
        return title if len(title) <= LONGEST_TITLE else f"{self.name}, {len(titles)} layers"

    # ------------------------------------------------------------ as a part of another
    def _cloned(self) -> Model:
        tensors: dict[int, KerasTensor] = {id(each): Input(batch_shape=each.shape, dtype=each.dtype) for each in self.inputs}
        copies = {id(layer): layer._cloned() for layer in self._layers}
        for step in self.steps:
            if step.inputs:
                own = [mapped_structure(each, lambda tensor: tensors.get(id(tensor), tensor)) for each in (step.args, step.kwargs)]
                again = copies[id(step.layer)](*own[0], **own[1])
                tensors.update(zip(map(id, tensors_in(step.outputs)), tensors_in(again), strict=True))
        ends = (mapped_structure(each, lambda tensor: tensors[id(tensor)]) for each in (self._given, self._taken))
        return self._trained_alike(Model(*ends))

    def _trained_alike(self, copy: Model) -> Model:
        copy._trainable = self._trainable
        return copy

    def _repeated(self, copies: Dim) -> KerasCountable:
        return repeated(copies, self)

    def _in_turn(self, parts: Sequence[Countable]) -> KerasCountable:
        return InTurn(parts)

    # ------------------------------------------------------------ using it as a layer
    def __call__(self, *args: object, **kwargs: object) -> Any:
        """The tensors that the model gives, with its own weights, for other tensors of the same widths."""
        call = Call(self, as_tensors(args), as_tensors(kwargs))
        own = self.inputs
        if len(call.inputs) != len(own):
            raise ShapeError(f"{self.name} takes {several(len(own), 'input')}, not {len(call.inputs)}")
        shapes = self._for_inputs(call.inputs)

        def output(tensor: KerasTensor) -> KerasTensor:
            inner = shapes[id(tensor)]
            unknown = first_unknown([inner])
            if unknown is not None:
                return UnknownTensor(unknown.error, call)
            inside = isinstance(inner.because, GivenBy) and any(inner.because.layer is layer for layer in self._layers)
            return KerasTensor(
                inner.shape, inner.dtype, call=call if call.in_graph else None, because=GivenBy(self) if inside else inner.because
            )

        call.outputs = mapped_structure(self._taken, output)
        self.calls.append(call)
        return call.outputs

    def _for_inputs(self, inputs: Sequence[KerasTensor]) -> dict[int, KerasTensor]:
        """The tensors that take the place of its own outputs where it is called on other inputs, by the ids of its own.

        They are found once for inputs of the same shapes: models that each use the one before twice would double the work.
        """
        steps = self.steps
        alike = (
            None
            if any(isinstance(each, UnknownTensor) or each.holds for each in inputs)
            else (len(steps), *map(alike_tensor, inputs))
        )
        known = vars(self).setdefault("_for_inputs_alike", {})
        if alike is None or alike not in known:
            shapes = dict(zip(map(id, self.inputs), inputs, strict=True))
            for step in steps:
                if step.inputs:
                    args, kwargs = (mapped_structure(each, lambda t: shapes.get(id(t), t)) for each in (step.args, step.kwargs))
                    again = step.layer(*args, **kwargs)
                    step.layer.calls.pop()
                    shapes.update(zip(map(id, tensors_in(step.outputs)), tensors_in(again), strict=True))
            found = [shapes[id(each)] for each in tensors_in(self._taken)]
            if alike is not None:
                known[alike] = found
        else:
            found = known[alike]
        return {id(own): tensor for own, tensor in zip(tensors_in(self._taken), found, strict=True)}

    def call(self, *args: Any, **kwargs: Any) -> Any:
        """The same as calling the model."""
        return self(*args, **kwargs)

    def build(self, input_shape: Any = None) -> None:
        """Accepted: the model has its input already."""

    def compute_output_shape(self, input_shape: Any) -> Any:
        """The output shape, or shapes, for an input shape with its batch axis, or a list of them."""
        several = isinstance(input_shape, list) and any(isinstance(each, tuple | list) for each in input_shape)
        return self._built([tuple(each) for each in input_shape] if several else tuple(input_shape)).output

    def _built(self, shape: Inputs) -> Built:
        outputs = self([*map(KerasTensor, shape)] if isinstance(shape, list) else KerasTensor(shape))
        self.calls.pop()
        shapes = [tensor.shape for tensor in tensors_in(outputs)]
        return Built(output=shapes if len(shapes) > 1 else shapes[0], inner=tuple(self._layers))

    @property
    def _holders(self) -> set[int]:
        return set[int]().union(*(layer._holders for layer in self.inside()))

    @property
    def _trained(self) -> set[bool]:
        return {trains and not self.freezes for layer in self.inside() for trains in layer._trained}

    def summary(
        self,
        line_length: int | None = None,  # noqa: ARG002  (columns are as wide as needed)
        positions: object = None,  # noqa: ARG002
        print_fn: Callable[[str], object] | None = None,
        expand_nested: bool = False,
        show_trainable: bool = False,
        **_: object,
    ) -> None:
        """Prints Keras's table with one more column, the formula; ``print_fn`` gets its text instead.

        ``expand_nested`` shows the layers of models inside, ``show_trainable`` which layers are trained.
        """
        from .unbuilt import table_without_input

        text = str(self._summary(expand_nested, show_trainable)) if self.built else table_without_input(self, self.no_input())
        (print if print_fn is None else print_fn)(text)

    def _summary(self, expand_nested: bool = False, show_trainable: bool = False) -> Summary:
        from .summary import Summary

        return Summary(self, expand_nested, show_trainable)

    def _answer(self) -> Summary:
        return self._summary()

    def quantize(
        self,
        mode: str | None = None,
        config: object = None,
        filters: str | Sequence[str] | Callable[[RowLayer], object] | None = None,
    ) -> None:
        """Quantizes each layer that supports int8, int4 or float8; ``filters`` (regular expressions or a function) select layers."""
        from .lora_and_quantization import quantize_model

        self._known_ends  # noqa: B018  (raises an error where no input is known)
        quantize_model(self, mode, config, filters)

    def get_config(self) -> dict[str, Any]:
        """Its name and the configs of its layers; :meth:`from_config` makes the same model of it, with weights of its own."""
        return ModelConfig(self)

    @classmethod
    def from_config(cls, config: Mapping[str, Any], custom_objects: object = None) -> Model:  # noqa: ARG003
        """A copy of the model that gave a config."""
        if not isinstance(config, ModelConfig):
            raise SettingError(
                f"{cls.__name__}.from_config takes what get_config gives; to read a config of Keras, use symparams.from_keras"
            )
        copy = config.model._cloned()
        copy.name, copy.named_by_user = config.model.name, True
        return copy

    def __repr__(self) -> str:
        return f"<{type(self).__name__} name={self.name}, {several(len(self.layers), 'layer')}, {several(self.count, 'parameter')}>"

    def __str__(self) -> str:
        from ..core.assumptions import with_assumptions

        return with_assumptions(repr(self), self.assumed)


class ModelConfig(dict):  # type: ignore[type-arg]
    """The config of a model, which keeps the model."""

    def __init__(self, model: Model) -> None:
        configs = [{"class_name": layer.class_name, "config": layer.get_config()} for layer in model.layers]
        super().__init__(name=model.name, trainable=model.trainable, layers=configs)
        self.model = model


class Sequential(Model):
    """A chain of layers. It begins with an ``Input``, or with a layer that has ``input_shape``.

    >>> from symparams.keras import layers
    >>> Sequential([Input((64, 15)), layers.GRU(16, return_sequences=True), layers.Dense(15)]).count
    Formula(1839)
    """

    class_name = "Sequential"

    @property
    def in_series(self) -> bool:
        """Each of its layers reads the output of the one before."""
        return True

    def __init__(self, layers: Iterable[object] | None = None, trainable: bool | str = True, name: str | None = None) -> None:
        if layers is not None and not isinstance(layers, list | tuple):
            raise SettingError(f"Sequential takes a list of layers, as in Sequential([Input((64, 15)), ...]), not {brief(layers)}")
        title = trainable if isinstance(trainable, str) else name  # in Keras 2 the second argument is the name
        self._start(title, "sequential", bool(trainable), None)
        for layer in layers or ():
            self.add(layer)

    def other_counts(self) -> Iterable[tuple[str, str, int]]:
        from .other_images import counts_of_other_images

        return counts_of_other_images(self, Sequential)

    def add(self, layer: object) -> None:
        """Adds a layer or a model; the first may be an ``Input``."""
        if (isinstance(layer, KerasTensor) and not counts_elsewhere(layer)) or (
            isinstance(layer, KerasLayer) and layer.class_name == "InputLayer"
        ):
            if self._layers or self._ends:
                raise SettingError(f"{self.name} already has its input; an Input can only come first")
            tensor = layer if isinstance(layer, KerasTensor) else layer.output
            self._ends = tensor, tensor
            return
        if isinstance(layer, Multiple | Together):
            layer = layer._as_part()
        if isinstance(layer, InTurn):
            for each in layer.layers:
                self.add(each)
            return
        if not isinstance(layer, KerasCountable):
            other = f"{brief(layer)}, which belongs to another framework" if isinstance(layer, Countable) else unread(layer)
            raise SettingError(f"{self.name} takes layers, such as Dense(8), not {other}")
        if layer is self or self._held.has(self._layers, layer):
            raise SettingError(
                f"{self.name} already contains {layer.name}; use the functional API, Model(inputs, outputs), to use a layer twice"
            )
        declares = layer.thing if isinstance(layer, Stack) else layer
        if self._ends is None and not self._layers and isinstance(declares, KerasLayer):
            shape = first_input_shape(declares)
            if shape is not None:
                tensor = Input(batch_shape=shape)
                self._ends = tensor, tensor
        if self._ends is None and not self._layers and isinstance(layer, Model) and layer.built:
            tensor = Input(batch_shape=layer.inputs[0].shape if len(layer.inputs) == 1 else layer.input_shape)
            self._ends = tensor, tensor
        if layer.named_by_user and layer.name in self._names and self._names[layer.name].named_by_user:
            raise SettingError(f"two layers are called {layer.name!r}; give each layer of a model its own name")
        if self._ends is not None:
            self._ends = self._ends[0], layer(self._ends[1])  # called first, so that a layer that does not fit is not added
        make_name_unique(layer, self._names, self)
        self._held.add(self._layers, layer)

    def _cloned(self) -> Model:
        copy = Sequential(name=None)
        if self.built:
            copy.add(Input(batch_shape=self.input_shape))
        for layer in self._layers:
            copy.add(layer._cloned())
        return self._trained_alike(copy)

    def pop(self, rebuild: bool = True) -> KerasCountable:  # noqa: ARG002
        """Removes the last layer, and returns it."""
        if not self._layers:
            raise SettingError(f"{self.name} has no layer to remove")
        layer: KerasCountable = self._layers.pop()
        self._names.remove(layer.name)
        if self._ends is not None:
            call = layer.calls.pop()
            self._ends = self._ends[0], call.inputs[0]
        return layer

    def __call__(self, *args: object, **kwargs: object) -> Any:
        if not self.built:
            for tensor in tensors_in(args):
                self.build(tensor.shape)
                break
        return super().__call__(*args, **kwargs)

    def build(self, input_shape: Any = None) -> None:
        """Builds the model for an input shape with its batch axis."""
        start = end = Input(batch_shape=closed(input_shape))
        for layer in self._layers:
            end = layer(end)
        self._ends = start, end

    def __repr__(self) -> str:
        if self.built:
            return super().__repr__()
        return f"<Sequential name={self.name}, {several(len(self._layers), 'layer')}, no input yet>"


def first_input_shape(layer: KerasLayer) -> OpenShape | None:
    """The input shape that a first layer declares, or assumes by default."""
    declared = declared_shape(layer)
    if declared is None and layer.row.default_input is not None:
        batch, length = layer.arguments.get("batch_size"), layer.arguments.get("input_length")
        return (batch, length) if length is not None else (batch, *layer.row.default_input)
    return declared


def ordered_calls(inputs: list[KerasTensor], outputs: list[KerasTensor]) -> list[Call]:
    """All calls from inputs to outputs, each after those it depends on."""
    done: dict[int, Call] = {}
    given = {id(tensor) for tensor in inputs}
    stack = [(tensor, False) for tensor in [*reversed(outputs), *reversed(inputs)]]
    while stack:
        tensor, ready = stack.pop()
        call = tensor.call
        if call is None or id(call) in done or (call.inputs and id(tensor) in given):
            continue  # a model does not include the calls before its inputs
        if not call.inputs and id(tensor) not in given:
            raise ShapeError(
                f"the outputs depend on an Input of shape {tensor.shape} that is missing from the inputs; add it to them"
            )
        if ready or id(tensor) in given:
            done[id(call)] = call
        else:
            stack.append((tensor, True))
            stack.extend((each, False) for each in reversed(call.inputs))
    return list(done.values())
