"""The modules that peft targets if it is not told any, by model type (peft 0.21.2)."""

from __future__ import annotations

ALL_LINEAR = "all-linear"
RANKS = (1, 2, 4, 8, 16, 32, 64, 128, 256)  # that people use
TARGETS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("t5", "mt5"), ("q", "v")),
    **dict.fromkeys(
        (
            "bart",
            "opt",
            "gptj",
            "gpt_neo",
            "llama",
            "llama4",
            "mistral",
            "mixtral",
            "stablelm",
            "gemma",
            "gemma2",
            "gemma3_text",
            "qwen2",
            "qwen3",
        ),
        ("q_proj", "v_proj"),
    ),
    **dict.fromkeys(("gpt2", "gpt_bigcode"), ("c_attn",)),
    **dict.fromkeys(("bloom", "gpt_neox", "falcon"), ("query_key_value",)),
    **dict.fromkeys(("bert", "roberta", "xlm-roberta", "electra", "layoutlm"), ("query", "value")),
    "deberta-v2": ("query_proj", "value_proj"),
    "deberta": ("in_proj",),
    "mpt": ("Wqkv",),
    "codegen": ("qkv_proj",),
    "phi": ("q_proj", "v_proj", "fc1", "fc2"),
    "nemotron_h": ("q_proj", "k_proj", "v_proj", "o_proj"),
    "rwkv": ("key", "value", "receptance", "output"),
}
