"""``reconcile``: up to two changes to any model are found again, and every way that is found gives the number."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from symparams import keras, reconcile
from symparams.core.formula import Formula
from symparams.core.tree import only
from symparams.keras.layers import GRU, LSTM, Bidirectional, Dense, Embedding, SimpleRNN
from symparams.questions.reconciling.changes import Change
from symparams.questions.reconciling.missing_adapters import MissingLora
from symparams.questions.reconciling.missing_head import MissingHead
from symparams.questions.reconciling.model_layers import Pieces
from symparams.questions.reconciling.reported_number import read_reported
from symparams.questions.reconciling.search import ReadingSearch
from symparams.questions.reconciling.tallies import TALLIES, Tally
from tests.questions.reconciling.models_to_reconcile import Tagger, matrix, stacked

law = settings(max_examples=40, deadline=None, database=None, derandomize=True)
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


def counted(pieces, steps):
    """The number where a model is read so, counted from all its layers again."""
    total, trained = pieces.total, pieces.trained
    for place in range(len(pieces.all)):
        edits = [step.edits[place] for step in steps if isinstance(step, Change) and place in step.edits]
        loras = [
            step
            for step in steps
            if isinstance(step, MissingLora) and not step.alone and place in [piece.place for piece in step.scope.pieces]
        ]
        how = edits[0] if edits else None
        for each in edits[1:]:
            how = how.and_also(each)
        node, own = pieces.node(place, how), pieces.node(place, None)
        total += pieces.number(Formula(node)) - pieces.number(Formula(own))
        trained += pieces.number(Formula(only(node, True))) - pieces.number(Formula(only(own, True)))
        for lora in loras:
            kernel, adapter = matrix(pieces.all[place])
            total += lora.rank * adapter
            trained += lora.rank * adapter - kernel
    for step in steps:
        if isinstance(step, Change) and step.switch == "untied":
            total, trained = total + pieces.untied - pieces.total, trained + pieces.untied - pieces.total
        if isinstance(step, MissingHead):
            total += step.units * step.width + step.units
        if isinstance(step, MissingLora) and step.alone:
            total = sum(step.rank * matrix(piece)[1] for piece in step.scope.pieces)
    for step in steps:
        if isinstance(step, Tally):
            total = step.of(total, trained)
    return total


@law
@given(models, st.data())
def test_up_to_two_changes_are_found_again(model, data):
    pieces = Pieces(model, None)
    search = ReadingSearch(pieces, read_reported(0))
    first = data.draw(st.sampled_from(search.known)).change
    second = data.draw(st.sampled_from([*(known.change for known in search.known), *(tally(pieces) for tally in TALLIES)]))
    steps = (first,) if second is first else (first, second)
    both = [first.edits[place].and_also(second.edits[place]) for place in first.edits if place in getattr(second, "edits", {})]
    if len(steps) == 2 and None in both:
        steps = (first,)
    number = counted(pieces, steps)
    found = reconcile(model, number)
    assert found.found
    fewest = len(found.readings[0].sentences)
    assert fewest <= len(steps)
    if fewest == len(steps):
        assert {step.says for step in steps} in [set(reading.sentences) for reading in found.readings]


@law
@given(models, st.integers(1, 30_000))
def test_every_way_that_is_found_gives_the_number(model, number):
    found = reconcile(model, number)
    for reading in found.readings:
        steps = reading.way.steps
        in_bytes = reading.switches.count("bytes")
        assert counted(found.pieces, steps) == reading.count == (number // 4 if in_bytes else number)
    assert len(found.readings) == len({tuple(reading.sentences) for reading in found.readings})
    if not found.found:
        reading, off = found.nearest
        assert off == abs(reading.count - number) > 0
