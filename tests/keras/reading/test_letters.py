"""Letters for the numbers of a file: by number, by place, or refused."""

from __future__ import annotations

from typing import Any

import pytest
import sympy

from symparams import compare, from_keras, latex, symbols, table
from symparams.core.letters_assumed import SAME_MODULES
from symparams.errors import LetterError, SymparamsError
from tests.bad_input import refused
from tests.keras.reading.recorded_models import each
from tests.keras.reading.saved_configs import SMALL, SMALL_COUNT, entry, part, sequence


def test_numbers_become_letters() -> None:
    model = from_keras(SMALL, letters={"n": 16, "m": 15, "k": 8})
    assert str(model.count) == "4*(m*n + n**2 + n) + n*k + k"
    assert model.count.at(model.values) == SMALL_COUNT
    assert model.values == {"n": 16, "m": 15, "k": 8}
    assert model.replaced == {"x.batch_shape[2]": "m", "lstm.units": "n", "dense.units": "k"}
    assert model.output_shape[-1] == symbols("k")


def test_a_letter_may_be_ones_own_symbol() -> None:
    mine = sympy.Symbol("n", integer=True, positive=True)
    assert from_keras(SMALL, letters={mine: 16}).count.symbols["n"] is mine


TWICE = sequence(entry([None, 64, 16]), part("LSTM", "lstm", units=16), part("Dense", "dense", units=16))


@pytest.mark.parametrize(
    ("letters", "formula", "values"),
    [
        ({"n": 16}, "4*(n*n + n**2 + n) + n*n + n", {"n": 16}),
        ({"n": "lstm.units"}, "4*(16*n + n**2 + n) + 16*n + 16", {"n": 16}),
        ({"n": 16, "k": "dense.units"}, "4*(n*n + n**2 + n) + k*n + k", {"n": 16, "k": 16}),
        ({"m": "x.batch_shape[2]", "n": ["lstm.units", "dense.units"]}, "4*(m*n + n**2 + n) + n*n + n", {"m": 16, "n": 16}),
    ],
)
def test_letters_name_places(letters: Any, formula: str, values: Any) -> None:
    model = from_keras(TWICE, letters=letters)
    assert model.count == from_keras(TWICE, letters=letters).count
    assert model.count.at(model.values) == from_keras(TWICE).count
    assert model.values == values
    expected = eval(formula, {letter: symbols(letter) for letter in values})
    assert sympy.expand(model.count.expr) == sympy.expand(expected)


@pytest.mark.parametrize(
    ("letters", "words"),
    [
        ({"n": 17}, "letter n is unused: no size in the model is 17; its sizes are 64 at x.batch_shape"),
        ({"n": 16, "m": 16}, "n and m are both 16: say which is where"),
        ({"n": "gru.units"}, r"n: no size at 'gru.units'"),
        ({"n": "lstm.unit"}, r"did you mean 'lstm.units'"),
        ({"n": "units"}, "a place is a layer and an argument"),
        ({"n": 0}, "at least 1"),
        ({"n": True}, "must be a whole number"),
        ({"n": 2.5}, "must be a whole number"),
        ({"n": ["lstm.units", "x.batch_shape[1]"]}, "n must be one number, not 16 and 64"),
        ({"n": "lstm.units", "m": "lstm.units"}, "n and m are both given for lstm.units"),
        ({"2": 16}, "is not a valid name for a letter"),
        ({"2*": 16}, "nor an expression of letters"),
        ({"n": 16, "3*n": 64}, "3*n is 48 where n is 16, not 64"),
        ({"n*m": 16}, r"n\*m = 16 leaves m and n open"),
        ({"n**2": 16}, r"n\*\*2 = 16 does not give n"),
        ({"n": 16, "4*n + 1": 65}, r"letter 4\*n \+ 1 is unused: no size in the model is 65"),
        ({3: 16}, "a letter is a name or a symbol"),
        ([("n", 16)], "letters are given by name"),
    ],
)
def test_letters_that_do_not_fit_are_refused(letters: Any, words: str) -> None:
    refused(SymparamsError, words, lambda: from_keras(TWICE, letters=letters))


def test_a_place_that_could_be_two_is_refused() -> None:
    def tower(name: str) -> dict[str, Any]:
        return sequence(entry([None, 4], f"{name}_in"), part("Dense", "dense", units=4), name=name)

    model = sequence(entry([None, 4]), tower("one"), tower("two"))
    refused(LetterError, "could be in one/dense and two/dense", lambda: from_keras(model, letters={"n": "dense.units"}))
    assert from_keras(model, letters={"n": "two/dense.units"}).replaced == {"two/dense.units": "n"}


def test_a_wrapper_names_the_layers_inside() -> None:
    inner = part("LSTM", "lstm", units=16)
    model = sequence(entry([None, 64, 15]), part("Bidirectional", "both", layer=inner))
    for place in ("lstm.units", "both.units", "both/lstm.units"):
        assert from_keras(model, letters={"n": place}).replaced == {"both/lstm.units": "n"}


def test_what_is_no_size_keeps_its_number() -> None:
    model = sequence(entry([None, 32, 32, 2]), part("Conv2D", "conv", filters=2, kernel_size=[2, 3], strides=[2, 2]))
    by_value = from_keras(model, letters={"a": 2})
    assert by_value.replaced == {"x.batch_shape[3]": "a", "conv.filters": "a"}
    assert by_value.assumed == [
        SAME_MODULES,
        "every 2 is taken for a, in 2 places: equal numbers may be different sizes",
        "2 stays a number in 1 place (conv.kernel_size[0]), being a window: name the place if it is a",
        "3 stays a number in 1 place (conv/kernel)",
    ]
    named = from_keras(model, letters={"s": "conv.strides"})
    assert named.replaced == {"conv.strides[0]": "s", "conv.strides[1]": "s"}
    assert named.values == {"s": 2}
    assert named.count.at(named.values) == 26  # the count has no s
    assert named.count == 2 * 2 * 3 * 2 + 2


def test_keys_are_expressions_of_letters() -> None:
    model = sequence(entry([None, 768]), part("Dense", "qkv", units=2304), part("Dense", "up", units=3072))
    read = from_keras(model, letters={"d": 768, "3*d": 2304, "4*d": 3072})
    assert str(read.count) == "3*d**2 + 3*d + 3*4*d**2 + 4*d"
    assert read.values == {"d": 768}
    assert read.replaced == {"x.batch_shape[1]": "d", "qkv.units": "3*d", "up.units": "4*d"}
    assert read.assumed == [SAME_MODULES]
    alone = from_keras(model, letters={"3*d": 2304})
    assert alone.values == {"d": 768}
    assert alone.assumed == [
        SAME_MODULES,
        '3072 = 4*768 stays a number in 2 places (up/kernel, up/bias): give "4*d" if it grows with d',
        "768 stays a number in 1 place (qkv/kernel), although it is the number of d",
    ]
    n = symbols("n")
    assert str(from_keras(model, letters={n: 768, 3 * n: 2304, "n + 2304": "up.units"}).count.expr.free_symbols) == "{n}"


def test_what_a_number_does_not_settle_is_printed_with_the_formula() -> None:
    model = from_keras(sequence(entry([None, 768]), part("Dense", "up", units=3072), name="net"), letters={"d": 768})
    same, assumed = model.assumed
    assert same == SAME_MODULES
    assert assumed == '3072 = 4*768 stays a number in 2 places (up/kernel, up/bias): give "4*d" if it grows with d'
    assert f"Assumed: {assumed}" in str(model._summary())
    assert str(model).splitlines() == [repr(model), f"assumed: {same}", f"assumed: {assumed}"]
    assert model._summary().facts()["assumed"] == [same, assumed]
    assert f"Assumed: {assumed}" in str(table(model))
    assert table(model, columns=["layer", "formula"]).facts()["notes"] == [
        f"Assumed: {same}",
        f"Assumed: {assumed}",
    ]
    assert latex(model) == f"% assumed: {same}\n% assumed: {assumed}\n3072 d + 3072"
    assert f"before: {assumed}" in str(compare(model, 2 * model))
    assert assumed in str(table({"a": model, "b": model}))
    assert model._repr_html_() is not None
    assert from_keras(SMALL).assumed == []


def test_a_table_is_not_taken_for_a_width() -> None:
    model = sequence(entry([None, 64]), part("Embedding", "words", input_dim=512, output_dim=512), part("Dense", "k", units=512))
    read = from_keras(model, letters={"d": 512})
    assert str(read.count) == "512*d + d**2 + d"
    [*_, rows] = read.assumed
    assert rows == "512 stays a number in 1 place (words.input_dim), being a number of rows of a table: name the place if it is d"
    assert str(from_keras(model, letters={"d": 512, "V": 512}).count) == "V*d + d**2 + d"


def test_groups_follow_the_channels_of_a_depthwise_convolution() -> None:
    model = sequence(entry([None, 8, 8, 96]), part("Conv2D", "conv", filters=96, kernel_size=[7, 7], groups=96))
    read = from_keras(model, letters={"c": 96})
    assert read.count.at(c=64) == 7 * 7 * 64 + 64
    assert "groups follows filters in 1 place (conv.groups): it is taken for c" in read.assumed


def test_the_batch_axis_is_no_size() -> None:
    model = sequence(entry([15, 64, 15]), part("LSTM", "lstm", units=3))
    assert from_keras(model, letters={"m": 15}).replaced == {"x.batch_shape[2]": "m"}


@each("keras3_models", "tfkeras_models", "examples_keras3", "examples_tf")
def test_putting_the_numbers_back_gives_the_count(record: dict[str, Any]) -> None:
    """One letter for the widest size of each model."""
    if not record.get("built", True):
        return
    widest = max((weight[1][-1] for row in record["layers"] for weight in row.get("weights", ()) if weight[1]), default=None)
    try:
        model = from_keras(record["model_json"], letters={"n": widest})
    except LetterError as error:  # a width that no argument is, such as that of two directions
        assert "is unused" in str(error) or "do not fit together" in str(error)
        return
    assert model.count.given(dict.fromkeys(model.count.letters, widest)) == record["total"]


def test_a_second_model_settles_what_a_number_alone_does_not() -> None:
    def model(d: int, k: int) -> Any:
        layers = part("Dense", "up", units=4 * d), part("Dense", "down", units=d), part("Dense", "classes", units=k)
        return sequence(entry([None, d]), *layers)

    read = from_keras(model(64, 10), also=model(96, 10), letters={"d": (64, 96)})
    assert str(read.count) == "2*4*d**2 + 4*d + d + 10*d + 10"
    assert read.assumed == ["the sizes that are equal in both models stay numbers: 10"]
    assert read.replaced == {"x.batch_shape[1]": "d", "up.units": "4*d", "down.units": "d"}
    refused(LetterError, "also= is a second model for letters", lambda: from_keras(SMALL, also=SMALL))
    words = r"classes/kernel, axis 1: its size is 10 and 77"
    refused(LetterError, words, lambda: from_keras(model(64, 10), also=model(96, 77), letters={"d": (64, 96)}))


def test_the_side_of_an_image_is_not_taken_for_its_channels() -> None:
    layers = part("Conv2D", "conv", filters=32, kernel_size=[3, 3]), part("Flatten", "flat"), part("Dense", "k", units=10)
    read = from_keras(sequence(entry([None, 32, 32, 3]), *layers), letters={"c": 32})
    assert str(read.count) == "3*3*3*c + c + 30*30*10*c + 10"
    assert (
        "32 stays a number in 2 places (x.batch_shape[1], x.batch_shape[2]), being a length of the input: name the place if it is c"
        in (read.assumed)
    )
    assert read.replaced == {"conv.filters": "c"}


def test_two_models_whose_layers_keras_has_numbered_are_of_the_same_code() -> None:
    def model(d: int, first: int) -> Any:
        layers = part("Dense", f"dense_{first}", units=4 * d), part("Dense", f"dense_{first + 1}", units=d)
        return sequence(entry([None, d]), *layers)

    read = from_keras(model(64, 0), also=model(96, 2), letters={"d": (64, 96)})
    assert str(read.count) == "2*4*d**2 + 4*d + d"
    words = "dense_0/kernel, axis 1: its size is 256 and 400"
    other = sequence(entry([None, 96]), part("Dense", "dense_2", units=400), part("Dense", "dense_3", units=96))
    refused(LetterError, words, lambda: from_keras(model(64, 0), also=other, letters={"d": (64, 96)}))


def blocks(number: int, d: int = 64, first: int = 0) -> Any:
    """Equal blocks, as Keras numbers them, behind an embedding that has the width."""
    inside = [
        each
        for at in range(first, first + number)
        for each in (
            part("LayerNormalization", f"norm_{at}"),
            part("Dense", f"dense_{2 * at}", units=4 * d),
            part("Dense", f"dense_{2 * at + 1}", units=d),
        )
    ]
    return sequence(
        entry([None, 8, 10]), part("Dense", "embedding", units=d), *inside, part("Dense", "logits", units=10), name="net"
    )


def test_a_letter_counts_equal_blocks() -> None:
    read = from_keras(blocks(12), letters={"d": 64, "4*d": 256, "L": 12})
    assert str(read.count) == "21*d + 10 + L*(8*d**2 + 7*d)"
    assert read.count.at(d=32, L=5) == from_keras(blocks(5, 32)).count
    assert read.replaced["net.repeats[0]"] == "L"
    assert from_keras(blocks(12), letters={"L": "net.repeats"}).count.letters == ("L",)
    assert [row.name for row in read._summary().rows] == ["embedding", "blocks", "logits"]
    refused(SymparamsError, "blocks has L equal blocks, so its weights have a formula but cannot be listed", lambda: read.weights)
    assert "being a number of equal blocks" in from_keras(blocks(12), letters={"d": 64}).assumed[-1]
    refused(LetterError, "the numbers of equal blocks are 12 at net.repeats", lambda: from_keras(blocks(12), letters={"L": 11}))
    assert str(compare(read, read))


def test_a_second_model_may_have_more_equal_blocks_and_other_numbers() -> None:
    for first, second in ((4, 7), (7, 4)):
        read = from_keras(blocks(first), also=blocks(second, 96, 20), letters={"d": (64, 96), "L": (first, second)})
        assert read.count.at(d=32, L=5) == from_keras(blocks(5, 32)).count
    words = "net has 4 equal blocks, and 7 in the second model: give their number a letter"
    refused(LetterError, words, lambda: from_keras(blocks(4), also=blocks(7, 96, 20), letters={"d": (64, 96)}))


def test_letters_are_proposed_by_role() -> None:
    read = from_keras(blocks(12), letters="auto")
    assert read.values == {"d": 64, "f": 256, "k": 10, "L": 12}
    assert read.count.at(d=32, f=64, k=10, L=3) < read.count.at(read.values)
