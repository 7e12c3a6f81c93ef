"""The text file of a model type: the tensors of each of its classes as rows, in the fields of its config.

``data/llama.txt`` begins with the name of the type and where it was learned; then come aliases, names that are taken instead of
a field, defaults, sub-configs that are optional, names that are refused since no row says what they do, derived fields and guards, and
then the classes. Indented rows are inside the block above them, and ``use`` puts the rows of another class under a path. The file is
data: expressions are read from a whitelist (:mod:`~symparams.huggingface.expressions`).
"""

from __future__ import annotations

from .._startup.strict_json import parsed as json_value
from ..core.frozen import Frozen
from ..errors import SymparamsError, TextError, brief
from .expressions import expression, expressions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any, Never, TypeAlias

    from .expressions import Expression

BASE = "base"  # the role of a type's class without a head
VERSIONS = tuple[int, ...]
A_NUMBER = "a number"  # of a field that may be a list, too, which no row reads


# ---------------------------------------------------------------- what is in a file
class Tie(Frozen):
    """A row is a second use of the tensor ``to`` of its class, where ``condition`` holds."""

    to: str
    condition: Expression | None


class Row(Frozen):
    """The tensors of one name: their axes, and when they exist, are tied, frozen, or no parameters at all."""

    name: str
    axes: tuple[Expression, ...]
    condition: Expression | None
    ties: tuple[Tie, ...]
    frozen: tuple[Expression | None, ...]  # the conditions under which it is not trained; None is always
    buffer: bool


class Block(Frozen):
    """Rows that are repeated, ``copies`` times with indices from ``first`` on; or, without copies, under one condition."""

    name: str
    copies: Expression | None
    first: int
    condition: Expression | None
    inside: tuple[Item, ...]


class Use(Frozen):
    """The rows of another class under a path: of this type, or of the type of the sub-config ``field``."""

    field: str
    class_name: str  # empty: the class of the sub-config's type that has the role
    role: str
    path: str
    condition: Expression | None
    overwritten: tuple[tuple[str, Expression], ...]
    without: tuple[str, ...]  # the names, and beginnings of names up to a dot, that are left out


class Guard(Frozen):
    """What every legal config of a class fulfils."""

    condition: Expression


if TYPE_CHECKING:
    Item: TypeAlias = Row | Block | Use | Guard


class Default(Frozen):
    """The value of a field that a config leaves out; with ``before``, of files that an older version wrote."""

    value: Any
    before: VERSIONS = ()


class Derived(Frozen):
    """A field that the config class computes: where ``condition`` holds, or where it is left out or null, or always."""

    field: str
    expression: Expression
    condition: Expression | None
    always: bool


class Table:
    """The text of one model type, read. The rows of a class are read when they are first asked for."""

    def __init__(self, text: str, called: str) -> None:
        self.called = called
        self.model_type, self.provenance = "", ""
        self.aliases: dict[str, str] = {}
        self.instead: dict[str, str] = {}  # names that the class takes in place of a field, whatever that is
        self.unruled: dict[
            str, Any
        ] = {}  # names that other fields hang on, as no rule says; and what they are where nothing is given
        self.defaults: dict[str, list[Default]] = {}
        self.derived: list[Derived] = []
        self.guards: list[Expression] = []
        self.proved: list[str] = []
        self.roles: dict[str, tuple[str, ...]] = {}  # of each class
        self.lines: dict[str, list[tuple[int, str]]] = {}
        self._rows: dict[str, tuple[Item, ...]] = {}
        self.sites: dict[Any, Any] = {}  # what other modules have computed of the rows
        self.sub_fields: set[str] = set()  # the fields that are configs of their own
        self.flat: set[str] = set()  # those whose fields old configs have beside the others
        self.optional: dict[str, Any] = {}  # those that are there only where they are given, with their types
        self._read(text)

    # ------------------------------------------------------------ classes
    def rows(self, class_name: str) -> tuple[Item, ...]:
        """The rows of a class."""
        if class_name not in self._rows:
            self._rows[class_name] = ClassLines(self.called, self.lines[class_name]).read()
        return self._rows[class_name]

    def class_of_role(self, role: str) -> str | None:
        """The first class with a role; of the base, the first class of all where none is marked."""
        marked = next((name for name, roles in self.roles.items() if role in roles), None)
        return marked or (next(iter(self.roles), None) if role == BASE else None)

    # ------------------------------------------------------------ lines
    def _read(self, text: str) -> None:
        lines: list[tuple[int, str]] = []
        for number, line in enumerate(text.split("\n"), 1):
            if not line.strip() or line.lstrip().startswith("#"):
                continue
            if not self.model_type:
                self.model_type, _, self.provenance = (part.strip() for part in line.partition("  "))
                continue
            word, _, rest = line.partition(" ")
            if word == "class":
                lines = self._new_class(number, rest)
            elif self.lines:
                lines.append((number, line))
            else:
                self._head(number, word, rest.strip())
        if not self.lines:
            raise TextError(f"{self.called} has no class")

    def _new_class(self, number: int, rest: str) -> list[tuple[int, str]]:
        name, *roles = rest.split()
        if name in self.lines:
            fault(self.called, number, f"the class {name} is there twice")
        self.roles[name] = tuple(roles)
        self.lines[name] = []
        return self.lines[name]

    def _head(self, number: int, word: str, rest: str) -> None:
        reader = HEAD.get(word)
        if reader is None:
            fault(self.called, number, f"{brief(word)} begins no line; use {', '.join(HEAD)} or class")
        try:
            reader(self, rest)
        except (SymparamsError, ValueError) as error:
            fault(self.called, number, str(error))


def fault(called: str, number: int, what: str) -> Never:
    """An error in a table, with its line."""
    raise TextError(f"{called}, line {number}: {what}")


# ---------------------------------------------------------------- the lines before the classes
def read_proved(table: Table, rest: str) -> None:
    table.proved.append(rest)


def read_alias(table: Table, rest: str) -> None:
    other, own = rest.split()
    table.aliases[other] = own


def read_instead(table: Table, rest: str) -> None:
    other, own = rest.split()
    table.instead[other] = own


def read_refuse(table: Table, rest: str) -> None:
    name, _, value = rest.partition(" unless ")
    table.unruled[name] = A_NUMBER if value == A_NUMBER else json_value(value, f"the value of {name}") if value else None


def read_default(table: Table, rest: str) -> None:
    field, _, value = rest.partition(" ")
    value, _, version = value.partition(" before ")
    before = version_of(version) if version else ()
    made = Default(json_value(value, f"the default of {field}"), before)
    if isinstance(made.value, dict) and "model_type" in made.value:
        table.sub_fields.add(field)
    table.defaults.setdefault(field, []).append(made)


def read_optional(table: Table, rest: str) -> None:
    field, _, value = rest.partition(" ")
    table.optional[field] = json_value(value, f"the type of {field}")
    table.sub_fields.add(field)


def read_derive(table: Table, rest: str) -> None:
    always = rest.startswith("always ")
    field, equals, text = rest.removeprefix("always ").partition("=")
    if not equals:
        raise TextError("a derived field is written as FIELD = EXPRESSION if CONDITION")
    field, (made, condition) = field.strip(), with_condition(text.strip())
    if condition is not None and condition.text == f"{field} is None":
        condition = None
    table.derived.append(Derived(field, made, condition, always))


def with_condition(text: str) -> tuple[Expression, Expression | None]:
    """An expression, and the condition after its last ``if`` where that has no else."""
    before, found, after = text.rpartition(" if ")
    if not found or " else " in after:
        return expression(text), None
    return expression(before), expression(after)


def read_guard(table: Table, rest: str) -> None:
    table.guards.append(expression(rest))


def read_flat(table: Table, rest: str) -> None:
    table.flat.add(rest)


HEAD: dict[str, Callable[[Table, str], None]] = {
    "proved": read_proved,
    "alias": read_alias,
    "instead": read_instead,
    "refuse": read_refuse,
    "default": read_default,
    "optional": read_optional,
    "derive": read_derive,
    "guard": read_guard,
    "flat": read_flat,
}


def version_of(text: str) -> tuple[int, ...]:
    """``4.57.1`` as numbers; what follows them, such as ``dev0``, is left out."""
    numbers: list[int] = []
    for part in text.strip().split("."):
        if not part.isdigit():
            break
        numbers.append(int(part))
    return tuple(numbers)


# ---------------------------------------------------------------- the rows of a class
class ClassLines:
    """The lines of one class, read from the first to the last."""

    def __init__(self, called: str, lines: list[tuple[int, str]]) -> None:
        self.called, self.lines, self.next = called, lines, 0

    def read(self) -> tuple[Item, ...]:
        items = tuple(self.level(0))
        if self.next < len(self.lines):
            fault(self.called, self.lines[self.next][0], "it is indented, but is in no block")
        return items

    def level(self, depth: int) -> Iterator[Item]:
        """The items that are indented to one depth, each with what is inside it."""
        while self.next < len(self.lines):
            number, line = self.lines[self.next]
            spaces = len(line) - len(line.lstrip(" "))
            if spaces < 2 * depth:
                return
            if spaces > 2 * depth:
                if depth == 0:
                    return
                fault(self.called, number, f"it is indented by {spaces} spaces instead of {2 * depth}")
            self.next += 1
            try:
                yield self.item(line.strip(), depth)
            except TextError as error:
                if str(error).startswith(self.called):
                    raise
                fault(self.called, number, str(error))

    def item(self, line: str, depth: int) -> Item:
        if line.startswith("use "):
            return read_use(line[4:])
        if line.startswith("guard "):
            return Guard(expression(line[6:]))
        name, bar, rest = line.partition(" |")
        if not bar:
            raise TextError("a row is written as NAME | AXES")
        parts = [part.strip() for part in rest.split(" | ")]
        name = name.strip()
        if self.next < len(self.lines) and indent(self.lines[self.next][1]) > 2 * depth:
            return self.block(name, parts, depth)
        if parts[0].startswith("x "):
            raise TextError(f"the block {name} has no rows")
        return read_row(name, parts)

    def block(self, name: str, parts: list[str], depth: int) -> Block:
        copies: Expression | None = None
        condition: Expression | None = None
        first = 0
        for part in parts:
            if part.startswith("x "):
                text, _, start = part[2:].partition(" from ")
                copies, first = expression(text), int(start or 0)
            elif part.startswith("if "):
                condition = expression(part[3:])
            elif part:
                raise TextError(f"a block has x COPIES and if CONDITION, not {brief(part)}")
        if ("*" in name) != (copies is not None) or name.count("*") > 1:
            raise TextError(f"the name of a block has one * where it is repeated, and none otherwise: {name}")
        return Block(name, copies, first, condition, tuple(self.level(depth + 1)))


def indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def read_row(name: str, parts: list[str]) -> Row:
    """One row, from what stands between its bars; ``.`` is the tensor of a block itself, as in a list of tensors."""
    if "*" in name:
        raise TextError(f"a row has no *, which is for blocks: {name}")
    axes, *others = parts
    condition: Expression | None = None
    ties: list[Tie] = []
    frozen: list[Expression | None] = []
    buffer = False
    for part in others:
        word, _, rest = part.partition(" ")
        if word == "if":
            condition = expression(rest)
        elif word == "=":
            to, _, when = rest.partition(" if ")
            ties.append(Tie(to.strip(), expression(when) if when else None))
        elif word == "frozen":
            frozen.append(expression(rest.removeprefix("if ")) if rest else None)
        elif word == "buffer" and not rest:
            buffer = True
        else:
            raise TextError(f"after its axes, a row has if, =, frozen or buffer, not {brief(part)}")
    return Row("" if name == "." else name, expressions(axes), condition, tuple(ties), tuple(frozen), buffer)


def read_use(rest: str) -> Use:
    """``text_config as causal at model.language_model with vocab_size = vocab_size + 1 | without pooler | if CONDITION``."""
    what, *others = (part.strip() for part in rest.split(" | "))
    condition, without = None, ""
    for part in others:
        word, _, its = part.partition(" ")
        if word == "if":
            condition = expression(its)
        elif word == "without":
            without = its
        else:
            raise TextError(f"after its path, a use has without or if, not {brief(part)}")
    what, _, overwritten = what.partition(" with ")
    what, at, path = what.partition(" at ")
    if not at:
        raise TextError("use CLASS at PATH, or use FIELD at PATH")
    what, _, role = what.partition(" as ")
    what, path = what.strip(), path.strip()
    field, _, class_name = what.rpartition(".") if what.rpartition(".")[2][:1].isupper() else (what, "", "")
    if not field and not class_name:
        raise TextError("use CLASS at PATH, or use FIELD at PATH")
    changed = [part.partition("=") for part in split_at_commas(overwritten)]
    return Use(
        field=field,
        class_name=class_name,
        role=role.strip() or BASE,
        path="" if path == "." else path,
        condition=condition,
        without=tuple(split_at_commas(without)),
        overwritten=tuple((name.strip(), expression(text.strip())) for name, _, text in changed),
    )


def split_at_commas(text: str) -> list[str]:
    """The parts of a list, at the commas that are in no brackets."""
    parts, depth = [""], 0
    for letter in text:
        depth += (letter in "([") - (letter in ")]")
        if letter == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return [part for part in map(str.strip, parts) if part]
