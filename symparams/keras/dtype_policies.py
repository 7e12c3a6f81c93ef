"""Dtype policies and quantization configs: the meaning of ``dtype="int8_from_float32"`` and ``quantize("int4")``.

A policy is a name, its config, or Keras's own object, which is read by attribute.
"""

from __future__ import annotations

from ..errors import SettingError, brief, either, nearest
from ..layers.quantization import HISTORY, MODES, Quantization, quantization
from .namespaces.modules import others_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from .signature import Arguments

DTYPES = (
    "float16 float32 float64 bfloat16 uint8 uint16 uint32 uint64 int16 int32 int64 bool string complex64 complex128 "
    "mixed_float16 mixed_bfloat16 int"
).split()
BLOCK = 128  # how many inputs share a scale after quantize("int4")
CONFIGS = {
    "Int8QuantizationConfig": "int8",
    "Int4QuantizationConfig": "int4",
    "Float8QuantizationConfig": "float8",
    "GPTQConfig": "gptq",
    "AWQConfig": "awq",
}


# ---------------------------------------------------------------- dtype="int8_from_float32"
def quantization_and_dtype(dtype: object, of: str) -> tuple[Quantization | None, str]:
    """The quantization of a dtype policy, or None, and the dtype of its computations.

    Raises :class:`SettingError` for a policy that Keras does not have.
    """
    if isinstance(dtype, dict) and isinstance(dtype.get("config"), dict):
        return quantization_of_policy_config(dtype["class_name"], dtype["config"], of)
    if not isinstance(dtype, str):
        mode = getattr(dtype, "quantization_mode", None)
        if mode is None:  # not a quantized policy, or a NumPy dtype, or a Python type
            return None, str(getattr(dtype, "compute_dtype", None) or getattr(dtype, "name", "float32"))
        sizes = {"block_size": "block", "group_size": "block", "weight_bits": "bits", "amax_history_length": "history"}
        given = {size: getattr(dtype, name) for name, size in sizes.items() if hasattr(dtype, name)}
        return quantization(of, mode, **given), str(getattr(dtype, "compute_dtype", "float32"))
    if not dtype.startswith(MODES):
        if dtype not in DTYPES:
            raise SettingError(
                f"{of} must be a dtype such as 'float32' or a policy such as 'int8_from_float32', not {brief(dtype)}{nearest(dtype, DTYPES)}"
            )
        return None, dtype
    mode, found, source = dtype.partition("_from_")
    if not found or "_from_" in source:
        raise SettingError(f"{of}: a quantized policy names its source dtype, as in 'int8_from_float32', not {brief(dtype)}")
    return quantization_and_source(mode, source, of)


def quantization_of_policy_config(class_name: str, config: Mapping[str, Any], of: str) -> tuple[Quantization | None, str]:
    """The quantization and dtype in the config of a policy, from a saved layer."""
    if class_name == "DTypePolicyMap":
        if any(quantization_and_dtype(each, of)[0] for each in ((config.get("policy_map") or {}).values())):
            raise SettingError(
                f"{of}: a DTypePolicyMap that quantizes depends on the paths of layers; give each layer its own policy"
            )
        return quantization_and_dtype(config.get("default_policy"), of)
    if "mode" not in config:
        return quantization_and_dtype(config.get("name"), of)
    history = config.get("amax_history_length", HISTORY)
    return quantization_and_source(config["mode"], config.get("source_name") or "float32", of, history)


def quantization_and_source(mode: str, source: str, of: str, history: object = HISTORY) -> tuple[Quantization, str]:
    """The quantization in the two parts of a policy's name, such as ``"int4/128"`` and ``"float32"``."""
    if source not in DTYPES:
        raise SettingError(
            f"{of}: the source of a policy must be a dtype such as 'float32', not {brief(source)}{nearest(source, DTYPES)}"
        )
    name, *numbers = mode.split("/")
    expected = {"int4": (0, 1), "gptq": (2,), "awq": (2,)}.get(name, (0,))
    try:
        sizes = [int(number) for number in numbers]
    except ValueError:
        sizes = []
    if len(sizes) != len(numbers) or len(sizes) not in expected:
        raise SettingError(
            f"{of}: unknown quantization {brief(mode)}; use one like 'int8', 'int4', 'int4/128', 'float8', 'gptq/4/128' or 'awq/4/128'"
        )
    if name in ("gptq", "awq"):
        made = quantization(of, name, bits=sizes[0], block=sizes[1])
    else:
        made = quantization(of, name, block=sizes[0] if sizes else None, history=history)
    refuse_half_int8(made, source, of)
    return made, source


def refuse_half_int8(how: Quantization, source: str, of: str) -> None:
    if how.mode == "int8" and source in ("float16", "mixed_float16"):
        raise SettingError(f"{of}: int8 cannot be combined with float16; use float32 or bfloat16")


def built_quantization(a: Arguments) -> Quantization | None:
    """The quantization of a layer as it is built, from its dtype policy, with the blocks of a config."""
    how, _ = quantization_and_dtype(a["dtype"], f"{a['class_name']}: dtype") if a["version"] == "v3" else (None, "")
    config = a.get("quantization_config")
    if how is None or config is None:
        return how
    asked = quantization_of_config(config, f"{a['class_name']}: quantization_config")
    return asked if asked.mode == how.mode else how


# ---------------------------------------------------------------- quantize("int4", config=...)
def requested_quantization(mode: object, config: object, of: str) -> Quantization:
    """The quantization that the arguments of ``quantize`` ask for, combined as in Keras."""
    if isinstance(config, str):
        mode, config = config, None
    if mode is not None and mode not in MODES:
        raise SettingError(f"{of}: unknown mode {brief(mode)}; use {either(MODES)}{nearest(mode, MODES)}")
    if config is None:
        if mode is None:
            raise SettingError(f"{of} needs a mode such as 'int8', or a config")
        if mode in ("gptq", "awq"):
            raise SettingError(f"{of}: {mode} needs a config, GPTQConfig(...) or AWQConfig(...)")
        return quantization(of, mode, block=BLOCK if mode == "int4" else None)
    how = quantization_of_config(config, of)
    if mode not in (None, how.mode):
        raise SettingError(f"{of}: the mode is {mode!r}, but the config is for {how.mode!r}")
    return how


def quantization_of_config(config: object, of: str) -> Quantization:
    """The quantization of a config: one of :mod:`symparams.keras.quantizers`, Keras's own object, or its JSON."""
    if isinstance(config, Quantization):
        return config
    mode = getattr(config, "mode", None)
    if isinstance(config, dict) and config.get("class_name") in CONFIGS:
        mode, sizes = CONFIGS[config["class_name"]], config.get("config") or {}
    elif mode in MODES and not isinstance(config, type):
        sizes = {name: getattr(config, name, None) for name in ("block_size", "group_size", "weight_bits")}
    else:
        raise SettingError(
            f"{of}: config must be a quantization config such as Int4QuantizationConfig(block_size=64), not {brief(config)}"
        )
    if mode in ("gptq", "awq"):
        return quantization(of, mode, bits=sizes.get("weight_bits") or 4, block=sizes.get("group_size", BLOCK))
    return quantization(of, mode, block=sizes.get("block_size") if mode == "int4" else None)


__getattr__ = others_in("v3", "dtype_policies")  # the classes that Keras has in a module of this name
