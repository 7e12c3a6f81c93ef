"""PyTorch's automatic names: indices, such as the 3 in ``layers.3``."""

from __future__ import annotations


def name_by_user(name: str, title: str) -> str:  # noqa: ARG001  (other frameworks derive names from titles)
    """The part of a module's name that a user chose."""
    return ".".join(step for step in name.split(".") if not step.isdigit())
