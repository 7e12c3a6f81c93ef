"""A Keras layer: its arguments as Keras takes them and, once it has an input, its weights and formula."""

from __future__ import annotations

from .._startup.once import cache
from ..core.conventions import tensors_by_weight
from ..core.model import Part
from ..core.signatures import on_or_off
from ..core.sizes import same, volume
from ..core.tree import NOTHING, beside, frozen, named, shared, with_factors
from ..core.uncounted import counts_elsewhere
from ..errors import SettingError, ShapeError, UnknownLayerError, brief, nearest, several
from .adapter_arguments import is_adapted, is_default_dtype
from .axes import open_shape, shape_text
from .built import Built
from .default_inputs import declared_shape, letters_in, own_input
from .earlier_spellings import check_arguments, check_kernel_of_keras_1
from .function_names import ENDINGS, check_function
from .graph import (
    Call,
    GivenBy,
    KerasCountable,
    KerasTensor,
    UnknownTensor,
    first_unknown,
    known_shape,
    mapped_shapes,
    mapped_structure,
    named_tensors,
    states_in,
    tensors_in,
)
from .learning_from_data import methods_of
from .masks import mask_by_class, put_masks, supports_masking
from .names import automatic_name
from .open_sizes import RUNNING, closed
from .operations.constants import as_tensors
from .repeated_layers import InTurn, repeated
from .row import RowLayer, standard_build
from .signature import REQUIRED, bound_arguments, parameters
from .table import VERSIONS, find_row
from .users_api import raise_again

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from inspect import Signature
    from typing import Any, Self

    from ..core.conventions import Stored, Tensor
    from ..core.model import Countable, Layer
    from ..core.sizes import Dim, OpenShape
    from ..core.tree import Node
    from .built import Inputs, Shapes
    from .graph import Placed


# The arguments that every layer takes in addition to its own; none of them changes a count or a shape.
COMMON = {
    "v3": dict.fromkeys("name dtype activity_regularizer input_shape input_dim".split()) | {"trainable": True, "autocast": True},
    "v2": dict.fromkeys(
        "name dtype dynamic activity_regularizer input_shape batch_input_shape input_dim batch_size weights "
        "autocast implementation".split()
    )
    | {"trainable": True},
}
COMMON["v1"] = COMMON["v2"]
TAKES_LAYERS = ("layer", "layers", "backward_layer", "cell", "cells")  # the arguments of wrappers
NO_WEIGHTS = Built(output=())  # the build of a layer without weights, such as Dropout, before it has an input


class Tensors:
    """The tensors of a part of a layer, found when they are asked for. A function made on the spot could not be pickled."""

    def __init__(self, of: KerasLayer, part: Layer) -> None:
        self.of, self.part = of, part

    def __call__(self) -> Stored:
        return self.of._stored(self.part)


class KerasLayer(RowLayer):
    """A layer of one Keras version. Its class has the row of the table, and the row has everything else."""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        changed = [name for name in ("call", "build") if name in vars(cls)]
        if (
            changed
            and "row" in {name for base in cls.__mro__[1:] for name in vars(base)}
            and not cls.__module__.startswith("symparams.")
        ):
            name = next(base.__name__ for base in cls.__mro__[1:])
            raise SettingError(
                f"{cls.__name__}: a subclass of {name} with its own {changed[0]} is not counted; subclass layers.Layer and hold a {name}"
            )

    called = ""  # the name by which its class was asked for, which may be an alias
    wraps = False  # whether there are layers among its arguments

    def __init__(self, *args: object, **kwargs: object) -> None:
        known = parameters(self.version, self.row.name)
        common = COMMON[self.version] | dict.fromkeys(self.row.also if self.version == "v3" else self.row.also_before)
        if not kwargs.keys() <= known.keys() | common.keys():
            check_arguments(self.version, self.row.name, kwargs, {*known, *common}, COMMON)
        if self.called.startswith("Convolution"):
            check_kernel_of_keras_1(self.called, args)
        self.arguments = bound_arguments(self.class_name, known, args, kwargs, common)
        if any(isinstance(each, KerasTensor) and each.call is not None for each in args):
            raise SettingError(
                f"{self.class_name}: a tensor is given where the arguments of the layer belong; write {self.class_name}(...)(x), which makes "
                "the layer and calls it"
            )
        for argument, default in known.items():
            if isinstance(default, bool):
                self.arguments[argument] = on_or_off(self.arguments[argument], f"{self.class_name}: {argument}")
        self.given = {*list(known)[: len(args)], *kwargs}
        self.arguments |= {"class_name": self.class_name, "version": self.version}
        for argument in sorted(self.given):
            check_is_no_layer(self.class_name, argument, self.arguments[argument])
            if argument.endswith(ENDINGS):
                check_function(self.class_name, self.version, argument, self.arguments[argument])
        if self.version == "v3" and not is_default_dtype(self.arguments["dtype"]) and self.row.source is None:
            from .dtype_policies import quantization_and_dtype

            quantization_and_dtype(self.arguments["dtype"], f"{self.class_name}: dtype")
        self.row.check(self.arguments)
        given = self.arguments["name"]
        if given is not None and (not isinstance(given, str) or not given or "/" in given):
            raise SettingError(f"{self.class_name}: name must be a string without '/', not {brief(given)}")
        self.named_by_user = self.name_is_chosen = given is not None
        self.name: str = given or automatic_name(self.class_name)
        self._trainable = on_or_off(self.arguments["trainable"], f"{self.class_name}: trainable")
        self.wraps = bool(self.inside())
        self.builds: dict[object, Built] = {}  # by input shape; shared by layers with the same arguments
        self._start()

    def _start(self) -> None:
        self.built_as = None
        self.input_shape: OpenShape | list[OpenShape] | None = None
        self.input_because: str | GivenBy = ""
        self.home = None
        self.adapted = ()
        self.calls = []
        if self.row.source is not None:
            shape = self.row.source(self.arguments)
            self.built_as, call = Built(output=shape), Call(self, (), {})
            call.outputs = KerasTensor(
                shape, self.arguments.get("dtype") or "float32", call=call, because="it reads the model's input"
            )
            self.calls.append(call)

    def sibling(self, class_name: str, **arguments: object) -> KerasLayer:
        return layer_class(self.version, class_name)(**arguments)

    def renamed(self, name: str) -> Self:
        other = object.__new__(type(self))
        vars(other).update(vars(self), name=name)
        if self.wraps:
            other.arguments = type(self.arguments)({key: copied_argument(value) for key, value in self.arguments.items()})
        other._start()
        return other

    def _cloned(self) -> Self:
        if self.adapted:
            raise SettingError(f"{self.name} has LoRA or a quantization; copy the layer first, and change each copy")
        other = self.renamed(automatic_name(self.class_name))
        other.named_by_user = other.name_is_chosen = False
        return other

    def _repeated(self, copies: Dim) -> KerasCountable:
        return repeated(copies, self)

    def _in_turn(self, parts: Sequence[Countable]) -> KerasCountable:
        return InTurn(parts)

    def __getattr__(self, name: str) -> Any:
        """An argument, ``layer.units``, or the shape of a weight, ``layer.kernel``, as in Keras."""
        arguments = vars(self).get("arguments", {})
        if name.startswith("__") or name in RowLayer.__annotations__:
            raise AttributeError(name)
        raise_again(self, name)
        if name in arguments:
            return arguments[name]
        if name == "supports_masking":
            return supports_masking(self)
        weights = self.weights if vars(self).get("built_as") is not None else []
        found = [tensor for tensor in weights if tensor.name == name]
        if found:
            return KerasTensor(found[0].shape, name=name)
        lacking = "" if self.built else ", or it has no input yet"
        known = [*arguments, *(tensor.name for tensor in weights)]
        raise UnknownLayerError(f"{self.class_name} has no attribute {name!r} here{lacking}{nearest(name, known)}")

    def get_config(self) -> dict[str, Any]:
        """Its arguments by name, with which its class makes the same layer."""
        own = {name: self.arguments[name] for name in parameters(self.version, self.row.name)}
        return {"name": self.name, "trainable": self.trainable, "dtype": self.arguments.get("dtype") or "float32", **own}

    @classmethod
    def from_config(cls, config: Mapping[str, Any]) -> Self:
        """A layer of these arguments."""
        return cls(**config)

    @property
    def input(self) -> Any:
        """The input of the last call."""
        if not self.calls:
            raise ShapeError(f"{self.name} ({self.class_name}) has no input yet: call it on Input(...)")
        inputs = self.calls[-1].inputs
        return inputs[0] if len(inputs) == 1 else inputs

    def call(self, *args: Any, **kwargs: Any) -> Any:
        """The same as calling the layer."""
        return self(*args, **kwargs)

    # ------------------------------------------------------------ giving it an input
    def build(self, *input_shape: object) -> None:
        """Builds the layer for an input shape with its batch axis, or for several shapes where it has several inputs."""
        self._built(self._shapes(input_shape))

    def _shapes(self, given: tuple[object, ...]) -> Inputs:
        """The shapes that a user gives: one, or for a layer of several inputs, several or a list of them."""
        of = f"{self.class_name}: input_shape"
        first = given[0] if len(given) == 1 else None
        if self.row.reads and isinstance(first, tuple | list) and first and isinstance(first[0], tuple | list):
            given = tuple(first)
        if len(given) != 1 and not self.row.reads:
            raise ShapeError(f"{self.class_name} takes one shape, not {len(given)}")
        shapes = [open_shape(shape, of) for shape in given if shape is not None]
        return shapes if self.row.reads else shapes[0]

    def _built(self, shape: Inputs) -> Built:
        built = self._build(shape)
        if self.built_as is None:
            self.built_as, self.input_shape = built, shape
        if built.core is self.built_as.core:
            return built
        if built.core != self.built_as.core and not self._differ_by_adapters(built.core, self.built_as.core):
            raise ShapeError(
                f"{self.name} was built for inputs of shape {shape_text(self.input_shape or ())}, whose weights do not fit {shape_text(shape)}"
            )
        return built.but(core=self.built_as.core, because=self.built_as.because)

    def _build(self, shape: Inputs) -> Built:
        """The row's build, made once for all layers with the same arguments, except for wrappers, whose layers may change."""
        if self.row.build is not None:
            return self.row.build(self.arguments, shape)
        key = tuple(shape) if isinstance(shape, list) else shape
        built = self.builds.get(key)
        if built is None:
            built = self.builds[key] = standard_build(self.row, self.arguments, self.given, shape)
        return built

    def _differ_by_adapters(self, one: Layer | None, other: Layer | None) -> bool:
        from .lora_and_quantization import without_adapters

        return without_adapters(one) == without_adapters(other)

    def __call__(self, *args: object, **kwargs: object) -> Any:
        """The symbolic tensors that the layer gives for symbolic tensors."""
        call = Call(self, as_tensors(args), as_tensors(kwargs))
        inputs = self.reads_in(call)
        if not inputs:
            raise ShapeError(f"{self.class_name} must be called on symbolic tensors, such as Input((64, 15)), not on {brief(args)}")
        unknown = first_unknown(inputs[:1]) if self.row.keeps_shape and self.row.entry is None else None
        if unknown is not None:
            call.outputs = UnknownTensor(unknown.error, call)
            self.calls.append(call)
            return call.outputs
        shape: Inputs = [tensor.shape for tensor in inputs] if self.row.reads else inputs[0].shape
        try:
            built = self._built(closed(shape))
            if RUNNING:
                built = built.but(output=self._build(shape).output)
        except ShapeError as error:
            raise ShapeError(f"{error}{last_step_hint(inputs[0])}") from None
        self.input_because = self.input_because or inputs[0].because
        own_width = built.core is not None and built.core.sets_width
        keeps_width = not own_width and isinstance(built.output, tuple) and built.output[-1:] == inputs[0].shape[-1:]
        because = built.width_because or (inputs[0].because if keeps_width else GivenBy(self))
        if isinstance(built.output, tuple) and drops_axes(built, inputs[0].shape, built.output):
            because = GivenBy(self, (inputs[0].shape, built.output), inputs[0])

        def tensor(shape: OpenShape) -> KerasTensor:
            return KerasTensor(shape, inputs[0].dtype, call=call if call.in_graph else None, because=because)

        shapes = built.output if self.row.called is None else self.row.called(self.arguments, shape, kwargs)
        call.outputs = mapped_shapes(shapes, tensor)
        put_masks(call)
        self.calls.append(call)
        return call.outputs

    def compute_mask(self, inputs: Any, mask: Any = None) -> Any:
        """The mask of its output for an input and its mask, as in Keras."""
        return mask_by_class(self, inputs, mask)

    def reads_in(self, call: Call) -> list[KerasTensor]:
        """The tensors that decide the build: one, or those of the arguments that the row names."""
        names = self.row.reads
        if names:
            return named_tensors(self.class_name, names, call)
        inputs = call.inputs
        given = len(list(tensors_in(call.args[:1]))) if self.row.masks and not self.row.states else len(inputs)
        if given > 1 and not self.row.states:
            raise ShapeError(f"{self.class_name} takes one tensor, not {given}")
        if callable(self.row.states):
            if self.version == "v3" and len(list(tensors_in(call.args[:1]))) > 1:
                raise ShapeError(f"{self.class_name} takes its states separately: layer(x, initial_state=[h])")
            self.check_states([tensor.shape for tensor in states_in(call)])
        return inputs[:1]

    @property
    def may_have_weights(self) -> bool:
        """Whether it is of a class that may have weights, as an activation has none."""
        return self.row.entry is not None or self.row.build is not None

    def inside(self) -> list[KerasCountable]:
        values = (each for value in self.arguments.values() for each in (value if isinstance(value, list | tuple) else (value,)))
        return [each for each in values if isinstance(each, KerasCountable)]

    def by_itself(self, taken: Iterable[str] = (), sizes: Mapping[str, Dim] | None = None) -> Self:
        """The layer itself or, if it has no input, a copy with an input in letters: ``LSTM(n)`` reads features ``m``.

        A letter that the layer already uses, or that is ``taken``, gets a number; ``sizes`` replaces letters by other sizes.
        """
        if self.built:
            return self
        alone = self.renamed(self.name)
        shapes = mapped_shapes(
            alone.own_input({*taken, *letters_in(self.arguments)}),
            lambda shape: tuple((sizes or {}).get(str(axis), axis) for axis in shape),
        )
        if self.class_name.endswith(("Cell", "Cells")):  # one step of a recurrence, which is called with states
            alone.build(shapes)
            return alone
        ends = [layer_class("v3", "InputLayer")(batch_shape=each).output for each in (shapes if alone.row.reads else [shapes])]
        alone(*([ends] if len(alone.row.reads) == 1 else ends))
        return alone

    @property
    def node(self) -> Node:
        """Its weights as a tree; without an input, on one in letters."""
        return super(KerasLayer, self.by_itself() if self.lacks_input else self).node

    def known_output_shape(self) -> object:
        return self.output_shape if self.built else None

    def letters_used(self) -> set[str]:
        """The letters in its sizes, with or without an input."""
        return set(self.count.letters if self.built else letters_in(self.arguments))

    @property
    def title(self) -> str:
        """Its class and the layer inside, ``Bidirectional(LSTM)``, with the version unless it is Keras 3."""
        inside = self.arguments.get("layer")
        name = f"{self.class_name}({inside.title})" if isinstance(inside, KerasLayer) else self.class_name
        return name if self.version == "v3" else f"{self.version}.{name}"

    def own_input(self, taken: set[str]) -> Shapes:
        declared = declared_shape(self)
        return own_input(self.row, self.arguments, taken) if declared is None else declared

    def compute_output_shape(self, *input_shape: object) -> Any:
        """The output shape for an input shape, both with the batch axis."""
        return self.renamed(self.name)._build(self._shapes(input_shape)).output

    @property
    def built(self) -> bool:
        """Whether the layer knows its input."""
        return self.built_as is not None

    @property
    def lacks_input(self) -> bool:
        return self.built_as is None and (self.row.entry is not None or self.row.build is not None)

    @property
    def _current(self) -> Built:
        if self.built_as is None:
            if self.row.entry is None and self.row.build is None:
                return NO_WEIGHTS
            raise self._no_input()
        if self.built_as.inner and self.input_shape is not None:  # a layer inside may have changed since, as LoRA changes it
            return self._build(self.input_shape)
        return self.built_as

    def weights_without_input(self) -> list[Tensor]:
        from .unbuilt import weights_so_far

        return weights_so_far(self, self._no_input())

    def _no_input(self) -> ShapeError:
        return ShapeError(
            f"{self.name} ({self.class_name}) has no input yet: call it on Input(...), put it in a Sequential that begins with "
            "an Input, or use .by_itself() for an input in letters"
        )

    @property
    def output(self) -> Any:
        """The output of the last call."""
        if not self.calls:
            raise ShapeError(f"{self.name} ({self.class_name}) has no output yet: call it on Input(...)")
        return self.calls[-1].outputs

    @property
    def output_shape(self) -> Any:
        """The shape of its output, or a list of shapes."""
        if self.calls:
            return mapped_structure(self.calls[0].outputs, known_shape)
        if self.built_as is None:
            raise self._no_input()
        return self._current.output

    # ------------------------------------------------------------ its weights
    def tree(self, seen: set[int]) -> Node:
        built, trained, holders = self._current, self._trained, self._holders
        if built.core is not None and len(trained) == 1 and not holders & seen:
            node = self._with_axes(built.core.weights())
        elif built.inner:  # several layers, of which some are frozen or used elsewhere
            node = beside(self._own(seen), *(named(inner.name, inner.tree(seen)) for inner in built.inner))
        else:
            node = shared(built.core.weights(), self.name) if built.core is not None else NOTHING
        seen |= holders
        return node if True in trained else frozen(node)

    def _with_axes(self, node: Node) -> Node:
        """The weights, which show the axes that were put into the one that they read, as by ``Flatten``."""
        given, made = (isinstance(self.input_because, GivenBy) and self.input_because.shapes) or ((), ())
        factors = tuple(axis for axis in given[1:] if axis is not None)
        is_product = (
            len(made) == 2 and len(factors) == len(given) - 1 > 1 and made[-1] is not None and same(volume(factors), made[-1])
        )
        return with_factors(node, made[-1], factors) if is_product else node  # type: ignore[arg-type]

    def _own(self, seen: set[int]) -> Node:
        """A wrapper's own weights."""
        own = self._current.own
        if own is None:
            return NOTHING
        return shared(own.weights(), self.name) if id(self) in seen else own.weights()

    @property
    def _holders(self) -> set[int]:
        """The layers that own the weights: those inside it, itself, or both."""
        built = self._current
        inside = set[int]().union(*(inner._holders for inner in built.inner))
        return inside if built.inner and built.own is None else {*inside, id(self)}

    @property
    def _trained(self) -> set[bool]:
        """Whether it trains: yes, no, or both where the layers inside differ."""
        inside = set[bool]().union(*(inner._trained for inner in self._current.inner)) or {True}
        return {trains and not self.freezes for trains in inside}

    @property
    def freezes(self) -> bool:
        return not self.trainable and (self.version != "v3" or not self._current.inner)

    def uses(self) -> list[Placed]:
        built, entry = self._current, self.row.entry
        layer = built.own if built.inner else built.core
        own = self.row.convention(self.arguments).tensors(layer.weights()) if layer is not None and entry is not None else []
        if layer is not None and is_adapted(layer):
            from .lora_and_quantization import tensors_in_order

            own = tensors_in_order(own, self)
        found = [((id(self), number), tensor) for number, tensor in enumerate(own)]
        for inner in built.inner:
            found += [(identity, tensor if built.steps else tensor.within()) for identity, tensor in inner.uses()]
        if built.leading:
            found.sort(key=lambda placed: placed[1].name != built.leading)
        placed = [(identity, tensor.under(self.name)) for identity, tensor in found]
        if self.freezes:
            return [(identity, tensor.frozen()) for identity, tensor in placed]
        # Before Keras 3, a layer lists its trainable weights first.
        return placed if self.version == "v3" else sorted(placed, key=lambda placed: not placed[1].trainable)

    def parts_of(self, seen: set[int]) -> list[Part]:
        built, holders = self._current, self._holders
        if holders <= seen:
            return []
        if built.core is None or holders & seen:
            own = [self._part(built.own, self._own(seen))] if built.own is not None and id(self) not in seen else []
            seen |= {id(self)}
            return own + [part.under(self.name, self.name_is_chosen) for inner in built.inner for part in inner.parts_of(seen)]
        seen |= holders
        return [self._part(built.core, self.tree(set()))]

    def _part(self, layer: Layer, node: Node) -> Part:
        return Part(
            name=self.name,
            title=self.title,
            layer=layer,
            node=node,
            because=self._current.because,
            input_shape=self.input_shape,
            input_because=str(self.input_because),
            stored=Tensors(self, layer),
            chosen=self.name_is_chosen,
        )

    def _stored(self, layer: Layer) -> Stored:
        return tensors_by_weight(layer.weights(), (tensor for _, tensor in self.uses()))

    def enable_lora(self, rank: Dim, lora_alpha: object = None, a_initializer: object = None, b_initializer: object = None) -> None:  # noqa: ARG002
        """Freezes the kernel and adds a low-rank update to it, as in Keras (Hu et al., 2021)."""
        from .lora_and_quantization import enable_lora

        enable_lora(self, rank)

    def quantize(self, mode: str | None = None, config: object = None) -> None:
        """Stores the weights as integers with scales (int8, int4), or multiplies them as 8-bit floats (float8).

        ``config`` is a quantization config such as ``keras.quantizers.Int4QuantizationConfig()``. Raises
        :class:`SettingError` for a mode or a layer that Keras does not quantize.
        """
        from .lora_and_quantization import quantize

        quantize(self, mode, config)

    def __repr__(self) -> str:
        return f"<{self.class_name} name={self.name}, {several(self.count, 'parameter') if self.built else 'no input yet'}>"


# ---------------------------------------------------------------- classes out of rows
@cache
def layer_class(version: str, name: str) -> type[KerasLayer]:
    """The class of one row, made when it is first asked for."""
    row = find_row(version, name)
    doc = f"``{row.name}`` with the arguments of ``{VERSIONS[version]}``."
    if row.entry is not None:
        doc += f"\n\nIts formula is that of :class:`symparams.layers.{row.entry.layer.__name__}`."
    body = {
        "row": row,
        "version": version,
        "class_name": row.name,
        "called": name,
        "__doc__": doc,
        "__signature__": KerasSignature(),
        "__module__": f"symparams.{VERSIONS[version]}",
        **methods_of(row.name),
    }
    return type(row.name, (KerasLayer,), body)


def drops_axes(built: Built, shape: OpenShape, output: OpenShape) -> bool:
    """Whether a layer without weights leaves one axis of several, as Flatten and the global poolings do."""
    has_weights = built.core is not None or bool(built.inner)
    return not has_weights and len(output) == 2 < len(shape) and None not in (*shape[1:], *output[1:])


def check_is_no_layer(class_name: str, argument: str, value: object) -> None:
    """Refuses a layer with weights as an activation and the like, where its weights would not be counted."""
    if argument in TAKES_LAYERS or not counts_elsewhere(value) or (isinstance(value, KerasLayer) and not value.may_have_weights):
        return
    raise SettingError(
        f"{class_name}: {argument} is {brief(value)}, whose weights would not be counted; put the layer after {class_name} instead"
    )


def last_step_hint(tensor: KerasTensor) -> str:
    """A hint for an error after a recurrent layer that returns only its last step."""
    layer = tensor.call.layer if tensor.call is not None else None
    arguments = layer.arguments if isinstance(layer, KerasLayer) else {}
    inner = arguments.get("layer")
    sequences = (inner.arguments if isinstance(inner, KerasLayer) else arguments).get("return_sequences", True)
    return "" if sequences or layer is None else f"; give {layer.name} return_sequences=True to return every step"


class KerasSignature:
    """The signature that ``inspect.signature`` and ``help`` show for a layer's class, made on demand."""

    def __get__(self, _: object, cls: type[KerasLayer]) -> Signature:
        from inspect import Parameter, Signature

        def parameter(name: str, default: object) -> Parameter:
            return Parameter(name, Parameter.POSITIONAL_OR_KEYWORD, default=Parameter.empty if default is REQUIRED else default)

        known = parameters(cls.version, cls.row.name)
        return Signature([*(parameter(*each) for each in known.items()), Parameter("kwargs", Parameter.VAR_KEYWORD)])


def copied_argument(value: object) -> object:
    """An argument for a copy of a layer, with the layers in it copied as well."""
    if isinstance(value, KerasLayer):
        return value.renamed(value.name)
    return [copied_argument(each) for each in value] if isinstance(value, list) else value
