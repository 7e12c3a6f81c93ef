"""What every legal config fulfils: conditions that the library itself refuses configs for, each class asked by building.

A condition is taken only if every config that breaks it is refused, and the same config with it mended is not: a guard that
is too strict would refuse a config that can be built.
"""

from __future__ import annotations

import json
import random
import re
from math import prod

from transformers.models.auto import configuration_auto

from ...errors import SettingError
from ..config import Config
from ..counting import Evaluation
from ..expressions import expression
from ..sites import sites_of
from ..table import Table
from . import by_hand
from .builds import KINDLESS, build, flat, free_parts
from .choices import HEADS, HIDDEN, NOT_SIZES, last, random_arguments, shrunk
from .configs import ConfigClass
from .expressions import text
from .file_lines import first_class, with_lines
from .unread import with_unread

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from .expressions import Expression

WIDTHS = re.compile(rf"^({'|'.join(HIDDEN)}|hidden_dim|width|embedding_size|attention_hidden_size|decoder_hidden_size)$")
DIVISORS = re.compile(
    rf"^({'|'.join(HEADS)}|attention_heads|\w*num_heads|\w*attention_heads|n_groups?|num_groups|num_conv_pos_embedding_groups)$"
)
MOST_PAIRS = 12  # of a width and a number of heads
ODD = (3, 5, 7)


class Guarding:
    """The guards of one class."""

    def __init__(self, its: ConfigClass, name: str) -> None:
        self.its, self.name = its, name
        self.start = shrunk(its)
        self.chance = random.Random(f"guards of {name}")
        self.asked: dict[str, bool] = {}
        free = tuple(free_parts(its.config))  # the files of their own types have their guards
        made = flat(its.config)
        self.own: dict[str, Any] = {
            field: made.get(field) if default is None else default
            for field, default in its.defaults.items()
            if not field.startswith(free or ("\0",))
        }
        self.flags = {field: [not default] for field, default in self.own.items() if type(default) is bool}

    def is_legal(self, given: Mapping[str, Any]) -> bool:
        """Whether the library builds the class with these arguments."""
        key = str(sorted(given.items(), key=str))
        if key not in self.asked:
            try:
                build(self.its.kind, given, self.name, tags=False)
            except Exception:  # noqa: BLE001  (however it refuses)
                self.asked[key] = False
            else:
                self.asked[key] = True
        return self.asked[key]

    def guards(self, table: Table) -> list[Expression]:
        """Divisions without a rest, lists of one length, and flags that need another."""
        if not self.is_legal(self.start):
            self.start = {}
            if not self.is_legal(self.start):
                return []
        found = [
            ("==", ("%", ("field", width), ("field", heads)), 0) for width, heads in self.pairs() if self.must_divide(width, heads)
        ]
        found += [*self.lengths(table), *self.needs()]
        return sorted(found, key=guard_text)

    # ------------------------------------------------------------ divisions
    def pairs(self) -> list[tuple[str, str]]:
        """Widths, each with the numbers of heads beside it in the same (sub-)config."""
        numbers = [field for field, default in self.own.items() if type(default) is int and default > 1]
        found = [
            (width, heads)
            for width in numbers
            if WIDTHS.search(last(width))
            for heads in numbers
            if DIVISORS.search(last(heads)) and width.rpartition(".")[0] == heads.rpartition(".")[0]
        ]
        return [(width, heads) for width, heads in found if self.own[width] >= self.own[heads]][:MOST_PAIRS]

    def must_divide(self, width: str, heads: str) -> bool:
        """Whether a width has to be a multiple of a number, whatever else the config says."""
        mended = 0
        for variation in self.variations():
            given = self.without_other_divisors(variation, width, heads)
            for number in ODD:
                whole = self.its.put(self.its.put(given, heads, number), width, number * 16)
                broken = self.its.put(whole, width, number * 16 + self.chance.choice([1, 2]))
                if self.is_legal(broken):
                    return False
                mended += self.is_legal(whole)
        return mended >= 4

    def without_other_divisors(self, given: Mapping[str, Any], width: str, heads: str) -> Mapping[str, Any]:
        """The same with one of each other kind of heads, so that it is not refused for their sake."""
        for field in self.divisors(width):
            alone = self.its.put(given, field, 1)
            if field != heads and self.is_legal(alone):
                given = alone
        return given

    def divisors(self, width: str) -> list[str]:
        """The numbers of heads and groups in the (sub-)config of a width."""
        return [
            field
            for field, default in self.own.items()
            if type(default) is int and DIVISORS.search(last(field)) and field.rpartition(".")[0] == width.rpartition(".")[0]
        ]

    def variations(self) -> Iterator[Mapping[str, Any]]:
        """The start, and random configs."""
        yield self.start
        found = tries = 0
        while found < 3 and tries < 9:
            tries += 1
            given = random_arguments(self.its, self.start, self.chance, self.flags, set())
            if self.is_legal(given):
                found += 1
                yield given

    # ------------------------------------------------------------ lists
    def lengths(self, table: Table) -> Iterator[Expression]:
        """Lists that have to be equally long: one by itself longer or shorter is refused, or is another model than the table says."""
        groups: dict[tuple[str, int], list[str]] = {}
        for field, default in self.own.items():
            if default is not None and is_list_of_numbers(default) and not NOT_SIZES.search(last(field)) and reads(table, field):
                groups.setdefault((field.rpartition(".")[0], len(default)), []).append(field)
        if groups and not self.fits(self.start, table):
            return
        for (_, length), (first, *others) in groups.items():
            if False in [self.fits(self.all_resized([first, *others], place), table) for place in (0, 1)]:
                yield ("==", ("len", ("field", first)), length)
            for field in others:
                fits = [
                    self.fits(self.its.put(self.start, each, items), table)
                    for each in (first, field)
                    for items in self.resized(each)
                ]
                if False in fits or not any(fits):
                    yield ("==", ("len", ("field", field)), ("len", ("field", first)))

    def all_resized(self, fields: Sequence[str], place: int) -> Mapping[str, Any]:
        """The start with several lists all longer, or all shorter."""
        given: Mapping[str, Any] = self.start
        for field in fields:
            given = self.its.put(given, field, self.resized(field)[place])
        return given

    def resized(self, field: str) -> list[list[Any]]:
        """A list one longer and one shorter."""
        items: list[Any] = self.own[field] or []
        return [[*items, items[-1]], items[:-1]]

    def fits(self, given: Mapping[str, Any], table: Table) -> bool | None:
        """Whether the library builds as many numbers as the table says; None where it builds nothing, or the table has no number."""
        if not self.is_legal(given):
            return None
        made = build(self.its.kind, given, self.name, tags=False)
        try:
            config = Config(table, given, "it")
            return (
                sum(prod(shape) for shape, *_ in made.tensors.values())
                == Evaluation(config).totals(sites_of(config, self.name)).untied
            )
        except SettingError:
            return None

    # ------------------------------------------------------------ flags
    def needs(self) -> Iterator[Expression]:
        """``is_decoder or not add_cross_attention``: flags that are refused unless another one is set."""
        for field, (turned,) in self.flags.items():
            if last(field) in KINDLESS or NOT_SIZES.search(last(field)):
                continue
            given = self.its.put(self.start, field, turned)
            if self.is_legal(given):
                continue
            helps = [
                (other, its)
                for other, (its,) in self.flags.items()
                if other != field and self.is_legal(self.its.put(given, other, its))
            ]
            if len(helps) == 1 and self.always_needs(field, turned, *helps[0]):
                yield ("needs", field, turned, *helps[0])

    def always_needs(self, field: str, turned: bool, other: str, its: bool) -> bool:
        legal = 0
        for given in self.variations():
            broken = self.its.put(self.its.put(given, field, turned), other, not its)
            if self.is_legal(broken):
                return False
            legal += self.is_legal(self.its.put(broken, other, its))
        return legal >= 2


def is_list_of_numbers(value: object) -> bool:
    return isinstance(value, list) and len(value) > 1 and all(type(each) in (int, float) for each in value)


def reads(table: Table, field: str) -> bool:
    """Whether a row reads a field."""
    return any(field in line for lines in table.lines.values() for _, line in lines)


def guard_text(guard: Expression) -> str:
    """A guard as the file has it."""
    if guard[0] == "needs":
        _, field, turned, other, its = guard
        return f"{other if its else f'not {other}'} or {f'not {field}' if turned else field}"
    return text(guard)


def guards_of_type(its: ConfigClass, table: Table, uses: Mapping[str, Sequence[str]]) -> tuple[list[str], dict[str, list[str]]]:
    """The guards of all classes of a type, and those that only some have.

    ``uses`` has the classes within each; a class with another in it has the guards of that one.
    """
    whole = [name for name, inside in uses.items() if not inside]
    each = {name: [guard_text(guard) for guard in Guarding(its, name).guards(table)] for name in whole}
    common = [guard for guard in next(iter(each.values()), []) if all(guard in guards for guards in each.values())]
    return common, {name: [guard for guard in guards if guard not in common] for name, guards in each.items()}


def with_guards(lines: Sequence[str], common: Sequence[str], own: Mapping[str, Sequence[str]]) -> list[str]:
    """The lines of a file with these guards too, before what is computed and at the beginning of each class."""
    head = [line for line in lines[: first_class(lines)] if line]
    said = sorted({*(line for line in head if line.startswith("guard ")), *(f"guard {each}" for each in common)})
    kept = [line for line in head if not line.startswith("guard ")]
    place = next((number for number, line in enumerate(kept) if line.startswith("derive ")), len(kept))
    made = [*kept[:place], *said, *kept[place:]]
    for line in lines[first_class(lines) :]:
        if line.startswith("class "):
            name = line.split()[1]
            made += ["", line, *(f"guard {each}" for each in own.get(name, ()))]
        elif line and not line.startswith("guard "):
            made.append(line)
    return made


def guarded(model_type: str, text_of_file: str) -> str:
    """A file with what the library refuses configs for."""
    lines = text_of_file.split("\n")
    uses: dict[str, list[str]] = {}
    for line in lines:
        if line.startswith("class "):
            inside = uses.setdefault(line.split()[1], [])
        elif line.startswith("use "):
            inside.append(line.split()[1])
    known = {name: [each for each in its if each in uses] for name, its in uses.items()}
    its = ConfigClass(configuration_auto.CONFIG_MAPPING[model_type])
    found = guards_of_type(its, Table(text_of_file, model_type), known)
    text = "\n".join(with_unread(with_defaults(with_guards(lines, *found), its), its)) + "\n"
    return by_hand.merged(model_type, text, late=True)


def with_defaults(lines: list[str], its: ConfigClass) -> list[str]:
    """The lines with the defaults and the other names of fields that only guards read."""
    known = {line.split()[1] for line in lines if line.startswith(("default ", "derive "))}
    asked = {name for line in lines if line.startswith("guard ") for name in expression(line[6:]).fields_read}
    new = {name for name in asked - known if name in its.defaults}
    aliases = [f"alias {other} {name}" for other, name in its.aliases.items() if name in new and name != other]
    lines = with_lines(lines, [line for line in aliases if line not in lines], "alias ")
    defaults = [f"default {name} {json.dumps(its.defaults[name])}" for name in new]
    return with_lines(lines, defaults, "default ")
