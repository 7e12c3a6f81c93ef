"""The arguments that adapt a layer as it is built, ``lora_rank=4`` and ``dtype="int8_from_float32"``, and the reasons they give."""

from __future__ import annotations

from ..errors import SettingError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..core.model import Layer
    from ..layers.quantization import Quantization
    from .signature import Arguments

CONSTRAINTS = ("kernel_constraint", "embeddings_constraint")

LORA = "LoRA freezes the kernel and learns two thin matrices that are added to it"
INTEGERS = {
    "int8": "int8 keeps one scale per output, and its integers are not trained",
    "int4": "int4 packs two weights into a byte and keeps one scale per output; neither is trained",
    "gptq": "gptq stores calibrated integers, with a scale and a zero point per output and block of inputs, and the block of each input",
    "awq": "awq stores the same as gptq, and a scale for each input according to its magnitude",
    "float8": "float8 keeps a scale and the recent largest values for the inputs, the kernel and the gradients of the outputs",
}
BLOCKS = "int4 packs two weights into a byte, and keeps a scale and a zero point per output and block of {} inputs, and the block of each input"
BY_DEFAULT = " (quantize('int4') means block_size={})"


def is_default_dtype(dtype: object) -> bool:
    """Whether a dtype is the default, which does not quantize."""
    return dtype is None or (isinstance(dtype, str) and dtype == "float32")


def adapter_fields(a: Arguments) -> dict[str, int | Quantization | None]:
    """The fields of a layer that is built adapted."""
    if not a.get("lora_rank") and is_default_dtype(a.get("dtype")):  # dtype_policies is imported only where it is needed
        return {"lora_rank": 0, "quantization": None}
    from .dtype_policies import built_quantization

    how = built_quantization(a)
    if a.get("lora_rank") and how is not None and how.is_calibrated:
        raise SettingError(f"{a['class_name']}: LoRA cannot be combined with {how.mode}; leave one of them out")
    return {"lora_rank": a.get("lora_rank") or 0, "quantization": how}


def is_adapted(layer: Layer) -> bool:
    """Whether a layer has LoRA matrices or is quantized."""
    values = layer.values()
    return values.get("lora_rank", 0) != 0 or values.get("quantization") is not None


def adapter_reasons(core: Layer, a: Arguments) -> dict[str, str]:
    """Why a layer that is built adapted differs from an ordinary one."""
    found = {}
    if core.values().get("lora_rank", 0) != 0:
        check_constraints(a)
        found["lora_rank"] = LORA
    how = core.values().get("quantization")
    if how is not None:
        found["quantization"] = quantization_reason(how)
    return found


def quantization_reason(how: Quantization, by_default: bool = False) -> str:
    """The effect of a quantization on the weights, in words."""
    if how.mode != "int4" or how.block is None:
        return INTEGERS[how.mode]
    from .dtype_policies import BLOCK

    return BLOCKS.format(how.block) + (BY_DEFAULT.format(BLOCK) if by_default else "")


def check_constraints(a: Arguments) -> None:
    for constraint in CONSTRAINTS:
        if a.get(constraint) is not None:
            raise SettingError(f"{a['class_name']}: LoRA cannot be combined with {constraint}; leave one of them out")
