"""Laws of layers: equal when made again, different with a field changed, frozen, and each with letters and an example."""

from __future__ import annotations

import pytest

from symparams import symbols
from symparams.core.fields import REQUIRED
from symparams.core.model import Layer
from tests.catalogue.every_layer import each_layer, every


@every
def test_a_layer_equals_itself_made_again(layer: Layer) -> None:
    again = layer.of(layer.values())
    assert again == layer
    assert hash(again) == hash(layer)
    assert again.count == layer.count
    assert hash(again.count) == hash(layer.count)
    assert layer.but() == layer
    assert layer.weights() == again.weights()
    assert repr(again) == repr(layer)


@every
def test_a_layer_with_a_field_changed_is_another(layer: Layer) -> None:
    for name, field in layer.fields.items():
        if not field.fixed and field.check is None and name != "groups":
            other, its = symbols("another"), layer.values()[name]
            assert layer.but(**{name: (other,) * len(its) if field.several else other}) != layer


@each_layer
def test_every_field_has_a_letter_and_says_what_it_counts(layer: type[Layer]) -> None:
    assert layer.fields
    for name, field in layer.fields.items():
        assert field.doc, name
        assert not field.doc.endswith("."), name
        assert field.letter.isidentifier(), name
    letters = [field.letter for field in layer.fields.values()]
    assert len(set(letters)) == len(letters)


@each_layer
def test_a_symbolic_layer_has_the_letters_of_its_fields(layer: type[Layer]) -> None:
    made = layer.symbolic().values()
    for name, field in layer.fields.items():
        if field.fixed:
            assert made[name] == field.default
        elif layer.is_family or field.default is REQUIRED:
            letter = symbols(field.letter)
            assert made[name] == ((letter,) if field.several else letter)
        elif field.leader:
            assert layer.symbolic().follows(name) == field.leader
        else:
            assert made[name] == field.default


@each_layer
def test_every_layer_shows_its_formula_in_an_example(layer: type[Layer]) -> None:
    assert layer.__doc__
    assert layer.__doc__.strip().partition("\n")[0]
    assert ">>> print(" in layer.__doc__


@each_layer
def test_a_layer_cannot_be_changed(layer: type[Layer]) -> None:
    made = layer.symbolic()
    for name in layer.fields:
        with pytest.raises(AttributeError, match=rf"{layer.__name__} is frozen; use \.but\({name}="):
            setattr(made, name, 3)
