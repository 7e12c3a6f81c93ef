"""``show`` leaves out of a signature what changes no count, and only that."""

from __future__ import annotations

import json

import pytest

from symparams.cli.short_signature import counts, short_signature
from symparams.core.frameworks import releases
from symparams.core.signatures import argument_texts
from symparams.keras.proving.calls import calls as keras_calls
from symparams.torch.proving.calls import calls as torch_calls

KNOWN = {f"{release.path}.{name}": release.find(name) for release in releases().values() for name in release.names()}
VARIED = [
    (name, argument)
    for calls in (keras_calls(), torch_calls())
    for name, every in calls.items()
    for call in every
    for argument in call.arguments
]


def shown(signature: str) -> set[str]:
    return {name for name, _ in argument_texts(short_signature(signature))}


def test_a_signature_is_short():
    assert short_signature(KNOWN["keras.layers.GRU"].signature) == "units, use_bias=True, reset_after=True, ..."
    assert short_signature(KNOWN["torch.nn.ReLU"].signature) == "..."
    assert short_signature(KNOWN["keras.layers.Resizing"].signature, has_weights=False) == "height, width, ..."
    assert max(len(short_signature(known.signature)) for known in KNOWN.values() if known.entry is not None) < 150


@pytest.mark.parametrize("name", [name for name, known in KNOWN.items() if known.entry is not None])
def test_what_an_option_depends_on_and_what_must_be_given_is_shown(name):
    known = KNOWN[name]
    arguments = dict(argument_texts(known.signature))
    needed = {each.argument for each in known.entry.options} | {name for name, default in arguments.items() if not default}
    assert needed & arguments.keys() - {"*", "/", "dtype"} <= shown(known.signature)


def test_what_the_proofs_vary_is_shown():
    hidden = {(name, argument) for name, argument in VARIED if not counts(argument)}
    assert {argument for _, argument in hidden} <= {
        "dtype"
    }  # which no signature of Keras lists, and which changes nothing in PyTorch


def test_show_prints_it_and_json_has_the_whole(run):
    assert run("show", "GRU")[1].splitlines()[0] == "keras.layers.GRU(units, use_bias=True, reset_after=True, ...)"
    assert "recurrent_initializer" in json.loads(run("show", "GRU", "--json")[1])["arguments"]
