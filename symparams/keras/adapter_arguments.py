"""What adapts a layer as it is built: ``lora_rank=4`` and ``dtype="int8_from_float32"``."""

from __future__ import annotations

from ..errors import SettingError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ..core.model import Layer
    from .signature import Arguments


def is_usual(dtype: Any) -> bool:
    """Whether a dtype is the one that nobody has to write, which is no quantization."""
    return dtype is None or (isinstance(dtype, str) and dtype == "float32")


def adapters(a: Arguments) -> dict[str, Any]:
    """The fields of a layer that is built adapted."""
    if not a.get("lora_rank") and is_usual(a.get("dtype")):  # what says how is imported where there is something to say
        return {"lora_rank": 0, "quantization": None}
    from .dtype_policies import built_as

    how = built_as(a)
    if a.get("lora_rank") and how is not None and how.is_calibrated:
        raise SettingError(f"{a['class_name']}: LoRA does not go with {how.mode}")
    return {"lora_rank": a.get("lora_rank") or 0, "quantization": how}


def is_adapted(layer: Layer) -> bool:
    """Whether something was put beside the weights of a layer, or in their place."""
    values = layer.values()
    return values.get("lora_rank", 0) != 0 or values.get("quantization") is not None
