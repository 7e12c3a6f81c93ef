"""The facts of one layer, by name: formula, letters, weights, settings and their reasons."""

from __future__ import annotations

from ..core.catalogue import ALWAYS
from ..core.frameworks import release_of
from ..core.notation.forms import expanded
from ..core.notation.text import plain
from ..paper.nomenclature import letter_meanings
from ..tables.answer import Answer, Table
from ..tables.cells import Expression, Named, Sentence, words
from .short_signature import short_signature

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..core.catalogue import Option
    from ..core.framework import Known
    from ..core.model import Layer
    from ..tables.answer import Facts
    from ..tables.writers import Block


def layer_facts(name: str) -> LayerFacts:
    """The facts of a class: ``LSTM``, ``v1.CuDNNLSTM``, ``nn.LSTM``. Raises :class:`UnknownLayerError` for an unknown name."""
    path = name.split(".")
    release, _ = release_of(path)
    known = release.find(path[-1])
    return LayerFacts(f"{release.path}.{known.name}", known)


class LayerFacts(Answer):
    """The answer of ``show`` for a class: its row in the catalogue, with the settings of its own defaults."""

    def __init__(self, name: str, known: Known) -> None:
        self.name, self.known = name, known
        self.layer: Layer | None = None if known.entry is None else known.entry.symbolic(known.arguments)
        self.options: Sequence[Option] = () if known.entry is None else known.entry.options

    @property
    def call(self) -> str:
        """The class with the arguments that change a count."""
        has_weights = self.layer is not None or self.known.composed
        return f"{self.name}({short_signature(self.known.signature, has_weights)})"

    def facts(self) -> Facts:
        """Formula, letters, weights, and the settings with their reasons."""
        named: Facts = {"name": self.name, "arguments": self.known.signature}
        if self.layer is None:
            return {**named, "formula": None}
        return {
            **named,
            "formula": str(self.layer.count),
            "expanded": self.layer.count.text("expanded"),
            "letters": letter_meanings(self.layer),
            "weights": {path: str(count) for path, count in self.layer.count.terms.items()},
            "settings": [
                {
                    "when": condition_text(each),
                    "sets": each.settings,
                    "because": each.because,
                    "by_default": each.holds(self.known.arguments),
                }
                for each in self.options
            ],
        }

    def table(self) -> Table:
        """The weights, and their total."""
        heads = {"weight": "Weight", "count": "Parameters"}
        if self.layer is None:
            return Table(heads, [])
        rows = [{"weight": path, "count": count} for path, count in self.layer.count.terms.items()]
        return Table(heads, rows, [{"weight": "Total", "count": self.layer.count}])

    def content(self) -> Sequence[Block]:
        """The class, its formula, its letters, its weights, and its settings."""
        if self.layer is None:
            return [self.call, NOTHING]
        meanings = [{"letter": Named(letter), "meaning": Sentence(doc)} for letter, doc in letter_meanings(self.layer).items()]
        formula = words(self.layer.count, *((" = ", Expression(expanded(self.layer.count.polynomial))) if self.is_factored else ()))
        tables = [Table({"letter": "Letter", "meaning": "Meaning"}, meanings), self.table()]
        return [self.call, formula, *tables, *(f"{self._sets(each)}: {each.because}" for each in self.options)]

    def explain(self) -> str:
        """The same as text."""
        if self.layer is None:
            return f"{self.call}\n\n{NOTHING}"
        count = self.layer.count
        lines = [self.call, "", str(count), *([f"= {plain(expanded(count.polynomial))}"] if self.is_factored else []), ""]
        lines += [f"  {letter}  {doc}" for letter, doc in letter_meanings(self.layer).items()]
        lines += ["", *(f"  {path}: {weights}" for path, weights in count.terms.items())]
        for option in self.options:
            lines += ["", f"  {self._sets(option)}", f"    {option.because}"]
        return "\n".join(lines)

    @property
    def is_factored(self) -> bool:
        """Whether multiplying the formula out changes it."""
        formula = "" if self.layer is None else str(self.layer.count)
        return "(" in formula or (self.layer is not None and len(self.layer.count.text("expanded").split()) > len(formula.split()))

    def _sets(self, option: Option) -> str:
        sets = ", ".join(f"{field}={value}" for field, value in option.settings.items())
        default = " (the default)" if option.holds(self.known.arguments) and option.argument != ALWAYS else ""
        return f"{condition_text(option)}{default}: {sets}"

    def __repr__(self) -> str:
        return f"<LayerFacts of {self.name}>"


NOTHING = "It has no parameters of its own; layers inside it count as usual."


def condition_text(option: Option) -> str:
    """The condition of an option: ``always``, or ``use_bias=False``."""
    return f"{option.argument}={option.value}" if option.argument != ALWAYS else ALWAYS
