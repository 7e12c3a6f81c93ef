"""Configs of different types, compared by the roles of their tensors."""

from __future__ import annotations

from itertools import permutations

import pytest

from symparams import compare, from_huggingface
from symparams.core.tensor_roles import role_of, section_of

NAMES = [
    "bert-base-uncased",
    "roberta-base",
    "distilbert-base-uncased",
    "albert-base-v2",
    "gpt2",
    "llama-2-7b",
    "t5-small",
    "bart-base",
]


def settings(before, after):
    return [(cause.setting, cause.before, cause.after) for cause in compare(*map(from_huggingface, (before, after))).causes]


def test_what_two_types_call_differently_is_side_by_side():
    assert settings("bert-base-uncased", "roberta-base") == [
        ("word embeddings", "(30522, 768)", "(50265, 768)"),
        ("position embeddings", "(512, 768)", "(514, 768)"),
        ("segment embeddings", "(2, 768)", "(1, 768)"),
        ("head, bias", "(30522,)", "(50265,)"),
    ]


def test_fewer_blocks_of_the_same_tensors_are_one_cause():
    assert settings("bert-base-uncased", "distilbert-base-uncased") == [
        ("blocks", 12, 6),
        ("bert.embeddings.token_type_embeddings.weight", "(2, 768)", "none"),
    ]
    shared = compare(from_huggingface("bert-base-uncased"), from_huggingface("albert-base-v2")).causes[0]
    assert (shared.setting, shared.before, shared.after) == ("blocks", 12, 1)
    assert "12 blocks with weights of their own before and 1 after" in shared.because


@pytest.mark.parametrize(("before", "after"), [*permutations(NAMES, 2)])
def test_the_causes_add_up_and_are_few(before, after):
    difference = compare(from_huggingface(before), from_huggingface(after))
    assert sum(cause.amount for cause in difference.causes) == difference.total
    assert len(difference.causes) <= 10


@pytest.mark.parametrize(
    ("name", "role", "section"),
    [
        ("bert.encoder.layer.*.attention.self.query.bias", "query, bias", "the attention"),
        ("distilbert.transformer.layer.*.attention.q_lin.bias", "query, bias", "the attention"),
        ("transformer.h.*.attn.c_proj.weight", "output of the attention", "the attention"),
        ("transformer.h.*.mlp.c_proj.weight", "second feed-forward layer", "the feed-forward layers"),
        ("bert.encoder.layer.*.output.dense.weight", "second feed-forward layer", "the feed-forward layers"),
        ("bert.encoder.layer.*.output.LayerNorm.bias", "second norm, bias", "the norms"),
        ("decoder.layers.*.encoder_attn.k_proj.weight", "decoder cross-attention key", "the attention"),
        ("model.embed_tokens.weight", "word embeddings", "the embeddings"),
        ("lm_head.weight", "head", "the head"),
        (
            "albert.encoder.embedding_hidden_mapping_in.weight",
            "albert.encoder.embedding_hidden_mapping_in.weight",
            "everything else",
        ),
    ],
)
def test_the_role_of_a_tensor(name, role, section):
    assert (role_of(name), section_of(role)) == (role, section)
