"""Whole models: block by block, one cause said once, and the answer in short before the detail."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symparams import compare, symbols
from symparams.torch import nn
from tests.examples import examples
from tests.questions.comparing.models_to_compare import total
from tests.questions.comparing.whole_models import albert, bert, gpt2, llama, of, resnet

d = symbols("d")
PAIRS = {
    "encoder and decoder": (
        lambda: nn.TransformerEncoder(nn.TransformerEncoderLayer(512, 8, 2048), 6),
        lambda: nn.TransformerDecoder(nn.TransformerDecoderLayer(512, 8, 2048), 6),
    ),
    "BERT and ALBERT": (bert, albert),
    "BERT with one block": (bert, lambda: bert(shared=True)),
    "ResNet-50 and 101": (lambda: resnet(3, 4, 6, 3), lambda: resnet(3, 4, 23, 3)),
    "GPT-2 and Llama": (gpt2, llama),
    "BERT and GPT-2": (bert, gpt2),
    "BERT base and large": (bert, lambda: bert(1024, 24, 4096)),
    "GPT-2 small and medium": (gpt2, lambda: gpt2(1024, 24)),
    "Llama 7B and 70B": (llama, lambda: llama(8192, 80, 28672, 1024)),
}


@pytest.mark.parametrize("name", PAIRS)
def test_the_answer_in_short_takes_fifteen_lines(name):
    before, after = (make() for make in PAIRS[name])
    difference = compare(before, after)
    lines = str(difference).splitlines()
    end = lines.index("In detail:") - 1 if "In detail:" in lines else len(lines)
    assert end <= 15
    assert total(difference.gathered) == difference.total == int(after.count) - int(before.count)
    assert any(line.startswith("after = ") for line in lines[:15])
    if "In short, the largest first:" in lines:
        shares = [line.split()[0] for line in lines[lines.index("In short, the largest first:") + 1 : end] if line.startswith("  ")]
        assert sum(map(int, shares)) == difference.total


def test_blocks_that_are_another_again_are_one_sentence():
    difference = compare(bert(), bert(shared=True))
    (sharing,) = difference.gathered
    assert (sharing.shared, sharing.amount) == ("encoder.layer.0", -77966592)
    assert "encoder.layer.1 to encoder.layer.11 are encoder.layer.0 again gives -77966592" in str(difference)


@pytest.mark.parametrize(
    ("before", "after", "sizes"), [(384, 768, "384 -> 768 and 1536 -> 3072"), (d, 2 * d, "d -> 2*d and 4*d -> 8*d")]
)
def test_a_width_and_the_sizes_that_follow_it_are_one_cause(before, after, sizes):
    difference = compare(bert(before, f=4 * before), bert(after, f=4 * after))
    (width,) = difference.gathered
    assert (width.setting, width.before, width.after) == ("width", before, after)
    assert width.amount == difference.total
    assert width.because == f"these sizes follow the width: {sizes}"


def test_width_and_blocks_are_told_apart():
    width, blocks = compare(gpt2(), gpt2(1024, 24)).gathered
    assert (width.before, width.after, width.because) == (
        768,
        1024,
        "these sizes follow the width: 768 -> 1024, 2304 -> 3072 and 3072 -> 4096",
    )
    assert (blocks.blocks, blocks.because) == (12, "transformer.h.12 to transformer.h.23 exist only after")


def test_matrices_are_matched_by_their_role():
    """The matrix of queries, keys and values together is none of the three, nor a matrix of the other part of the block."""
    names = {(old.name, new.name) for old, new in compare(gpt2(), llama()).pairs if old and new}
    assert ("transformer.h.3.attn.c_proj", "model.layers.3.self_attn.o_proj") in names
    assert ("transformer.h.3.mlp.c_proj", "model.layers.3.mlp.down_proj") in names
    assert not any("c_attn" in old for old, _ in names)
    heads = {(old.name, new.name) for old, new in compare(bert(), gpt2()).pairs if old and new and "lm_head" in new.name}
    assert heads == set()


def test_seventeen_blocks_are_one_cause():
    (blocks,) = compare(resnet(3, 4, 6, 3), resnet(3, 4, 23, 3)).gathered
    assert (blocks.blocks, blocks.because) == (17, "layer3.6 to layer3.22 exist only after")


# ---------------------------------------------------------------- random models with blocks
PARTS = {
    "attn": lambda w, b: nn.MultiheadAttention(w, 1, bias=b),
    "query": lambda w, b: nn.Linear(w, w, bias=b),
    "inner": lambda w, b: nn.Linear(w, 4 * w, bias=b),
    "outer": lambda w, b: nn.Linear(4 * w, w, bias=b),
    "norm": lambda w, b: nn.LayerNorm(w, bias=b),
}
stacks = st.tuples(
    st.integers(1, 6),
    st.integers(0, 4),
    st.booleans(),
    st.lists(st.sampled_from(list(PARTS)), unique=True, max_size=4),
    st.sampled_from(["layers", "h"]),
    st.booleans(),
)


def stacked(width, depth, bias, names, stack, shared):
    def block():
        return of(**{name: PARTS[name](width, bias) for name in names})

    one = block()
    blocks = nn.ModuleList([one if shared else block() for _ in range(depth)])
    return of(**{"table": nn.Embedding(11, width), stack: blocks, "norm": nn.LayerNorm(width), "head": nn.Linear(width, 11)})


@given(before=stacks, after=stacks)
@settings(max_examples=examples(60), deadline=None)
def test_shares_of_models_with_blocks_add_up_and_name_what_changed(before, after):
    one, other = stacked(*before), stacked(*after)
    difference = compare(one, other)
    assert difference.total == int(other.count) - int(one.count)
    assert total(difference.causes) == total(difference.gathered) == difference.total
    for place, model in enumerate((one, other)):
        assert sorted(pair[place].name for pair in difference.pairs if pair[place]) == sorted(part.name for part in model.parts)
    for group in difference.gathered:
        assert group.before != group.after
        if group.width:
            assert group.before * after[0] == group.after * before[0]


def test_the_layer_that_a_stack_is_made_of_is_not_left_out():
    """PyTorch copies the layer, and ours keeps it among the arguments."""
    stack = nn.TransformerEncoder(nn.TransformerEncoderLayer(64, 8, 256), 2)
    assert "does not register" not in str(compare(stack, nn.TransformerDecoder(nn.TransformerDecoderLayer(64, 8, 256), 2)))
    assert stack._left_out() == []


def test_the_inner_width_of_feed_forward_networks_is_one_cause():
    (cause,) = compare(nn.TransformerEncoderLayer(512, 8), nn.TransformerEncoderLayer(512, 8, 1024)).gathered
    assert (cause.setting, cause.before, cause.after, cause.amount) == ("width", 2048, 1024, -1049600)
    assert cause.layers == ["linear1", "linear2"]
    deep = [nn.TransformerEncoder(nn.TransformerEncoderLayer(64, 8, width), 3) for width in (256, 128)]
    assert [group.setting for group in compare(*deep).gathered] == ["width"]
