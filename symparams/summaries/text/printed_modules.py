"""The output of ``print(module)`` for a PyTorch module as a tree: names, classes and their arguments. Nothing is run."""

from __future__ import annotations

import re

from ..._startup.limits import MODULES_IN_MODULES
from ...errors import TextError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CHILD = re.compile(r"(?:^|[\s>#:|])\(([^()\s]{1,200})\): (?:(\d{1,7}) x )?([A-Za-z_][\w.<>]{0,199})\((.*)$")
ALONE = re.compile(r"(?:^|[\s>#:=|])([A-Za-z_]\w{0,199})\((.*)\)$")  # a module without modules in it
OPENS = re.compile(r"(?:^|[\s>#:=|])([A-Za-z_]\w{0,199})\($")
CLOSES = re.compile(r"(?:^|[\s>#:|])\)$")
PARAMETER = re.compile(r"\(([^()\s]{1,200})\): (?:Object of type|Parameter containing): (\[.*\])$")
MEASURED = re.compile(  # ptflops and DeepSpeed print shares of parameters and operations before the arguments
    r"(?<![\d.])[\d.]{1,12} ?[kKMGBT]?(?:[A-Z]?MACs?|Mac)?,? ?=? ?[\d.]{1,9}% (?:Params|MACs|latency)(?:, )?|(?<![\d.])[\d.]{1,12} ?[KMGT]?(?:MACs?|Mac|FLOPS), "
)
COPIES = re.compile(r"(\d+)-(\d+)")
LONGEST_LINE = 5_000


class PrintedModule:
    """One module: its name in the module around it, its class, the text in its brackets, and the modules in it.

    ``copies`` is the number of equal modules that the line describes: ``(0-2): 3 x Block(``.
    """

    def __init__(self, name: str, class_name: str, said: str = "", copies: int = 1) -> None:
        self.name, self.class_name, self.said, self.copies = name, class_name, said, copies
        self.inside: list[PrintedModule] = []
        self.line = 0  # its place in the text, of a module that is not inside another

    def names(self) -> list[str]:
        """The names of all copies."""
        match = COPIES.fullmatch(self.name)
        if self.copies == 1 or match is None:
            return [self.name]
        return [str(number) for number in range(int(match[1]), int(match[2]) + 1)]

    def rows(self) -> int:
        """The number of rows of the module in a table, with its copies and the modules in it."""
        return self.copies * (1 + sum(child.rows() for child in self.inside))


def printed_modules(lines: list[str], known: frozenset[str]) -> list[PrintedModule]:
    """The modules in a text, in order; ``known`` are the classes that may be printed in a single line."""
    found: list[PrintedModule] = []
    stack: list[PrintedModule] = []
    for place, line in enumerate(lines):
        text = line.rstrip()
        if not text or len(text) > LONGEST_LINE:
            continue
        text = MEASURED.sub("", text) if "% Params" in text else text
        if not stack:
            root = printed_root(text, known)
            if root is not None:
                root.line = place
                found.append(root)
                stack = [root] if text.endswith("(") else []
        elif CLOSES.search(text) and "(" not in text:
            stack.pop()
        else:
            child = printed_child(text)
            if child is None:
                stack[-1].said += f" {text.strip()}"
                continue
            stack[-1].inside.append(child)
            if text.endswith("("):
                stack.append(child)
                if len(stack) > MODULES_IN_MODULES:
                    raise TextError(f"the modules are nested more than {MODULES_IN_MODULES} deep")
    whole = [module for module in found if module.inside or module.class_name in known]
    if stack and stack[0] in whole:
        raise TextError(f"the module {stack[0].class_name} is cut off: its last line is not a ')'; paste it to the end")
    return whole


def printed_root(text: str, known: frozenset[str]) -> PrintedModule | None:
    """The module that begins in a line: ``model = LSTM(3, 4)``, but not ``model.fit(x)``."""
    match = OPENS.search(text)
    if match is not None:
        return PrintedModule("", match[1])
    match = ALONE.search(text)
    return PrintedModule("", match[1], match[2]) if match is not None and match[1] in known else None


def printed_child(text: str) -> PrintedModule | None:
    """The module that begins in a line inside another module."""
    match = PARAMETER.search(text)
    if match is not None:
        return PrintedModule(match[1], "Parameter", match[2])
    match = CHILD.search(text)
    if match is None or not (match[4] == "" or match[4].endswith(")")):
        return None
    return PrintedModule(match[1], match[3], match[4].removesuffix(")"), number_of_copies(match[1], match[2]))


def number_of_copies(name: str, said: str | None) -> int:
    """The number of copies in ``(0-2): 3 x``."""
    match = COPIES.fullmatch(name)
    if said is None or match is None:
        return 1
    copies = int(match[2]) - int(match[1]) + 1
    if copies != int(said):
        raise TextError(f"({name}) are {copies} modules, but the text says {int(said)} x")
    return copies


def modules_with_paths(
    module: PrintedModule, closed: Callable[[PrintedModule], bool], name: str = "", depth: int = 0
) -> Iterator[tuple[str, int, PrintedModule]]:
    """Every module with its path and its depth, copies one by one; modules inside closed ones are left out."""
    yield name, depth, module
    for child in () if closed(module) else module.inside:
        for child_name in child.names():
            yield from modules_with_paths(child, closed, f"{name}.{child_name}" if name else child_name, depth + 1)
