"""The numbers of a module that are sizes, which letters may replace, and their places."""

from __future__ import annotations

from ...core.letters_for_numbers import BLOCKS, CLASSES, GROUPS, HEADS, LAYERS, OTHER, OUTPUTS, ROWS, SIZE, WINDOW

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from ...core.letters_for_numbers import Letters

KINDS = {
    "out_features": OUTPUTS,
    "num_embeddings": ROWS,
    "kernel_size": WINDOW,
    "groups": GROUPS,
    "num_heads": HEADS,
    "num_layers": LAYERS,
    "blocks": BLOCKS,
    "repeats": BLOCKS,
    "num_groups": GROUPS,
    "num_chunks": OTHER,
}
LONGEST_WINDOW = 31  # of three axes, where the last may be that of stacked matrices
OF_CLASSES = frozenset("head classifier lm_head score logits predictions fc qa_outputs".split())  # the modules of last layers
FUSED = ("qkv", "query_key_value", "c_attn", "in_proj")  # in the names of modules that make queries, keys and values at once
OF_POSITIONS = "pos"  # in the name of a user's own table of positions
TABLES = ("emb", "word", "wte", "wpe", "token", "vocab")  # in the names of the modules that are tables, as a state dict has them


def kind_of(place: str, places: Mapping[str, int]) -> str:
    """The kind of the number at a place: that of an argument of torch.nn, or of an axis of a tensor."""
    owner, _, argument = place.rpartition(".")
    name, _, index = argument.partition("[")
    module = owner.rpartition("/")[2].lower()
    outputs = CLASSES if module in OF_CLASSES and not any(step.isdigit() for step in owner.split("/")) else OUTPUTS
    if name == "bias" and index == "0]":
        return outputs
    if (
        index and name != "weight" and f"{owner}.{name}[{int(index[:-1]) + 1}]" in places
    ):  # a user's own parameter, not its last axis
        if OF_POSITIONS in name.lower():
            return ROWS
        if index == "0]" and "expert" in place.lower() and rank_of(place, places) == 3:
            return GROUPS
    if name != "weight" or not index:
        return outputs if name == "out_features" else KINDS.get(name, SIZE)
    axis, rank = int(index[:-1]), rank_of(place, places)
    if rank > 3 and axis >= 2:
        return WINDOW
    if rank == 3 and axis == 2:
        widest = max(places[f"{owner}.weight[{each}]"] for each in (0, 1))
        return WINDOW if places[place] < min(widest, LONGEST_WINDOW) else SIZE
    if rank == 1 or axis > 0:
        return SIZE
    return ROWS if rank == 2 and any(part in module for part in TABLES) else outputs


def rank_of(place: str, places: Mapping[str, int]) -> int:
    """How many axes the tensor at a place has."""
    front, rank = place.rpartition("[")[0], 0
    while f"{front}[{rank}]" in places:
        rank += 1
    return rank


def follow_fused(letters: Letters) -> None:
    """Says that a module of queries, keys and values has three times as many outputs as inputs, where its name and numbers say so."""
    places = letters.places
    for owner in dict.fromkeys(place.rpartition(".")[0] for place in places):
        if not any(part in owner.rpartition("/")[2].lower() for part in FUSED):
            continue
        for inputs, outputs in (("in_features", "out_features"), ("weight[1]", "weight[0]"), ("weight[0]", "weight[1]")):
            width, wide = places.get(f"{owner}.{inputs}"), places.get(f"{owner}.{outputs}")
            if width is not None and wide == 3 * width:
                letters.follow(f"{owner}.{outputs}", f"{owner}.{inputs}", times=3)
                if places.get(f"{owner}.bias[0]") == wide:
                    letters.follow(f"{owner}.bias[0]", f"{owner}.{inputs}", times=3)


def places_in(letters: Mapping[Any, object] | str) -> Mapping[Any, object] | str:
    """The letters with their places as they are stored: ``encoder.linear1.in_features`` is in the module ``encoder/linear1``."""
    return (
        {letter: place_in(where) for letter, where in letters.items()}
        if not isinstance(letters, str) and hasattr(letters, "items")
        else letters
    )


def place_in(where: object) -> object:
    if isinstance(where, list | tuple):
        return [place_in(each) for each in where]
    if not isinstance(where, str):
        return where
    path, dot, argument = where.rpartition(".")
    return f"{path.replace('.', '/')}{dot}{argument}"
