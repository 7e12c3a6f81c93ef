"""Other counts that a config knows of: of another class of its type, or with one of its flags the other way round."""

from __future__ import annotations

from ..core.vocabularies import other_vocabularies
from ..errors import SymparamsError, listed
from .counting import Evaluation
from .elsewhere import with_fields
from .sites import sites_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from .config import Config
    from .configured import Configured


def other_counts(model: Configured) -> Iterable[tuple[str, str, int]]:
    """The kind of each, a clause that says it, and the number."""
    for name in model.config.table.roles:
        if name != model.class_name:
            yield from counted("class", f"the class is {name}", model.config, name)
    for field, value in model.settings.items():
        if isinstance(value, bool) and not (value and field.rpartition(".")[2].startswith("tie_")):  # untied is counted anyway
            try:
                config = with_fields(model.config, {field: not value})
            except SymparamsError:
                continue
            yield from counted("flag", f"{named(field, model.config)} is {not value}", config, model.class_name)
    yield from other_sizes(model)


def other_sizes(model: Configured) -> Iterable[tuple[str, str, int]]:
    """The counts with another number of words, and with keys and values for every head."""
    own = model.config.fields
    words = [field for field in model.letters.values() if field.rpartition(".")[2] == "vocab_size"]
    for field in words[:1]:
        for says, rows in other_vocabularies(model.settings.get(field) or own[field]).items():
            yield from counted("vocabulary", says, with_fields(model.config, {field: rows}), model.class_name)
    heads, keys = own.get("num_attention_heads"), own.get("num_key_value_heads")
    if isinstance(heads, int) and isinstance(keys, int) and keys < heads:
        says = f"each of the {heads} heads has keys and values of its own; in fact num_key_value_heads is {keys}"
        yield from counted("heads", says, with_fields(model.config, {"num_key_value_heads": heads}), model.class_name)

    yield from other_inner_widths(model)


# The fields that are the width of a model, and those that are the inner width of its feed-forward layers.
WIDTHS, INNER_WIDTHS = ("hidden_size", "d_model", "n_embd"), ("intermediate_size", "ffn_dim", "d_ff", "n_inner")
USUAL_RATIO = 4  # of the two (Vaswani et al., 2017, arXiv:1706.03762)


def other_inner_widths(model: Configured) -> Iterable[tuple[str, str, int]]:
    """The count with feed-forward layers four times as wide as the model."""
    own = model.config.fields
    widths = [own[field] for field in WIDTHS if isinstance(own.get(field), int)]
    for field in INNER_WIDTHS:
        inner = own.get(field)
        if widths and isinstance(inner, int) and inner != USUAL_RATIO * widths[0]:
            usual = USUAL_RATIO * widths[0]
            says = f"the feed-forward networks are {usual} wide inside, {USUAL_RATIO} times the width of the model; in fact {field} is {inner}"
            yield from counted("inner width", says, with_fields(model.config, {field: usual}), model.class_name)


def named(field: str, config: Config) -> str:
    """A field, and those that it follows from where the class computes it."""
    way = config.way_to_compute(field)
    sources = sorted(way[1] + each for each in way[0].fields_read) if way is not None else []
    return f"{field}, which follows from {listed(sources)}," if sources else field


def counted(kind: str, says: str, config: Config, class_name: str) -> Iterable[tuple[str, str, int]]:
    """A count, where the class has one with this config."""
    try:
        yield kind, says, Evaluation(config).totals(sites_of(config, class_name)).count
    except SymparamsError:
        return
