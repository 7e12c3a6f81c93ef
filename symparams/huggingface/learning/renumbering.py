"""Names such as ``expert_0`` .. ``expert_7``, or ``weight_ih_l0`` of a recurrent layer: the elements of a container like any other."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from typing import Any, TypeAlias

    Build: TypeAlias = Any  # that of builds.py, which renumbers what it has made

NUMBERED = re.compile(r"(.*[A-Za-z]_)(\d+)")
STACKED = re.compile(r"((?:weight|bias)_[ih]h_l)(\d+)")
RECURRENT = ("RNN", "LSTM", "GRU")  # modules of PyTorch with the tensors of all their layers in one


def together(builds: Sequence[Build]) -> None:
    """What is a container in one build is one in all: of a single element, too."""
    known = {starred(path) for build in builds for path in build.lengths if path.endswith("_@")}
    for build in builds if known else ():
        renumber(build, known)


def starred(path: str) -> str:
    """A path without its indices."""
    return re.sub(r"(?<=\.)\d+(?=\.|$)", "*", path)


def plain_name(path: str) -> str:
    """The name that the library has for a tensor."""
    return path.replace("@.", "")


def renumber_stacks(made: Build) -> None:
    """``weight_ih_l0``, ``weight_ih_l1`` become ``weight_ih_l@.0`` ..: what each layer of a recurrent module has."""
    new: dict[str, str] = {}
    for path in made.tensors:
        above, _, last = path.rpartition(".")
        found = STACKED.fullmatch(last)
        if found and made.modules.get(above) in RECURRENT:
            container = f"{above}.{found[1]}@"
            new[path] = f"{container}.{found[2]}"
            made.modules[container] = "numbered"
            made.lengths[container] = max(made.lengths.get(container, 0), int(found[2]) + 1)
    if new:
        made.tensors = {new.get(path, path): its for path, its in made.tensors.items()}
        made.ties = {new.get(path, path): new.get(other, other) for path, other in made.ties.items()}


def renumber(made: Build, known: Collection[str] = ()) -> None:
    """``expert_0`` .. ``expert_7`` become ``expert_@.0`` ..: a container like any other."""
    families: dict[tuple[str, str], set[int]] = {}
    for path in made.modules:
        above, _, last = path.rpartition(".")
        found = NUMBERED.fullmatch(last)
        if found:
            families.setdefault((above, found[1]), set()).add(int(found[2]))
    families = {
        (above, start): numbers
        for (above, start), numbers in families.items()
        if numbers == set(range(len(numbers)))
        and (len(numbers) > 1 or starred(f"{above}.{start}@" if above else f"{start}@") in known)
    }
    if not families:
        return

    def new(path: str | None) -> str:
        steps, before = [], ""
        for step in (path or "").split("."):
            found = NUMBERED.fullmatch(step)
            steps.append(f"{found[1]}@.{found[2]}" if found and (before, found[1]) in families else step)
            before = f"{before}.{step}" if before else step
        return ".".join(steps)

    made.modules = {new(path): its for path, its in made.modules.items()}
    made.lengths = {new(path): its for path, its in made.lengths.items()}
    for (above, start), numbers in families.items():
        container = new(f"{above}.{start}0" if above else f"{start}0").rpartition(".")[0]
        made.lengths[container] = len(numbers)
        made.modules[container] = "numbered"
    made.models = {new(path): its for path, its in made.models.items()}
    made.tensors = {new(path): its for path, its in made.tensors.items()}
    made.ties = {new(path): new(other) for path, other in made.ties.items()}
    made.comparisons = [
        (comparison, outcome, None if path is None else new(path)) for comparison, outcome, path in made.comparisons
    ]
    made.loops = [(length, turns, None if path is None else new(path)) for length, turns, path in made.loops]
    made.reads = {key: [None if path is None else new(path) for path in paths] for key, paths in made.reads.items()}
