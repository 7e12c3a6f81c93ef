"""The names that flax and haiku give by themselves: ``Dense_0``, ``linear_1``, ``~``."""

from __future__ import annotations

PREFIX = "jax."  # the beginning of the titles of its layers


def name_by_user(name: str, title: str) -> str:
    """The part of a module's name that a user chose: ``Dense_0`` is flax's, and so are numbers."""
    class_name = title.removeprefix(PREFIX).partition("(")[0].lower()
    return "/".join(step for step in name.split("/") if not is_automatic(step, class_name))


def is_automatic(step: str, class_name: str) -> bool:
    stem = step.rstrip("0123456789").rstrip("_")
    return not stem or stem == "~" or stem.replace("_", "").lower() == class_name
