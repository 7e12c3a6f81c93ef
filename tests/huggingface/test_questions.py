"""The questions, asked of configs: the letters are fields, the other letters have their own sizes, a class is a way to count."""

from __future__ import annotations

import pytest

from symparams import check, compare, from_huggingface, latex, nomenclature, reconcile, solve, symbols, table
from symparams.errors import LetterError, SettingError
from tests.bad_input import refused

GPT2 = {"model_type": "gpt2", "architectures": ["GPT2LMHeadModel"]}


def test_check_takes_the_letters_of_a_config():
    model = from_huggingface("gpt2")
    assert check("V*d + T*d + L*(12*d**2 + 13*d) + 2*d", model).agrees
    found = check("12*L*d**2", model)
    assert not found.agrees
    assert "You left out 13*L*d, the term of 4 biases and 4 vectors of norms in transformer.h.*." in found.explain()


def test_solve_keeps_the_other_fields_at_their_own_sizes():
    model = from_huggingface("gpt2")
    assert solve(model, equals=124439808, for_="d").value == 768
    assert solve(model, equals=354823168, for_="d", given={"L": 24}).value == 1024
    assert solve(model.count, equals=124439808, for_="L").value == 12


def test_which_width_has_3_billion_with_heads_of_128():
    d = symbols("d")
    model = from_huggingface("qwen2.5-3b")
    answer = solve(model, equals=3 * 10**9, nearest=True, for_="d", given={"L": 28, "h": d / 128, "g": d / 128}, multiple_of=128)
    assert answer.value == 2304


def test_solve_gives_no_width_that_the_class_refuses():
    answer = solve(from_huggingface("llama-3-8b"), at_most=3 * 10**9, for_="d")
    assert answer.value % 32 == 0
    size = from_huggingface("llama-3-8b")
    assert size.count.at({**size.values, "d": answer.value}) <= 3 * 10**9 < size.count.at({**size.values, "d": answer.value + 32})


@pytest.mark.parametrize(
    ("name", "number", "words"),
    [
        ("llama-2-7b", 3500412928, "stored in 4 bits"),
        ("llama-2-7b", 6607343616, "the class is LlamaModel"),
        ("deepseek-v3", 37552282624, "only the parameters that one token uses"),
        ("gpt2", 163037184, "every use of a tied weight is counted"),
        ("bert-base-uncased", 109482240, "the class is BertModel"),
        ("llama-3-8b", 7504924672, "tie_word_embeddings is True"),
    ],
)
def test_reconcile_tries_what_the_config_knows(name, number, words):
    assert words in reconcile(from_huggingface(name), number).explain()


def test_fields_are_the_nomenclature():
    model = from_huggingface("gpt2")
    assert "| `T` | n_positions |" in nomenclature(model).markdown()
    *assumed, formula = latex(model).splitlines()
    assert formula == r"T d + V d + 2 d + L \left(12 d^{2} + 13 d\right)"
    assert "% assumed: tie_word_embeddings = True" in assumed
    assert "transformer.h.*.mlp.c_fc.weight,,4*L*d**2" in table(model).to("csv")


# ---------------------------------------------------------------- asked in public
def test_a_model_in_4_bits_with_adapters():
    """https://github.com/bitsandbytes-foundation/bitsandbytes/issues/834"""
    answer = reconcile(from_huggingface("llama-2-7b"), 3540389888)
    assert [reading.sentences for reading in answer.readings] == [
        ["its linear layers are stored in 4 bits, and a LoRA of rank 16 is added to all linear layers"]
    ]


def test_a_count_of_attention_and_feed_forward_layers_alone():
    """https://github.com/TransformerLensOrg/TransformerLens/issues/903"""
    answer = check("12*L*d**2", from_huggingface("gpt2"))
    assert {row.term for row in answer.wrong} == {"L*d", "T*d", "V*d", "d"}


def test_a_state_dict_has_a_tied_table_twice():
    """https://github.com/karpathy/llama2.c/issues/378"""
    stories = from_huggingface(
        {
            "model_type": "llama",
            "architectures": ["LlamaForCausalLM"],
            "vocab_size": 32000,
            "hidden_size": 288,
            "intermediate_size": 768,
            "num_hidden_layers": 6,
            "num_attention_heads": 6,
            "num_key_value_heads": 6,
            "tie_word_embeddings": True,
        }
    )
    assert stories.count.at(stories.values) == 15191712
    assert reconcile(stories, 24407712).readings[0].sentences == ["every use of a tied weight is counted"]


def test_heads_that_no_count_depends_on_restrict_no_size():
    """GPT-2 refuses n_embd 1024 with 12 heads, but the formula has no heads, and 16 of them would do."""
    model = from_huggingface("gpt2")
    assert model.count.at({**model.values, "d": 1024, "L": 24}) == 354823168
    refused(SettingError, "n_embd 1024 is not a multiple of n_head 12", lambda: from_huggingface({**GPT2, "n_embd": 1024}))


def test_a_grid_takes_letters_of_the_model_only():
    """A name that is no letter left an empty grid, in silence."""
    count = from_huggingface("gpt2").count
    assert count.grid(L=[12, 24]).array().tolist() == [124439808, 209494272]
    assert from_huggingface("llama-2-7b").count.grid(h=[16, 32]).number() == 2
    for name, meant in {"n_layer": "; n_layer is L here", "foo": "", "t": "; did you mean 'T'?"}.items():
        with pytest.raises(LetterError) as error:
            count.grid({name: [12, 24]})
        assert str(error.value) == f"no letter {name} in {count}; the letters are L, T, V and d{meant}"
        with pytest.raises(LetterError, match=f"no letter {name} "):
            count.at(**{name: 12})


def test_quantities_keep_the_other_fields_at_their_own_sizes_too():
    model = from_huggingface("qwen3-30b-a3b")
    assert model.active().grid(E=[8, 128]).array().tolist() == [model.active().at({**model.values, "E": each}) for each in (8, 128)]
    cache = from_huggingface("gpt2").kv_cache()
    assert cache.grid(L=[12, 24]).array().tolist() == [18432, 36864]
    assert solve(cache, at_most=40000, for_="L").value == 26


@pytest.mark.parametrize(
    "letters", ["V T d L", "V C D N", "V P H L", "v p e n", "V S E N", "vocab n_ctx d_model n_layer", "V M h B"], ids=str.split
)
def test_one_mistake_is_found_whatever_the_letters_are(letters):
    """Two letters are not one size, such as C and N both the number of layers, which makes 13*N*D of 12*N*D + C*D."""
    words, places, width, layers = letters.split()
    found = check(f"({words}+{places})*{width} + {layers}*(12*{width}**2 + 12*{width}) + 2*{width}", from_huggingface("gpt2"))
    assert "The term of 4 biases and 4 vectors of norms in transformer.h.* is 13*" in found.explain()
    assert "The difference is -" in found.explain()
    assert found.facts()["yours"] == 124439808 - 12 * 768


def test_a_name_of_a_model_is_read_by_from_huggingface():
    model = from_huggingface("gpt2")
    refused(SettingError, r"after is 'gpt2-medium': read it first, with from_huggingface\(", lambda: compare(model, "gpt2-medium"))
