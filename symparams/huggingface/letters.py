"""A letter for each field of a config that a formula needs, as papers write them: ``V d L h g f``.

Fields of a sub-config have its name behind them, ``d_vision``; two fields never share a letter.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

LETTERS: dict[str, str] = {}  # the letter of each field that has a usual one

for letter, names in {
    "V": "vocab_size n_vocab",
    "d": "hidden_size n_embd d_model dim embed_dim word_embed_proj_dim_of_model n_embed emb_dim",
    "L": "num_hidden_layers n_layer n_layers num_layers",
    "h": "num_attention_heads n_head n_heads num_heads",
    "g": "num_key_value_heads num_kv_heads multi_query_group_num",
    "e": "head_dim d_kv kv_channels attention_head_size d_head",
    "f": "intermediate_size n_inner d_ff ffn_dim hidden_dim ffn_hidden_size dim_ff dim_feedforward",
    "T": "max_position_embeddings n_positions n_ctx max_target_length",
    "t": "type_vocab_size",
    "E": "num_local_experts num_experts n_routed_experts moe_num_experts",
    "w": "moe_intermediate_size expert_ffn_hidden_size",
    "s": "n_shared_experts num_shared_experts moe_num_shared_experts",
    "u": "shared_expert_intermediate_size",
    "q": "q_lora_rank",
    "c": "kv_lora_rank",
    "r": "qk_rope_head_dim",
    "n": "qk_nope_head_dim",
    "v": "v_head_dim",
    "k": "first_k_dense_replace moe_layer_start_index",
    "m": "num_experts_per_tok num_experts_per_token moe_topk moe_top_k moe_k",
    "y": "num_labels",
    "p": "patch_size",
    "S": "image_size",
    "C": "num_channels",
    "a": "embedding_size word_embed_proj_dim",
    "P": "projection_dim",
    "N": "state_size mamba_d_state ssm_state_size d_state",
    "K": "conv_kernel mamba_d_conv linear_conv_kernel_dim d_conv conv_kernel_size",
    "x": "expand mamba_expand",
    "G": "n_groups mamba_n_groups",
    "R": "time_step_rank mamba_dt_rank",
    "M": "num_mel_bins",
    "B": "relative_attention_num_buckets",
    "L_e": "encoder_layers num_encoder_layers",
    "L_d": "decoder_layers num_decoder_layers",
    "f_e": "encoder_ffn_dim",
    "f_d": "decoder_ffn_dim",
    "h_e": "encoder_attention_heads",
    "h_d": "decoder_attention_heads",
    "T_e": "max_source_positions",
    "T_d": "max_target_positions",
    "h_v": "linear_num_value_heads",
    "h_k": "linear_num_key_heads",
    "e_k": "linear_key_head_dim",
    "e_v": "linear_value_head_dim",
    "h_m": "mamba_n_heads",
    "e_m": "mamba_d_head",
}.items():
    LETTERS.update(dict.fromkeys(names.split(), letter))


class Naming:
    """Gives each field its letter when it is first needed."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self.of: dict[str, str] = {}  # the letter of each field
        self.fields: dict[str, str] = dict.fromkeys(taken, "")  # the field of each letter

    def letter(self, field: str) -> str:
        """The letter of a field; ``hidden_sizes[0]`` is an element of a list."""
        if field not in self.of:
            name = next(each for each in candidates(field) if each not in self.fields)
            self.of[field], self.fields[name] = name, field
        return self.of[field]

    def counting(self, name: str, meaning: str) -> str:
        """A letter of its own for a number that is no field."""
        letter = next(each for each in (name, *(f"{name}_{count}" for count in range(2, 10_000))) if each not in self.fields)
        self.fields[letter] = meaning
        return letter


def candidates(field: str) -> Iterable[str]:
    """The names that a field may have, the best first."""
    path, _, name = field.rpartition(".")
    name, _, index = name.rstrip("]").partition("[")
    number = f"_{int(index) + 1}" if index.isdecimal() else ""
    of = path.rpartition(".")[2].removesuffix("_config").removesuffix("_cfg")
    short = LETTERS.get(name, name)
    for base in (short, name) if short != name else (name,):
        yield joined(base, number, of)
    whole = joined(name, number, path.replace(".", "_").removesuffix("_config"))
    yield whole
    count = 2
    while True:
        yield f"{whole}_{count}"
        count += 1


def joined(base: str, number: str, of: str) -> str:
    name = base + number + (f"_{of}" if of else "")
    return name if name.isidentifier() else "".join(letter if letter.isalnum() else "_" for letter in f"x_{name}")
