"""Other ways to count a config's model: its quantities beside the count, and parts that are left out."""

from __future__ import annotations

from ..core.formula import Formula, Values
from ..core.sisters.projections import LETTERS, USUAL_TARGETS
from ..core.sisters.roles import named_tensors
from ..core.tree import Sum, Weight, copied
from .lora_targets import ALL_LINEAR, RANKS, TARGETS

FEW_BLOCKS = 4

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..core.model import Countable
    from .configured import Configured


def other_quantities(model: Countable, config: Configured) -> Iterable[tuple[str, str, int]]:
    """The numbers of a model beside its count, as ways to count it; ``config`` is the same model."""
    known, packed = config.values, model.bytes("4bit").at(config.values)
    yield "packed 4-bit", "its linear layers are stored in 4 bits, two weights in one number", packed
    for parts, words in ((("embeddings",), "the embeddings are"), (("embeddings", "head"), "the embeddings and the head are")):
        yield "left out", f"{words} left out", model.without(*parts).at(known)
    yield from modules_left_out(model, config)
    yield from modules_of_blocks_left_out(model, config)
    yield from blocks_only(model, config)
    yield from few_blocks(model, config)
    yield from adapted(model, config, packed)
    if config.has_experts and config.form.experts is not None:
        yield "active", "only the parameters that one token uses are counted", model.active().at(known)
        yield (
            "active",
            "only the parameters that one token uses are counted, without the embeddings",
            model.active("none").at(known),
        )


def modules_left_out(model: Countable, config: Configured) -> Iterable[tuple[str, str, int]]:
    """The model without one of the modules that it has once, with a weight and a bias: a pooler, a classifier."""
    tensors = [named for named in named_tensors(model.node) if not (named.is_tied or named.around)]
    for owner in dict.fromkeys(named.owner for named in tensors):
        its = tuple(named.leaf for named in tensors if named.owner == owner)
        if owner and len(its) > 1:
            number = Formula(Sum(its)).at(Values(config.values))
            yield "left out", f"{'.'.join(owner)} is left out", config.number("count") - number


def modules_of_blocks_left_out(model: Countable, config: Configured) -> Iterable[tuple[str, str, int]]:
    """The model without the linear layers that have one name in all blocks, such as the gates of its feed-forward networks."""
    inside = [named for named in named_tensors(model.node) if named.around and not named.is_tied]
    linear = dict.fromkeys(named.module for named in inside if named.is_linear)
    for module in linear:
        its = tuple(copied(named.leaf, named.around) for named in inside if named.module == module)
        number = Formula(Sum(its)).at(Values(config.values))
        yield "module left out", f"{module} of every block is left out", config.number("count") - number


def blocks_only(model: Countable, config: Configured) -> Iterable[tuple[str, str, int]]:
    """The blocks alone, whole or their matrices."""
    inside = [named for named in named_tensors(model.node) if named.around and not named.is_tied]
    for words, some in (
        ("only the blocks are counted", inside),
        (
            "only the weight matrices of the blocks are counted, without biases and normalizations",
            [named for named in inside if len(named.shape) > 1 and not named.is_bias],
        ),
    ):
        yield (
            "blocks only",
            words,
            Formula(Sum(tuple(copied(named.leaf, named.around) for named in some))).at(Values(config.values)),
        )


def few_blocks(model: Countable, config: Configured) -> Iterable[tuple[str, str, int]]:
    """A few of the blocks alone, as where only the last ones are trained, if all are alike."""
    inside = [named for named in named_tensors(model.node) if named.around and not named.is_tied]
    copies = {named.around[0].copies for named in inside}
    if len(copies) != 1:
        return
    blocks = Formula(Sum((Weight("blocks", (copies.pop(),)),))).at(Values(config.values))
    whole = Formula(Sum(tuple(copied(named.leaf, named.around) for named in inside))).at(Values(config.values))
    for few in range(1, min(FEW_BLOCKS + 1, blocks)):
        says = f"only {few} of the {blocks} blocks {'is' if few == 1 else 'are'} counted"
        yield "few blocks", says, few * whole // blocks


def adapted(model: Countable, config: Configured, packed: int) -> Iterable[tuple[str, str, int]]:
    """The usual ranks of LoRA, alone, and on top of the count and of that in 4 bits."""
    count, in_4_bits = config.number("count"), "its linear layers are stored in 4 bits, and "
    for each, where in parameters_per_rank(model, config).items():
        for r in RANKS:
            yield "LoRA", f"a LoRA of rank {r} is added to {where}", count + r * each
            yield "LoRA", f"only a LoRA of rank {r} on {where} is counted", r * each
            yield "QLoRA", f"{in_4_bits}a LoRA of rank {r} is added to {where}", packed + r * each


def parameters_per_rank(model: Countable, config: Configured) -> dict[int, str]:
    """The parameters of adapters of rank 1, each number with the modules that are adapted: those that usually are."""
    tensors = [named for named in named_tensors(model.node) if not named.is_tied]
    modules = dict.fromkeys(named.module for named in tensors if len(named.shape) > 1)
    targets: dict[str, str | Iterable[str] | None] = {}
    for letters, words in USUAL_TARGETS:
        names = [name for name in modules if LETTERS.get(name) in letters]
        if {LETTERS[name] for name in names} == {*letters}:
            targets[f"the projections to {words}"] = names
    targets["the modules that peft chooses"] = TARGETS.get(config.config.table.model_type)
    targets["all linear layers"] = ALL_LINEAR
    found: dict[int, str] = {}
    for where, some in targets.items():
        if some is not None:
            found.setdefault(model.lora(1, some).at(config.values), where)
    return found
