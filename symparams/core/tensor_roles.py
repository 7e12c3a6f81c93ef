"""The role of a tensor in a transformer, by which models of several types or sources are compared: one calls ``q_lin`` what is ``query`` elsewhere."""

from __future__ import annotations

import re

WORD_ROLES = (  # of what is there once, by the end of its module's name
    (
        "word embeddings",
        r"(^|\.)(wte|word_embeddings?|embed_tokens|tok_embeddings?|token_embeddings?(_table)?|tok_emb|embed_in|shared)",
    ),
    ("position embeddings", r"(^|\.)(wpe|position_embeddings?(_table)?|embed_positions|pos_emb|pos_embeddings?)"),
    ("segment embeddings", r"token_type_embeddings"),
    ("norm of the embeddings", r"(embeddings\.layernorm|layernorm_embedding)"),
    ("norm of the head", r"(transform\.layernorm|lm_head\.layer_norm|vocab_layer_norm|predictions\.layernorm)"),
    ("dense layer of the head", r"(transform\.dense|lm_head\.dense|vocab_transform|predictions\.dense)"),
    ("head", r"(^|\.)(lm_head|out_head|predictions|vocab_projector|embed_out|decoder)"),
    ("last norm", r"(^|\.)(ln_f|norm|norm_f|final_layer_norm|final_norm|layernorm)"),
)
BLOCK_ROLES = (  # of what is in each block
    (
        "first norm",
        r"(attention\.output\.layernorm|ln_?1|norm_?1|sa_layer_norm|input_layernorm|self_attn_layer_norm|layer\.0\.layer_norm|attention\.layernorm)",
    ),
    (
        "second norm",
        r"(output\.layernorm|ln_?2|norm_?2|output_layer_norm|post_attention_layernorm|final_layer_norm|full_layer_layer_norm|layer_norm)",
    ),
    ("query, key and value", r"(c_attn|qkv|query_key_value|qkv_proj|w_pack)"),
    ("query", r"(^|\.)(q_proj|w_?query|query|q_lin|w_?q|to_q|q)"),
    ("key", r"(^|\.)(k_proj|w_?key|key|k_lin|w_?k|to_k|k)"),
    ("value", r"(^|\.)(v_proj|w_?value|value|v_lin|w_?v|to_v|v)"),
    (
        "output of the attention",
        r"(attention\.output\.dense|attn\.c_proj|attention\.dense|(^|\.)(o_proj|out_lin|out_proj|to_out|to_out\.0|w_?o|o))",
    ),
    ("gate of the feed-forward", r"(gate_proj|wi_0)"),
    (
        "first feed-forward layer",
        r"(intermediate\.dense|c_fc|lin1|fc1|wi|wi_1|up_proj|dense_h_to_4h|linear1|(ff|ffn|mlp|feed_forward)(\.(net|layers))?\.0|(^|\.)ffn)",
    ),
    (
        "second feed-forward layer",
        r"(output\.dense|mlp\.c_proj|lin2|fc2|wo|down_proj|dense_4h_to_h|linear2|(ff|ffn|mlp|feed_forward)(\.(net|layers))?\.[23]|ffn_output)",
    ),
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


# The section of a tensor by any word of its path, where its role is not known.
PLACES = (
    ("the norms", r"(norm|(^|[._])ln([._]|$|[0-9]|_f))"),
    ("the attention", r"(att|query|key_|value|qkv|[qkvo]_proj)"),
    ("the feed-forward layers", r"(mlp|ffn?([._]|$)|feed|(^|[._])fc|intermediate|expert)"),
    ("the pooler", r"pooler"),
    ("the embeddings", r"(emb|wte|wpe|tok)"),
    ("the head", r"(head|predictions|classifier|logits|qa_outputs|score)"),
)


def place_of(path: str) -> str:
    """The section of a model that a tensor is in, by the words of its path."""
    found = section_of(role_of(path))
    if found != EVERYTHING_ELSE:
        return found
    return next((section for section, pattern in PLACES if re.search(pattern, path.lower())), EVERYTHING_ELSE)


def in_any_block(path: str) -> tuple[str, tuple[str, ...]]:
    """A path with a star for the number of its block, and that number: ``h.*.mlp.0.bias`` and ``("3",)`` for ``h.3.mlp.0.bias``."""
    steps = path.split(".")
    at = next((at for at, step in enumerate(steps) if step.isdigit() and at < len(steps) - 2), None)
    return (path, ()) if at is None else (".".join([*steps[:at], "*", *steps[at + 1 :]]), (steps[at],))
