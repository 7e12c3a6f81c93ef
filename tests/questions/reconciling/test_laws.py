"""``reconcile``: up to two changes to any model are found again, and every way that is found gives the number."""

from __future__ import annotations

import re
from math import sqrt
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from symparams import keras, reconcile
from symparams.core.formula import Formula
from symparams.core.tree import only
from symparams.keras.layers import GRU, LSTM, Bidirectional, Dense, Embedding, SimpleRNN
from symparams.questions.reconciling.chance import chance_of_hit
from symparams.questions.reconciling.changes import Change, OwnCount
from symparams.questions.reconciling.missing_head import MissingHead
from symparams.questions.reconciling.model_layers import Pieces
from symparams.questions.reconciling.reported_number import Meaning, read_reported
from symparams.questions.reconciling.search import ReadingSearch, go_together, way_to
from symparams.questions.reconciling.slips import slips
from symparams.questions.reconciling.tallies import Tally
from tests.examples import examples
from tests.questions.reconciling.models_to_reconcile import Tagger, stacked

law = settings(max_examples=examples(40), deadline=None, database=None, derandomize=True)
sizes = st.integers(2, 40)
some_layers = st.one_of(
    st.builds(lambda n: LSTM(n, return_sequences=True), sizes),
    st.builds(lambda n, after: GRU(n, return_sequences=True, reset_after=after), sizes, st.booleans()),
    st.builds(lambda n: Bidirectional(SimpleRNN(n, return_sequences=True)), sizes),
    st.builds(lambda n, bias: Dense(n, use_bias=bias), sizes, st.booleans()),
    st.builds(keras.layers.BatchNormalization),
)
sequences = st.tuples(st.integers(20, 90), sizes, st.lists(some_layers, min_size=1, max_size=5)).map(
    lambda its: stacked(Embedding(its[0], its[1]), *its[2], shape=(7,))
)
modules = st.builds(Tagger, st.integers(12, 90), st.integers(1, 6).map(lambda half: 2 * half), st.integers(1, 4), st.booleans())
models = st.one_of(sequences, modules)


def edited(pieces, steps, place):
    """The weights of a layer where a model is read so."""
    edits = [step.edits[place] for step in steps if isinstance(step, Change) and place in step.edits]
    how = edits[0] if edits else None
    for each in edits[1:]:
        how = how.and_also(each)
    return pieces.node(place, how)


def counted(pieces, steps):
    """The number where a model is read so, counted from all its layers again."""
    alone = [step for step in steps if isinstance(step, Change) and step.switch == "LoRA" and not step.edits]
    if alone:
        rank, each = map(int, alone[0].formula.partition(" ")[0].split("*"))
        return rank * each
    if any(isinstance(step, OwnCount) for step in steps):  # these models know of none but slips of a digit
        (slip,) = steps
        return next(number for _, says, number in slips(pieces.total) if says == slip.says)
    total, trained = pieces.total, pieces.trained
    for place in range(len(pieces.all)):
        node, own = edited(pieces, steps, place), pieces.node(place, None)
        total += pieces.number(Formula(node)) - pieces.number(Formula(own))
        trained += pieces.number(Formula(only(node, True))) - pieces.number(Formula(only(own, True)))
    for step in steps:
        if isinstance(step, Change) and step.switch == "untied":
            total, trained = total + pieces.untied - pieces.total, trained + pieces.untied - pieces.total
        if isinstance(step, MissingHead):
            total += (step.units - getattr(step, "own", 0)) * (step.width + 1)
    for step in steps:
        if isinstance(step, Tally):
            total = step.of(total, trained)
    return total


def planted(search, data):
    """Up to two changes that are read together."""
    first = data.draw(st.sampled_from(search.known))
    second = data.draw(st.sampled_from([*search.known, *search.tallies[1:], None]))
    if second is None or second is first:
        return (first.change,)
    if isinstance(second, Tally):
        return (first.change,) if search._is_single(first, second) else (first.change, second)
    one, other = first.change, second.change
    shared = one.edits.keys() & other.edits.keys()
    together = go_together(one, other) and None not in [one.edits[place].and_also(other.edits[place]) for place in shared]
    return (one, other) if together and (not shared or search._both(first, second)) else (one,)


@law
@given(models, st.data())
def test_up_to_two_changes_are_found_first_unless_something_simpler_is(model, data):
    pieces = Pieces(model, None)
    search = ReadingSearch(pieces, read_reported(0))
    steps = planted(search, data)
    number = counted(pieces, steps)
    found = reconcile(model, number)
    ways = ReadingSearch(pieces, read_reported(number)).ways()
    own = way_to(number, *steps)
    assert ways[0].points <= own.points or len(ways[0].steps) < len(steps)
    if (ways[0].points, len(ways[0].steps)) >= (own.points, len(steps)):
        assert {step.says for step in steps} in [{step.says for step in way.steps} for way in ways if way.points == ways[0].points]
    assert found.readings or (ways[0].needs_evidence and found.verdict == "none")


@law
@given(models, st.integers(1, 30_000))
def test_every_way_that_is_found_gives_the_number(model, number):
    found = reconcile(model, number)
    for reading in found.readings:
        (scale,) = {step.scale for step in reading.way.steps if isinstance(step, Meaning)} or {1}
        assert counted(found.pieces, reading.way.steps) == reading.count
        assert reading.count * scale == number
    assert len(found.readings) == len({tuple(reading.sentences) for reading in found.readings})
    if found.verdict == "none" and found.nearest:
        reading, off = found.nearest
        assert off == abs(reading.count - number)


@law
@given(models, st.data())
def test_amounts_are_those_of_their_letters(model, data):
    """``-4*n = -1200, with n = 300``: the formula at its letters is the number, whatever sizes coincide."""
    pieces = Pieces(model, None)
    change = data.draw(st.sampled_from(ReadingSearch(pieces, read_reported(0)).known))
    found = reconcile(model, pieces.total + change.total)
    for reading in found.readings:
        for formula in reading.formulas:
            product, with_letters, values = formula.partition(", with ")
            if with_letters and not reading.way.changes > 1:
                share, _, number = product.rpartition(" = ")
                sizes = {name: int(size) for name, size in re.findall(r"(\w+) = (\d+)", values)}
                assert eval(share, {}, sizes) == int(number)


def test_a_number_that_nothing_gives_is_found_as_often_as_the_estimate_says():
    """Random numbers around a model's count, of which chance hits some: as many as the estimates add up to."""
    for model in (stacked(Embedding(50, 12), LSTM(20), Dense(7), shape=(7,)), Tagger(60, 12, 3), stacked(GRU(9), Dense(4))):
        pieces, draw = Pieces(model, None), Random(7)
        found, expected = 0, 0.0
        for _ in range(max(400, examples(0) // 3)):
            number = draw.randint(pieces.total * 2 // 3, pieces.total * 4 // 3)
            search = ReadingSearch(pieces, read_reported(number))
            plain = [Meaning(low=number, high=number)]
            expected += chance_of_hit(search, 1, plain)
            found += any(True for way in search._of(1, plain) if not way.head)
        assert abs(found - expected) <= 4 * sqrt(expected) + 0.25 * expected + 2
