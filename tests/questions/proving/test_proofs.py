"""What is proved and what is refused, with frameworks that are made for it: a grid leaves no other polynomial."""

from __future__ import annotations

import re
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symparams import symbols
from symparams.core.calls import LEFT_OUT, Call, Either
from symparams.core.polynomial import of_size
from symparams.core.sizes import quotient
from symparams.questions.proving.trying import proof_of
from tests.questions.proving.workshop import Workshop, claim, proof

d, e, h, m, n, L = symbols("d e h m n L")
law = settings(max_examples=60, deadline=None, database=None, derandomize=True)
BLEND = Call("Blend", {"m": m, "n": n})


def lstm(m, n):
    return {"kernel": (m, 4 * n), "recurrent_kernel": (n, 4 * n), "bias": (4 * n,)}


# ---------------------------------------------------------------- proved
def test_a_right_formula_is_proved_on_the_grid_of_its_degrees():
    record = proof(lstm, lstm(m, n), BLEND).record
    assert [(its.letter, its.power, its.because, its.first, its.last) for its in record.bounds] == [
        ("m", 1, "1 axis of kernel", 2, 3),
        ("n", 2, "2 axes of recurrent_kernel", 4, 6),
    ]
    assert record.builds == 2 * 3


def test_no_two_sizes_of_the_grid_coincide_and_off_the_grid_all_pairs_do():
    workshop = Workshop(lstm)
    record = proof_of(claim(BLEND, lstm(m, n)), workshop.installed).record
    on, off = workshop.asked[: record.builds], workshop.asked[record.builds :]
    assert [tuple(sizes.values()) for sizes in on] == [*product((2, 3), (4, 5, 6))]
    assert {"m": 2, "n": 2} in off
    assert {"m": 1, "n": 1} in off
    assert {"m": 2, "n": 20} in off


def test_a_letter_that_counts_layers_is_a_degree_more():
    def stack(n, L):
        return {f"layers.{place}.weight": (n, n) for place in range(L)}

    record = proof(stack, {"weight": (n, n)}, Call("Stack", {"n": n, "L": L}), copies={"layers": L}).record
    assert [(its.letter, its.power, its.because) for its in record.bounds] == [
        ("n", 2, "2 axes of layers.0.weight"),
        ("L", 1, "copies"),
    ]


def test_a_width_that_heads_share_is_proved_in_free_letters():
    def heads(d, h):
        assert d % h == 0
        return {"query": (h, d // h, d)}

    its = proof(heads, {"query": (h, d / h, d)}, Call("Heads", {"d": d, "h": h}, letters={"d": e * h}))
    assert its.claim.where == "d = e*h"
    assert [(bound.letter, bound.power) for bound in its.record.bounds] == [("e", 2), ("h", 2)]


@pytest.mark.parametrize("by", [2, 3, 16])
def test_a_rounded_size_is_proved_for_every_remainder(by):
    def halved(m, n):
        return {"kernel": (m, n // by + 1)}

    its = proof(halved, {"kernel": (m, quotient(n, by) + 1)}, Call("Blend", {"m": m, "n": n}, classes={"n": by}))
    assert its.record.grids == by
    assert its.record.builds == 4 * by
    assert its.claim.where == f"every remainder of n by {by}"


def test_a_class_without_tensors_is_proved_too():
    assert proof(lambda m, n: {}, {}, BLEND).record.builds == 4


def test_the_variants_of_a_call_are_all_combinations_of_its_values():
    call = Call("Blend", {"n": n, "bias": Either(True, False), "rank": Either(LEFT_OUT, m)})
    assert list(map(str, call.variants())) == [
        "Blend(n=n, bias=True)",
        "Blend(n=n, bias=True, rank=m)",
        "Blend(n=n, bias=False)",
        "Blend(n=n, bias=False, rank=m)",
    ]


# ---------------------------------------------------------------- refused
@pytest.mark.parametrize(
    ("ours", "words"),
    [
        ({**lstm(m, n), "bias": (3 * n,)}, "at m = 2, n = 4, the framework has tensors of .*16,., and we have .*12,."),
        ({**lstm(m, n), "more": (n,)}, "at m = 2, n = 4, the framework has tensors"),
        ({"kernel": (m, 4 * n), "recurrent_kernel": (4 * n, n), "bias": (4 * n,)}, "4, 16.* and we have .*16, 4"),
    ],
)
def test_a_tampered_formula_is_refused_with_the_sizes_and_the_tensors(ours, words):
    its = proof(lstm, ours, BLEND)
    assert its.record is None
    assert re.search(words, its.refuted)


def test_a_formula_that_is_right_at_one_size_is_refused():
    """4*m*n is 32 at the first point, as 16*m is."""
    its = proof(lambda m, n: {"kernel": (m, 4 * n)}, {"kernel": (m, 16)}, BLEND)
    assert "at m = 2, n = 5" in its.refuted


def test_the_grid_is_that_of_the_degrees_of_the_framework_and_not_of_the_formula():
    """n**2 and 5*n - 6 are the same at 2 and 3, which would do for a formula of degree 1; the counts alone are compared."""
    square = claim(Call("Blend", {"n": n}), {"a": (5 * n - 6,)}).but(tensors=None)
    its = proof_of(square, Workshop(lambda n: {"a": (n, n)}).installed)
    assert its.refuted == "at n = 4, the framework has 16 parameters, and the formula gives 14"


def test_a_bent_axis_is_refused_though_it_is_straight_on_the_grid():
    its = proof(lambda m, n: {"kernel": (m, min(n, 8))}, {"kernel": (m, n)}, BLEND)
    assert its.refuted == "the premise does not hold in n: axis 1 of kernel is not a straight line: 1, 4, 5, 8, 8"


def test_what_happens_to_coincide_is_checked():
    its = proof(lambda m, n: {"kernel": (m, n)} if m != n else {"kernel": (m,)}, {"kernel": (m, n)}, BLEND)
    assert its.refuted == "at m = 2, n = 2, the framework has 2 parameters, and the formula gives 4"


def test_a_case_that_is_left_out_is_no_break_of_the_premise():
    def fused(m, n):
        return {"joined": (m + 1, m)} if m == n else {"a": (m, m), "b": (n,)}

    call = Call("Blend", {"m": d, "n": n}, letters={"d": e * h})  # 2 times 5 is the 10 that n is tried at
    ours = {"a": (d, d), "b": (n,)}
    assert "the premise does not hold in n" in proof(fused, ours, call).refuted
    left_out = proof(fused, ours, call.but(unless={"d": n}))
    assert left_out.record is not None
    assert left_out.claim.where == "d = e*h, unless d = n"


def test_a_refusal_of_the_framework_on_the_grid_is_no_proof():
    def refusing(m, n):
        if n > 4:
            raise ValueError("n is too large")
        return lstm(m, n)

    assert proof(refusing, lstm(m, n), BLEND).refuted == "at m = 2, n = 5, Toy 1.0 refuses the call: 'n is too large'"


def test_a_formula_that_is_no_polynomial_is_not_proved():
    its = proof(lambda m, n: {"a": (n // 2 + 1,)}, {"a": (quotient(n, 2) + 1,)}, BLEND)
    assert its.refuted == "floor(n/2) + 1 is not a polynomial"


def test_symbolic_shapes_that_say_otherwise_refuse_a_claim():
    workshop = Workshop(lstm, symbolic=lambda call, sizes: of_size(m * n))
    assert "symbolic shapes give m*n" in proof_of(claim(BLEND, lstm(m, n)), workshop.installed).refuted


def test_symbolic_shapes_that_say_the_same_are_noted():
    workshop = Workshop(lambda m, n: {"a": (m, n)}, symbolic=lambda call, sizes: of_size(m * n))
    assert proof_of(claim(BLEND, {"a": (m, n)}), workshop.installed).record.symbolic


# ---------------------------------------------------------------- any polynomial
shapes = st.lists(st.lists(st.sampled_from("mnL"), max_size=3), min_size=1, max_size=3)


@law
@given(shapes, shapes)
def test_a_formula_is_proved_where_the_tensors_are_the_same_and_nowhere_else(theirs, ours):
    letters = {"m": m, "n": n, "L": L}

    def make(axes):
        return lambda **sizes: {f"t{place}": tuple(sizes[axis] for axis in each) for place, each in enumerate(axes)}

    its = proof(make(theirs), make(ours)(**letters), Call("Blend", letters))
    assert (its.record is not None) == (theirs == ours)


@law
@given(shapes, st.integers(1, 3), st.integers(0, 3), st.sampled_from("mnL"))
def test_copies_without_a_list_are_told_from_any_other_formula(axes, factor, more, letter):
    """Only counts are compared: of ``L`` layers, and of as many that are a little larger."""
    letters = {"m": m, "n": n, "L": L}

    def theirs(m, n, L):
        sizes = {"m": m, "n": n, "L": 1}
        return {f"{layer}.t{place}": tuple(sizes[axis] for axis in each) for layer in range(L) for place, each in enumerate(axes)}

    sizes = {**letters, "L": 1}
    ours = {f"t{place}": tuple(sizes[axis] for axis in each) for place, each in enumerate(axes)}
    changed = {**ours, "more": (more * factor, letters[letter])} if more else ours
    call = Call("Stack", letters)
    assert (proof(theirs, changed, call, copies={"layers": L}).record is not None) == (not more)
