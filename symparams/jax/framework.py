"""JAX as a framework, for the rest of the library: it has models, which are trees of arrays, and no layers of its own."""

from __future__ import annotations

from ..core.framework import Framework
from .automatic_names import PREFIX, name_by_user
from .nodes import leaves_of_node

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..tables.answer import Answer
    from .named_arrays.model import ArrayModel

HOLDERS = (
    *("flax.Module", "flax.Variable", "flax.VariableState", "flax.State", "flax.TrainState"),
    *("haiku.Module", "equinox.Module"),
)


def is_live(thing: object) -> bool:
    """Whether an object is a module or a state of flax, haiku or equinox."""
    if isinstance(thing, type):
        return False
    bases = {f"{base.__module__.partition('.')[0]}.{base.__name__}" for base in type(thing).__mro__}
    return not bases.isdisjoint(HOLDERS)


def read(source: object, letters: Mapping[str, object] | str | None = None) -> ArrayModel:
    """The model that ``from_jax`` reads."""
    from .reading import from_jax

    return from_jax(source, letters=letters)


def holds(path: str) -> bool:
    """Whether a file is a zip of arrays of NumPy."""
    from zipfile import BadZipFile, ZipFile

    try:
        with ZipFile(path) as archive:
            names = archive.namelist()
    except (OSError, ValueError, BadZipFile):
        return False
    return bool(names) and all(name.endswith(".npy") for name in names)


def listing(model: object) -> Answer | None:
    """The table of a model that was read."""
    from .named_arrays.model import ArrayModel

    return model.summary() if isinstance(model, ArrayModel) else None


FRAMEWORK = Framework(
    name="jax",
    title="JAX",
    releases=(),
    steps=frozenset(("jax",)),
    examples=(),
    load=lambda: None,
    classes=lambda: (),
    is_live=is_live,
    read=read,
    reader="from_jax",
    listing=listing,
    name_by_user=name_by_user,
    holders=HOLDERS,
    title_prefix=PREFIX,
    leaves=leaves_of_node,
    endings=(".npz",),
    refused=(".msgpack",),
    holds=holds,
)
