"""The names of settings in an answer: what people say for the fields of our layers."""

from __future__ import annotations

# The fields that have another name in an answer.
NAMES = {
    "bias_sets": "bias vectors",
    "key_width": "width of each head",
    "value_width": "width of each value",
    "kv_heads": "heads for keys and values",
    "key_inputs": "inputs of the keys",
    "value_inputs": "inputs of the values",
    "other_inputs": "inputs of the other side",
    "moments": "pairs of moving statistics",
    "renorm_statistics": "statistics of renormalization",
    "scales": "vectors of scales",
    "shifts": "vectors of shifts",
    "window": "kernel size",
    "words": "rows",
    "lora_rank": "rank of the LoRA",
    "multiplier": "depth multiplier",
}


def name_of_setting(setting: str) -> str:
    """A setting of a cause in an answer, or several that are changed together: ``bias vectors``."""
    return ", ".join(NAMES.get(one, one) for one in setting.split(", "))


def setting_as_subject(setting: str) -> str:
    """A setting as the subject of a sentence in the singular: ``the number of bias vectors``; an argument by its own name."""
    name = NAMES.get(setting)
    if name is None:
        return setting
    first = name.split()[0]
    many = first.endswith("s") or name.endswith(("vectors", "statistics"))
    return f"the number of {name}" if many else f"the {name}"
