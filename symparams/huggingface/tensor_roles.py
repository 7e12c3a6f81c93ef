"""The role of a tensor in a transformer, by which models of different types are compared: what one calls ``q_lin``, the other calls ``query``."""

from __future__ import annotations

import re

WORD_ROLES = (  # of what is there once, by the end of its module's name
    ("word embeddings", r"(^|\.)(wte|word_embeddings|embed_tokens|tok_embeddings|shared|embed_in)"),
    ("position embeddings", r"(^|\.)(wpe|position_embeddings|embed_positions)"),
    ("segment embeddings", r"token_type_embeddings"),
    ("norm of the embeddings", r"(embeddings\.layernorm|layernorm_embedding)"),
    ("norm of the head", r"(transform\.layernorm|lm_head\.layer_norm|vocab_layer_norm|predictions\.layernorm)"),
    ("dense layer of the head", r"(transform\.dense|lm_head\.dense|vocab_transform|predictions\.dense)"),
    ("head", r"(^|\.)(lm_head|predictions|vocab_projector|embed_out|decoder)"),
    ("last norm", r"(^|\.)(ln_f|norm|final_layer_norm|final_norm|layernorm)"),
)
BLOCK_ROLES = (  # of what is in each block
    (
        "first norm",
        r"(attention\.output\.layernorm|ln_1|sa_layer_norm|input_layernorm|self_attn_layer_norm|layer\.0\.layer_norm|attention\.layernorm)",
    ),
    (
        "second norm",
        r"(output\.layernorm|ln_2|output_layer_norm|post_attention_layernorm|final_layer_norm|full_layer_layer_norm|layer_norm)",
    ),
    ("query, key and value", r"(c_attn|qkv|query_key_value|qkv_proj|w_pack)"),
    ("query", r"(^|\.)(q_proj|query|q_lin|q)"),
    ("key", r"(^|\.)(k_proj|key|k_lin|k)"),
    ("value", r"(^|\.)(v_proj|value|v_lin|v)"),
    (
        "output of the attention",
        r"(attention\.output\.dense|attn\.c_proj|attention\.dense|(^|\.)(o_proj|out_lin|out_proj|o))",
    ),
    ("gate of the feed-forward", r"(gate_proj|wi_0)"),
    ("first feed-forward layer", r"(intermediate\.dense|c_fc|lin1|fc1|wi|wi_1|up_proj|dense_h_to_4h|(^|\.)ffn)"),
    ("second feed-forward layer", r"(output\.dense|mlp\.c_proj|lin2|fc2|wo|down_proj|dense_4h_to_h|ffn_output)"),
)
SECTIONS = (  # of many tensors that differ, these are told
    ("the embeddings", r"embeddings"),
    ("the attention", r"(query|key|value|output of the attention)"),
    ("the feed-forward layers", r"feed-forward"),
    ("the norms", r"norm"),
    ("the head", r"head"),
)
EVERYTHING_ELSE = "everything else"
CROSS = re.compile(r"(encoder_attn|encdecattention|crossattention)")


def role_of(name: str) -> str:
    """``query bias`` for ``bert.encoder.layer.*.attention.self.query.bias``; the name itself where it is none of the usual ones."""
    module, _, kind = name.rpartition(".")
    before, star, inside = module.rpartition("*.")
    stack = "decoder " if "decoder" in before.split(".") else ""
    cross = "cross-attention " if CROSS.search(inside.lower()) else ""
    for role, pattern in BLOCK_ROLES if star else WORD_ROLES:
        if re.search(pattern + "$", (inside if star else module).lower()):
            return f"{stack if star else ''}{cross}{role}{'' if kind == 'weight' else f', {kind}'}"
    return name


def section_of(role: str) -> str:
    """The section of a role: ``the attention``."""
    return next((section for section, pattern in SECTIONS if re.search(pattern, role)), EVERYTHING_ELSE)
