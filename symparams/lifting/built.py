"""What a builder gives, read as a list of tensors: a torch module, a Keras model, a tree of JAX, or names and shapes."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..core.frameworks import frameworks
from ..core.frozen import Frozen
from ..errors import TextError, brief, either
from .tagged_numbers import expression_of, settled

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Protocol, TypeAlias

    from .expressions import Expression

    Axes: TypeAlias = tuple[Expression, ...]

    class HasShape(Protocol):
        @property
        def shape(self) -> Sequence[int]: ...

    class TorchParameter(HasShape, Protocol):
        requires_grad: bool

    class TorchModule(Protocol):
        def named_parameters(self, *, remove_duplicate: bool) -> Iterable[tuple[str, TorchParameter]]: ...

    class KerasVariable(HasShape, Protocol):
        path: str
        trainable: bool

    class KerasModel(Protocol):
        weights: Sequence[KerasVariable]

    AxesOf: TypeAlias = Callable[[HasShape], Axes | None]


class BuiltTensor(Frozen):
    """One tensor of one run: its axes as the builder's code computed them, plain numbers where that is not known.

    ``at_turn`` has them with the indices of loops that they were computed with, ``axes`` with the numbers of these.
    """

    name: str
    shape: tuple[int, ...]
    axes: tuple[Expression, ...]
    at_turn: tuple[Expression, ...]
    trainable: bool = True
    tied_to: str | None = None


def tensors_of(built: object, axes_of: AxesOf) -> list[BuiltTensor]:
    """Every tensor of what a builder gave. Raises :class:`TextError` for what has none."""
    if hasattr(built, "weights") and hasattr(built, "trainable_weights"):
        return of_keras(built, axes_of)
    if hasattr(built, "named_parameters"):
        return of_torch(built, axes_of)
    found = list(of_tree(built, ""))
    if not found:
        models = either([framework.title for framework in frameworks() if framework.watch is not None])
        raise TextError(
            f"lift needs a builder that gives a model of {models}, a tree of shapes or {{name: shape}}, not {brief(built)}"
        )
    names = [tensor.name for tensor in found]
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise TextError(f"two tensors are called {twice!r}")
    return found


def tensor(name: str, sizes: Sequence[int], axes: Axes | None, trainable: bool = True, tied_to: str | None = None) -> BuiltTensor:
    shape = tuple(map(int, sizes))
    if axes is None or len(axes) != len(shape):
        axes = tuple(map(expression_of, sizes))
    return BuiltTensor(name, shape, tuple(map(settled, axes)), axes, trainable, tied_to)


# ---------------------------------------------------------------- frameworks
def of_torch(module: TorchModule, axes_of: AxesOf) -> list[BuiltTensor]:
    """Every use of every parameter; a tied one names its first use."""
    first: dict[int, str] = {}
    found = []
    for name, parameter in module.named_parameters(remove_duplicate=False):
        owner = first.setdefault(id(parameter), name)
        tied_to = None if owner == name else owner
        found.append(tensor(name, parameter.shape, axes_of(parameter), bool(parameter.requires_grad), tied_to))
    return found


def of_keras(model: KerasModel, axes_of: AxesOf) -> list[BuiltTensor]:
    """Every variable; layers that Keras numbered are numbered from 0 in each run and each part, and the model itself is not named."""
    paths = [tuple(str(variable.path).split("/")) for variable in model.weights]
    name = getattr(model, "name", "")
    renamed = numbered_anew(model, [path[1:] if path[0] == name and path[1:] else path for path in paths])
    found: dict[str, BuiltTensor] = {}
    for variable, path in zip(model.weights, renamed, strict=True):
        name, number = path, 1
        while name in found:
            name, number = f"{path}_{number}", number + 1
        found[name] = tensor(name, variable.shape, axes_of(variable), bool(variable.trainable))
    return list(found.values())


def numbered_anew(model: object, paths: Sequence[tuple[str, ...]]) -> list[str]:
    """Paths in which each step that Keras numbered, ``conv2d``, ``conv2d_7``, has its number among those of its class beside it."""
    kinds = kinds_of(model)
    beside: dict[tuple[str, ...], dict[str, set[int]]] = {}
    for path in paths:
        for place, step in enumerate(path):
            if step in kinds:
                kind, number = kinds[step]
                beside.setdefault(path[:place], {}).setdefault(kind, set()).add(number)

    def anew(path: tuple[str, ...], place: int) -> str:
        if path[place] not in kinds:
            return path[place]
        kind, number = kinds[path[place]]
        return f"{kind}_{sorted(beside[path[:place]][kind]).index(number)}"

    return ["/".join(anew(path, place) for place in range(len(path))) for path in paths]


def kinds_of(model: object) -> dict[str, tuple[str, int]]:
    """The names that Keras chose, each as the class and the number in it."""
    found: dict[str, tuple[str, int]] = {}
    for layer in layers_of(model):
        kind = snake_case(type(layer).__name__)
        stem, _, number = layer.name.rpartition("_")
        for own in (kind, f"forward_{kind}", f"backward_{kind}"):
            if layer.name == own or (stem == own and number.isdecimal()):
                found[layer.name] = own, int(number) if layer.name != own else 0
    return found


if TYPE_CHECKING:

    class NamedLayer(Protocol):
        name: str


def layers_of(model: object) -> Iterator[NamedLayer]:
    """The layers in a Keras model, those in layers too."""
    flat = getattr(model, "_flatten_layers", None)
    yield from flat() if flat is not None else getattr(model, "layers", ())


def snake_case(name: str) -> str:
    """As Keras spells the name of a class."""
    return re.sub(r"([a-z])([A-Z])", r"\1_\2", re.sub(r"(.)([A-Z][a-z0-9]+)", r"\1_\2", re.sub(r"\W+", "", name))).lower()


# ---------------------------------------------------------------- trees
def of_tree(tree: object, path: str) -> Iterator[BuiltTensor]:
    """The leaves of nested mappings, lists and JAX's own nodes; of flax's collections, the parameters."""
    if isinstance(tree, Mapping):
        if not path and "params" in tree and all(isinstance(its, Mapping) for its in tree.values()):
            yield from of_tree(tree["params"], path)
            return
        for key, its in tree.items():
            yield from of_tree(its, joined(path, key))
    elif is_shape(tree):
        yield tensor(path, tree, None)  # type: ignore[arg-type]
    elif hasattr(tree, "shape") and is_shape(tuple(tree.shape)):
        yield tensor(path, tree.shape, None)
    elif isinstance(tree, list | tuple):
        for place, its in enumerate(tree):
            yield from of_tree(its, joined(path, place))
    elif tree is not None:
        for framework in frameworks():
            for name, leaf in framework.leaves(tree):
                yield from of_tree(leaf, joined(path, name))


def is_shape(value: object) -> bool:
    return isinstance(value, tuple | list) and all(isinstance(axis, int) and not isinstance(axis, bool) for axis in value)


def joined(path: str, key: object) -> str:
    if isinstance(key, tuple | list):
        key = ".".join(map(str, key))
    return f"{path}.{key}" if path else str(key)
