"""The terms of a formula in numbers as they are written, one by one beside the tensors: 28*28*32 + 32 has the bias, 32."""

from __future__ import annotations

from ...core.frozen import Frozen
from ...core.notation.forms import Add
from ...core.notation.text import plain
from ...core.terms import ONE
from .expanding import expand, terms_with_values
from .text_meanings import without_marks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ...core.notation.forms import Notation
    from .model_in_letters import ModelInLetters


class OwnTerms(Frozen):
    """The terms that are tensors, by their text, and the one that is none, beside the tensor that is left."""

    right: dict[str, str]
    wrong: str
    value: int
    tensor: str
    count: int

    @property
    def says(self) -> str:
        """The terms in a sentence."""
        found = " and ".join(f"{text} is {the_tensor(path)}" for text, path in self.right.items())
        return f"Of your terms, {found}; {self.wrong} is {self.value}, where {the_tensor(self.tensor)} has {self.count}."


def the_tensor(path: str) -> str:
    """A tensor in a sentence."""
    return f"the {path}" if path.isidentifier() else path


def own_terms(notation: Notation, model: ModelInLetters) -> OwnTerms | None:
    """The terms of a formula in numbers, where all but one are tensors of the model; None for any other formula."""
    written = without_marks(notation)
    if not isinstance(written, Add):
        return None
    terms = [(plain(term), expand(term)) for term in written.terms]
    numbers = {text: value[ONE] for text, value in terms if list(value) == [ONE]}
    if len(numbers) != len(terms) or len(numbers) != len(model.owners):
        return None
    sizes = {name: {ONE: size} for name, size in model.values.items()}
    counts = {owner.path: terms_with_values(owner.terms, sizes).get(ONE) for owner in model.owners}
    right: dict[str, str] = {}
    for text, value in numbers.items():
        same = [path for path, count in counts.items() if count == value and path not in right.values()]
        if len(same) == 1:
            right[text] = same[0]
    texts, tensors = numbers.keys() - right.keys(), counts.keys() - {*right.values()}
    if len(texts) != 1 or len(tensors) != 1:
        return None
    (wrong,), (tensor,) = texts, tensors
    count = counts[tensor]
    return None if count is None else OwnTerms(right, wrong, int(numbers[wrong]), tensor, int(count))
