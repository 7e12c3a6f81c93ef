"""The signature of a class without the arguments that no count of parameters depends on."""

from __future__ import annotations

from ..core.signatures import argument_texts

ENDINGS = ("_initializer", "_regularizer", "_constraint", "activation", "dropout", "momentum")
NAMES = frozenset(
    """seed dtype device name trainable unroll stateful go_backwards return_sequences return_state use_cudnn eps epsilon batch_first
    time_major mask_zero nonlinearity padding_mode include_last_offset sparse norm_type max_norm padding_idx scale_grad_by_freq
    fused inplace flash_attention softmax_robust_masking synchronized unit_forget_bias process_group periodic scaling
    expand_dims logit_soft_cap sliding_window lora_alpha virtual_batch_size invert power_iterations layer_norm_eps
    norm_first add_zero_attn input_length""".split()
)


def short_signature(signature: str, has_weights: bool = True) -> str:
    """``units, use_bias=True, reset_after=True, ...``: the arguments that a count may depend on, and those that must be given."""
    every = [*argument_texts(signature)]
    kept = [(name, default) for name, default in every if not default or (has_weights and counts(name))]
    if kept and kept[-1][0] in ("*", "/"):
        kept.pop()
    texts = [f"{name}={default}" if default else name for name, default in kept]
    return ", ".join([*texts, *(["..."] if len(kept) < len(every) else [])])


def counts(name: str) -> bool:
    """Whether a count may depend on an argument."""
    return name not in NAMES and not name.endswith(ENDINGS)
