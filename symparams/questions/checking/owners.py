"""The tensors of a term in words: those of equal blocks together, and of many only how many there are of each kind."""

from __future__ import annotations

from itertools import combinations

from ...errors import listed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence
    from fractions import Fraction

    from .rows import TermShare

MOST_NAMED, MOST_ALIKE = 3, 4
MOST_SHOWN = 6
MOST_GROUPS = 40  # tensors among which one or two are searched that have exactly the missing amount
LONG = 100  # letters: more names than fit on a line
NORMS = ("norm", "ln")  # how the names of normalizations begin or end


def owners_in_words(shares: Sequence[TermShare], most: int = MOST_SHOWN) -> str:
    """The tensors of a term by their paths, those of equal blocks together; of many tensors, only the names."""
    groups = shares_by_path(shares)
    if len(groups) <= most and len(listed(groups)) <= LONG:
        return listed(groups)
    if not any("/" in name for name in groups):
        return places_in_words(groups)
    return listed(groups) if len(groups) <= most else listed(shares_by_path(shares, lambda path: path.rpartition("/")[2]))


def places_in_words(names: Collection[str]) -> str:
    """Many tensors of files, by the modules that they are in: ``4 biases and 4 vectors of norms in h.*``."""
    places: dict[str, list[str]] = {}
    for name in names:
        before, star, _ = name.rpartition(".*.")
        places.setdefault(before + star.removesuffix("."), []).append(name)
    return listed(
        f"{listed(kinds_in_words([name.removeprefix(f'{place}.') for name in inside]))}{f' in {place}' if place else ''}"
        for place, inside in places.items()
    )


def kinds_in_words(names: Sequence[str]) -> list[str]:
    """Some tensors of a module: its matrices by name, and how many biases and vectors of norms there are."""
    norms = [name for name in names if is_of_norm(name)]
    biases = [name for name in names if name.endswith("bias") and name not in norms]
    others = [name.removesuffix(".weight") for name in names if name not in norms and name not in biases]
    found = [*others] if len(others) <= MOST_SHOWN else [f"{len(others)} matrices"]
    for kind, called in ((biases, "biases"), (norms, "vectors of norms")):
        found += kind if len(kind) < 2 else [f"{len(kind)} {called}"]
    return found


def is_of_norm(name: str) -> bool:
    """Whether a tensor is of a normalization, by the name of its module."""
    *_, module, _ = ("", *name.lower().split("."))
    return module.startswith(NORMS) or module.endswith(NORMS)


def tensors_with_amount(shares: Sequence[TermShare], amount: object) -> list[str]:
    """The tensors that have exactly that much of a term, alone or two together; empty where they are too many to name."""
    groups = list(shares_by_path(shares).items())
    if len(groups) > MOST_GROUPS:
        return []
    amounts = {name: sum(share.factor for share in group) for name, group in groups}
    found = [[name] for name in amounts if amounts[name] == amount]
    found = found or [[one, other] for one, other in combinations(amounts, 2) if amounts[one] + amounts[other] == amount]
    found = [*layers_with_amount(shares, amount), *found]
    moments = [names for names in found if all("/moving_" in f"/{name}" for name in names)]
    return [listed(names) for names in moments or found] if moments or len(found) <= MOST_ALIKE else []


def shares_by_path(shares: Sequence[TermShare], pattern: Callable[[str], str] | None = None) -> dict[str, list[TermShare]]:
    """The tensors by name: ``h.0.up/kernel`` and ``h.1.up/kernel`` are ``2 x h.*.up/kernel``."""
    found: dict[str, list[TermShare]] = {}
    for share in shares:
        found.setdefault((pattern or path_pattern)(share.path), []).append(share)
    return {group[0].path if len(group) == 1 else f"{len(group)} x {name}": group for name, group in found.items()}


def path_pattern(path: str) -> str:
    """A path with a star for each step that is a number."""
    layer, slash, tensor = path.rpartition("/")
    return ".".join("*" if step.isdigit() else step for step in layer.split(".")) + slash + tensor


def unlike_tensors(shares: Sequence[TermShare]) -> list[tuple[int | Fraction, list[str]]]:
    """The tensors of a term by how much of it each has, where some have a fraction of it: keys and values that several heads share."""
    found: dict[int | Fraction, list[str]] = {}
    for name in dict.fromkeys(path_pattern(share.path) for share in shares):
        factor = next(share.factor for share in shares if path_pattern(share.path) == name)
        found.setdefault(factor, []).append(name)
    is_mixed = len(found) > 1 and any(factor.denominator > 1 for factor in found)
    return list(found.items()) if is_mixed and sum(map(len, found.values())) <= MOST_SHOWN else []


def layers_with_amount(shares: Iterable[TermShare], amount: object) -> list[list[str]]:
    """The parts of layers, such as the attentions of a block, whose tensors have exactly that much of a term together."""
    found: dict[str, list[TermShare]] = {}
    for share in shares:
        part, _, inside = share.path.partition("/")
        if "/" in inside:
            found.setdefault(part, []).append(share)
    return [[part] for part, its in found.items() if len(its) > 1 and sum(share.factor for share in its) == amount]
