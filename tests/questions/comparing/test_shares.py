"""The shares of random models, and of multiples of them, add up."""

from __future__ import annotations

import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from symparams import compare, symbols
from symparams.torch import nn
from tests.examples import examples
from tests.questions.comparing.models_to_compare import KINDS, modules, torch_models, total

q = symbols("q")


@given(before=torch_models(), after=torch_models())
@settings(max_examples=examples(50), deadline=None)
def test_shares_of_random_modules_add_up(before, after):
    difference = compare(before, after)
    assert difference.total == sympy.expand(after.count.expr - before.count.expr)
    assert total(difference.causes) == total(difference.gathered) == total(difference.weights) == difference.total
    assert total(difference.relation().left) == difference.relation().remainder
    assert all(cause.before != cause.after for cause in difference.causes)
    assert all(group.before != group.after for group in difference.gathered)
    assert str(difference)


@given(before=torch_models(), after=torch_models(), copies=st.integers(1, 4) | st.just(q))
@settings(max_examples=25, deadline=None)
def test_shares_of_multiples_add_up(before, after, copies):
    module = nn.ModuleList([before])  # a Sequential times a number is PyTorch's own: the same modules again
    difference = compare(copies * module, after)
    assert difference.total == sympy.expand(after.count.expr - copies * before.count.expr)
    assert total(difference.causes) == total(difference.gathered) == difference.total


@given(steps=modules, order=st.randoms())
@settings(max_examples=40, deadline=None)
def test_what_was_moved_is_no_difference(steps, order):
    made = {f"part_{number}": KINDS[which](units) for number, (which, units) in enumerate(steps)}
    shuffled = order.sample(list(made), len(made))
    difference = compare(nn.ModuleDict(made), nn.ModuleDict({name: made[name] for name in shuffled}))
    assert (difference.total, difference.causes) == (0, [])
    assert all(old.name == new.name for old, new in difference.pairs)
    assert (difference.moved == []) == (shuffled == list(made))


@given(before=torch_models(), after=torch_models())
@settings(max_examples=25, deadline=None)
def test_every_layer_has_one_place_in_an_alignment(before, after):
    pairs = compare(before, after).pairs
    for place, model in enumerate((before, after)):
        names = [pair[place].name for pair in pairs if pair[place]]
        assert sorted(names) == sorted(part.name for part in model.parts)
