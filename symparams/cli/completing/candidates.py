"""What may stand where the cursor is: commands, options, their values, classes of layers, published models, and letters."""

from __future__ import annotations

from ..commands import command, commands

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from ...questions.command import Command

MODELS = {"MODEL", "BEFORE", "AFTER", "LAYER", "OTHER"}  # operands that are models
NAME = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_."


def candidates(words: list[str]) -> list[str]:
    """The words that may take the place of the last one, which may be empty; none where the shell should offer files."""
    *before, start = words or [""]
    if not before:
        return beginning(start, [*(each.name for each in commands()), "--help", "--version"])
    its = command(before[0])
    if its is None:
        return []
    if start.startswith("-"):
        return beginning(start, [*options(its), "--json", "--help"])
    if before[-1] in options(its) and "choices" in (setting := options(its)[before[-1]]):
        return beginning(start, choices(setting))
    operands = [word for word in before[1:] if not word.startswith("-")]
    return beginning(start, models(start) if models_left(its, operands) else sizes(its, operands))


def beginning(start: str, words: Iterable[str]) -> list[str]:
    return sorted({word for word in words if word.startswith(start)})


def options(its: Command) -> Mapping[str, Mapping[str, Any]]:
    return {flag: settings for flag, settings in its.options.items() if flag.startswith("-")}


def choices(settings: Mapping[str, Any]) -> list[str]:
    its = settings["choices"]
    return [str(each) for each in (its() if callable(its) else its)]


def models_left(its: Command, operands: list[str]) -> bool:
    """Whether the next operand is a model."""
    names = [name for name in its.options if not name.startswith("-")]
    place = min(len(operands), len(names) - 1)
    return bool(names) and its.options[names[place]].get("metavar") in MODELS


def models(start: str) -> Iterator[str]:
    """The published models, and the text so far with each class that its last name may become."""
    from ...core.frameworks import frameworks

    text = start.rstrip(NAME)
    for framework in frameworks():
        if not start.rstrip(NAME + "-"):
            yield from framework.model_names()
        for release in framework.releases:
            yield from (f"{text}{release.prefix}{name}(" for name in release.names())


def sizes(its: Command, operands: list[str]) -> Iterator[str]:
    """``n=`` for each letter of the models so far that has no size yet."""
    if "sizes" not in its.options:
        return
    from ...errors import SymparamsError
    from ..model_text import Reading

    given = {word.partition("=")[0] for word in operands if "=" in word and "(" not in word}
    for text in operands:
        if "(" in text:
            try:
                reading = Reading(text)
                yield from (f"{letter}=" for letter in {*reading.read().by_itself().count.letters} - given)
            except SymparamsError:
                continue
