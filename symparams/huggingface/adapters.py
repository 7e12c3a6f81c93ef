"""An ``adapter_config.json``, which peft writes beside the weights of a LoRA: its rank, and the modules that it adapts."""

from __future__ import annotations

from ..core.frozen import Frozen
from ..errors import SettingError, brief

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from ..core.sizes import Dim

# Fields that change which parameters there are, beyond what ``lora`` counts.
OTHERWISE = (
    "use_dora",
    "rank_pattern",
    "exclude_modules",
    "target_parameters",
    "lora_bias",
    "trainable_token_indices",
    "layer_replication",
    "use_qalora",
    "alora_invocation_tokens",
)


class Adapter(Frozen):
    """A LoRA as its config says it: the model that it is for (``base``), and the arguments of ``lora``."""

    base: str
    r: Dim
    targets: str | tuple[str, ...]
    bias: str
    modules_to_save: tuple[str, ...]
    layers: tuple[int, ...] | None

    @property
    def in_words(self) -> str:
        """What a model that was read with it notes."""
        where = self.targets if isinstance(self.targets, str) else ", ".join(self.targets)
        return f"beside it is an adapter, LoRA of rank {self.r} on {where}, which is not in the count: lora() counts it"


def adapter_of(config: Mapping[str, Any], where: str) -> Adapter:
    """The adapter of a config. Raises :class:`SettingError` for one that ``lora`` does not count."""
    kind = config.get("peft_type", "LORA")
    if kind != "LORA":
        raise SettingError(f"{where} is an adapter of the kind {brief(kind)}; only LORA is counted")
    for field in OTHERWISE:
        if config.get(field):
            raise SettingError(f"{where} gives {field}, which changes the parameters in a way that lora() does not count")
    rank, targets = config.get("r", 8), config.get("target_modules")
    if not isinstance(rank, int) or isinstance(rank, bool) or rank < 1:
        raise SettingError(f"{where}: r must be a whole number of at least 1, not {brief(rank)}")
    if targets != "all-linear" and not (targets and is_list_of_names(targets)):
        raise SettingError(f"{where}: target_modules must be a list of names or 'all-linear', not {brief(targets)}")
    save, layers = config.get("modules_to_save") or (), config.get("layers_to_transform")
    if not is_list_of_names(save):
        raise SettingError(f"{where}: modules_to_save must be a list of names, not {brief(save)}")
    layers = [layers] if isinstance(layers, int) else layers
    if layers is not None and not (isinstance(layers, list) and all(isinstance(each, int) for each in layers)):
        raise SettingError(f"{where}: layers_to_transform must be a list of numbers, not {brief(layers)}")
    return Adapter(
        base=str(config.get("base_model_name_or_path") or ""),
        r=rank,
        targets=targets if isinstance(targets, str) else tuple(targets),
        bias=config.get("bias", "none"),
        modules_to_save=tuple(save),
        layers=None if layers is None else tuple(layers),
    )


def is_list_of_names(value: object) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(each, str) for each in value)
