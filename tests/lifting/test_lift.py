"""``lift``: a closed form out of code, right at sizes that it never saw, or a refusal that names the tensor."""

from __future__ import annotations

import math
import re
from math import prod
from random import Random

import pytest

from symparams import Formula, check, compare, latex, lift, solve, symbols, table
from symparams.errors import LetterError, SettingError, SizeError, SymparamsError
from symparams.lifting.built import tensors_of

from . import mapping_builders as builders
from .random_builders import Module, Parameter

LIFTED = [
    (builders.llama, {"V": 1000, "d": 64, "h": 4, "g": 2, "f": 172, "L": 3}),
    (builders.meta_llama, {"V": 1000, "d": 512, "L": 3, "multiple_of": 256}),
    (builders.gpt, {"V": 50257, "T": 1024, "d": 768, "L": 12}),
    (builders.bert, {"V": 30522, "T": 512, "d": 768, "L": 12, "y": 2}),
    (builders.moe, {"d": 64, "f": 256, "L": 6, "E": 8, "first_k_dense": 1, "shared": 2}),
    (builders.hybrid, {"d": 64, "L": 7, "p": 3}),
    (builders.albert, {"V": 1000, "d": 64, "L": 4}),
    (builders.t5, {"V": 100, "d": 32, "f": 64, "h": 4, "e": 8, "L": 2, "D": 3}),
    (builders.vit, {"d": 192, "L": 3, "patch": 16, "image": 224, "k": 10}),
    (builders.lora, {"d": 64, "L": 3, "r": 8}),
    (builders.mobilenet, {"alpha": 0.35, "k": 10}),
    (builders.width_multiplier, {"alpha": 0.7, "c": 10}),
    (builders.vgg, {"c": 64, "k": 10}),
    (builders.residual, {"m": 7, "n": 11}),
    (builders.resnet_stages, {"c": 64, "a": 3, "b": 6, "k": 10}),
    (builders.densenet, {"c": 64, "growth": 32, "L": 6, "k": 10}),
    (builders.unet, {"c": 16, "L": 4}),
    (builders.depthwise, {"c": 96, "L": 3}),
    (builders.convnext, {"a": 3, "b": 9, "c": 96}),
    (builders.squeeze_excite, {"c": 64, "ratio": 4, "L": 2}),
    (builders.mlp, {"m": 7, "n": 11, "k": 5, "L": 3}),
    (builders.lstm, {"m": 7, "n": 11, "L": 3}),
    (builders.bilstm, {"m": 7, "n": 11, "L": 3}),
    (builders.mamba, {"d": 64, "L": 3, "expand": 2, "state": 16}),
    (builders.grouped, {"c": 32, "groups": 4, "k": 3}),
    (builders.nested, {"d": 64, "L": 3}),
    (builders.bottleneck, {"d": 64, "L": 3, "r": 4}),
    (builders.embeddings, {"d": 128, "rows": 10}),
    (builders.swiglu, {"d": 512, "multiple": 64}),
    (builders.every_other, {"d": 64, "L": 5}),
    (builders.last_is_wide, {"d": 64, "k": 10, "L": 4}),
    (builders.through_json, {"d": 64}),
    (builders.float_on_the_left, {"d": 64, "L": 2}),
    (builders.squeeze_divisible, {"c": 64, "L": 2}),
    (builders.in_a_set, {"d": 64, "n": 3}),
    (builders.in_a_table, {"d": 32, "n": 3}),
    (builders.one_for_each_size, {"a": 3, "b": 5, "c": 9}),
    (builders.cached, {"d": 64, "f": 5, "L": 3}),
    (builders.first_is_carried, {"d": 8, "f": 40, "L": 8, "p": 3}),
    (builders.two_of_three, {"f": 96, "k": 2}),
    (builders.walked_back, {"c": 8, "L": 3, "k": 2}),
    (builders.doubled, {"c": 8, "L": 3, "k": 2}),
    (builders.lettered_blocks, {"width": 1.0, "depth": 1.0, "k": 10}),
    (builders.fixed_depth, {"width": 1.0, "k": 10}),
    (builders.after_an_empty_loop, {"d": 8, "L": 5}),
    (builders.by_pairs, {"m": 5, "n": 7, "k": 3, "L": 4}),
    (builders.edges, {"d": 8, "L": 7, "n": 2}),
    (builders.summed, {"a": 3, "b": 5, "c": 9}),
    (builders.by_root, {"d": 64, "L": 2}),
    (builders.by_powers, {"d": 64, "L": 2}),
    (builders.rule_of_thumb, {"V": 100, "k": 10}),
    (builders.by_logarithm, {"d": 16, "s": 64}),
    (builders.with_zeros_in_front, {"d": 64, "L": 4}),
    (builders.mirrored, {"m": 784, "d": 64, "L": 3}),
    (builders.efficientnet, {"width": 1.0, "depth": 1.0, "k": 10}),
]
REFUSED = [
    (builders.at_random, {"d": 64, "L": 3}, "blocks.0 axis 1: "),
    (builders.by_digits, {"d": 640}, "a axis 1: 47 at d=640"),
    (builders.by_bits, {"d": 64}, "a axis 1: 1 at d=64"),
    (builders.by_prime, {"d": 64}, "a axis 1: 67 at d=64"),
    (builders.with_state, {"d": 64}, "a axis 1: "),
    (builders.hashed, {"d": 64}, "a axis 1: "),
    (builders.names_at_random, {"d": 64}, "a.* is there for the numbers"),
    (builders.pyramid, {"d": 64, "L": 4}, "blocks.{i} (d, int(d*(1.3**i))): the sum over its blocks has no closed form"),
    (builders.triangle, {"d": 64, "L": 4}, "outer.*.inner.*: the number of inner blocks changes"),
    (builders.empty, {"d": 64}, "not {}"),
    (builders.by_sine, {"d": 64, "L": 2}, "blocks.0 axis 1: 1919 at d=64"),
    (builders.fibonacci, {"d": 8, "L": 5}, "blocks.0 axis 0: 8 at d=8"),
    (builders.halves, {"d": 64}, "no other sizes at which it could be checked"),
]
MOST_RUNS = 24


def made(build, sizes):
    """The tensors of a builder at sizes, by name; each shape of a tied one once."""
    return {tensor.name: tensor for tensor in tensors_of(build(**sizes), lambda _: None)}


def drawn(random: Random, start, near: bool):
    """Sizes near the start or far from it."""
    sizes = {}
    for name, value in start.items():
        if isinstance(value, float):
            sizes[name] = random.choice([0.25, 0.35, 0.5, 0.7, 1.0, 1.1, 1.4, random.uniform(0.1, 2)])
        else:
            far = random.choice([1, 2, 3, 48, 64, 100, 768, random.randint(1, 999)]) if value > 16 else random.randint(0, 14)
            sizes[name] = random.choice([value, 2 * value, 3 * value]) if near and random.random() < 0.6 else far
    return sizes


@pytest.mark.parametrize(("build", "start"), LIFTED, ids=lambda value: getattr(value, "__name__", ""))
def test_a_formula_is_right_at_sizes_that_lifting_never_saw(build, start):
    model = lift(build, start)
    assert model.seen.constructions <= MOST_RUNS
    assert len(model.seen.checks) == 5
    random, held = Random(build.__name__), 0
    for turn in range(40):
        sizes = start if turn == 0 else drawn(random, start, near=turn % 2 == 0)
        try:
            here = {tensor.path: tensor for tensor in model.tensors(sizes)}
            count = model.count.at({name: sizes[name] for name in model.count.letters})
        except SymparamsError:
            assert turn > 0
            continue
        held += 1
        real = made(build, sizes)
        assert {name: (each.shape, each.trainable, each.tied_to) for name, each in here.items()} == {
            name: (each.shape, each.trainable, each.tied_to) for name, each in real.items()
        }, sizes
        assert count == sum(prod(each.shape) for each in real.values() if each.tied_to is None), sizes
    assert held > 8


@pytest.mark.parametrize(("build", "start", "why"), REFUSED, ids=lambda value: getattr(value, "__name__", ""))
def test_what_has_no_closed_form_is_refused_with_the_tensor_and_the_values(build, start, why):
    with pytest.raises(SettingError) as refusal:
        lift(build, start)
    assert build.__name__ in str(refusal.value)
    assert why in str(refusal.value)
    assert "\n" not in str(refusal.value)


# ---------------------------------------------------------------- what it prints
def test_repeated_blocks_are_written_once():
    model = lift(builders.gpt, {"V": 50257, "T": 1024, "d": 768, "L": 12})
    assert model.count.text() == "V*d + T*d + L*(3*d**2 + d**2 + 2*4*d**2 + d)"
    assert model.count.at(model.values) == sum(
        prod(each.shape) for each in made(builders.gpt, model.values).values() if not each.tied_to
    )
    assert model.untied_count.expr - model.count.expr == symbols("V") * symbols("d")


def test_layers_that_differ_by_their_number_are_counted_apart():
    model = lift(builders.moe, {"d": 64, "f": 256, "L": 6, "E": 8, "first_k_dense": 1, "shared": 2})
    assert model.count.text() == "first_k_dense*d*f + (L - first_k_dense)*(E*d + E*d*floor(f/4) + d*f*shared)"
    assert model.count.at(d=64, f=256, L=6, E=8, first_k_dense=0, shared=2) == sum(
        prod(each.shape) for each in made(builders.moe, {**model.values, "first_k_dense": 0}).values()
    )


def test_every_pth_layer_is_counted_with_a_floor():
    assert lift(builders.hybrid, {"d": 64, "L": 7, "p": 3}).count.text() == (
        "(L - floor(L/p))*(2*d**2 + 2*ceiling(d/16)*d) + 3*floor(L/p)*d**2"
    )


def test_a_round_up_is_exact_and_never_a_polynomial():
    model = lift(lambda d, m: {"w": (d, m * ((d + m - 1) // m))}, {"d": 512, "m": 64})
    assert model.count.text() == "d*m*ceiling(d/m)"
    assert model.count.at(d=513, m=64) == 513 * 576


def test_make_divisible_is_exact():
    model = lift(lambda x: {"w": (max(8, int(x + 4) // 8 * 8),)}, {"x": 100})
    assert str(model.count.expr) == "Max(8, 8*floor(x/8 + 1/2))"
    assert [model.count.at(x=x) for x in (1, 3, 11, 12, 20)] == [8, 8, 8, 16, 24]


def test_a_multiplier_is_the_fraction_of_its_float_and_rounds_as_floats_do():
    model = lift(lambda alpha: {"w": (int(10 * alpha),), "v": (int(32 * alpha + 4),)}, {"alpha": 0.35})
    assert model.values["alpha"] == 0.35
    assert model.values["alpha"].as_integer_ratio() == (0.35).as_integer_ratio()
    for alpha in (0.1, 0.35, 0.7, 1.1, 1.4, 0.29, 0.57):
        assert model.count.at(alpha=alpha) == int(10 * alpha) + int(32 * alpha + 4)


def test_roots_and_logarithms_are_those_of_math():
    powers = lift(lambda d: {"w": (d, round(6 * d**0.25), int(d ** (1 / 3)))}, {"d": 64})
    assert powers.count.text() == "d*half_even(6*d**(1/4))*floor(d**(1/3))"
    assert r"\left\lfloor d^{\frac{1}{3}} \right\rfloor" in latex(powers)
    model = lift(lambda V: {"w": (V, int(1.6 * math.sqrt(V))), "v": (math.ceil(math.log2(V)), 3)}, {"V": 1000})
    assert model.count.text() == "V*floor(8*sqrt(V)/5) + 3*ceiling(log2(V))"
    assert r"\left\lfloor \frac{8 \sqrt{V}}{5} \right\rfloor + 3 \left\lceil \log_{2}\left(V\right) \right\rceil" in latex(model)
    for V in (2, 3, 99, 100, 2**20 - 1, 2**20, 2**20 + 1, 10**12):
        assert model.count.at(V=V) == V * int(1.6 * math.sqrt(V)) + 3 * math.ceil(math.log2(V))
    assert type(math.sqrt(2)) is float
    assert "built-in" in repr(math.sqrt)


def test_a_number_that_counts_blocks_may_start_at_0():
    def build(d, dense, L):
        return {f"{'dense' if i < dense else 'moe'}.{i}": (d, d if i < dense else 3 * d) for i in range(L)}

    model = lift(build, {"d": 8, "dense": 0, "L": 4})
    assert model.count.at(model.values) == 4 * 3 * 64
    assert model.count.text() == "3*(L - dense)*d**2 + dense*d**2"
    assert model.count.at(d=8, dense=4, L=4) == 4 * 64


def test_frozen_tensors_are_counted_apart():
    model = lift(builders.lora, {"d": 64, "L": 3, "r": 8})
    assert model.trainable_count.text() == "2*L*(r*d + d*r)"
    assert model.non_trainable_count.text() == "L*(d**2 + d**2 + d**2 + d**2)"


def test_tensors_have_their_numbers_as_letters_and_their_shapes_as_formulas():
    model = lift(builders.densenet, {"c": 64, "growth": 32, "L": 6, "k": 10})
    shapes = {tensor.path: str(tensor.shape) for tensor in model.tensors()}
    assert shapes["dense.{i}.conv"] == "(growth, c + growth*i, 3, 3)"
    assert shapes["classifier.weight"] == "(k, L*growth + c)"


def test_numbers_with_zeros_in_front_are_shown_as_they_are_written():
    model = lift(builders.with_zeros_in_front, {"d": 64, "L": 4})
    assert [tensor.path for tensor in model.tensors()] == [
        "layer_{i:02}.mlp.0.weight",
        "layer_{i:02}.mlp.1.weight",
        "block{i:03}.weight",
    ]
    assert model.tensors({"d": 8, "L": 12})[0].path == "block001.weight"
    assert model.count.text() == "2*L*d**2 + 3*L*d"


def test_tied_tensors_name_their_owner():
    tensors = {tensor.path: tensor for tensor in lift(builders.albert, {"V": 1000, "d": 64, "L": 4}).tensors()}
    assert tensors["embed"].tied_to is None
    assert {tensor.tied_to for path, tensor in tensors.items() if "attn" in path} == {None, "layers.0.attn"}


# ---------------------------------------------------------------- conditions
def test_a_comparison_of_the_code_is_a_condition():
    model = lift(builders.residual, {"m": 7, "n": 11})
    assert model.given == ("m != n",)
    assert "given m != n" in str(model)
    with pytest.raises(SizeError, match="m != n"):
        model.count.at(m=8, n=8)
    assert model.count.at(m=8, n=9) == 9 * 8 * 9 + 9 * 81 + 72


def test_a_condition_holds_for_letters_filled_in_before():
    count = lift(builders.residual, {"m": 7, "n": 11}).count.given(m=8)
    with pytest.raises(SizeError, match="m != n"):
        count.at(n=8)


def test_sizes_that_the_builder_refuses_are_outside():
    model = lift(builders.grouped, {"c": 32, "groups": 4, "k": 3})
    assert "c % groups == 0" in model.given
    with pytest.raises(SizeError, match="c % groups == 0"):
        model.count.at(c=33, groups=4, k=3)


def test_what_the_user_calls_illegal_is_outside():
    model = lift(lambda d, h: {"w": (d, d // h)}, {"d": 64, "h": 4}, legal=lambda d, h: d % h == 0)
    assert model.given[-1] == "legal(d, h)"
    with pytest.raises(SizeError, match="legal"):
        model.count.at(d=65, h=4)


def test_a_comparison_that_does_not_matter_is_no_condition():
    def build(d, f):
        if d > 100:
            f = f + 0
        return {"w": (d, f)}

    assert lift(build, {"d": 64, "f": 256}).given == ()


def test_an_index_that_is_compared_keeps_the_loop_within_bounds():
    def build(d, L):
        return {f"blocks.{i}": (d, d if i < 20 else 2 * d) for i in range(L)}

    model = lift(build, {"d": 8, "L": 4})
    assert model.count.at(d=8, L=20) == 20 * 64
    with pytest.raises(SizeError, match="i < 20 for every i in range"):
        model.count.at(d=8, L=21)


def test_a_table_of_sizes_is_a_choice_by_its_keys():
    model = lift(builders.in_a_table, {"d": 32, "n": 3})
    for d in (1, 32, 64, 65, 127, 128, 129, 4096):
        assert model.count.at(d=d, n=3) == prod(builders.in_a_table(d, 3)["a"])


@pytest.mark.parametrize(
    ("build", "start", "there", "condition"),
    [
        (builders.in_a_set, {"d": 64, "n": 3}, {"d": 640, "n": 3}, "d != 640"),
        (builders.one_for_each_size, {"a": 3, "b": 5, "c": 9}, {"a": 4, "b": 4, "c": 9}, "b != a"),
        (builders.first_is_carried, {"d": 8, "f": 40, "L": 8, "p": 3}, {"d": 8, "f": 40, "L": 8, "p": 1}, "1 % p != 0"),
        (builders.after_an_empty_loop, {"d": 8, "L": 5}, {"d": 8, "L": 1}, "L - 1 > 0"),
        (builders.by_pairs, {"m": 5, "n": 7, "k": 3, "L": 4}, {"m": 5, "n": 7, "k": 3, "L": 1}, "2 <= L"),
    ],
)
def test_what_no_comparison_of_the_code_says_is_a_condition_all_the_same(build, start, there, condition):
    model = lift(build, start)
    assert condition in model.given
    with pytest.raises(SizeError, match=re.escape(condition)):
        model.tensors(there)


def test_the_builder_is_as_it_was_after_it_ran():
    code, defaults = builders.float_on_the_left.__code__, builders.float_on_the_left.__defaults__
    lift(builders.float_on_the_left, {"d": 64, "L": 2})
    lift(builders.cached, {"d": 64, "f": 5, "L": 3})
    assert builders.float_on_the_left.__code__ is code
    assert builders.float_on_the_left.__defaults__ is defaults
    assert type(builders.RATIO) is float
    assert builders.wide.cache_info().currsize == 0


def test_a_condition_never_seen_broken_is_kept():
    def build(d):
        return {"w": (d, 7 if d == 777 else d)}

    with pytest.raises(SizeError, match="d != 777"):
        lift(build, {"d": 64}).count.at(d=777)


def test_a_letter_that_no_run_could_move_keeps_its_number():
    model = lift(lambda d, L: {f"blocks.{i}": (d,) for i in range(L) if L == 3}, {"d": 64, "L": 3})
    assert "L == 3" in model.given
    with pytest.raises(SizeError, match="L == 3"):
        model.tensors({"d": 64, "L": 4})


# ---------------------------------------------------------------- flags
def test_a_flag_is_lifted_with_each_of_its_values():
    tied = lift(builders.gpt, {"V": 50257, "T": 1024, "d": 768, "L": 12}, flags=("tie",))
    untied = tied.with_flags(tie=False)
    assert str(compare(tied, untied).total) == "V*d"
    assert (tied.seen.flags, untied.seen.flags) == ({"tie": True}, {"tie": False})


def test_a_flag_may_have_any_values():
    def build(d, norm):
        return {"w": (d, d), **({"bias": (d,)} if norm == "layer" else {})}

    model = lift(build, {"d": 8}, flags={"norm": ["rms", "layer"]})
    assert model.with_flags(norm="layer").count.text() == "d**2 + d"
    with pytest.raises(SettingError, match="'norm' is one of 'rms', 'layer'"):
        model.with_flags(norm="batch")
    with pytest.raises(SettingError, match="without a flag 'bias'"):
        model.with_flags(bias=True)


# ---------------------------------------------------------------- other questions take it
def test_the_other_questions_take_a_lifted_model():
    model = lift(builders.meta_llama, {"V": 1000, "d": 512, "L": 3, "multiple_of": 256})
    assert isinstance(model.count, Formula)
    assert r"\left\lfloor" in latex(model)
    assert table(model, at=model.values).rows[-1]["count"]
    assert "V*d is not the count" in str(check("V*d", model))
    small = lift(builders.depthwise, {"c": 96, "L": 3})
    assert solve(small, equals=3 * (49 * 96 + 96**2), for_="c", given={"L": 3})
    difference = compare(small, lift(builders.bottleneck, {"d": 64, "L": 3, "r": 4}))
    assert sum(cause.amount for cause in difference.causes).expand() == difference.total
    assert "before holds given 1 <= L" in str(difference)


def test_every_format_says_what_has_to_hold():
    model = lift(builders.residual, {"m": 7, "n": 11})
    answer = model._answer()
    assert answer.facts()["given"] == ["m != n"]
    assert r"\quad \text{given m $\ne$ n}" in latex(model)
    assert r"\quad \text{given m $\ne$ n}" in latex(model, environment="align", at={"m": 7, "n": 11}, width=20)
    assert r"given $m \ne n$" in answer.latex()
    assert r"$m \ne n$" in (model._repr_html_() or "")
    texts = [str(model), answer.markdown(), answer.json(), answer.html()]
    made = table(model)
    texts += [str(made), made.markdown(), made.latex(), made.json(), made.html(), str(compare(model, model))]
    assert [text for text in texts if "m != n" not in text] == []


def test_a_multiple_holds_as_one_does():
    twice = 2 * lift(builders.residual, {"m": 7, "n": 11})
    assert twice.count.at(m=7, n=11) == 2 * (9 * 77 + 77 + 9 * 121)
    with pytest.raises(SizeError, match="m != n"):
        twice.count.at(m=8, n=8)


# ---------------------------------------------------------------- wrong calls
@pytest.mark.parametrize(
    ("call", "why"),
    [
        (lambda: lift("GPT", {"d": 8}), "takes a function"),
        (lambda: lift(dict, {}), "starting values"),
        (lambda: lift(dict, {"d": "8"}), "d starts at a whole number"),
        (lambda: lift(dict, {"d": True}), "d starts at a whole number"),
        (lambda: lift(dict, {"d": -1}), "d starts at a whole number"),
        (lambda: lift(dict, {"2d": 1}), "not a valid name"),
        (lambda: lift(dict, {"d": 8}, checks=0), "checks must be"),
        (lambda: lift(lambda d, bias=3: {"w": (d,)}, {"d": 8}, flags=("bias",)), "'bias' has no default that is True or False"),
        (lambda: lift(lambda d: {"w": (d,)}, {"d": 8}, flags="bias"), "several names"),
        (lambda: lift(lambda d: {"w": (d,)}, {"d": 8, "e": 3}), "unexpected keyword argument"),
        (lambda: lift(lambda d: 3, {"d": 8}), "gives a model of Keras or PyTorch"),
    ],
)
def test_a_wrong_call_is_refused_in_one_sentence(call, why):
    with pytest.raises((SettingError, LetterError), match=why):
        call()


# ---------------------------------------------------------------- the builder is left as it was
def test_the_builders_module_is_left_as_it_was():
    before = set(vars(builders))
    lift(builders.bert, {"V": 30522, "T": 512, "d": 768, "L": 12, "y": 2})
    assert set(vars(builders)) == before


def test_a_builder_may_be_a_class_or_an_object_that_is_called():
    class Net(Module):
        def __init__(self, d, L):
            super().__init__({f"blocks.{i}": Parameter((d, d)) for i in range(L)})

    class Maker:
        def __call__(self, d, L):
            return Net(d, L)

    assert lift(Net, {"d": 8, "L": 3}).count == lift(Maker(), {"d": 8, "L": 3}).count
    assert lift(Net, {"d": 8, "L": 3}).count.text() == "L*d**2"


def test_progress_is_shown_on_a_terminal_alone(capsys, monkeypatch):
    monkeypatch.setattr("symparams.core.progress.PATIENCE", -1.0)
    lift(builders.residual, {"m": 7, "n": 11})
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    lift(builders.residual, {"m": 7, "n": 11})
    assert "lift: run 2 of residual" in capsys.readouterr().err


def test_letters_may_be_symbols():
    d = symbols("d")
    assert lift(lambda d: {"w": (d, math.ceil(d / 3))}, {d: 8}).count.at({d: 10}) == 40
