"""Every error the library raises on purpose: one sentence naming the thing, the value and the way out.

SymparamsError
├── SizeError (ValueError)          a size that is neither a positive whole number nor a symbol
├── ShapeError (ValueError)         an input that a layer cannot take, or that is not known yet
├── SettingError (ValueError)       a value that an argument does not accept
├── ArgumentError (TypeError)       an argument that is unknown, missing or given twice
├── LetterError (ValueError)        a letter that is missing, unknown or ambiguous
├── TextError (ValueError)          a text that does not describe a model
├── LimitError (ValueError)         an input that asks for more work than the limits allow
├── InputError (ValueError)         an object that raises an error itself where it is read
├── InternalError (RuntimeError)    a mistake in symparams, which is to be reported
├── UnknownLayerError (AttributeError)   an unsupported class
└── UnknownImportError (ImportError)     the same in ``from ... import``
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any, Never


ENDS: dict[type, tuple[str, str]] = {
    list: ("[", "]"),
    tuple: ("(", ")"),
    dict: ("{", "}"),
    set: ("{", "}"),
}  # of the collections that are written out
LONGEST = 500  # characters of a message: a value can be a whole array


class SymparamsError(Exception):
    """The root of all errors of this library. Its message is one line, whatever values it names."""

    def __init__(self, message: str) -> None:
        words = printable(" ".join(message.split()))
        super().__init__(words if len(words) <= LONGEST else words[:LONGEST] + "...")


class SizeError(SymparamsError, ValueError):
    """A size that is not a positive whole number or an expression of symbols."""


class ShapeError(SymparamsError, ValueError):
    """An input shape that a layer cannot take, or a shape that is not known yet."""


class SettingError(SymparamsError, ValueError):
    """A value that an argument does not accept."""


class ArgumentError(SymparamsError, TypeError):
    """An argument that is unknown, missing or given twice."""


class LetterError(SymparamsError, ValueError):
    """A letter that is missing, unknown, or the name of two different symbols."""


class TextError(SymparamsError, ValueError):
    """A text that does not describe a model."""


class LimitError(SymparamsError, ValueError):
    """An input that asks for more work than the limits allow, such as ``(a + b + c + d)**64`` multiplied out."""


class InputError(SymparamsError, ValueError):
    """An object that raises an error itself where it is read: its cause. It is of the class of that error too."""


class InternalError(SymparamsError, RuntimeError):
    """A mistake in symparams, which is to be reported, with the call and its cause. It is of the class of that cause too."""


class UnknownLayerError(SymparamsError, AttributeError):
    """The name of a layer that is not supported."""


class UnknownImportError(SymparamsError, ImportError):
    """The name of a layer that is not supported, in ``from ... import``, where Python hides the words of any AttributeError."""


def as_asked(error: UnknownLayerError) -> SymparamsError:
    """The error for a name that a module lacks: for ``from module import name``, one whose words Python shows."""
    import sys
    from opcode import opmap

    frame = sys._getframe(2)  # who asked the module for the name
    imports = frame.f_lasti >= 0 and frame.f_code.co_code[frame.f_lasti] == opmap["IMPORT_FROM"]
    return UnknownImportError(str(error)) if imports else error


def printable(text: str) -> str:
    """A text on one line, without control characters, which a terminal would obey."""
    return text if text.isprintable() else "".join(character if character.isprintable() else " " for character in text)


def brief(value: object) -> str:
    """A value in an error message: on one line, and short."""
    try:
        text = "".join(pieces(value, set()))
    except Exception:  # noqa: BLE001  (a stranger's __repr__, or an int of more than 4,300 digits)
        text = "an int of very many digits" if isinstance(value, int) else f"a {type(value).__name__}"
    return text if len(text) <= 60 else f"{text[:57]}..."


def pieces(value: Any, around: set[int], left: int = 64) -> Iterator[str]:
    """The text of a value, and of a collection no more than what is shown: one that is in it many times, or in itself, has no end."""
    ends = ENDS.get(type(value))
    if ends is None or not value:
        yield repr(value)
        return
    begin, end = ends
    if id(value) in around:
        yield f"{begin}...{end}"
        return
    around = around | {id(value)}
    yield begin
    left -= 1
    for number, each in enumerate(value):
        parts = [each, value[each]] if isinstance(value, dict) else [each]
        for place, part in enumerate(parts):
            mark = ": " if place else ", " if number else ""
            yield mark
            left -= len(mark)
            for text in pieces(part, around, left):
                yield text
                left -= len(text)
                if left < 0:
                    return
    yield ",)" if end == ")" and len(value) == 1 else end


def nearest(name: object, known: Iterable[str]) -> str:
    """``; did you mean 'units'?``, or nothing when no known name is near."""
    if not isinstance(name, str):
        return ""
    from difflib import get_close_matches

    known = list(known)
    folded = {word.casefold(): word for word in known}
    close = get_close_matches(name.casefold(), folded, n=1)
    return f"; did you mean {folded[close[0]]!r}?" if close else ""


def listed(names: Iterable[object]) -> str:
    """``a, b and c``."""
    words = [str(name) for name in names]
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def either(names: Iterable[object]) -> str:
    """``a, b or c``."""
    words = [str(name) for name in names]
    return " or ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def letters_known(names: Iterable[object]) -> str:
    """``the letters are m and n``."""
    text = listed(names)
    return f"the letters are {text}" if text else "there are no letters"


def several(number: object, noun: str) -> str:
    """``1 parameter``, ``2 parameters``, ``n parameters``."""
    return f"{number} {noun}{'' if str(number) == '1' else 's'}"


def never(node: Never) -> Never:
    """The end of a ``match`` over all kinds of node: the type checker proves it is not reached."""
    raise AssertionError(f"no such node: {node!r}")
