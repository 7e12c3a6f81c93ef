"""JSON from files, read strictly, and without the module ``json`` where CPython's own scanner is available.

Importing ``json`` brings in ``re``, which takes a fifth of the time that counting a whole model of plain numbers takes.
"""

from __future__ import annotations

from ..errors import SymparamsError, TextError, brief

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, Never

SPACE = " \t\n\r"


def parsed(text: str, called: str) -> Any:
    """The value of a JSON text.

    Raises :class:`TextError` for anything else, and for JSON that readers disagree on: a key given twice, NaN.
    """

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            seen = set[str]()
            twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
            raise TextError(f"{called} has the key {brief(twice)} twice in one object: it is ambiguous which one counts")
        return found

    def no_number(name: str) -> Never:
        raise TextError(f"{called} contains {name}, which is not valid JSON: write null or a number")

    text = text.removeprefix("\ufeff").strip(SPACE)
    try:
        value, end = first_value(value_scanner(once, no_number), text)
        if end != len(text):
            raise ValueError(f"there is text after its end, at character {end}")
    except SymparamsError:
        raise
    except RecursionError:
        raise TextError(f"{called} is nested too deeply to be a model") from None
    except StopIteration as error:
        raise TextError(f"{called} is not JSON: no value at character {error.value}") from None
    except ValueError as error:
        raise TextError(f"{called} is not JSON: {error}") from None
    return value


def first_value(scan: Callable[[str, int], tuple[Any, int]], text: str) -> tuple[Any, int]:
    """The value at the beginning of a text, and where it ends."""
    try:
        return scan(text, 0)
    except SystemError:  # CPython's scanner raises the error of json.decoder, which must have been imported
        import json.decoder  # noqa: F401

        return scan(text, 0)


def value_scanner(
    once: Callable[[list[tuple[str, Any]]], Any], no_number: Callable[[str], Any]
) -> Callable[[str, int], tuple[Any, int]]:
    """The function that reads one value from an index on, as in ``json.JSONDecoder``."""
    try:
        import _json

        make: Any = _json.make_scanner
    except (ImportError, AttributeError):  # a Python that is not CPython
        from json import JSONDecoder

        decoder: Any = JSONDecoder(object_pairs_hook=once, parse_constant=no_number)
        return decoder.scan_once  # type: ignore[no-any-return]
    return make(Settings(once, no_number))  # type: ignore[no-any-return]


class Settings:
    """The attributes that CPython's scanner reads from its decoder."""

    strict = True
    object_hook = None
    parse_float, parse_int = float, int

    def __init__(self, once: Callable[[list[tuple[str, Any]]], Any], no_number: Callable[[str], Any]) -> None:
        self.object_pairs_hook, self.parse_constant = once, no_number
