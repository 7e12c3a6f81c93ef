"""Whether a table says what a build has: names, shapes, what is trained, and ties."""

from __future__ import annotations

from .renumbering import plain_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from .builds import Build


def difference(said: Mapping[str, Any], build: Build) -> str | None:
    """The first difference, or None."""
    said = {plain_name(name): (shape, trained, tied and plain_name(tied)) for name, (shape, trained, tied) in said.items()}
    made = {plain_name(name): its for name, its in build.tensors.items()}
    ties = {plain_name(name): plain_name(other) for name, other in build.ties.items()}
    lacking = [name for name in made if name not in said]
    if lacking:
        return f"{lacking[0]} is there, and the table has none ({len(lacking)} such)"
    beyond = [name for name in said if name not in made]
    if beyond:
        return f"the table has {beyond[0]}, which is not there ({len(beyond)} such)"
    for name, (shape, trained, _) in said.items():
        its, _, trains = made[name]
        if shape != its or not all(type(axis) is int for axis in shape):
            return f"{name} is {its}, and the table says {shape}"
        if trained is not trains:
            return f"{name} is {'trained' if trains else 'frozen'}, and the table says otherwise"
    ours, theirs = groups({name: tied for name, (_, _, tied) in said.items() if tied}), groups(ties)
    if ours != theirs:
        return f"ties: {next(iter(theirs - ours), None)} are one, and the table says {next(iter(ours - theirs), None)}"
    return None


def groups(ties: Mapping[str, str]) -> set[frozenset[str]]:
    """Names of tensors that are one."""
    found: dict[str, set[str]] = {}
    for name, other in ties.items():
        first = other
        while first in ties and ties[first] != first:
            first = ties[first]
        found.setdefault(first, {first}).add(name)
    return {frozenset(each) for each in found.values()}
