"""Names as LaTeX: everything in a name is escaped, so that no name can be a LaTeX command."""

from __future__ import annotations

from .greek import GREEK_LETTERS, LATIN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

ESCAPES = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "^": r"\textasciicircum{}", "~": r"\textasciitilde{}", "<": r"\textless{}", ">": r"\textgreater{}",
    "|": r"\textbar{}", '"': r"\symbol{34}", "`": r"\textasciigrave{}", "'": "'",
}  # fmt: skip


def escaped(name: str) -> str:
    """A name as LaTeX prints it, character by character; an arrow between names is one, and a character that plain LaTeX cannot print becomes its number."""
    return r" $\to$ ".join("".join(map(_glyph, part)) for part in name.replace(" → ", " -> ").split(" -> "))


RELATIONS = {" <= ": r"\le", " >= ": r"\ge", " != ": r"\ne", " == ": "=", " < ": "<", " > ": ">"}


def condition(words: str) -> str:
    r"""A condition of code as a reader of papers has it, within text: ``m $\ne$ n``."""
    for relation, sign in RELATIONS.items():
        words = words.replace(relation, f"\0{sign}\0")
    return "".join(f" ${each}$ " if number % 2 else escaped(each) for number, each in enumerate(words.split("\0")))


def text(name: str) -> str:
    """A name inside mathematics: ``\\text{bias sets}``."""
    words = name.replace("_", " ")
    return rf"\text{{{escaped(words if words.strip() else name)}}}"


def with_notes_below(formula: str, notes: Iterable[str]) -> str:
    r"""A formula as a notebook shows it, and below it what it takes for granted, which mathematics has as text."""
    plainly = (note.replace('"', "'") for note in notes)
    return "\n\n".join([formula, *(f"${text(note)}$" for note in plainly)])


def prose(sentence: str) -> str:
    r"""A sentence with its letters as mathematics: ``features of $x_{t}$``. Everything else is escaped."""
    return " ".join(r"$\to$" if word in ("->", "→") else _word(word) for word in sentence.split(" "))


def _word(word: str) -> str:
    letter = letter_in(word)
    return f"${letter}$" if letter else escaped(word)


def letter_in(word: str) -> str:
    """The LaTeX of a word that is a letter with an index, ``x_t``; empty for any other word."""
    stem, underscore, index = word.partition("_")
    is_letter = (
        underscore and len(stem) == 1 and index.isascii() and index.isalnum() and (stem + index).isascii() and stem.isalpha()
    )
    return f"{stem}_{{{index}}}" if is_letter else ""


def _glyph(character: str) -> str:
    if character in ESCAPES:
        return ESCAPES[character]
    if character in GREEK_LETTERS:
        return rf"\ensuremath{{\{GREEK_LETTERS[character]}}}"
    character = LATIN.get(character, character)
    return character if " " <= character <= "~" else f"[U+{ord(character):04X}]"
