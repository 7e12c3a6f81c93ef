"""``check``: every term that is left out, doubled or altered is found, with the tensor that owns it."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from symparams import Formula, check, keras, symbols, torch
from symparams.core.fields import REQUIRED
from symparams.core.tree import beside, named, times, weight
from symparams.keras.layers import LSTM, Dense
from symparams.layers import GRU, Bilinear, LayerNormalization, MultiHeadAttention, Recurrent, SimpleRNN
from symparams.layers import LSTM as Core
from symparams.layers import Dense as CoreDense
from symparams.layers import Embedding as CoreEmbedding
from tests.questions.checking.models_to_check import NUMBERS

law = settings(max_examples=60, deadline=None, database=None, derandomize=True)
m, n, d, V, L, S = symbols("m n d V L S")


def block(d):
    attention = named("attention", beside(*(weight(name, d, d) for name in ("query", "key", "value", "output"))))
    return beside(attention, named("mlp", weight("up", d, 4 * d) + weight("down", 4 * d, d)))


DECODER = Formula(beside(weight("tokens", V, d), weight("positions", S, d), times(block(d), layers=L)))


MODELS = [Core.symbolic(), Recurrent.symbolic(), MultiHeadAttention.symbolic(), Core.symbolic(bias_sets=2, directions=2)]


def test_a_term_that_is_left_out_has_its_owner():
    found = check("4(nm + n^2)", Core.symbolic())
    assert not found.agrees
    (row,) = found.wrong
    assert (row.verdict, row.times(row.its), row.owners) == ("missing", "4*n", ["bias"])
    assert "You left out 4*n, the bias." in str(found)


def test_a_wrong_factor_says_both():
    feed_forward = Formula(weight("gate", *symbols("H I")) + weight("up", *symbols("H I")))
    (row,) = check("4HI", feed_forward).wrong
    assert (row.verdict, row.times(row.its), row.times(row.yours), row.owners) == ("wrong factor", "2*H*I", "4*H*I", ["gate", "up"])


def test_what_is_lacking_is_named_where_tensors_have_just_as_much():
    text = str(check("8Ld^2 + Vd", DECODER))
    assert "you left out 4*L*d**2, as much as mlp/up or mlp/down." in text
    assert "You left out S*d, the positions." in text


def test_a_layer_that_is_left_out_is_one_sentence():
    model = keras.Sequential([keras.Input((None, m)), LSTM(n), Dense(7)])
    assert "You left out n*n_1 + n_1, all of dense." in str(check("4*(m*n + n**2 + n)", model))


def test_a_number_that_is_right_is_right():
    assert check("4*4353*256", NUMBERS).agrees
    found = check("4*4097*256", NUMBERS)
    assert not found.agrees
    assert (found.value, found.count) == (4195328, 4457472)


def test_a_number_behind_the_formula_is_put_to_the_test():
    assert "You say" not in str(check("P = 4(nm + n^2 + n) = 4{,}457{,}472", NUMBERS))
    assert "You say that it is 5, but it is 4457472." in str(check("4(nm + n^2 + n) = 5", NUMBERS))


@law
@given(st.data())
def test_every_term_that_is_deleted_doubled_or_altered_is_found(data):
    model = data.draw(st.sampled_from(MODELS))
    counts = {path: its.text() for path, its in model.count.terms.items()}
    path = data.draw(st.sampled_from(sorted(counts)))
    letter = data.draw(st.sampled_from(model.count.letters))
    factor = data.draw(st.sampled_from(["0", "2", "3", "1/2", letter]))
    found = check(" + ".join(f"{factor}*({its})" if each == path else its for each, its in counts.items()), model)
    own = model.count.terms[path].polynomial.terms
    rows = [row for row in found.wrong if path in row.owners]
    assert len(rows) == len(own)
    if factor == letter:
        assert [row.its - row.yours for row in rows] == list(own.values())
        assert len(found.wrong) == 2 * len(own)
    else:
        assert [row.its - row.yours for row in rows] == [c * (1 - Fraction(factor)) for c in own.values()]
        assert found.wrong == rows


@law
@given(st.data())
def test_a_formula_in_any_letters_is_found_for_plain_numbers(data):
    layer = data.draw(
        st.sampled_from([Core, GRU, SimpleRNN, CoreDense, CoreEmbedding, LayerNormalization, MultiHeadAttention, Bilinear])
    )
    in_letters = layer.symbolic().count
    names = data.draw(st.permutations("abcuvwxyz"))
    other = in_letters.given({letter: symbols(names[at]) for at, letter in enumerate(in_letters.letters)})
    sizes = data.draw(st.lists(st.integers(1, 300), min_size=4, max_size=4))
    fields = [name for name, field in layer.fields.items() if field.default is REQUIRED and not field.fixed]
    model = layer(**{name: (size,) if layer.fields[name].several else size for name, size in zip(fields, sizes, strict=False)})
    for form in ("written", "expanded", "factored"):
        assert check(other.text(form), model).agrees
        assert check(other.latex(form), model).agrees


@law
@given(st.lists(st.integers(1, 9), min_size=2, max_size=4))
def test_layers_behind_each_other_have_letters_of_their_own(widths):
    model = torch.nn.Sequential(*(torch.nn.Linear(*ends) for ends in pairwise(widths)))
    text = " + ".join(f"w{at}*w{at + 1} + w{at + 1}" for at in range(len(widths) - 1))
    assert check(text, model).agrees
    assert check(" + ".join(f"{m}*{n} + {n}" for m, n in pairwise(widths)), model).agrees


def expressions(letters, products):
    return st.lists(st.lists(st.sampled_from(letters), min_size=1, max_size=3), min_size=2, max_size=6).map(
        lambda found: [products.join(each) for each in found]
    )


@law
@given(expressions("abcd", "*"), st.integers(0, 5), st.sampled_from([0, 2, 7]))
def test_so_it_is_in_any_sum_of_products(terms, place, factor):
    letters = {name: symbols(name) for name in "abcd"}
    tensors = [weight(f"t{at}", *(letters[name] for name in term.split("*"))) for at, term in enumerate(terms)]
    place %= len(terms)
    text = " + ".join(f"{factor}*{term}" if at == place else term for at, term in enumerate(terms))
    (row,) = check(text, Formula(beside(*tensors))).wrong
    assert row.yours - row.its == factor - 1
    assert f"t{place}" in row.owners
