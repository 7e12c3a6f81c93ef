"""The packages of Keras's classes."""

from __future__ import annotations

KERAS = ("keras", "tf_keras", "tensorflow", "builtins")


def is_keras(thing: object) -> bool:
    """Whether an object is of one of Keras's own classes."""
    return root_package(type(thing)) in KERAS


def root_package(cls: type) -> str:
    return cls.__module__.partition(".")[0]
