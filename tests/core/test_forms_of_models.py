"""The forms of whole models: by their blocks, with no two fields in one power, and equal blocks once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from symparams import Formula, from_huggingface, keras, latex, symbols
from symparams.core.formula import FORMS
from symparams.core.notation.forms import Add, Braced, Call, Letter, Mul, Number, Pow
from symparams.core.tree import Sum, leaves, named, times, weight
from symparams.layers import GRU, LSTM, Conv, Dense, Embedding, MultiHeadAttention
from symparams.torch import nn
from tests.catalogue.every_layer import EVERY

if TYPE_CHECKING:
    from symparams.core.notation.forms import Notation
    from symparams.core.tree import Node

B, C, E, H, L, T, V, W, c, d, f, k, m, n, z = symbols("B C E H L T V W c d f k m n z")
KL = keras.layers


def powers_of_numbers(notation: Notation) -> list[Pow]:
    """The powers whose base is a number."""
    match notation:
        case Pow(base=Number()):
            return [notation]
        case Pow(base=base):
            return powers_of_numbers(base)
        case Add(terms=parts) | Mul(factors=parts) | Call(arguments=parts):
            return [found for part in parts for found in powers_of_numbers(part)]
        case Braced(inside=inside):
            return powers_of_numbers(inside)
        case Number() | Letter():
            return []


def is_the_count_in_every_form(count: Formula) -> None:
    for form in FORMS:
        text = count.text(form)
        assert sympy.expand(sympy.parse_expr(text, local_dict=dict(count.symbols)) - count.expr) == 0, (form, text)
        for power in powers_of_numbers(count.notation(form)):
            assert power.exponent == Number(2), (form, text)
            assert any(leaf.name == "recurrent_kernel" for _, leaf, _ in leaves(count.node)), (form, text)


@pytest.mark.parametrize("name", EVERY)
def test_no_form_of_any_layer_melts_two_fields_into_one_power(name):
    layer = EVERY[name]
    is_the_count_in_every_form(layer.count)
    is_the_count_in_every_form(
        layer.count.given(dict.fromkeys(layer.count.letters, 3)) if "floor" not in str(layer.count) else layer.count
    )


SIZES = [1, 2, 3, 3, 8, d, f, m, n]
size = st.sampled_from(SIZES)
layer_trees = st.one_of(
    st.builds(lambda i, o: Dense(i, o).weights(), size, size),
    st.builds(lambda i, o: Embedding(i, o).weights(), size, size),
    st.builds(lambda i, o: LSTM(i, o).weights(), size, size),
    st.builds(lambda i, o, w: Conv(inputs=i, filters=o, window=(w, w)).weights(), size, size, size),
    st.builds(lambda i, h: MultiHeadAttention(inputs=i, heads=h, key_width=8, value_width=8, outputs=(i,)).weights(), size, size),
    st.builds(lambda *shape: weight("kernel", *shape), size, size, size),
)


def models_of(inside: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Models whose parts are named, equal several times, or repeated a number or a letter of times."""
    beside_each_other = st.lists(inside, min_size=1, max_size=4).map(
        lambda parts: Sum(tuple(named(str(place), part) for place, part in enumerate(parts)))
    )
    in_copies = st.tuples(inside, st.sampled_from([1, 2, 3, L, L - 1])).map(lambda pair: times(named("i", pair[0]), layers=pair[1]))
    alike = st.tuples(inside, st.integers(1, 3)).map(
        lambda pair: Sum(tuple(named(str(place), pair[0]) for place in range(pair[1])), "blocks")
    )
    return st.one_of(beside_each_other, in_copies, alike)


models = st.recursive(layer_trees, models_of, max_leaves=8)


def numbers_in(notation: Notation) -> list[int]:
    """The whole numbers among the factors of a term."""
    factors = notation.factors if isinstance(notation, Mul) else (notation,)
    bases = [factor.base if isinstance(factor, Pow) else factor for factor in factors for _ in range(exponent_of(factor))]
    return [base.value for base in bases if isinstance(base, Number) and base.value.denominator == 1]


def exponent_of(factor: Notation) -> int:
    return int(factor.exponent.value) if isinstance(factor, Pow) and isinstance(factor.base, Number) else 1


axis = st.sampled_from([1, 2, 3, 4, 6, d, d / 2, d / 6, 2 * n, n / 3, n - 2])
copies = st.sampled_from([1, 2, 3, 6, L, L / 2])


@given(st.lists(axis, min_size=1, max_size=4), st.lists(copies, max_size=2))
def test_no_number_of_a_weight_is_cancelled_by_another(shape, around):
    node: Node = weight("kernel", *shape)
    for many in around:
        node = times(node, groups=many)
    is_the_count_in_every_form(Formula(node))
    shown = numbers_in(Formula(node).notation())
    for number in (3, 4, 6):
        assert shown.count(number) >= [size for size in shape if isinstance(size, int)].count(number)


@settings(max_examples=2000, deadline=None)
@given(models)
def test_every_form_of_a_nested_model_is_its_count(node):
    is_the_count_in_every_form(Formula(node))


# ---------------------------------------------------------------- models as papers have them
class GPTBlock(nn.Module):
    def __init__(self, width: Any) -> None:
        super().__init__()
        self.ln_1, self.ln_2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.c_attn, self.c_proj = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.mlp = nn.Sequential(nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width))


class GPT(nn.Module):
    def __init__(self, words: Any, places: Any, width: Any, layers: Any) -> None:
        super().__init__()
        self.wte, self.wpe = nn.Embedding(words, width), nn.Embedding(places, width)
        self.h = nn.ModuleList(GPTBlock(width) for _ in range(layers)) if isinstance(layers, int) else layers * GPTBlock(width)
        self.ln_f = nn.LayerNorm(width)


def test_a_model_prints_by_its_blocks_written_with_a_letter_or_a_number_of_them():
    assert str(GPT(V, T, d, L).count) == "V*d + T*d + 2*d + L*(12*d**2 + 13*d)"
    assert str(GPT(V, T, d, 12).count) == "V*d + T*d + 2*d + 12*(12*d**2 + 13*d)"
    assert GPT(V, T, d, 12).count.latex("collected") == r"V d + T d + 2 d + 12 \left(12 d^{2} + 13 d\right)"
    assert GPT(V, T, d, L).count.text("factored") == "d*(T + V + 2 + L*(12*d + 13))"


def test_a_model_in_numbers_has_its_blocks_once():
    count = GPT(50257, 1024, 768, 12).count
    assert str(count) == "124439808"
    assert count.text("collected") == "39385344 + 12*7087872"
    assert count.text() == (
        "50257*768 + 1024*768 + 12*(2*(768 + 768) + 768*2304 + 2304 + 768*768 + 768 + 768*3072 + 3072 + 3072*768 + 768) + 768 + 768"
    )


@pytest.mark.parametrize(
    ("model", "text"),
    [
        (lambda: nn.TransformerEncoderLayer(d, 8, 4 * d), "4*d**2 + 4*d + 2*4*d**2 + 4*d + d + 2*2*d"),
        (
            lambda: nn.TransformerEncoder(nn.TransformerEncoderLayer(d, 8, f), 6),
            "6*(4*d**2 + 4*d + d*f + f + f*d + d + 2*2*d)",
        ),
        (lambda: keras.Sequential([keras.Input((32, 32, 3)), KL.Conv2D(8, 3)]), "3*3*3*8 + 8"),
        (lambda: keras.Sequential([keras.Input((32, 60)), KL.Conv1D(96, 5)]), "5*60*96 + 96"),
        (lambda: keras.Sequential([keras.Input((32, 32)), KL.GRU(32)]), "3*(32*32 + 32**2 + 2*32)"),
        (lambda: keras.Sequential([keras.Input((m,)), *(KL.Dense(d) for _ in range(4))]), "m*d + d + 3*(d**2 + d)"),
        (
            lambda: keras.Sequential([keras.Input((d,)), *(layer for _ in range(3) for layer in (KL.Dense(f), KL.Dense(d)))]),
            "3*(d*f + f + f*d + d)",
        ),
    ],
)
def test_the_written_form(model, text):
    assert model().count.text() == text


def test_floors_are_as_authors_write_them():
    model = keras.Sequential([keras.Input((H, W, 3)), KL.Conv2D(8, 3, strides=2), KL.Flatten(), KL.Dense(k)])
    assert "(floor((H - 3)/2) + 1)*(floor((W - 3)/2) + 1)*8" in model.count.text().replace("8*(floor", "(floor") or (
        "floor((H - 3)/2) + 1" in model.count.text()
    )
    assert r"\left\lfloor \frac{H - 3}{2} \right\rfloor + 1" in model.count.latex()


def test_blocks_beside_each_other_stay_apart_unless_one_of_them_is_repeated():
    generator = nn.Sequential(nn.ConvTranspose2d(z, c, 4, bias=False), nn.BatchNorm2d(c))
    discriminator = nn.Sequential(nn.Conv2d(c, 2 * c, 4, bias=False), nn.BatchNorm2d(2 * c))
    both = nn.ModuleDict({"generator": generator, "discriminator": discriminator})
    assert both.count.text("collected") == "(16*c*z + 2*c) + (32*c**2 + 4*c)"
    assert latex(both, form="collected", annotate=True) == (
        r"\underbrace{\left(16 c z + 2 c\right)}_{\text{generator}} + \underbrace{\left(32 c^{2} + 4 c\right)}_{\text{discriminator}}"
    )


def test_the_names_of_blocks_go_under_them():
    assert latex(GPT(V, T, d, L), form="collected", annotate=True) == (
        r"\underbrace{V d}_{\text{wte}} + \underbrace{T d}_{\text{wpe}} + \underbrace{2 d}_{\text{ln f}} + "
        r"L \underbrace{\left(12 d^{2} + 13 d\right)}_{\text{h}}"
    )


def test_recurrent_layers_keep_their_square():
    assert LSTM(32, 32).count.text() == "4*(32*32 + 32**2 + 32)"
    assert GRU(32, 16, bias_sets=2).count.text() == "3*(32*16 + 16**2 + 2*16)"


@pytest.mark.parametrize(
    ("count", "form", "text"),
    [
        ((L - m) * Dense(d, d).count, "written", "(L - m)*(d**2 + d)"),
        (Dense(H - k + 1, n).count, "written", "(H - k + 1)*n + n"),
        (Dense(n - d + 1, m).count, "written", "(n - d + 1)*m + m"),
        (Dense(n - d + 1, m).count, "factored", "m*(n - d + 2)"),
        (Dense(n - d + 1, m).count, "expanded", "m*n - d*m + 2*m"),
        (Dense(sympy.floor((n - d) / 2) + 1, m).count, "written", "(floor((n - d)/2) + 1)*m + m"),
        (Dense(3 * n - 3 * d - 6, m).count, "written", "(3*n - 3*d - 6)*m + m"),
        (-Dense(m, n).count, "written", "-(m*n + n)"),
        (Dense(36 - n, n - 1, bias_sets=0).count, "expanded", "-n**2 + 37*n - 36"),
    ],
)
def test_a_size_begins_with_a_term_that_has_no_minus_sign(count, form, text):
    assert count.text(form) == text


@pytest.mark.parametrize(
    ("model", "text"),
    [
        ("llama-2-7b", "d*(2*V + 1 + L*(2*d*(1 + g/h) + 3*f + 2))"),
        ("mixtral-8x7b", "d*(2*V + 1 + L*(E*(3*f + 1) + 2*(d*(1 + g/h) + 1)))"),
        ("gpt-neox-20b", "2*d*(V + 1) + L*(d*(4*d + 2*f + 9) + f)"),
        ("falcon-7b", "d*(V + 2 + 2*L*(d*(5 + 1/h) + 1))"),
        ("bert-base-uncased", "d*(T + V + d + t + 5) + V + L*(d*(4*d + 2*f + 9) + f)"),
    ],
)
def test_the_factors_of_a_config_are_those_of_its_blocks(model, text):
    count = from_huggingface(model).count
    assert count.text("factored") == text
    assert sympy.expand(sympy.parse_expr(text, local_dict=dict(count.symbols)) - count.expr) == 0


@pytest.mark.parametrize(
    ("model", "text"),
    [
        (lambda: nn.Sequential(nn.Linear(m, n), nn.Linear(n, k)), "n*(m + 1) + k*(n + 1)"),
        (lambda: nn.Sequential(nn.Embedding(V, d), nn.Embedding(T, d), nn.Linear(d, k)), "d*(T + V + k) + k"),
        (lambda: nn.Sequential(nn.Embedding(V, d), nn.Linear(d, k), L * nn.Linear(d, d)), "d*(V + k) + k + L*d*(d + 1)"),
    ],
)
def test_the_factors_of_layers(model, text):
    count = model().count
    found = count.text("factored")
    assert sympy.expand(sympy.parse_expr(found, local_dict=dict(count.symbols)) - count.expr) == 0
    assert found == text


@pytest.mark.parametrize(
    ("layers", "text"),
    [
        ([KL.Conv2D(8, 3), KL.Flatten(), KL.Dense(10)], "3*3*8 + 8 + 26*26*8*10 + 10"),
        ([KL.Conv2D(c, 3), KL.MaxPooling2D(2), KL.Flatten(), KL.Dropout(0.5), KL.Dense(10)], "3*3*c + c + 13*13*10*c + 10"),
        ([KL.Flatten(), KL.Dense(784), KL.Dense(784)], "28*28*784 + 784 + 784*784 + 784"),
        ([KL.GlobalAveragePooling2D(), KL.Dense(10)], "10 + 10"),
        ([KL.Reshape((14, 56)), KL.Flatten(), KL.Dense(2, trainable=False)], "14*56*2 + 2"),
    ],
)
def test_the_axes_that_flatten_puts_into_one_stay_apart(layers, text):
    model = keras.Sequential([keras.Input((28, 28, 1)), *layers])
    assert model.count.text() == text
    is_the_count_in_every_form(model.count)


def test_axes_in_letters_that_get_numbers_stay_apart():
    count = keras.Sequential([keras.Input((H, W, 3)), KL.Conv2D(8, 3), KL.Flatten(), KL.Dense(10)]).count
    assert count.given(H=28, W=28).text() == "3*3*3*8 + 8 + 26*26*8*10 + 10"


def double(before: Any, after: Any) -> nn.Module:
    layers = (
        nn.Conv2d(before, after, 3, bias=False),
        nn.BatchNorm2d(after),
        nn.Conv2d(after, after, 3, bias=False),
        nn.BatchNorm2d(after),
    )
    return nn.ModuleDict({"double_conv": nn.Sequential(*layers)})


class UNet(nn.Module):
    """Its blocks are numbered, as in most code: down1, down2 ..., up1, up2 ..."""

    def __init__(self, depth: int) -> None:
        super().__init__()
        self.inc = double(3, c)
        for step in range(depth):
            setattr(self, f"down{step + 1}", double(c * 2**step, c * 2 ** (step + 1)))
        for step in range(depth):
            width = c * 2 ** (depth - step)
            up = nn.ModuleDict({"up": nn.ConvTranspose2d(width, width / 2, 2, 2), "conv": double(width, width / 2)})
            setattr(self, f"up{step + 1}", up)
        self.outc = nn.Conv2d(c, k, 1)


def on_an_image(layer: Any) -> Any:
    return keras.Sequential([keras.Input((8, 8, 3)), layer])


def test_blocks_of_one_name_and_a_number_are_one_block_where_they_are_many():
    assert str(UNet(4).count) == "c*k + k + (9*c**2 + 31*c) + (4590*c**2 + 120*c) + (2975*c**2 + 75*c)"
    assert str(UNet(1).count) == "c*k + k + (9*c**2 + 31*c) + (54*c**2 + 8*c) + (35*c**2 + 5*c)"
    named_ones = latex(UNet(4), form="collected", annotate=True)
    assert r"\underbrace{\left(4590 c^{2} + 120 c\right)}_{\text{down}}" in named_ones
    is_the_count_in_every_form(UNet(4).count)


@pytest.mark.parametrize(
    ("module", "text"),
    [
        (lambda: nn.Conv2d(c, c, 3, groups=4), "3*3*c**2/4 + c"),
        (lambda: nn.Conv2d(c, f, 3, groups=2), "3*3*c*f/2 + f"),
        (lambda: nn.Conv2d(c, 2 * c, (3, 5), groups=m), "3*5*2*c**2/m + 2*c"),
        (lambda: nn.Linear(c / 2, 8 * c), "4*c**2 + 8*c"),
        (lambda: nn.Conv2d(c, c, 3, groups=6), "3*3*c**2/6 + c"),
        (lambda: nn.Conv2d(c, c / 4, 4), "4*4*c**2/4 + c/4"),
        (lambda: 6 * nn.Conv2d(c, 2 * c, 3, groups=9, bias=False), "6*3*3*2*c**2/9"),
        (lambda: nn.Conv2d(12, 24, 3, groups=6), "6*3*3*2*4 + 24"),
        (lambda: nn.Conv2d(3, 9, 3, groups=3), "3*3*3*3 + 3*3"),
        (lambda: on_an_image(KL.DepthwiseConv2D(3, depth_multiplier=3)), "3*3*3*3 + 3*3"),
        (lambda: on_an_image(KL.SeparableConv2D(16, 3, depth_multiplier=3)), "3*3*3*3 + 3*3*16 + 16"),
        (lambda: on_an_image(KL.SeparableConv2D(16, 3, depth_multiplier=m)), "3*3*3*m + 3*16*m + 16"),
    ],
)
def test_a_window_stays_apart_where_sizes_are_divided(module, text):
    assert module().count.text() == text
    is_the_count_in_every_form(module().count)
