"""The names that Keras makes itself: ``dense_10`` says no more than that it is a Dense, and shifts with what comes before."""

from __future__ import annotations

CONTAINERS = ("functional", "model", "sequential")


def name_by_user(name: str, title: str) -> str:
    """What somebody chose of the name of a layer with this title; a file has automatic names and others alike."""
    *around, last = name.split("/")
    class_name = title.partition("(")[0].rpartition(".")[2]
    steps = [step for step in around if not any(is_automatic(step, each) for each in CONTAINERS)]
    return "/".join(steps if is_automatic(last, class_name) else [*steps, last])


def is_automatic(name: str, class_name: str) -> bool:
    """Whether a name is what Keras makes of a class, ``conv2d_transpose_3``, with a number or without."""
    base, _, number = name.rpartition("_")
    return (base if number.isdigit() else name).replace("_", "") == class_name.lower()
