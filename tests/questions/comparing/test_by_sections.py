"""Models that are known by their tensors, of own classes and of configs: compared by the roles of their tensors, or by sections."""

from __future__ import annotations

import pytest

from symparams import compare, from_huggingface
from symparams.keras.layers import LSTM, Bidirectional, Dense
from symparams.torch import nn
from tests.questions.comparing.whole_models import bert, gpt2, of, plain
from tests.questions.models_asked_about import on

SHORT = 15  # lines until the detail begins


def own_gpt(d=768, depth=12, words=50257, *, bias=False):
    """A GPT as a book builds it: queries, keys and values apart, other names, an untied head."""

    def block():
        attention = of(**{f"W_{name}": nn.Linear(d, d, bias=bias) for name in ("query", "key", "value")}, out_proj=nn.Linear(d, d))
        inner = nn.Sequential(nn.Linear(d, 4 * d), nn.GELU(), nn.Linear(4 * d, d))
        return of(att=attention, ff=inner, norm1=nn.LayerNorm(d), norm2=nn.LayerNorm(d))

    blocks = nn.ModuleList([block() for _ in range(depth)])
    tables = {"tok_emb": nn.Embedding(words, d), "pos_emb": nn.Embedding(1024, d)}
    return of(**tables, trf_blocks=blocks, final_norm=nn.LayerNorm(d), out_head=plain(d, words))


def test_an_own_gpt_lacks_what_its_config_has():
    difference = compare(own_gpt(), from_huggingface("gpt2"))
    amounts = {(group.layers[0], int(group.formula)) for group in difference.gathered}
    assert amounts == {("transformer.h.0.attn.c_attn.bias", 12 * 2304), ("out_head.weight", -50257 * 768)}
    assert "lm_head.weight is tied to transformer.wte.weight after, and counts once there" in difference.notes
    assert "  out_head.weight, only before, gives -38597376" in str(difference).splitlines()
    assert len(str(difference).splitlines()) <= SHORT


def test_an_own_gpt_with_all_biases_differs_in_its_head_alone():
    difference = compare(own_gpt(bias=True), from_huggingface("gpt2"))
    assert [(cause.layer, int(cause.formula)) for cause in difference.causes] == [("out_head.weight", -38597376)]


@pytest.mark.parametrize("name", ["llama-2-7b", "gpt2-medium", "bert-base-uncased"])
def test_models_of_other_tensors_are_compared_by_sections(name):
    difference = compare(gpt2(), from_huggingface(name))
    lines = str(difference).splitlines()
    assert sum(int(cause.formula) for cause in difference.causes) == int(difference.total)
    assert lines.index("In detail:") <= SHORT
    if name != "bert-base-uncased":  # its blocks have the shapes of GPT-2's
        assert {"the attention", "the feed-forward layers", "the norms"} <= {cause.setting for cause in difference.causes}
    assert "d**2 per" not in str(difference)


def test_a_section_says_its_largest_tensor_on_both_sides():
    (attention,) = [cause for cause in compare(gpt2(), from_huggingface("gpt2-medium")).causes if cause.setting == "the attention"]
    assert "12 x (2304, 768)" in attention.because
    assert "24 x (3072, 1024)" in attention.because


def test_a_pooler_is_no_head():
    difference = compare(bert(), from_huggingface("bert-base-uncased"))
    only_before = {cause.layer for cause in difference.causes if cause.after == "none"}
    assert only_before == {"pooler.dense.weight", "pooler.dense.bias"}


def test_two_directions_that_are_added_say_so():
    one, other = (on((None, 24), Bidirectional(LSTM(48), merge_mode=mode), Dense(5)) for mode in ("concat", "sum"))
    (cause,) = compare(one, other).causes
    assert cause.because == "merge_mode='sum' makes one state of the two directions of Bidirectional"
