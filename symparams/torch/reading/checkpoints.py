"""The shapes in the files of a checkpoint: one ``.safetensors``, several with their index, or a directory of them."""

from __future__ import annotations

import os

from ..._startup.limits import INDEX_FILE, SHARDS
from ..._startup.strict_json import parsed
from ...errors import TextError, brief
from .safetensors import header_shapes, is_pickle, is_safetensors

ONE, SHARDED = "model.safetensors", "model.safetensors.index.json"


def checkpoint_shapes(source: str | os.PathLike[str]) -> dict[str, tuple[int, ...]]:
    """The shape of each tensor. Raises :class:`TextError` for files that cannot be read."""
    path = os.fspath(source)
    if os.path.isdir(path):
        inside = [name for name in (SHARDED, ONE) if os.path.isfile(os.path.join(path, name))]
        if not inside:
            raise TextError(f"the directory {brief(path)} cannot be read: it has neither {ONE} nor {SHARDED}")
        path = os.path.join(path, inside[0])
    return sharded_shapes(path) if str(path).lower().endswith(".index.json") else header_shapes(path)


def sharded_shapes(path: str) -> dict[str, tuple[int, ...]]:
    """The shapes in all files that an index names, which are beside it."""
    name = brief(os.path.basename(path))
    try:
        if os.path.getsize(path) > INDEX_FILE:
            raise TextError(f"{name} is larger than an index may be, {INDEX_FILE} bytes")
        with open(path, encoding="utf-8") as file:
            index = parsed(file.read(), name)
    except (OSError, UnicodeError) as error:
        raise TextError(f"{name} cannot be read: {error}") from None
    places = index.get("weight_map") if isinstance(index, dict) else None
    if not isinstance(places, dict) or not all(isinstance(shard, str) for shard in places.values()):
        raise TextError(f"{name} has no weight_map, which says where each tensor is")
    shards = sorted(set(places.values()))
    if len(shards) > SHARDS:
        raise TextError(f"{name} names {len(shards)} files; at most {SHARDS} are read")
    found: dict[str, tuple[int, ...]] = {}
    for shard in shards:
        if os.path.basename(shard) != shard:
            raise TextError(f"{name} names the file {brief(shard)}, which is not beside it")
        found.update(header_shapes(os.path.join(os.path.dirname(path), shard)))
    lost = sorted(places.keys() - found.keys())
    if lost:
        raise TextError(f"{name} says that {brief(lost[0])} is in {places[lost[0]]}, which does not have it")
    return found


def is_checkpoint(path: str) -> bool:
    """Whether a file of any name is safetensors, or a pickle, which is refused with the reason."""
    return is_safetensors(path) or is_pickle(path)
