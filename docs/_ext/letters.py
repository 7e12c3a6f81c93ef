"""``{letters}``: what each letter stands for, and the argument or field that each framework has for it.

The meanings are those of the layers' own sizes, the arguments are read off the calls that the certificates prove, and the
fields of a config off the types of models.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from docutils import nodes
from formulas import classes, letter_tex
from pieces import code, table, tex
from sphinx.util.docutils import SphinxDirective

from symparams import prove
from symparams.catalogue import whole_catalogue
from symparams.core.frameworks import frameworks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

    from symparams.core.framework import Framework

MOST = 4  # names of one framework in a row: the usual ones
RARE = 5  # a field that fewer types of models have is no usual name


class Letters(SphinxDirective):
    """A row for each letter that a layer or a type of model has."""

    def run(self) -> list[nodes.Node]:
        self.env.note_reread()
        its = {framework.title: names(framework) for framework in frameworks()}
        known = sorted(meanings().keys() | {letter for used in its.values() for letter in used}, key=lambda it: (it.lower(), it))
        rows = [
            ([tex(letter_tex(letter))], "; ".join(meanings().get(letter, ())), *(codes(used[letter]) for used in its.values()))
            for letter in known
            if letter in meanings() or any(used[letter] for used in its.values())
        ]
        return [table(["Letter", "In our layers", *its], rows, "letters")]


def meanings() -> dict[str, dict[str, None]]:
    """The texts of the sizes that a letter stands for, and of the lists whose axes it numbers, over all layers."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for cls in classes().values():
        for its in cls.fields.values():
            if not its.fixed and not its.several and is_letter(its.letter):
                found[its.letter][its.doc] = None
    for entry in whole_catalogue().values():
        for field, letters in entry.letters.items():
            if field in entry.layer.fields:
                for letter in letters.split():
                    found[letter][entry.layer.fields[field].doc] = None
    return found


def is_letter(name: str) -> bool:
    """Whether a size has a letter; a setting such as ``gates`` has a word."""
    return len(name.partition("_")[0]) == 1


def names(framework: Framework) -> defaultdict[str, list[str]]:
    """The usual arguments or fields of a framework for each letter, the most frequent ones first."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for letter, name in [*arguments(framework), *fields(framework)]:
        found[letter][name] += 1
    return defaultdict(list, {letter: [name for name, _ in its.most_common(MOST)] for letter, its in found.items()})


def arguments(framework: Framework) -> Iterator[tuple[str, str]]:
    """Each letter of a proved call with its argument; the sizes of the input have none."""
    for path in {f"{release.path}.{known.name}" for release, known in framework.classes()}:
        for proof in prove(path, shipped=True):
            for argument, value in proof.claim.call.arguments.items():
                for size in value if isinstance(value, tuple) else (value,):
                    if str(size).isidentifier() and not isinstance(size, (bool, str, type(None))):
                        yield str(size), argument
            break


def fields(framework: Framework) -> Iterator[tuple[str, str]]:
    """Each letter of a type of model with its field, where enough types have it."""
    used = [its for family in framework.families() for its in family.letters.items()] if framework.families else []
    usual = Counter(used)
    yield from (its for its in used if usual[its] >= RARE and its[0].isidentifier() and len(its[0]) == 1)


def codes(its: list[str]) -> list[nodes.Node | str]:
    return [part for place, name in enumerate(its) for part in ((", ", code(name)) if place else (code(name),))]


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_directive("letters", Letters)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
