"""What is kept of a proof: a line of the certificate that ships."""

from __future__ import annotations

from hashlib import sha256

from ...core.frozen import Frozen
from ...core.sizes import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import NotRequired, TypedDict

    from ...core.claim import Claim
    from ...core.conventions import Tensor

    class LetterFacts(TypedDict):
        """A letter, as JSON has it."""

        degree: int
        by: str
        grid: list[int]

    class RecordFacts(TypedDict):
        """A record, as JSON has it; what goes without saying is left out."""

        call: str
        formula: str
        trained: NotRequired[str]  # where it is another formula
        where: NotRequired[str]  # where some letters are not free
        letters: Mapping[str, LetterFacts]
        grids: NotRequired[int]  # where there is more than one
        builds: int
        checked: int
        symbolic: NotRequired[bool]
        fingerprint: str


class Bound(Frozen):
    """A free letter: how high its powers can be and by what, and its first and last number on the grid."""

    letter: str
    power: int
    because: str  # "2 axes of recurrent_kernel"
    first: int
    last: int


class Record(Frozen):
    """How a claim was proved."""

    bounds: tuple[Bound, ...]
    grids: int  # one for each remainder of what is rounded, all with the same letters
    builds: int  # on the grids
    checked: int  # builds at other sizes, which agree too
    symbolic: bool  # whether the framework's own symbolic shapes gave the same polynomial
    fingerprint: str

    def facts(self, claim: Claim) -> RecordFacts:
        """What JSON says of it."""
        formula, trained = claim.count.text(), claim.trainable.text()
        letters: dict[str, LetterFacts] = {
            its.letter: {"degree": its.power, "by": its.because, "grid": [its.first, its.last]} for its in self.bounds
        }
        found: RecordFacts = {
            "call": str(claim),
            "formula": formula,
            "letters": letters,
            "builds": self.builds,
            "checked": self.checked,
            "fingerprint": self.fingerprint,
        }
        if trained != formula:
            found["trained"] = trained
        if claim.where:
            found["where"] = claim.where
        if self.grids > 1:
            found["grids"] = self.grids
        if self.symbolic:
            found["symbolic"] = True
        return found


def record(facts: RecordFacts) -> Record:
    """A record out of its facts."""
    bounds = tuple(Bound(letter, its["degree"], its["by"], *its["grid"]) for letter, its in facts["letters"].items())
    return Record(
        bounds, facts.get("grids", 1), facts["builds"], facts["checked"], facts.get("symbolic", False), facts["fingerprint"]
    )


def fingerprint(claim: Claim) -> str:
    """A short text that changes with the formula of a claim, and with the tensors that it is made of."""
    tensors = () if claim.tensors is None else map(tensor_text, claim.tensors)
    text = "\n".join([claim.row, str(claim), claim.where, claim.count.text(), claim.trainable.text(), *tensors])
    return sha256(text.encode()).hexdigest()[:12]


def tensor_text(tensor: Tensor) -> str:
    """A tensor on one line."""
    return f"{shown(tensor.shape)} {'trained' if tensor.trainable else 'not trained'}"
