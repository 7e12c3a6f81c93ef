"""Keras's automatic names: ``dense_10`` tells only the class, and the number shifts when layers are inserted before it."""

from __future__ import annotations

CONTAINERS = ("functional", "model", "sequential")


def name_by_user(name: str, title: str) -> str:
    """The part of a layer's name that a user chose; a file does not tell automatic names from chosen ones."""
    *around, last = name.split("/")
    class_name = title.partition("(")[0].rpartition(".")[2]
    steps = [step for step in around if not any(is_automatic(step, each) for each in CONTAINERS)]
    return "/".join(steps if is_automatic(last, class_name) else [*steps, last])


def is_automatic(name: str, class_name: str) -> bool:
    """Whether a name is Keras's automatic one for a class, ``conv2d_transpose_3``, with or without a number."""
    base, _, number = name.rpartition("_")
    return (base if number.isdigit() else name).replace("_", "") == class_name.lower()
