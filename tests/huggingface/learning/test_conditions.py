"""The shortest condition is found again from what it says at examples, and written as the library reads it."""

from __future__ import annotations

from itertools import product

import pytest

from symparams.huggingface.expressions import expression as parsed
from symparams.huggingface.learning.conditions import NULLABLE, joined, rivals, satisfied, shortest, words


def flag(name):
    return ("truth", ("field", name))


def yes(name):
    return ("is", (flag(name), True))


def no(name):
    return ("is", (flag(name), False))


ATOMS = [flag(name) for name in "abcd"]
EXAMPLES = [(dict(zip("abcd", values, strict=True)), ()) for values in product([False, True], repeat=4)]
CONDITIONS = [
    yes("a"),
    no("b"),
    ("and", yes("a"), no("b")),
    ("or", yes("a"), yes("d")),
    ("and", yes("a"), yes("b"), no("c")),
    ("and", yes("a"), ("or", no("b"), yes("c"))),
    ("or", yes("d"), ("and", yes("a"), yes("b"))),
    ("or", ("and", yes("a"), yes("b")), ("and", yes("c"), no("d"))),
]


@pytest.mark.parametrize("condition", CONDITIONS, ids=words)
def test_a_condition_is_found_from_its_examples(condition):
    there = [satisfied(condition, fields) for fields, _ in EXAMPLES]
    found = shortest(ATOMS, EXAMPLES, there)
    assert found is not None
    assert [satisfied(found, fields) for fields, _ in EXAMPLES] == there
    assert len(words(found)) <= len(words(condition))


@pytest.mark.parametrize("condition", CONDITIONS, ids=words)
def test_the_library_reads_what_is_written(condition):
    for fields, _ in EXAMPLES:
        assert bool(parsed(words(condition)).value(fields)) is satisfied(condition, fields)


def test_what_no_condition_says_is_not_told():
    assert shortest([flag("a")], EXAMPLES, [fields["b"] for fields, _ in EXAMPLES]) is None


def test_what_is_there_always_has_no_condition():
    assert shortest(ATOMS, EXAMPLES, [True] * len(EXAMPLES)) is True


def test_a_comparison_of_what_may_be_none_keeps_its_not():
    NULLABLE.clear()
    buckets = ("is", ((">", ("field", "buckets"), 0), False))
    assert words(buckets) == "buckets <= 0"
    NULLABLE.add("buckets")
    assert words(buckets) == "not (buckets > 0)"
    assert satisfied(buckets, {"buckets": None})
    assert parsed(words(buckets)).value({"buckets": None})
    NULLABLE.clear()


def test_conditions_of_modules_are_joined_once():
    assert joined([yes("a"), True, ("and", yes("a"), yes("b"))]) == ("and", yes("a"), yes("b"))


def test_comparisons_that_no_example_tells_apart_are_rivals_until_one_does():
    """T5's ``is_gated_act`` and its activation were the same at every decoder that was built, but for an ungated GELU."""
    alike = [({"a": its, "b": its, "c": other}, ()) for its, other in product([False, True], repeat=2)]

    def found(examples):
        masks: dict[tuple[object, ...], int] = {}
        condition = shortest(ATOMS[:3], examples, [fields["a"] for fields, _ in examples], masks)
        return condition, list(rivals(condition, masks, (1 << len(examples)) - 1))

    assert found(alike) == (yes("a"), [(flag("a"), flag("b"), 0)])
    assert found([*alike, ({"a": True, "b": False, "c": False}, ())]) == (yes("a"), [])


def test_a_rival_may_differ_where_another_comparison_decides():
    """Whether DeBERTa's keys are shared is asked only with relative attention: without it, no build tells False from None."""
    masks = {flag("a"): 0b1100, flag("b"): 0b0110, flag("c"): 0b0111}  # c is as b wherever a is so
    assert list(rivals(("and", yes("a"), yes("b")), masks, 0b1111)) == [(flag("b"), flag("c"), 2)]
