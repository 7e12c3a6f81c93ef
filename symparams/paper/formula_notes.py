"""Notes that travel with a formula: what its letters mean, when it holds, what was assumed, and whose parameters were counted."""

from __future__ import annotations

import sys

from ..core.assumptions import printed
from ..core.frameworks import frameworks
from ..core.frozen import Frozen
from ..core.model import assumed_of
from ..core.notation.escaping import escaped, prose
from ..core.notation.forms import of_size
from ..core.notation.text import plain
from ..errors import SettingError, brief, either, listed, nearest
from ..tables.column_widths import breakable
from .nomenclature import meanings_of_letters

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..core.formula import Formula
    from ..core.model import Countable
    from ..core.notation.latex import Typesetter

NOTES = ("comments", "where", "footnote")


class FormulaNotes(Frozen):
    """The notes of one formula: the ``letters`` with their meanings, and other ``sentences``."""

    letters: dict[str, str]
    sentences: tuple[str, ...]
    definitions: tuple[str, ...] = ()

    @property
    def comments(self) -> str:
        """The notes as comments, each on a line of its own."""
        lines = [*self.definitions, *(f"{letter}: {meaning}" for letter, meaning in self.letters.items()), *self.sentences]
        return "".join(f"% {line}\n" for line in lines)

    def text(self, setter: Typesetter, beginning: str, definitions: Sequence[str] = ()) -> str:
        """The notes as sentences, the first of which has the definitions and the letters."""
        meant = [f"${each}$" for each in definitions]
        meant += [rf"${setter.names[letter]}$: {meaning_in_prose(meaning)}" for letter, meaning in self.letters.items()]
        sentences = [f"{beginning} {'; '.join(meant)}"] if meant else []
        sentences += [escaped(each[0].upper() + each[1:]) for each in self.sentences]
        return rf"\sloppy {breakable(' '.join(f'{each}.' for each in sentences))}"  # long names may break, or leave wide spaces


def meaning_in_prose(meaning: str) -> str:
    """The meaning of a letter in a sentence; a bare name of a config's field is a word of code."""
    return rf"\texttt{{{escaped(meaning)}}}" if meaning.replace("_", "").isalnum() and "_" in meaning else prose(meaning)


def checked_notes(notes: object) -> str | None:
    """Where the notes go. Raises :class:`SettingError` for an unknown place."""
    if notes is None or (isinstance(notes, str) and notes in NOTES):
        return notes
    raise SettingError(f"unknown place for notes {brief(notes)}; use None, {either(NOTES)}{nearest(notes, NOTES)}")


def definitions_in_latex(count: Formula, setter: Typesetter) -> list[str]:
    """The sizes that have letters of their own, ``d_{k} = d/h``."""
    return [f"{setter.names[name]} = {setter.tex(of_size(size))}" for name, size in count.definitions.items()]


def notes_of(thing: object, its: Formula | Countable, count: Formula) -> FormulaNotes:
    """The notes of a formula, a layer or a model, whose ``count`` may have definitions."""
    sentences = [f"it holds given {condition}" for condition in getattr(its, "holds_given", ())]
    sentences += [f"assumed: {each}" for each in printed(assumed_of(thing))]
    definitions = tuple(f"{name} = {plain(of_size(size))}" for name, size in count.definitions.items())
    return FormulaNotes(meanings_of_letters(its), (*sentences, *counted_as(its)), definitions)


def counted_as(its: Formula | Countable) -> list[str]:
    """The framework and its version whose classes a model is made of; none for a formula, or a model that was read."""
    _, door, *inside = f"{type(its).__module__}.".split(".")
    framework = next((each for each in frameworks() if each.name == door and each.releases), None)
    if framework is None or "reading" in inside:
        return []
    earlier = {release.prefix: release.title.partition(" (")[0] for release in framework.releases[1:]}
    titles = [part.title for part in getattr(its, "parts", ())]
    older = [name for prefix, name in earlier.items() if any(prefix in title for title in titles)]
    version = getattr(sys.modules.get(f"symparams.{door}"), "__version__", "")
    names = (
        older
        if older and all(any(prefix in title for prefix in earlier) for title in titles)
        else [f"{framework.title} {version}", *older]
    )
    return [f"counted as in {listed(names)}"]
