"""The fields that say how many experts a class has, and how many of them a token uses."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .config import Config

NUMBERS = ("num_local_experts", "num_experts", "n_routed_experts", "moe_num_experts")
PER_TOKEN = (
    "num_experts_per_tok",
    "num_experts_per_token",
    "moe_topk",
    "moe_top_k",
    "moe_k",
    "top_k_experts",
    "num_selected_experts",
)
FIXED = {"switch_transformers": 1, "nllb-moe": 2, "phimoe": 2}  # where the code says it, whatever the config does


def field_named(config: Config, names: tuple[str, ...]) -> str | None:
    """The field of one of these names, in the config or in a sub-config, with its path; the shortest path first."""
    found = [name for name, value in config.fields.items() if name.rpartition(".")[2] in names and type(value) is int]
    return min(found, key=lambda name: (name.count("."), names.index(name.rpartition(".")[2])), default=None)
