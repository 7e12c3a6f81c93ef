"""Which configs to build: each thing that was compared the other way, lists of other lengths, and legal random sizes."""

from __future__ import annotations

import random
import re

from .builds import KINDLESS, sub_configs
from .expressions import fields_of, parts, value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from .builds import Build
    from .configs import ConfigClass

NOT_SIZES = re.compile(
    r"drop|eps|implementation|token_ids?$|token_index|_tokens?$|std|range|scal|temperature|coef|theta|cache|label|init|_id$|_ids$|quantization|name|hidden_act|activation$|gradient_checkpointing|pp_plan|tp_plan|ep_plan|^decoder$|^generator$|^text_config$|rope_|dtype|_loss|audio_config$|vision_config$|auto_map|_config$"
)
NOISE = re.compile(  # compared, but never about a tensor
    r"drop|eps$|_token_ids?$|_token_index$|initializer|implementation|cache|^(?!use_)\w*_ids?$|dtype|rope_|hidden_act|activation(_function)?$|quantization|id2label|gradient_checkpointing|_plan$"
)
SIZES = re.compile(r"dim|size|num|rank|width|heads|groups|expand|factor|kernel|layers|channels")
HIDDEN = "hidden_size d_model n_embd dim embed_dim model_dim encoder_embed_dim decoder_embed_dim".split()
HEADS = "num_attention_heads n_head n_heads num_heads encoder_attention_heads decoder_attention_heads decoder_num_attention_heads encoder_num_attention_heads".split()
KEYS = "num_key_value_heads num_kv_heads encoder_num_key_value_heads decoder_num_key_value_heads".split()
DEPTH = re.compile(
    r"^(num_(hidden|encoder|decoder|mtp|nextn_predict|conv)?_?layers|n_layers?|depth|(encoder|decoder)_(layers|depth|num_hidden_layers)|num_blocks|n_mtp|num_hidden_layers)$"
)
FFN = re.compile(r"intermediate_size|ffn_dim|^d_ff$|n_inner|ffn_hidden_size|ffn_dim_expert")
EXPERTS = "num_local_experts num_experts n_routed_experts moe_num_experts".split()
CHOSEN = "num_experts_per_tok num_selected_experts moe_topk moe_k top_k".split()


MOST_PLACE = 64
LEFT_OUT = 0.35  # how often a field that is None by default stays so
UNKNOWN = "unknown"  # shows which other texts the code compares with
LAYER_KINDS = ["full_attention", "linear_attention"]  # words that every class takes in its list of layers
SPATIAL = re.compile(r"patch|tubelet|image|kernel|window|mean|std|stride|padding|size$")  # lists with an entry for each direction
SEEDS = {
    "feed_forward_proj": ["gated-gelu", "gated-silu", "gelu", "relu"],
    "norm_rel_ebd": ["layer_norm", "none"],
}  # texts that a config class takes apart


def last(field: str) -> str:
    return field.rsplit(".", 1)[-1]


def alternatives(build: Build, its: ConfigClass, known: tuple[str, ...] = ()) -> dict[str, list[Any]]:
    """Other values of the fields that the code compared, walked or missed."""
    found: dict[str, list[Any]] = {}

    def add(field: str, *values: Any) -> None:
        name = last(field)
        if name in KINDLESS or NOISE.search(name) or field not in build.fields:
            return
        for each in values:
            if each != build.fields[field] or type(each) is not type(build.fields[field]):
                known = found.setdefault(field, [])
                if not any(each == other and type(each) is type(other) for other in known):
                    known.append(each)

    def is_known(path: str | None) -> bool:
        return path is not None and any(path == each or path.startswith(each + ".") for each in known)

    compared = [(each, owner) for each, _, owner in build.comparisons if not is_known(owner)]
    if not known:
        compared += [(each, None) for each, _ in build.config_comparisons]
    for comparison, _ in compared:
        of_comparison(comparison, build, add)
    for field, default in its.defaults.items():
        if (
            not known
            and default is not None
            and "None" in its.annotations.get(field, "")
            and SIZES.search(last(field))
            and type(default) is int
        ):
            add(field, None)
        if not known and last(field) in SEEDS:
            add(field, *SEEDS[last(field)])
        if not known and type(default) is str and "Literal[" in its.annotations.get(field, ""):
            add(field, *re.findall(r"['\"](\w[\w-]*)['\"]", its.annotations[field]))
    for length, _, owner in build.loops:
        if is_known(owner):
            continue
        if isinstance(length, tuple) and length[0] == "field" and type(build.fields.get(length[1])) is int:
            number = build.fields[length[1]]
            add(length[1], number + 1, max(1, number - 1))
    for (field, declared), owners in build.reads.items():
        if known and all(owner is None or is_known(owner) for owner in owners):
            continue
        name = last(field)
        if NOT_SIZES.search(name) or name in KINDLESS or (name[0] == "_" and not declared):
            continue
        kind = its.annotations.get(field, "")
        if declared and build.fields.get(field) is None and "list" in kind:
            add_new(found, field, *lists_for(its, field))
        elif declared and build.fields.get(field) is None:
            if "int" in kind:
                add_new(found, field, 8, 2, 64)
            if "bool" in kind:
                add_new(found, field, True, False)
            if "float" in kind and "int" not in kind:
                add_new(found, field, 0.5, 2.0)
        elif not declared and SIZES.search(name):
            add_new(found, field, 64, 2, 3)
        elif not declared:
            add_new(found, field, *SEEDS.get(name, (True, 64, 0)))
    return found


def lists_for(its: ConfigClass, field: str) -> list[list[Any]]:
    """Lists for a field that has none by default: of a few places, or of the words that the code compares with it."""
    kind = its.annotations.get(field, "")
    if "list[str]" in kind or "list" not in kind or "int" not in kind:
        words = its.words_for(last(field))
        return [words, *([word] for word in words[:3])] if words and "list[str]" in kind else []
    return [[1], [0, 1]]


def add_new(found: dict[str, list[Any]], field: str, *values: Any) -> None:
    known = found.setdefault(field, [])
    known += [each for each in values if each not in known]


def of_comparison(comparison: Any, build: Build, add: Any) -> None:
    kind, *sides = comparison
    one, other = (sides[0], sides[1]) if len(sides) == 2 else (sides[0], None)
    for side, against in ((one, other), (other, one)):
        if not isinstance(side, tuple):
            continue
        if side[0] == "field":
            number = build.fields.get(side[1])
            if type(number) is bool:
                add(side[1], not number)
            elif type(number) is str and type(against) is str:
                add(side[1], against if against != number else UNKNOWN)
            elif type(number) is int and type(against) is int and 0 <= against < 64:
                add(side[1], against if number != against else against + 1, against + 1)
            elif type(number) is int and kind in ("==", "!=") and isinstance(against, tuple):
                add(side[1], *whole_value(against, build))
            elif type(number) is int and kind == "truth":
                add(side[1], 0, 1)
            elif type(number) is float and isinstance(against, (int, float)):
                add(side[1], float(against), float(against) + 1.0)
            elif type(number) is float and kind == "truth":
                add(side[1], 0.0, 1.0)
            elif type(number) is int and isinstance(against, tuple) and number < 64:
                add(side[1], 1, 2)
        elif side[0] == "%" and isinstance(side[2], tuple) and side[2][0] == "field":
            add(side[2][1], 1, 2, 3, 0)
        elif side[0] == "at" and isinstance(side[1], tuple) and side[1][0] == "field":
            of_list(side[1][1], build, add)
    if kind == "in" and isinstance(other, tuple) and other[0] == "field":
        items = build.fields.get(other[1])
        if isinstance(items, list) and items and isinstance(one, tuple) and one[0] == "field" and type(items[0]) is str:
            add(one[1], *items)
        elif isinstance(items, list) and all(type(each) is int for each in items):
            add(other[1], [1], [0, 2], [])


def whole_value(expression: Any, build: Build) -> list[int]:
    """The number of an expression in a build: a field that is compared with it is tried as the same."""
    try:
        number = value(expression, build.fields)
    except (TypeError, KeyError, IndexError, ZeroDivisionError):
        return []
    return [number] if type(number) is int and number > 0 else []


def of_list(field: str, build: Build, add: Any) -> None:
    items = build.fields.get(field)
    if not isinstance(items, list) or not items:
        return
    if type(items[0]) is str:
        usual = LAYER_KINDS if "layer" in field else []
        words = sorted(
            set(items)
            | {
                side
                for comparison, *_ in build.comparisons
                for side in comparison[1:]
                if type(side) is str
                and any(isinstance(part, tuple) and part[:2] == ("at", ("field", field)) for part in comparison[1:])
            }
        )
        words += [word for word in usual if word not in words][: 2 - len(words)] if len(words) < 2 else []
        for word in words:
            add(field, [word] * len(items))
        if len(words) > 1:
            for seed in range(3):
                add(field, [random.Random(seed).choice(words) for _ in items])
    elif type(items[0]) in (bool, int):
        add(field, items[::-1])


# ---------------------------------------------------------------- a small start
def shrunk(its: ConfigClass) -> dict[str, Any]:
    """Arguments that make the default config quick to build: few layers, each number its own."""
    given: dict[str, Any] = {}
    number = 3
    for field, default in its.defaults.items():
        if type(default) is int and DEPTH.search(last(field)) and default > 4:
            given = its.put(given, field, number)
            number = 4 if number == 3 else 3
    return given


PLACES = re.compile(r"first|dense|start|step|interval|period|offset|freq|pattern|every|num_hash|n_dense|sparse")


def places(its: ConfigClass) -> list[tuple[str, list[int]]]:
    """Numbers of layers, many of them; fields that say where in the stack something is; and other sizes, doubled and halved."""
    found = []
    for field, default in its.defaults.items():
        if type(default) is int and DEPTH.search(last(field)):
            found.append((field, [default, *(number for number in (1, 2, 3, 4, 5, 6, 7, 8, 11, 13, 24) if number != default)]))
        elif type(default) is int and PLACES.search(last(field)) and 0 <= default <= MOST_PLACE:
            found.append((field, [default + 1, default + 2, max(1, default - 1)]))
        elif type(default) is int and default > 1 and not NOT_SIZES.search(last(field)):
            found.append((field, [2 * default, default // 2 if default % 2 == 0 else 3 * default]))
    return found


# ---------------------------------------------------------------- lists
def lists_of(build: Build) -> dict[str, list[Any]]:
    """Lists that a loop or an index ran over, and others as long as one of them."""
    lists = {
        field: its
        for field, its in build.fields.items()
        if isinstance(its, list) and len(its) > 1 and type(its[0]) in (int, float, bool, str, list)
    }
    walked = set()
    for comparison, *_ in build.comparisons:
        walked |= walked_in(comparison)
    for comparison, _ in build.config_comparisons:
        walked |= walked_in(comparison)
    for length, *_ in build.loops:
        walked |= walked_in(length)
    looped = set(walked)
    for _, axes, _ in build.tensors.values():
        for axis in axes or ():
            walked |= walked_in(axis)
    lengths = {len(lists[field]) for field in walked if field in lists}
    return {
        field: its
        for field, its in lists.items()
        if "label" not in field
        and (field in looped or ((len(its) > 3 or not SPATIAL.search(field)) and (field in walked or len(its) in lengths)))
    }


def equal_lists(build: Build, given: Mapping[str, Any], its: ConfigClass) -> list[dict[str, Any]]:
    """Each list of sizes with all entries the same: what is compared with the entry before is another then."""
    found = []
    for field, items in lists_of(build).items():
        if type(items[0]) is int and len(set(items)) > 1:
            found.append(its.put(given, field, [items[0]] * len(items)))
    return found


def equal_sizes(build: Build) -> list[tuple[str, int]]:
    """Fields that are compared with another size, and its number."""
    found: dict[tuple[str, int], None] = {}
    for comparison, *_ in build.comparisons:
        if comparison[0] in ("==", "!="):
            for one, other in (comparison[1:], comparison[:0:-1]):
                if (
                    isinstance(one, tuple)
                    and one[0] == "field"
                    and isinstance(other, tuple)
                    and type(build.fields.get(one[1])) is int
                ):
                    found |= {(one[1], number): None for number in whole_value(other, build)}
    return list(found)


def walked_in(expression: Any) -> set[str]:
    found = set()
    for part in parts(expression):
        if part[0] == "len" or (part[0] == "at" and isinstance(part[2], tuple)):
            found |= fields_of(part[1])
    return found


def other_lists(build: Build, given: Mapping[str, Any], its: ConfigClass) -> list[dict[str, Any]]:
    """All lists of one length cut, extended and turned round, together and with those that are one longer or shorter; equal entries apart."""
    lists = lists_of(build)
    found = []
    for length in sorted({len(items) for items in lists.values()}):
        for near in ((length,), (length - 1, length, length + 1)):
            for change in (lambda items: items[:-1], lambda items: [*items, items[-1]], lambda items: [*items, *items[-2:]]):
                made = dict(given)
                for field, items in lists.items():
                    if len(items) in near:
                        made = its.put(made, field, change(items))
                found.append(made)
                found += with_their_number(build, made, its, length, len(change([0] * length)))
        made = dict(given)
        for field, items in lists.items():
            if len(items) == length and type(items[0]) is int and len(set(items)) > 1:
                made = its.put(made, field, items[::-1])
        if made != dict(given):
            found.append(made)
    for field, items in lists.items():
        if type(items[0]) is int and len(set(items)) == 1:
            found.append(its.put(given, field, [items[0] + (1, 0, 2)[place % 3] for place in range(len(items))]))
    return found


def with_their_number(build: Build, given: Mapping[str, Any], its: ConfigClass, before: int, after: int) -> list[dict[str, Any]]:
    """The arguments with the new length for each number that is that of the lists, ``num_conv_layers`` of ``conv_kernel_sizes``."""
    names = [
        name
        for name, number in build.fields.items()
        if type(number) is int and number == before and name.startswith("num_") and "head" not in name
    ]
    return [its.put(given, name, after) for name in names]


# ---------------------------------------------------------------- random sizes
def random_arguments(
    its: ConfigClass, start: Mapping[str, Any], chance: random.Random, flips: Mapping[str, list[Any]], used: set[str]
) -> dict[str, Any]:
    """Mostly legal random arguments, and up to three flips."""
    given = dict(start)
    for path, config in [("", its.config), *all_sub(its.config)]:
        fields = {name: default for name, default in config.__dict__.items() if not name.startswith("_")}
        for name, number in sizes(fields, config.model_type, chance).items():
            if its.defaults.get(path + name, 0) is None and chance.random() < LEFT_OUT:
                continue  # the class computes it
            if name in fields or name == "num_labels":
                given = its.put(given, path + name, number)
    others = sorted(
        field
        for field in used
        if type(its.defaults.get(field)) in (int, float) and last(field) not in ALL_KNOWN and not NOT_SIZES.search(last(field))
    )
    for field in chance.sample(others, min(len(others), chance.choice([0, 1, 2, 4]))):
        default = its.defaults[field]
        if type(default) is int:
            given = its.put(
                given, field, chance.choice([default + 1, default * 2, max(1, default // 2), max(1, default - 1), 1, 2, 3, 4])
            )
        else:
            given = its.put(given, field, chance.choice([default * 2, default / 2, 1.0, 2.0, 0.5, 1.5]))
    if flips:
        for field in chance.sample(sorted(flips), min(len(flips), chance.choice([0, 1, 2, 3]))):
            choice = chance.choice(flips[field])
            if not (isinstance(choice, list) and choice and type(choice[0]) is str):
                given = its.put(given, field, choice)
    return given


def all_sub(config: Any, path: str = "") -> list[tuple[str, Any]]:
    found = []
    for name, inner in sub_configs(config):
        found += [(f"{path}{name}.", inner), *all_sub(inner, f"{path}{name}.")]
    return found


ALL_KNOWN = {*HIDDEN, *HEADS, *KEYS, *EXPERTS, *CHOSEN, "vocab_size", "head_dim"}


def sizes(fields: Mapping[str, Any], model_type: str, chance: random.Random) -> dict[str, Any]:
    """Random numbers for the sizes that most configs have: a hidden size that heads divide, and so on."""
    found: dict[str, Any] = {}
    heads = chance.choice([1, 2, 4, 6, 8, 12])
    per_head = chance.choice([8, 16, 32, 64])
    depth = chance.choice([1, 2, 3, 4, 5, 6])

    def is_int(name: str) -> bool:
        return type(fields.get(name)) is int

    for name in fields:
        default = fields[name]
        if DEPTH.search(name) and type(default) is int:
            found[name] = depth if chance.random() < 0.7 else chance.choice([1, 2, 3, 4])
        elif FFN.search(name) and (type(default) is int or default is None):
            if default is not None or chance.random() < 0.6:
                found[name] = chance.choice([1, 2, 3, 5]) * chance.choice([16, 24, 32, 64, 96])
        elif (
            name.endswith(("_position_embeddings", "_positions", "_source_positions", "_target_positions")) and type(default) is int
        ) and chance.random() < 0.5:
            found[name] = chance.choice([16, 64, 128, 512])
    for name in HIDDEN:
        if is_int(name):
            found[name] = heads * per_head
    for name in HEADS:
        if is_int(name):
            found[name] = heads
    for name in KEYS:
        if is_int(name) or (name in fields and fields[name] is None):
            found[name] = chance.choice([number for number in (1, 2, 3, 4, 6, 8, 12) if heads % number == 0])
    if is_int("vocab_size"):
        found["vocab_size"] = chance.choice([100, 257, 512, 1000, 5000])
    for name, default in fields.items():
        if name.endswith("_token_id"):
            if type(default) is int:
                found[name] = chance.choice([0, 1, 2, 3])
            elif isinstance(default, list):
                found[name] = 1
    if "head_dim" in fields and type(fields["head_dim"]) in (int, type(None)):
        found["head_dim"] = per_head if chance.random() < 0.5 else chance.choice([8, 16, 32, 64])
    experts = None
    for name in EXPERTS:
        if is_int(name) and fields[name] > 0:
            experts = found[name] = chance.choice([2, 4, 8, 16])
    for name in CHOSEN:
        if is_int(name) and experts:
            found[name] = chance.choice([1, 2])
    for name in ("n_group", "topk_group", "num_expert_group"):
        if experts and name in fields:
            found[name] = 1
    for name, numbers in {
        "n_shared_experts": [1, 2, 3],
        "num_shared_experts": [1, 2, 3],
        "first_k_dense_replace": [0, 1, min(depth, 2)],
        "decoder_sparse_step": [1, 2, 3],
        "kv_lora_rank": [8, 16, 32],
        "q_lora_rank": [8, 24, 48],
        "qk_rope_head_dim": [8, 16],
        "qk_nope_head_dim": [8, 24],
        "v_head_dim": [8, 16, 24],
        "type_vocab_size": [1, 2, 4],
        "state_size": [4, 8, 16],
        "num_channels": [1, 3, 4],
        "projection_dim": [8, 32, 64],
    }.items():
        if is_int(name) or (name == "q_lora_rank" and name in fields):
            found[name] = chance.choice([*numbers, fields[name]])
    if "qk_rope_head_dim" in found:
        found.pop("head_dim", None)
    if is_int("embedding_size") and chance.random() < 0.8:
        found["embedding_size"] = chance.choice([16, 32, heads * per_head])
    if is_int("conv_kernel"):
        found["conv_kernel"] = chance.choice([2, 3, 4])
    if model_type == "mamba2":
        found["expand"] = 2
        found["head_dim"] = chance.choice([number for number in (8, 16, 32) if (2 * heads * per_head) % number == 0])
        found["num_heads"] = 2 * heads * per_head // found["head_dim"]
        found["n_groups"] = chance.choice([1, 2])
    if is_int("image_size"):
        patch = chance.choice([4, 8, 16])
        found["image_size"] = patch * chance.choice([4, 8, 14])
        if is_int("patch_size"):
            found["patch_size"] = patch
    if chance.random() < 0.3:
        found["num_labels"] = chance.choice([2, 3, 10, 1000])
    return found
