"""The names of the projections of attention, as frameworks and models write them."""

from __future__ import annotations

FUSED = ("query_key_value", "c_attn", "qkv_proj", "W_pack", "Wqkv", "qkv")  # one matrix for all three: adapted by default
LETTERS = {
    "q_proj": "q", "query": "q", "q_lin": "q", "q": "q", "wq": "q", "c_q": "q",
    "k_proj": "k", "key": "k", "k_lin": "k", "k": "k", "wk": "k", "c_k": "k",
    "v_proj": "v", "value": "v", "v_lin": "v", "v": "v", "wv": "v", "c_v": "v",
    "o_proj": "o", "out_lin": "o", "o": "o", "wo": "o", "out_proj": "o",
}  # fmt: skip
# The letters of the projections that are adapted together, the commonest first.
USUAL_TARGETS = (
    (("q", "v"), "query and value"),
    (("q", "k", "v"), "query, key and value"),
    (("q", "k", "v", "o"), "query, key, value and output"),
)
