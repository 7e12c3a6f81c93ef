"""The names that PyTorch makes itself: places, such as the 3 of ``layers.3``."""

from __future__ import annotations


def name_by_user(name: str, title: str) -> str:  # noqa: ARG001  (other frameworks make names of titles)
    """What somebody chose of the name of a module."""
    return ".".join(step for step in name.split(".") if not step.isdigit())
