"""A class of transformers with the fields of a config: its counts in numbers, its tree in letters, and where each letter is from."""

from __future__ import annotations

from .._startup.boundary import guard
from .._startup.once import cached_property
from ..core.formula import Values
from ..core.tree import Tied, Weight, only, rebuilt
from ..errors import SettingError, brief
from .config import BOOKKEEPING
from .counting import Evaluation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from ..core.sizes import Dim
    from ..core.tree import Node
    from .config import Config
    from .counting import Totals
    from .form import Form
    from .sites import Site


@guard
class Configured:
    """A class of transformers with the fields of a config.

    ``values`` has the number of each letter and ``letters`` its field; ``settings`` are the fields that decided which tensors
    there are, ``assumed`` what the config leaves to the defaults of its class, and ``ignored`` the fields that cannot change a
    count.
    """

    def __init__(self, config: Config, class_name: str, sites: Sequence[Site], notes: Sequence[str] = (), name: str = "") -> None:
        self.config, self.class_name, self.sites, self.notes = config, class_name, sites, [*notes]
        self.name = name or class_name
        self.in_numbers = False
        self.open = bool(config.open)

    # ------------------------------------------------------------ counts
    @cached_property
    def totals(self) -> Totals:
        """The counts in numbers."""
        return Evaluation(self.config).totals(self.sites)

    def number(self, which: str) -> int:
        """One of the counts in numbers: count, untied, trainable or buffers."""
        found = vars(self.totals).get(str(which))
        if not isinstance(found, int):
            raise SettingError(f"number() gives count, untied, trainable or buffers, not {brief(which)}")
        return found

    def number_of_tensors(self) -> int:
        """The number of tensors, buffers included."""
        evaluation = Evaluation(self.config)
        return sum(found.many for site in self.sites for found in evaluation.tensors(site, one_by_one=False))

    # ------------------------------------------------------------ letters
    @cached_property
    def form(self) -> Form:
        """Its tree in letters."""
        return self._form()

    @cached_property
    def read(self) -> Form:
        """The same with numbers, which has the letters and their fields, and needs no SymPy."""
        made = self._form(recording=True)
        if self.has_experts:
            made.experts  # noqa: B018  (its letters are among the values, too)
        return made

    def _form(self, buffers: bool = False, recording: bool = False) -> Form:
        from .form import Form

        return Form(Evaluation(self.config), self.sites, buffers, recording, self.in_numbers and not recording)

    @cached_property
    def has_experts(self) -> bool:
        """Whether it has experts, of which a token uses a few."""
        return any(".experts." in f".{site.name}." for site in self.sites)

    @property
    def experts(self) -> tuple[Dim, Dim]:
        """How many experts there are, and how many of them a token uses. Raises :class:`SettingError` where nothing says it."""
        found = self.form.experts
        if found is None:
            raise SettingError(
                f"{self.config.where} does not say how many experts a token uses: give num_experts_per_tok, or active(per_token=2)"
            )
        return found

    def tree(self, which: str) -> Node:
        """The tree of one of the counts."""
        if which == "buffers":
            return self._form(buffers=True).node
        if which == "untied":
            return rebuilt(self.form.node, untied)
        return only(self.form.node, trainable=True) if which == "trainable" else self.form.node

    @cached_property
    def values(self) -> Values:
        """The number of each letter."""
        if self.in_numbers:
            return Values()
        return Values(self.read.values)  # a multiplier is an exact fraction

    @property
    def letters(self) -> dict[str, str]:
        """The field of each letter; of a letter that counts layers of a kind, what they are."""
        naming = self.read.naming
        return {letter: self.kinds.get(letter) or naming.fields[letter] for letter in self.values}

    @property
    def kinds(self) -> dict[str, str]:
        """The meaning of each letter that counts layers of a kind."""
        return self.read.kinds

    # ------------------------------------------------------------ fields
    @cached_property
    def settings(self) -> dict[str, Any]:
        """The fields that decided which tensors there are, with their values."""
        return dict(sorted(self.read.settings.items()))

    @cached_property
    def assumed(self) -> tuple[str, ...]:
        """What was filled in: defaults of the class, and fields that it computes."""
        used = self.read.used
        filled = (f"{name} = {brief(value)}" for name, value in assumed_fields(self.config, "") if name in used)
        return (*self.notes, *filled)

    @cached_property
    def ignored(self) -> tuple[str, ...]:
        """The fields of the config that cannot change a count of this class."""
        used = self.read.used
        return tuple(name for name in given_fields(self.config, "") if name not in used)


def untied(leaf: Weight | Tied) -> Node:
    """A use of a tensor as a tensor of its own."""
    return Weight(leaf.name, leaf.shape) if isinstance(leaf, Tied) else leaf


def assumed_fields(config: Config, path: str) -> list[tuple[str, Any]]:
    """The fields that a config leaves to its class, with their values."""
    found = [(path + name, value) for name, value in config.assumed.items() if name not in config.subs]
    found += [(path + name, config.fields[name]) for name in config.computed]
    for name, sub in config.subs.items():
        found += assumed_fields(sub, f"{path}{name}.")
    return found


def given_fields(config: Config, path: str) -> list[str]:
    """The fields that a config gives."""
    found = [path + own for own in config.given if own not in BOOKKEEPING and own not in config.subs]
    for name, sub in config.subs.items():
        found += given_fields(sub, f"{path}{name}.")
    return found
