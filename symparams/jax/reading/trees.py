"""The arrays of a tree: nested mappings and sequences, states and modules, by duck typing. Each leaf is asked for its shape only."""

from __future__ import annotations

import os
from operator import index

from ..._startup.limits import ARRAYS_IN_A_TREE, STEPS_TO_AN_ARRAY
from ...errors import LimitError, TextError, brief, listed
from ..named_arrays.group import Array, Group, with_lists

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..named_arrays.reading import Source

WAYS = (
    "give what model.init(...) returns, a nested dict of names with arrays or shapes, a state or live module of nnx, a module of "
    "equinox, a TrainState, or the metadata of an orbax checkpoint"
)
# Collections that are neither parameters nor state of the model.
PASSED_OVER = frozenset("opt_state optimizer intermediates losses metrics rngs rng key perturbations step count sow".split())
WRAPPERS = ("item_metadata", "tree")  # the attributes around a tree in orbax's metadata
BUFFERS = frozenset("mean var average hidden counter count cached_key cached_value cache_index".split())
MSGPACK = ".msgpack"
PARAMETERS, STATE = True, False


class Tree:
    """One walk through a tree, and the remarks about what it leaves out."""

    def __init__(self) -> None:
        self.root = Group()
        self.passed: dict[str, None] = {}
        self.arrays = 0
        self.kept: list[object] = []  # keeps the live arrays alive, so that no two have the same id
        self.inside: set[int] = set()

    def walk(self, value: object, steps: tuple[str, ...], where: tuple[str, ...], parameters: bool) -> None:
        """Puts all arrays of a value into the groups of their names; ``where`` is the path that is shown for them."""
        if len(steps) > STEPS_TO_AN_ARRAY:
            raise TextError(f"{brief('/'.join(where))}: modules are nested more than {STEPS_TO_AN_ARRAY} deep")
        kind = kind_of_variable(value)
        if kind is not None:
            if kind == "random":
                self.passed["the state of random numbers"] = None
                return
            parameters = parameters and kind == "parameter"
        if is_leaf(value):
            self.leaf(value, steps, where, parameters)
            return
        if id(value) in self.inside:
            raise TextError(f"{brief('/'.join(where) or 'the tree')} contains itself")
        self.inside.add(id(value))
        for name, inner in items_of(value, where):
            self.step(value, name, inner, steps, where, parameters)
        self.inside.discard(id(value))

    def step(
        self, owner: object, name: str, inner: object, steps: tuple[str, ...], where: tuple[str, ...], parameters: bool
    ) -> None:
        if not name.isprintable() or not name:
            raise TextError(f"{brief(name)} is not the name of an array")
        if name in ("rng", "rngs") and not is_leaf(inner):
            self.passed["the state of random numbers"] = None
            return
        more = tuple(step for step in name.split("/") if step and step != "~") or (name,)
        if is_state_index(owner):
            parameters = False
        self.walk(inner, (*steps, *more), (*where, name), parameters)
        group = self.root
        for each in (*steps, *more):
            group = group.groups.get(each, group)
        if group.name == "/".join((*steps, *more)) and has_class(inner):
            group.class_name, group.source = type(inner).__name__, inner

    def leaf(self, value: object, steps: tuple[str, ...], where: tuple[str, ...], parameters: bool) -> None:
        shape = shape_of(value, "/".join(where))
        if shape is None:
            self.passed[f"{where[-1] if where else 'a number'}, a plain number"] = None
            return
        if is_random_key(value):
            self.passed["the state of random numbers"] = None
            return
        self.arrays += 1
        if self.arrays > ARRAYS_IN_A_TREE:
            raise LimitError(f"the tree has more than {ARRAYS_IN_A_TREE:,} arrays")
        plain = isinstance(value, tuple | list)
        self.kept.append(value)
        self.root.put(
            steps or ("array",),
            Array("/".join(where) or "array", shape, parameters and not is_integer(value), None if plain else id(value)),
        )


def source_of(source: object) -> Source:
    """The arrays of a source in groups, its name, and the remarks about it."""
    for wrapper in WRAPPERS:
        inner = getattr(source, wrapper, None)
        if inner is not None and not hasattr(source, "items"):
            source = inner
    name = ""
    if isinstance(source, str | os.PathLike):
        name, source = os.path.basename(os.fspath(source)), shapes_in_file(source)
    check_is_tree(source)
    tree, notes = Tree(), []
    collections = collections_of(source)
    if collections is None:
        tree.walk(source, (), (), PARAMETERS)
        mark_statistics(tree.root)
    for collection, inner in (collections or {}).items():
        if collection in PASSED_OVER:
            tree.passed[collection] = None
        elif collection == "params":
            tree.walk(inner, (), (), PARAMETERS)
        else:
            tree.walk(inner, (), (collection,), STATE)
    if not tree.arrays:
        raise TextError(f"{brief(source)} has no arrays: {WAYS}")
    if has_class(source):
        tree.root.class_name, tree.root.source = type(source).__name__, source
    with_lists(tree.root)
    states = [name for name in collections or {} if name not in PASSED_OVER and name != "params"]
    if states:
        notes.append(
            f"{listed(states)} {'is a collection' if len(states) == 1 else 'are collections'} beside params: counted as buffers"
        )
    if tree.passed:
        notes.append(f"not counted: {listed(tree.passed)}")
    return tree.root, name or model_name(source), notes


def shapes_in_file(source: str | os.PathLike[str]) -> dict[str, tuple[int, ...]]:
    """The names and shapes in a file. Raises :class:`TextError` for one that is no ``.npz``."""
    path = os.fspath(source)
    if path.lower().endswith(MSGPACK):
        raise TextError(
            f"{brief(os.path.basename(path))} is flax's msgpack, which only flax unpacks: load it with "
            "flax.serialization.msgpack_restore(bytes), and give the tree"
        )
    if not os.path.isfile(path):
        raise TextError(f"from_jax cannot read {brief(path)}: {WAYS}, or the path of a .npz file")
    from .npz import npz_shapes

    return npz_shapes(path)


def check_is_tree(source: object) -> None:
    """Refuses what has no arrays yet, with what has them."""
    packages = {base.__module__.partition(".")[0]: base.__name__ for base in type(source).__mro__}
    if "flax" in packages and hasattr(source, "init") and hasattr(source, "apply"):
        raise TextError(
            f"{type(source).__name__} is a linen module, which has no parameters until it is initialized: give "
            "jax.eval_shape(model.init, key, x), which costs nothing, or the variables"
        )
    if type(source).__name__ in ("Transformed", "TransformedWithState", "MultiTransformed"):
        raise TextError(
            "a transformed function of haiku has no parameters until it is initialized: give jax.eval_shape(net.init, key, x)"
        )
    if isinstance(source, str | bytes | int | float) or source is None or isinstance(source, type):
        raise TextError(f"from_jax cannot read {brief(source)}: {WAYS}")


def collections_of(source: object) -> dict[str, object] | None:
    """The collections of flax's variables, of a checkpoint or of a TrainState, by name; None for a tree of parameters alone."""
    if not hasattr(source, "items") and hasattr(source, "params") and (hasattr(source, "opt_state") or hasattr(source, "step")):
        names = [name for name in vars(source) if name not in ("apply_fn", "tx")]
        return {name: getattr(source, name) for name in names}
    if not hasattr(source, "items"):
        return None
    found = {str(name): inner for name, inner in source.items()}
    if "params" not in found or is_leaf(found["params"]):
        return None
    return found


def mark_statistics(root: Group) -> None:
    """Marks the moving statistics of normalizations in a tree that does not keep them apart as buffers."""
    stack = [root]
    while stack:
        group = stack.pop()
        stack += group.groups.values()
        if {"mean", "var"} <= group.arrays.keys() and {"scale", "bias"} & group.arrays.keys():
            for name in ("mean", "var"):
                group.arrays[name] = group.arrays[name].but(parameter=False)


# ---------------------------------------------------------------- leaves
def is_leaf(value: object) -> bool:
    """Whether a value is an array, a shape or a number, and no tree."""
    if isinstance(value, tuple | list):
        return not hasattr(value, "_fields") and all(isinstance(axis, int) and not isinstance(axis, bool) for axis in value)
    if has_class(value):  # a module may keep a shape as a setting
        return False
    return hasattr(value, "shape") or isinstance(value, int | float | complex)


def shape_of(value: object, path: str) -> tuple[int, ...] | None:
    """The shape of an array, or a shape itself; None for a plain number."""
    if isinstance(value, int | float | complex):
        return None
    shape = value if isinstance(value, tuple | list) else value.shape  # type: ignore[attr-defined]
    try:
        axes = tuple(map(index, shape))
    except TypeError:
        raise TextError(f"{brief(path)}: a shape must be whole numbers, not {brief(shape)}") from None
    if any(axis < 0 for axis in axes):
        raise TextError(f"{brief(path)}: the shape {brief(axes)} has a negative size")
    return axes


def is_integer(value: object) -> bool:
    """Whether an array has whole numbers, which are counters and not parameters."""
    kind = str(getattr(value, "dtype", ""))
    return kind.startswith(("int", "uint", "bool"))


def is_random_key(value: object) -> bool:
    return str(getattr(value, "dtype", "")).startswith("key<")


def kind_of_variable(value: object) -> str | None:
    """What a variable of nnx holds: a parameter, state, or the state of random numbers; None for anything else."""
    names = {base.__name__ for base in type(value).__mro__ if base.__module__.partition(".")[0] == "flax"}
    if "VariableState" in names:  # of earlier releases, which says the type of the variable
        names = {base.__name__ for base in getattr(value, "type", object).__mro__}
    elif "Variable" not in names:
        return None
    return "parameter" if "Param" in names else "random" if "RngState" in names else "state"


# ---------------------------------------------------------------- trees
def items_of(value: object, where: tuple[str, ...]) -> Iterator[tuple[str, object]]:
    """The names in a tree with what they name."""
    if hasattr(value, "items"):
        yield from ((str(name), inner) for name, inner in value.items() if inner is not None)
    elif hasattr(value, "_fields"):
        yield from ((name, getattr(value, name)) for name in value._fields if getattr(value, name) is not None)
    elif isinstance(value, tuple | list):
        yield from ((str(number), inner) for number, inner in enumerate(value) if inner is not None)
    elif has_class(value):
        yield from attributes_of(value)
    else:
        raise TextError(f"{brief('/'.join(where) or 'the tree')} is {brief(value)}, not an array or a tree of arrays: {WAYS}")


def attributes_of(value: object) -> Iterator[tuple[str, object]]:
    """The attributes of a live module that are arrays or hold some. What a module keeps as settings are not: numbers and shapes."""
    for name, inner in vars(value).items():
        if name.startswith("_") or name == "shape":
            continue
        if has_arrays(inner):
            yield name, inner


def has_arrays(value: object) -> bool:
    """Whether an attribute is an array, a module, or a container of those."""
    if isinstance(value, tuple | list | dict):
        return any(map(has_arrays, value.values() if isinstance(value, dict) else value))
    return (hasattr(value, "shape") and hasattr(value, "dtype")) or kind_of_variable(value) is not None or has_class(value)


def has_class(value: object) -> bool:
    """Whether an object is a live module of nnx or equinox."""
    names = {f"{base.__module__.partition('.')[0]}.{base.__name__}" for base in type(value).__mro__}
    return bool(names & {"flax.Module", "flax.Pytree", "equinox.Module"}) and not hasattr(value, "items")


def is_state_index(value: object) -> bool:
    """Whether an object of equinox keeps the first state of a layer."""
    return type(value).__name__ == "StateIndex"


def model_name(source: object) -> str:
    """The class of a live module; for a tree, what it is."""
    return type(source).__name__ if has_class(source) else "the parameter tree"
