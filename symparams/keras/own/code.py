"""A user's own layer or model: what it holds is counted, and its ``call`` runs on symbolic tensors, so that shapes flow.

It is the user's own class, run in the user's own process as Keras would run it; nothing is evaluated from a text or a file.
"""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from ..._startup.boundary import like
from ...core.letter_conditions import init_in_letters
from ...core.model import Part
from ...core.tree import Weight, beside, frozen, named, shared
from ...errors import ArgumentError, ShapeError, SymparamsError, brief
from ...layers.parameter import Parameter
from ..axes import open_shape
from ..built import Buildable, Built
from ..function_names import check_function
from ..graph import Call, GivenBy, KerasTensor, known_shape, mapped_structure, tensors_in
from ..layer import KerasLayer
from ..masks import masks_of, put_masks, without_graph
from ..names import RENAMED_WHILE_HELD
from ..open_sizes import RUNNING, closed_axis, closed_shape, closed_tensors, opened_tensors
from ..operations.constants import as_tensors
from .names import ForBoth, asked_by_us, is_ours
from .tracking import Tracker, left_out
from .variables import Variable, weight_shape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import Self

    from ...core.conventions import Tensor
    from ...core.sizes import Dim
    from ...core.tree import Node
    from ..built import Inputs
    from ..graph import KerasCountable, Placed


class OwnCode(Buildable):
    """What own layers and own models share: weights and layers that are set as attributes, and a ``call`` that is run."""

    own_version = "v3"
    names_of_ours: ClassVar[frozenset[str]] = frozenset()
    tracker: Tracker
    theirs: dict[str, object]  # the values of attributes whose names this library uses as well

    def __new__(cls, *args: object, **kwargs: object) -> Self:
        self = object.__new__(cls)
        vars(self).update(tracker=Tracker(cls.__name__), theirs={}, ready=False, has_run=False, building=False, _is_built=False)
        vars(self).update(constructed=(args, kwargs), shapes_given=None, outputs_seen=None, calls=[], home=None)
        return self

    def __init_subclass__(cls, ours: bool = False) -> None:
        super().__init_subclass__()
        if ours:
            return
        cls.class_name = cls.__name__
        for name, value in [*vars(cls).items()]:
            if name == "build":
                setattr(cls, name, building(value))
            elif name == "__init__":
                setattr(cls, name, init_in_letters(value))
            elif is_ours(cls, name) and name not in ("class_name", "names_of_ours"):
                setattr(cls, name, ForBoth(cls, name, value))

    # ------------------------------------------------------------ attributes
    def __setattr__(self, name: str, value: object) -> None:
        if name == "name" and self._is_held:
            RENAMED_WHILE_HELD.number += 1
        if asked_by_us() and name in self.names_of_ours:
            object.__setattr__(self, name, value)
            return
        value = self.tracker.tracked(value)
        if name == "built":
            vars(self)["_is_built"] = bool(value)
        elif is_ours(type(self), name):
            self.theirs[name] = value
        else:
            object.__setattr__(self, name, value)

    def __getattribute__(self, name: str) -> Any:
        own = object.__getattribute__(self, "__dict__")
        theirs = own.get("theirs")
        return theirs[name] if theirs and name in theirs and not asked_by_us() else object.__getattribute__(self, name)

    def __delattr__(self, name: str) -> None:
        self.tracker.forget(getattr(self, name, None))
        object.__delattr__(self, name)

    def add_weight(
        self,
        *args: object,
        shape: object = None,
        initializer: object = None,
        dtype: object = None,
        trainable: bool = True,
        regularizer: object = None,
        constraint: object = None,
        name: str | None = None,
        **_: object,
    ) -> Variable:
        """A weight of the layer, as in Keras; its sizes may be letters."""
        functions = {"initializer": initializer, "regularizer": regularizer, "constraint": constraint}
        for kind, function in functions.items():
            check_function(f"{type(self).__name__}.add_weight", self.own_version, f"the_{kind}", function)
        if args:
            name, shape = names_first(self, args, name, shape)
        of = f"{type(self).__name__}.add_weight({name!r}): shape" if name else f"{type(self).__name__}.add_weight: shape"
        made = Variable(shape=weight_shape(() if shape is None else shape, of), dtype=dtype, trainable=trainable, name=name)
        made.name = self.tracker.name_of_weight(name)
        self.tracker.tracked(made)
        return made

    def add_loss(self, loss: object = None, *_: object, **__: object) -> None:
        """Keeps a loss, which has no number here."""
        self.tracker.losses += [loss]

    @property
    def losses(self) -> list[object]:
        """The losses that its last call has added, and those of the layers that it holds."""
        return [*self.tracker.losses, *(loss for layer in self.held for loss in layer.losses)]

    # ------------------------------------------------------------ giving it an input
    @property
    def lacks_input(self) -> bool:
        return not self.built

    @property
    def built(self) -> bool:
        """Whether everything that it holds is built, or its ``call`` has run."""
        return (
            self.has_run
            or (self._is_built and not any(layer.lacks_input for layer in self.held))
            or (
                bool(self.held or self.tracker.weights)
                and not self.builds_itself
                and not any(layer.lacks_input for layer in self.held)
            )
        )

    @property
    def builds_itself(self) -> bool:
        """Whether its class has a ``build`` of its own that has not been called."""
        return not self._is_built and getattr(type(self).build, "is_users", False)

    def build(self, input_shape: object = None) -> None:
        """Runs ``call`` on an input of this shape. A class may have its own, which makes its weights."""
        vars(self)["_is_built"] = True
        if input_shape is not None and not self.building:
            self.run((tensors_of_shapes(input_shape, type(self).__name__),), {})

    def __call__(self, *args: object, **kwargs: object) -> Any:
        """The symbolic tensors that ``call`` gives."""
        self.check_ready()
        args, kwargs = as_tensors(args), as_tensors(kwargs)
        call = Call(self, args, kwargs)
        if not call.inputs:
            raise ShapeError(
                f"{type(self).__name__} must be called on symbolic tensors, such as Input((64, 15)), not on {brief(args)}"
            )
        [tensor.shape for tensor in call.inputs]  # an unknown one is refused here
        outputs = self.run(args, kwargs)

        def output(tensor: KerasTensor) -> KerasTensor:
            return KerasTensor(tensor.shape, tensor.dtype, call=call if call.in_graph else None, because=GivenBy(self))

        call.outputs = mapped_structure(outputs, output)
        put_masks(call)
        self.calls.append(call)
        return call.outputs

    def check_ready(self) -> None:
        if not self.ready:
            raise ArgumentError(f"{type(self).__name__}: call super().__init__() first in __init__, as in Keras")

    def run(self, args: Any, kwargs: Any) -> Any:
        """Builds it and runs its ``call`` on tensors of these shapes. The tensors that it gives are of no graph yet."""
        args, kwargs = (mapped_structure(each, without_graph) for each in (args, kwargs))
        self.ensure_built(args, kwargs)
        kwargs = self.call_arguments(args, kwargs)
        outputs = self.outputs_of(args, kwargs)
        vars(self).update(has_run=True, _is_built=True)
        vars(self)["outputs_seen"] = mapped_structure(outputs, lambda tensor: tuple(map(closed_axis, tensor.shape)))
        return outputs

    def ensure_built(self, args: Any, kwargs: Any) -> None:
        """Calls ``build`` once, with the shape of the first argument, or with those that its arguments name."""
        closed = mapped_structure(args, lambda tensor: closed_shape(tensor.shape) if RUNNING else tensor.shape)
        named_ones = {
            key: mapped_structure(value, lambda t: closed_shape(t.shape) if RUNNING else t.shape) for key, value in kwargs.items()
        }
        first = closed[0] if closed else next(iter(named_ones.values()), None)
        if self.shapes_given is None:
            vars(self).update(shapes_given=first, input_shape=first)
        if not self._is_built and getattr(type(self).build, "is_users", False):
            self.build(**self.build_arguments(closed, named_ones, first))
        vars(self)["_is_built"] = True

    def build_arguments(self, args: Any, kwargs: dict[str, Any], first: Any) -> dict[str, Any]:
        import inspect

        wanted = [*inspect.signature(self.build).parameters.values()]
        plain = [each.name for each in wanted if each.kind in (each.POSITIONAL_OR_KEYWORD, each.KEYWORD_ONLY)]
        if not plain:
            return {}
        if len(plain) == 1:
            return {plain[0]: as_tensor_shape(first, self.own_version)}
        shapes = dict(zip(parameters_of(self.call), args, strict=False)) | kwargs
        return {name: shapes[name.removesuffix("_shape")] for name in plain if name.removesuffix("_shape") in shapes}

    def call_arguments(self, args: Any, kwargs: dict[str, Any]) -> dict[str, Any]:
        """The keyword arguments of ``call``, with those that Keras fills in."""
        import inspect

        takes = inspect.signature(self.call).parameters
        if not any(each.kind == each.VAR_KEYWORD for each in takes.values()):
            kwargs = {name: value for name, value in kwargs.items() if name in takes or name != "training"}
        kwargs = {**masks_for_call([*takes], args, kwargs), **kwargs}
        given = {*[*takes][: len(args)], *kwargs}
        filled = {
            name: None
            for name in ("training", "mask")
            if name in takes and name not in given and takes[name].default is inspect.Parameter.empty
        }
        return {**kwargs, **filled}

    def outputs_of(self, args: Any, kwargs: Any) -> Any:
        """What ``call`` gives: with None for unknown sizes, or where that does not lead to every size, with symbols for them."""
        unknown = not RUNNING and any(None in tensor.shape for tensor in tensors_in((args, kwargs)))
        try:
            outputs = self.called(args, kwargs)
        except Exception as error:
            if not unknown:
                raise self.in_its_words(error) from error
            return self.outputs_in_symbols(args, kwargs, error)
        if unknown and any(None in tensor.shape[1:] for tensor in tensors_in(outputs)):
            try:
                return self.outputs_in_symbols(args, kwargs)
            except SymparamsError:
                return outputs
        return outputs

    def outputs_in_symbols(self, args: Any, kwargs: Any, failed: Exception | None = None) -> Any:
        """What ``call`` gives for symbols in place of unknown sizes. ``failed`` is the error without them."""
        RUNNING.append(True)
        try:
            return closed_tensors(self.called(opened_tensors(args), opened_tensors(kwargs)))
        except Exception as error:  # noqa: BLE001  (a user's code may raise any)
            better = failed if isinstance(failed, SymparamsError) and not isinstance(error, SymparamsError) else error
            raise self.in_its_words(better) from better
        finally:
            RUNNING.pop()

    def called(self, args: Any, kwargs: Any) -> Any:
        """``call``, after which the layers that it holds have only the calls that they had before."""
        before = [(layer, len(layer.calls)) for layer in self.held]
        self.tracker.losses = []
        try:
            outputs = self.call(*args, **kwargs)
        finally:
            for layer, number in before:
                del layer.calls[number:]
        return as_tensors(outputs) if not isinstance(outputs, KerasTensor) else outputs

    def in_its_words(self, error: Exception) -> Exception:
        """An error of the user's code, with the layer whose ``call`` it is."""
        if isinstance(error, SymparamsError):
            return error
        found = f"{self.name} ({type(self).__name__}): its call cannot be run on shapes: {type(error).__name__}: {error}"
        if isinstance(error, TypeError | AttributeError | NotImplementedError | NameError):
            return ShapeError(f"{found}; write it with keras.ops, keras.layers and operators")
        return like(ShapeError, type(error))(found)

    def call(self, *args: Any, **kwargs: Any) -> Any:
        """What the layer does to its input. Every class of a user has its own."""
        raise NotImplementedError(f"{type(self).__name__} has no call(self, inputs); define it")

    # ------------------------------------------------------------ shapes
    def _built(self, shape: Inputs) -> Built:
        outputs = self.run((tensors_of_shapes(shape, type(self).__name__),), {})
        shapes = [tensor.shape for tensor in tensors_in(outputs)]
        return Built(output=shapes[0] if len(shapes) == 1 else shapes, inner=(self,))

    def compute_output_shape(self, *input_shape: Any, **named_shapes: Any) -> Any:
        """The output shape for an input shape, both with the batch axis."""
        given = tuple(tensors_of_shapes(each, type(self).__name__) for each in input_shape)
        by_name = {name.removesuffix("_shape"): tensors_of_shapes(each, type(self).__name__) for name, each in named_shapes.items()}
        return mapped_structure(self.run(given, by_name), lambda tensor: tensor.shape)

    def compute_mask(self, inputs: object, mask: object = None) -> object:  # noqa: ARG002
        """The mask as it is."""
        return mask

    @property
    def computes_masks(self) -> bool:  # type: ignore[override]
        """Whether its output has a mask."""
        return bool(getattr(self, "supports_masking", False))

    @property
    def output_shape(self) -> Any:
        """The shape of its output, or a structure of shapes."""
        if self.calls:
            return mapped_structure(self.calls[0].outputs, known_shape)
        return self.outputs_seen

    def weights_without_input(self) -> list[Tensor]:
        from ..unbuilt import weights_so_far

        return weights_so_far(self, self.no_input())

    def own_tensors(self) -> list[Tensor]:
        return [self.tensor(each) for each in self.own_weights()]

    def no_input(self) -> ShapeError:
        """The error for a question that needs its input."""
        lacking = [layer.name for layer in self.held if layer.lacks_input]
        what = f": {lacking[0]} in it is not built" if lacking else ""
        return ShapeError(
            f"{self.name} ({type(self).__name__}) has no input yet{what}; call it on Input(...), or give it a shape with its batch "
            "axis: build((None, 15))"
        )

    # ------------------------------------------------------------ its weights
    @property
    def held(self) -> list[Buildable]:
        """The layers that it holds."""
        return self.tracker.layers

    def inside(self) -> list[KerasCountable]:
        return [*self.held]

    def counted(self) -> Iterator[Buildable]:
        """The layers that have weights or need none. After its call, a layer that it did not use has none, as in Keras."""
        if not self.built:
            raise self.no_input()
        return (layer for layer in self.held if not layer.lacks_input)

    def _left_out(self) -> list[str]:
        """The layers that its ``call`` does not use, and the layers and arrays in attributes that Keras does not look into."""
        unused = [layer.name for layer in self.held if layer.lacks_input] if self.has_run else []
        attributes = {**vars(self), **self.theirs}
        return [
            *(f"call does not use {name}, which therefore has no weights, as in Keras" for name in unused),
            *(f"{name} {why}" for name, value in attributes.items() if (why := left_out(value, self.tracker))),
            *super()._left_out(),
        ]

    def own_weights(self) -> list[Variable]:
        """Its own weights in Keras's order."""
        held = self.tracker.weights
        return sorted(held, key=lambda variable: not variable.trainable)

    def trains(self, variable: Variable) -> bool:
        return variable.trainable and self.trainable

    def tree(self, seen: set[int]) -> Node:
        inner = [*self.counted()]
        own: Node = beside(*(Weight(str(each.name), each.shape, self.trains(each)) for each in self.own_weights()))  # type: ignore[arg-type]
        if id(self) in seen:
            own = shared(own, self.name)
        seen.add(id(self))
        node = beside(*own.parts, *(named(layer.name, layer.tree(seen)) for layer in inner))  # type: ignore[union-attr]
        return frozen(node) if self.freezes else node

    def uses(self) -> list[Placed]:
        inner = [*self.counted()]
        found: list[Placed] = [((id(each), 0), self.tensor(each)) for each in self.own_weights()]
        found += [use for layer in inner for use in layer.uses()]
        placed = [(identity, tensor.under(self.name)) for identity, tensor in found]
        if self.freezes:
            placed = [(identity, tensor.frozen()) for identity, tensor in placed]
        return placed if self.own_version == "v3" else sorted(placed, key=lambda each: not each[1].trainable)

    def tensor(self, variable: Variable) -> Tensor:
        from ...core.conventions import Tensor

        name = str(variable.name)
        return Tensor(path=name, shape=variable.shape, trainable=self.trains(variable), role=name)  # type: ignore[arg-type]

    @property
    def _holders(self) -> set[int]:
        return {id(self)}.union(*(layer._holders for layer in self.counted()))

    @property
    def _trained(self) -> set[bool]:
        own = {True} if self.tracker.weights else set[bool]()
        inside = own.union(*(layer._trained for layer in self.counted())) or {True}
        return {trains and not self.freezes for trains in inside}

    def parts_of(self, seen: set[int]) -> list[Part]:
        inner = [*self.counted()]
        own = [] if id(self) in seen else [self.part(each) for each in self.own_weights()]
        seen.add(id(self))
        parts = [*own, *(part for layer in inner for part in parts_below(layer, seen))]
        return [part.under(self.name, self.named_by_user) for part in parts]

    def part(self, variable: Variable) -> Part:
        """A weight of its own as a part of a model."""
        layer = Parameter(shape=variable.shape)  # type: ignore[arg-type]
        return Part(
            name=str(variable.name),
            title=layer.title,
            layer=layer,
            node=Weight("parameter", variable.shape, self.trains(variable)),  # type: ignore[arg-type]
            stored=partial(self.stored_parameter, variable),
            chosen=True,
        )

    def stored_parameter(self, variable: Variable) -> list[tuple[str, Tensor]]:
        """The tensor of a weight of its own, under the name that it has in such a part."""
        return [("parameter", self.tensor(variable))]

    @property
    def title(self) -> str:
        """Its class."""
        return type(self).__name__

    def letters_used(self) -> set[str]:
        """The letters in its sizes, with or without an input."""
        if self.built:
            return set(self.count.letters)
        return {name for layer in self.held for name in layer.letters_used()}

    def by_itself(self, taken: Iterable[str] = (), sizes: Mapping[str, Dim] | None = None) -> Self:  # noqa: ARG002
        """The same, which needs an input: its own code decides which."""
        if not self.built:
            raise self.no_input()
        return self

    def known_output_shape(self) -> object:
        return self.output_shape if self.built else None

    # ------------------------------------------------------------ configs
    def get_config(self) -> dict[str, Any]:
        """The arguments that every layer has; a class adds its own, or those of its ``__init__`` are taken."""
        base: dict[str, Any] = {"name": self.name, "trainable": self.trainable, "dtype": getattr(self, "dtype", "float32")}
        return {**base, **self.arguments_of_init()}

    def arguments_of_init(self) -> dict[str, Any]:
        import inspect

        if type(self).get_config is not OwnCode.get_config or not is_overridden(type(self), "__init__"):
            return {}
        args, kwargs = self.constructed
        bound = inspect.signature(type(self).__init__).bind(self, *args, **kwargs)
        bound.apply_defaults()
        found = dict([*bound.arguments.items()][1:])
        return {**found, **found.pop("kwargs", {})}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Self:
        """A layer made of a config."""
        return cls(**config)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} name={self.name}, {'built' if self.built else 'no input yet'}>"


# ---------------------------------------------------------------- helpers
def building(function: Any) -> Callable[..., Any]:
    """A user's ``build``, after which the layer is built."""

    def build(self: OwnCode, *args: object, **kwargs: object) -> Any:
        outermost = not self.building
        vars(self).update(building=True)
        try:
            result = function(self, *args, **kwargs)
        finally:
            vars(self).update(building=not outermost)
        vars(self).update(_is_built=True)
        if args and self.shapes_given is None:
            vars(self).update(shapes_given=args[0])
        return result

    build.is_users = True  # type: ignore[attr-defined]
    build.__wrapped__ = function  # type: ignore[attr-defined]
    build.__doc__ = function.__doc__
    return build


def is_overridden(cls: type, name: str) -> bool:
    """Whether a class of the user defines a method itself."""
    return not str(getattr(getattr(cls, name), "__module__", "symparams.")).startswith("symparams.")


def parts_below(layer: Buildable, seen: set[int]) -> list[Part]:
    """The parts of a layer that is held; those in a model below the name of the model."""
    parts = layer.parts_of(seen)
    return parts if isinstance(layer, KerasLayer | OwnCode) else [part.under(layer.name, layer.named_by_user) for part in parts]


def names_first(layer: OwnCode, args: tuple[object, ...], name: str | None, shape: object) -> tuple[str | None, object]:
    """The name and the shape of a weight whose arguments are by position: in Keras 2 the name is the first, in Keras 3 the shape."""
    if layer.own_version == "v3":
        if isinstance(args[0], str):
            raise ArgumentError(
                f"{type(layer).__name__}.add_weight: in Keras 3 the shape comes first, so write name={args[0]!r}; "
                "keras.v2.layers.Layer takes the name first"
            )
        return name, args[0]
    return (str(args[0]) if args[0] is not None else name), (args[1] if len(args) > 1 else shape)


def masks_for_call(takes: list[str], args: Any, kwargs: dict[str, Any]) -> dict[str, Any]:
    """The masks that Keras hands to a ``call``: ``mask`` for its one tensor or structure of tensors, or ``key_mask`` for ``key``."""
    given = {**dict(zip(takes, args, strict=False)), **kwargs}
    read = {name: value for name, value in given.items() if any(True for _ in tensors_in(value))}
    wanted = {"mask" if len(read) == 1 else f"{name}_mask": value for name, value in read.items()}
    return {name: masks_of(value) for name, value in wanted.items() if name in takes and given.get(name) is None}


def parameters_of(function: Any) -> list[str]:
    import inspect

    return [*inspect.signature(function).parameters]


def tensors_of_shapes(shapes: Any, owner: str) -> Any:
    """A tensor of a shape, or a structure of them."""
    if isinstance(shapes, dict):
        return {key: tensors_of_shapes(each, owner) for key, each in shapes.items()}
    if isinstance(shapes, list | tuple) and any(isinstance(each, list | tuple) for each in shapes):
        return [tensors_of_shapes(each, owner) for each in shapes]
    return KerasTensor(shapes if RUNNING and isinstance(shapes, tuple) else open_shape(shapes, f"{owner}: input_shape"))


class TensorShape(tuple[Any, ...]):
    """A shape as Keras 2 gives it to ``build``."""

    def as_list(self) -> list[Any]:
        return list(self)

    @property
    def rank(self) -> int:
        return len(self)

    ndims = rank


def as_tensor_shape(shape: Any, version: str) -> Any:
    if version == "v3":
        return shape
    return mapped_structure(shape, TensorShape, tuple)
