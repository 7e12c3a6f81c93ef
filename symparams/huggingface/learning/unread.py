"""What no row of a file reads although tensors hang on it: then a config that gives it is refused.

These are fields that the proof's configs never changed, and names that a config class takes without declaring them, as in
``kwargs.pop("block_ff_dim", self.intermediate_size)``, unless such a name only stands for a field. All is found by building.
"""

from __future__ import annotations

import ast
import contextlib
import inspect
import json
import re
from itertools import cycle, islice

from transformers.configuration_utils import PreTrainedConfig

from ..sites import usual_class
from ..table import A_NUMBER, Table
from .builds import KINDLESS, build, free_parts
from .choices import LAYER_KINDS, NOISE, all_sub, last, lists_for, shrunk
from .layer_lists import WORDS, depth_beside

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from .configs import ConfigClass

TAKEN = re.compile(r"kwargs\.(?:pop|get)\(\s*['\"](\w+)['\"](?:\s*,\s*([^)\n]*))?|['\"](\w+)['\"] in kwargs")
KNOWN = re.compile(
    r"^(out_indices|out_features|rope_\w+|\w*dtype|attn_implementation|model_type|use_timm_backbone|backbone\w*|\w*token_id)$"
)
DICT = {"hidden_size": 96, "num_hidden_layers": 2}
SIZES = (64, 96, 2, 3)
FEW = 3  # classes, all of which are tried


PATTERN = re.compile(r"pattern|_ratios$")
BEGIN = ("instead ", "refuse ")
SPELLED = re.compile(
    r"^derive (?!always ).* for i in range\(.*\)\] if (\w+) is not None and \w+ is None$"
)  # what `spelled_line` writes
LETTERS = re.compile(
    r"""\{((?:\s*(?:['"].['"]|\d+)\s*:\s*['"]\w+['"]\s*,?)+)\s*\}"""
)  # of M-M*, or numbers, and the kinds of layers


def with_unread(lines: Sequence[str], its: ConfigClass) -> list[str]:
    """The lines of a file with what its classes hang on, and no row reads; of many, the usual one, the first and the last."""
    spelled = [found[1] for line in lines if (found := SPELLED.search(line))]
    kept = [
        line
        for line in lines
        if not line.startswith((*BEGIN, *(f"default {name} " for name in spelled))) and not SPELLED.search(line)
    ]
    text = "\n".join(kept)
    table = Table(text, its.kind.model_type)
    words = {*re.findall(r"[A-Za-z_][\w.]*", text)}
    every = [*table.roles]
    names = dict.fromkeys((usual_class(table), every[0], *every[-1 if len(every) > FEW else 0 :]))
    added = sorted({line for name in names for line in Unread(its, name, words).lines()})
    place = next(
        number for number, line in enumerate(kept) if line.startswith(("flat ", "guard ", "derive ", "class ")) or not line
    )
    return [*kept[:place], *added, *kept[place:]]


class Unread:
    """What a class hangs on beyond the words of its file."""

    def __init__(self, its: ConfigClass, class_name: str, used: set[str]) -> None:
        self.its, self.name, self.used = its, class_name, used
        self.free = tuple(free_parts(its.config)) or ("\0",)
        self.start = shrunk(its)
        self.usual = self.tensors(self.start)
        if self.usual is None:
            self.start = {}
            self.usual = self.tensors(self.start)

    def lines(self) -> list[str]:
        """A line for each field and name that changes which tensors there are."""
        if self.usual is None:
            return []
        return [*self.fields(), *self.names()]

    def names(self) -> list[str]:
        """Names that are taken; with few layers, and where these show nothing, with all."""
        found: dict[str, str] = {}
        for start in (self.start, {}):
            self.start, self.usual = start, self.tensors(start)
            for path, config in self.own_configs():
                for field, line in self.lines_of(path, type(config)):
                    found.setdefault(field, line)
        return [*found.values()]

    def fields(self) -> Iterator[str]:
        """Fields that are declared."""
        for field, default in self.its.defaults.items():
            name = last(field)
            if field in self.used or field.startswith(self.free) or name in KINDLESS or NOISE.search(name) or "label" in name:
                continue
            sizes = self.sizes_by_key(field)
            if sizes and self.changes(field, {key: 2 * its for key, its in sizes.items()}):
                yield f"refuse {field} unless {json.dumps(sizes)}"
            elif any(self.changes(field, each) for each in self.others(field, default)):
                yield f"refuse {field}" + ("" if default is None else f" unless {json.dumps(default)}")
            elif type(default) is int and "list" in self.its.annotations.get(field, "") and self.changes(field, [default] * 2):
                yield f"refuse {field} unless {A_NUMBER}"

    def sizes_by_key(self, field: str) -> dict[str, int]:
        """What a field is that the class makes a dict of sizes, as JSON has it."""
        its = getattr(self.its.config, field, None) if "dict" in self.its.annotations.get(field, "") else None
        return {str(key): size for key, size in its.items()} if isinstance(its, dict) and is_all_sizes(its.values()) else {}

    def others(self, field: str, default: Any) -> list[Any]:
        """Other values of a field, by its default and its type."""
        kind = self.its.annotations.get(field, "")
        words = self.its.words_for(last(field)) if "str" in kind or type(default) is str else []
        if type(default) in (int, bool, float):
            return others(default)
        if type(default) is str:
            return [word for word in words if word != default]
        if isinstance(default, list) and default:
            return [default[:-1], [*default, default[-1]], default[::-1], *([word] * len(default) for word in LAYER_KINDS)]
        layers = [[word] * self.layers(field) for word in LAYER_KINDS] if last(field) in WORDS else []
        return [
            *layers,
            *(lists_for(self.its, field) if "list" in kind else []),
            *(words if "str" in kind else []),
            *([64, 2] if "int" in kind and "list" not in kind else []),
            *([True, False] if "bool" in kind else []),
            *([0.5, 2.0] if "float" in kind else []),
        ]

    def layers(self, field: str) -> int:
        """How many layers the (sub-)config of a field has here."""
        number: int = self.its.raw(self.start).get(depth_beside(self.its, field) or "") or 1
        return number

    def own_configs(self) -> Iterator[tuple[str, Any]]:
        yield "", self.its.config
        yield from ((path, config) for path, config in all_sub(self.its.config) if not path.startswith(self.free))

    def lines_of(self, path: str, kind: Any) -> Iterator[tuple[str, str]]:
        for name, default in taken_by(kind).items():
            field = path + name
            if field in self.used:
                continue  # a field like any other, with a default of its own here
            spelled = self.spelled(field, kind)
            if spelled is not None:
                yield f"default {field}", f"default {field} null"
                yield field, spelled_line(field, *spelled)
                continue
            changing = next((each for each in tried(name, default) if self.changes(field, each)), None)
            if changing is None:
                continue
            own = next((own for own in sorted({*self.used, *self.its.sub}) if self.is_instead(field, own, path)), None)
            if own is not None:
                yield field, f"instead {field} {own}"
            else:
                yield field, f"refuse {field}" + ("" if default is None else f" unless {json.dumps(default)}")

    def spelled(self, field: str, kind: Any) -> tuple[str, dict[Any, str], str] | None:
        """The list of layers that a name spells with a letter or a number for each, what these are, and how long the list is."""
        found = LETTERS.search(inspect.getsource(inspect.getmodule(kind) or kind)) if PATTERN.search(field) else None
        if found is None:
            return None
        letters: dict[Any, str] = ast.literal_eval(found[0])
        words = [*reversed(letters.values())]
        numbers = [*reversed(letters)]
        layers = self.layers(f"{field.rpartition('.')[0]}.layer_types".lstrip("."))
        if type(numbers[0]) is int:
            words, numbers = [[*islice(cycle(each), layers)] for each in (words, numbers)]
        spelled: Any = numbers if type(numbers[0]) is int else "".join(numbers)
        by_name = self.tensors(self.its.put(self.start, field, spelled))
        if by_name is None or by_name == self.usual:
            return None
        lists = sorted(own for own in self.used if own in self.its.defaults and "layer" in own)
        own = next((own for own in lists if self.tensors(self.its.put(self.start, own, words)) == by_name), None)
        longer = self.tensors(self.its.put(self.start, field, spelled + spelled[-1:]))
        length = depth_beside(self.its, own) if own is not None and longer == by_name else None  # what is longer is cut
        return None if own is None else (own, letters, length or f"len({field})")

    def changes(self, field: str, value: Any) -> bool:
        made = self.tensors(self.its.put(self.start, field, value))
        return made is not None and made != self.usual

    def is_instead(self, field: str, own: str, path: str) -> bool:
        """Whether a name stands for a field, and overrules it."""
        if own.rpartition(".")[0] != path.rstrip("."):
            return False
        values: list[tuple[Any, Any]] = [(each, each + 1) for each in SIZES if type(self.its.defaults.get(own)) is int]
        if field.endswith("_dict") and own in self.its.sub:
            values = [(DICT, {**DICT, "hidden_size": 48})]
        shown = 0
        for value, other in values:
            alone = self.tensors(self.its.put(self.start, own, value))
            if alone is None or alone == self.usual:
                continue  # an illegal size, or that of the start
            by_name = self.its.put(self.start, field, value)
            if self.tensors(by_name) != alone or self.tensors(self.its.put(by_name, own, other)) not in (alone, None):
                return False
            shown += 1
        return shown > 0

    def tensors(self, given: Mapping[str, Any]) -> Any:
        try:
            made = build(self.its.kind, given, self.name, tags=False)
        except Exception:  # noqa: BLE001  (a config may be illegal in any way)
            return None
        return {name: (shape, trained) for name, (shape, _, trained) in made.tensors.items()}


def spelled_line(field: str, own: str, letters: Mapping[Any, str], length: str) -> str:
    """How a list follows from a text with a letter for each of its words."""
    *cases, (_, last_word) = letters.items()
    words = "".join(f"{word!r} if {field}[i] == {letter!r} else " for letter, word in cases) + repr(last_word)
    return f"derive {own} = [{words} for i in range({length})] if {field} is not None and {own} is None"


def taken_by(kind: Any) -> dict[str, Any]:
    """The names that a config class takes from its further arguments, with the values that it has for them."""
    found: dict[str, Any] = {}
    for each in kind.__mro__[: kind.__mro__.index(PreTrainedConfig)]:
        with contextlib.suppress(OSError, TypeError):
            for name, default, asked in TAKEN.findall(inspect.getsource(each)):
                found.setdefault(name or asked, literal(default))
    declared = getattr(kind, "__dataclass_fields__", {})
    return {name: default for name, default in found.items() if not KNOWN.search(name) and name not in declared}


def literal(text: str) -> Any:
    try:
        return ast.literal_eval(text.strip()) if text.strip() else None
    except (ValueError, SyntaxError):
        return None


def is_all_sizes(values: Iterable[Any]) -> bool:
    return all(type(each) is int for each in values)


def others(default: Any) -> list[Any]:
    """Other values of a field."""
    return [not default] if type(default) is bool else [2 * default, default + 1] if type(default) is int else [2 * default]


def tried(name: str, default: Any) -> list[Any]:
    """Values that show whether a name does anything."""
    if name.endswith("_dict"):
        return [DICT]
    if type(default) is bool:
        return [not default]
    return [default + 1, 2 * default, 0, 1, 2] if type(default) is int else [64, 96, 2, 1, True, False]
