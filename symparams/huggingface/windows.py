"""Sliding windows: in how many layers a token sees only so many before it, as a config says it."""

from __future__ import annotations

from ..errors import SettingError, brief

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .config import Config

SLIDING = ("sliding_attention", "chunked_attention")
# Types whose classes have a window by default, which no tensor depends on, so that only a config can say it.
WITH_WINDOWS = frozenset(
    "mistral mixtral ministral phi3 phimoe starcoder2 qwen2 qwen2_moe qwen3 qwen3_moe gemma2 gemma3_text gemma3n_text cohere2 olmo3"
    " exaone4 gpt_oss smollm3 llama4_text dots1 vaultgemma".split()
)


def sliding_layers(config: Config) -> tuple[int | None, int]:
    """The number of layers with a window, None for all of them, and the number of tokens that such a layer keeps.

    Raises :class:`SettingError` where only the class knows it.
    """
    kinds, window = (config.fields.get(name) for name in ("layer_types", "sliding_window"))
    kinds = kinds or config.source.get("layer_types")
    if config.fields.get("use_sliding_window") is False and not isinstance(kinds, list):
        return 0, 0
    if isinstance(kinds, list | tuple):
        sliding = sum(kind in SLIDING for kind in kinds)
        if sliding and not isinstance(window, int):
            raise SettingError(f"{config.where} has layers with a window, but sliding_window is {brief(window)}")
        return (sliding, window - 1) if sliding and isinstance(window, int) else (0, 0)
    if isinstance(window, int) and window > 0:
        return None, window - 1
    if config.table.model_type in WITH_WINDOWS and "sliding_window" not in config.given:
        raise SettingError(f"{config.where} does not say its sliding_window: give it, or null for none")
    return 0, 0
