"""A certificate: what was proved of a formula, on which grid, against which framework."""

from __future__ import annotations

import re

from ...core.frozen import Frozen
from ...errors import listed, several
from ...tables.answer import Answer, Table
from ...tables.cells import Equations
from ...tables.writers import text_of
from .wording import KINDS, PREMISE, degrees_in_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ...core.claim import Claim
    from ...tables.answer import Facts
    from ...tables.writers import Block
    from .record import Record

CALLS = {
    "call": "Call",
    "formula": "Parameters",
    "degrees": "Degrees",
    "builds": "Grid",
    "checked": "Checked",
    "outcome": "Outcome",
}
ROWS = {"row": "Class", "calls": "Calls", "builds": "Grid", "checked": "Checked", "symbolic": "Symbolic", "outcome": "Outcome"}


class Proof(Frozen):
    """A claim that was tried: proved where it has a ``record``, else ``refuted`` says where and how it failed."""

    claim: Claim
    against: str
    beside: str
    record: Record | None
    refuted: str = ""

    @property
    def builds(self) -> int:
        """The builds on the grid."""
        return self.record.builds if self.record is not None else 0

    @property
    def cells(self) -> dict[str, object]:
        """Its row in a table."""
        its = self.record
        return {
            "call": str(self.claim),
            "formula": self.claim.count,
            "degrees": degrees_in_words(its) if its is not None else "",
            "builds": self.builds,
            "checked": its.checked if its is not None else 0,
            "outcome": "proved" if its is not None else "not proved",
        }

    def facts(self) -> Facts:
        """What JSON says of it."""
        found: Facts = {"row": self.claim.row, "against": self.against, "beside": self.beside, "proved": self.record is not None}
        if self.record is None:
            return {**found, "call": str(self.claim), "formula": self.claim.count.text(), "refuted": self.refuted}
        return {**found, **self.record.facts(self.claim)}


class Certificate(Answer):
    """What :func:`symparams.prove` gives: a collection of ``proofs``, true where all claims are proved.

    ``unproved`` has what is not claimed for all sizes, and why.
    """

    def __init__(self, title: str, proofs: tuple[Proof, ...], unproved: Mapping[str, str]) -> None:
        self.title, self.proofs, self.unproved = title, proofs, unproved
        self.premise = PREMISE.strip()

    @property
    def proved(self) -> bool:
        """Whether all claims are proved."""
        return all(proof.record is not None for proof in self.proofs)

    @property
    def against(self) -> str:
        """The releases of the frameworks that it was proved against: ``Keras 3.15.1``."""
        return listed(dict.fromkeys(proof.against for proof in self.proofs))

    @property
    def frameworks(self) -> str:
        """The same, and what computed beside them: ``Keras 3.15.1 with torch 2.13.0``."""
        names = (f"{proof.against} with {proof.beside}" if proof.beside else proof.against for proof in self.proofs)
        return listed(dict.fromkeys(names))

    @property
    def builds(self) -> int:
        """How often a framework was asked on a grid."""
        return sum(proof.builds for proof in self.proofs)

    def __bool__(self) -> bool:
        return self.proved

    def __iter__(self) -> Iterator[Proof]:
        return iter(self.proofs)

    def __len__(self) -> int:
        return len(self.proofs)

    # ------------------------------------------------------------ as an answer
    def facts(self) -> Facts:
        """Every proof, the premise, and what is not proved."""
        return {
            "title": self.title,
            "proved": self.proved,
            "premise": self.premise,
            "proofs": [proof.facts() for proof in self.proofs],
            "unproved": dict(self.unproved),
        }

    def table(self) -> Table:
        """A row for each call, or where there are many classes, for each class."""
        rows: dict[str, list[Proof]] = {}
        for proof in self.proofs:
            rows.setdefault(proof.claim.row, []).append(proof)
        if len(rows) == 1:
            return Table(CALLS, [proof.cells for proof in self.proofs], boxed=False)
        return Table(ROWS, [row_cells(row, proofs) for row, proofs in rows.items()], boxed=False)

    @property
    def headline(self) -> str:
        """What the certificate says in one sentence."""
        failed = sum(proof.record is None for proof in self.proofs)
        if failed:
            return f"{self.title}: {failed} of {several(len(self.proofs), 'formula')} not proved against {self.frameworks}"
        return f"{self.title}: {several(len(self.proofs), 'formula')} proved for all sizes against {self.frameworks}"

    def content(self) -> Sequence[Block]:
        """What is proved, how, and on which premise."""
        return [*self._shown, *map(Equations, sentences(PREMISE)), *KINDS.splitlines()]

    def explain(self) -> str:
        """The same, in lines that fit on a terminal."""
        return text_of([*self._shown, *PREMISE.splitlines(), *KINDS.splitlines()])

    @property
    def _shown(self) -> list[Block]:
        single = [proof.record for proof in self.proofs if proof.record is not None] if len(self.proofs) == 1 else []
        why = [f"degree {its.power} in {its.letter}: {its.because}" for record in single for its in record.bounds]
        where = sorted({f"{proof.claim.row}: {proof.claim.where}" for proof in self.proofs if proof.claim.where})
        failed = [f"{proof.claim.row}: {proof.claim}: {proof.refuted}" for proof in self.proofs if proof.record is None]
        missing = [f"not proved: {what}: {reason}" for what, reason in self.unproved.items()]
        return [self.headline, self.table(), *failed, *why, *map(Equations, where), *missing]

    def __repr__(self) -> str:
        return f"<Certificate {self.headline}>"


def sentences(lines: str) -> list[str]:
    """Lines that a terminal shows as they are, each sentence as one."""
    return re.sub(r"(?<![.\n])\n", " ", lines).splitlines()


def row_cells(row: str, proofs: Sequence[Proof]) -> dict[str, object]:
    """The row of a class in a table of many."""
    records = [proof.record for proof in proofs if proof.record is not None]
    failed = len(proofs) - len(records)
    return {
        "row": row,
        "calls": len(proofs),
        "builds": sum(record.builds for record in records),
        "checked": sum(record.checked for record in records),
        "symbolic": sum(record.symbolic for record in records),
        "outcome": f"{failed} not proved" if failed else "proved",
    }
