"""``nomenclature``: the meaning of each letter of a count, as papers list them."""

from __future__ import annotations

from .._startup.boundary import entrance
from ..core.formula import Formula
from ..core.model import count_of, subject_of_count
from ..core.sizes import is_symbolic, letter_name
from ..core.tree import leaves
from ..errors import LetterError, SettingError, brief, letters_known, listed, nearest, several
from ..tables.answer import Table
from ..tables.cells import Named, Sentence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..core.model import Countable, Layer
    from ..core.sizes import ByLetter

MOST = 3  # layers that are named after a meaning
FEW_MEANINGS = 2  # of a letter, which are all told
WIDTH_OF_THE_MODEL = "width of the model"  # in the text of a field


def letter_meanings(layer: Layer) -> dict[str, str]:
    """The meaning of each letter of a layer."""
    named: dict[str, str] = {}
    for name, value in layer.values().items():
        for size in value if isinstance(value, tuple) else (value,):
            if str(size) in layer.count.letters:
                named.setdefault(str(size), layer.fields[name].doc)  # the first field of this letter; others follow it
    return named


@entrance
def nomenclature(thing: object, meanings: ByLetter[str] | None = None, at: ByLetter[int] | None = None) -> Table:
    """The letters of a formula, a layer or a model, with their meanings, read off the layers' definitions.

    ``meanings`` replaces some of them, ``{n: "hidden units"}``; ``at`` adds a column with the size of each letter.

    Raises :class:`LetterError` for an unknown letter.

    >>> from symparams.layers import Dense
    >>> print(nomenclature(Dense.symbolic()).markdown())
    | Letter | Meaning |
    | --- | --- |
    | `m` | features of each input, the size of the last axis |
    | `n` | features of each output |
    """
    its = subject_of_count(thing, "nomenclature takes a formula, a layer or a model")
    count = count_of(its)
    given = {letter_name(key): said for key, said in (meanings or {}).items()}
    for name, said in given.items():
        if name not in count.letters:
            raise LetterError(f"no letter {name} to explain; {letters_known(count.letters)}{nearest(name, count.letters)}")
        if not isinstance(said, str):
            raise SettingError(f"the meaning of {name} must be a string, not {brief(said)}")
    sizes = count._values(at, {}) if at is not None else {}
    found = meanings_of_letters(its)
    rows = [
        {"letter": Named(name), "meaning": Sentence(given.get(name) or found[name]), "size": sizes.get(name)}
        for name in count.letters
    ]
    table = Table({"letter": "Letter", "meaning": "Meaning", "size": "Size"}, rows)
    return table if sizes else table.only("letter", "meaning")


def meanings_of_letters(thing: Formula | Countable) -> dict[str, str]:
    """The meaning of each letter: the text of its field, or else the weights that have that size."""
    parts = [] if isinstance(thing, Formula) else thing.parts
    places: dict[str, dict[str, list[str]]] = {}
    for owner, layer in [("" if part.layer is thing else part.name, part.layer) for part in parts]:
        for letter, doc in letter_meanings(layer).items():
            places.setdefault(letter, {}).setdefault(doc, []).append(owner)
    named = {} if isinstance(thing, Formula) else thing.letter_meanings()
    return {
        letter: named[letter]
        if letter in named
        else meaning_in_words(places[letter])
        if letter in places
        else places_in_words(thing, letter)
        for letter in count_of(thing).letters
    }


def meaning_in_words(places: Mapping[str, list[str]]) -> str:
    """The texts of a letter, each with the layers that it is for. Of many, as for a width that all layers share, the one where
    the letter comes first, or that which calls it the width of the model, and how many other layers have it."""
    if len(places) <= FEW_MEANINGS:
        return "; ".join(f"{doc} ({layer_names(owners)})" if any(owners) else doc for doc, owners in places.items())
    main = next((doc for doc in places if WIDTH_OF_THE_MODEL in doc), next(iter(places)))
    owners = places[main]
    others = len({owner for doc, its in places.items() for owner in its} - {*owners})
    also = f"; also a size of {several(others, 'other layer')}" if others else ""
    return f"{main} ({layer_names(owners)}){also}" if any(owners) else f"{main}{also}"


def layer_names(owners: list[str]) -> str:
    """The layers by name, those of equal blocks once: ``layers.*.linear1``."""
    names = [*dict.fromkeys(numbers_starred(owner) for owner in owners)] if len(owners) > MOST else owners
    more = len(names) - MOST
    return listed([*names[:MOST], *([f"{more} more"] if more > 0 else [])])


def numbers_starred(name: str) -> str:
    """A name with a star for the number of a block."""
    first, *steps = name.split(".")
    return ".".join([first, *("*" if step.isdigit() else step for step in steps)])


def places_in_words(thing: Formula | Countable, letter: str) -> str:
    """The parts with that many copies, or the weights with that size."""

    def has(size: object) -> bool:
        return is_symbolic(size) and any(str(its) == letter for its in size.free_symbols)

    copied: dict[str, None] = {}
    shaped: dict[str, None] = {}
    for path, leaf, around in leaves(count_of(thing).node):
        if any(copies.copies == 0 for copies in around):
            continue
        for copies in around:
            if has(copies.copies):
                where = "" if str(copies.copies) == letter else "in the "
                copied[f"{where}number of {copies.per.replace('_', ' ')}"] = None
        if any(map(has, leaf.shape)):
            shaped[path] = None
    paths = [*shaped]
    more = [several(len(paths) - MOST, "other weight")] if len(paths) > MOST else []
    places = [*copied, *([f"in the shape of {listed([*paths[:MOST], *more])}"] if paths else [])]
    return listed(places)
