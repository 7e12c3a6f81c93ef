"""Every name that Keras exports is here, or is refused in a sentence."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest

from symparams.errors import SymparamsError
from symparams.keras.namespaces.exported import PACKAGES, exported_names
from tests.installed import installed
from tests.keras.record_names import exported

REAL = {"v3": "keras", "v2": "tf_keras", "v1": "tf_keras.api._v1.keras"}
NAMES = [(version, path) for version in PACKAGES for path in exported_names(version)]


def found(version: str, path: str) -> Any:
    """What a path is, as a script would import it."""
    module, _, name = path.rpartition(".")
    package = f"symparams.{PACKAGES[version]}"
    if exported_names(version)[path].kind == "m":
        return import_module(f"{package}.{path}")
    thing: Any = import_module(package)
    for step in module.split(".") if module else []:
        thing = getattr(thing, step)
    return getattr(thing, name)


@pytest.mark.parametrize("version", PACKAGES)
def test_every_name_is_there_or_is_refused_in_a_sentence(version: str) -> None:
    refused = {}
    for path in exported_names(version):
        try:
            found(version, path)
        except SymparamsError as error:
            refused[path] = str(error)
    assert all(len(sentence.split()) > 5 for sentence in refused.values())
    assert len(refused) <= {"v3": 20, "v2": 12, "v1": 12}[version], sorted(refused)


@pytest.mark.parametrize("version", PACKAGES)
def test_the_names_are_those_of_keras(version: str) -> None:
    installed("keras" if version == "v3" else "tf_keras", at_least="3.15" if version == "v3" else None)
    real = {line.partition(" ")[2].partition("(")[0] for line in exported(import_module(REAL[version]))}
    assert real - exported_names(version).keys() == set()


def test_an_unknown_name_says_what_is_near_and_where_else_it_is() -> None:
    from symparams import keras

    for call, words in {
        lambda: keras.optimizers.Adamm: "keras.optimizers.Adamm is not a name of Keras; did you mean 'Adam'?",
        lambda: keras.backend.exp: "keras.backend.exp is not a name of Keras; keras.v2 and keras.v1 have it",
        lambda: keras.optimizerz: "keras.optimizerz is not a name of Keras",
    }.items():
        with pytest.raises(SymparamsError) as caught:
            call()
        assert str(caught.value).startswith(words)
