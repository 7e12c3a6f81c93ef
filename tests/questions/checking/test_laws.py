"""``check`` on models whose sizes coincide on purpose: what is right is never called wrong, one mistake is found as one, and a
formula that is right at the model's sizes only is told apart.

``SYMPARAMS_EXAMPLES=10000`` runs the laws on so many models each.
"""

from __future__ import annotations

from itertools import permutations

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from symparams import check, symbols
from symparams.core.polynomial import Polynomial, evaluated
from symparams.core.terms import plus
from symparams.questions.checking.expanding import expand, terms_with_values
from symparams.questions.checking.parsing import parsed_formula
from tests.examples import examples
from tests.questions.checking.random_models import SUBJECTS, models

law = settings(
    max_examples=examples(80),
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
EQUAL = [[2], [3], [4], [5], [64], [2, 4], [3, 6], [8, 16], [5, 10, 40]]
KNOWN_APART = [subject for subject in SUBJECTS if subject.known_apart]


@law
@given(models(), st.data())
def test_a_complete_formula_is_never_called_wrong(drawn, data):
    formula = drawn.formula
    if data.draw(st.integers(0, 3)) == 0:  # some letters as numbers, multiplied out
        formula = formula.given({name: drawn.values[name] for name in drawn.values if data.draw(st.booleans())})
    form = data.draw(st.sampled_from(["written", "expanded", "factored", "kinds"]))
    text = formula.latex(form) if data.draw(st.booleans()) else formula.text(form)
    found = check(text, drawn.model)
    assert found.agrees, f"{text}: {found}"
    assert found.gives_this_count


@law
@given(models(), st.data())
def test_one_mistake_is_diagnosed_as_that_or_as_something_equal(drawn, data):
    formula, values = drawn.formula, drawn.values
    terms = {path: its.text() for path, its in formula.terms.items()}
    path = data.draw(st.sampled_from(sorted(terms)))
    kind = data.draw(st.sampled_from(["dropped", "doubled", "another size"]))
    own = [name for name in values if name in formula.terms[path].letters]
    if kind == "dropped":
        assume(len(terms) > 1)
        wrong = {other: its for other, its in terms.items() if other != path}
    elif kind == "doubled":
        wrong = terms | {path: f"2*({terms[path]})"}
    else:
        assume(own and len(values) > 1)
        old = data.draw(st.sampled_from(own))
        new = data.draw(st.sampled_from([name for name in values if name != old]))
        wrong = terms | {path: formula.terms[path].given({old: symbols(new)}).text()}
    text = " + ".join(f"({its})" for its in wrong.values())
    yours = expand(parsed_formula(text))
    difference = plus((yours, {monomial: -c for monomial, c in formula.polynomial.terms.items()}))
    differences = [monomial for monomial, c in difference.items() if c]
    assume(differences)
    found = check(text, drawn.model)
    told = f"{text}: {found}"
    if found.gives_this_count:  # with other letters, or at these sizes only
        assert found.is_the_formula or "because" in told or "It holds where" in told or found.value == found.count, told
        return
    assert found.reading.factor is not None or len(found.wrong) <= len(differences), told
    if kind != "another size" and found.value == evaluated(Polynomial(yours), values):
        assert found.value - found.count == evaluated(Polynomial(difference), values), told


@law
@given(models(KNOWN_APART, EQUAL), st.data())
def test_a_formula_that_is_right_at_these_sizes_only_is_told_apart(drawn, data):
    formula, values = drawn.formula, drawn.values
    equal = [(old, new) for old, new in permutations(values, 2) if values[old] == values[new]]
    assume(equal)
    old, new = data.draw(st.sampled_from(equal))
    places = [path for path, its in formula.terms.items() if old in its.letters]
    chosen = data.draw(st.sets(st.sampled_from(places), min_size=1))
    put = {path: its.given({old: symbols(new)}) if path in chosen else its for path, its in formula.terms.items()}
    text = " + ".join(f"({its.text()})" for its in put.values())
    assume(not right_with_other_letters(expand(parsed_formula(text)), dict(formula.polynomial.terms), list(values)))
    found = check(text, drawn.model)
    assert found.gives_this_count
    assert not found.is_the_formula, f"{text}: {found}"
    assert "because" in str(found) or "It holds where" in str(found)


def right_with_other_letters(yours, its, letters):
    """Whether the letters can be exchanged so that the formula is right."""
    ways = (dict(zip(letters, order, strict=True)) for order in permutations(letters))
    return any(terms_with_values(yours, {old: {((new, 1),): 1} for old, new in way.items()}) == its for way in ways)
