"""The certificate of a release as a file: JSON with a line for each claim, the same whenever and wherever it is written."""

from __future__ import annotations

from ...core.frozen import Frozen
from .record import record
from .wording import PREMISE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from ...core.claim import Prover
    from .answer import Proof
    from .record import Record

SCHEMA = 1


class Shipped(Frozen):
    """What ships of a release: the records by row and call, and the framework that they were made with."""

    against: str
    beside: str
    records: dict[tuple[str, str], Record]


NOTHING = Shipped("", "", {})


def read_certificate(prover: Prover) -> Shipped:
    """The certificate that ships with a release; an empty one where there is no file."""
    import json

    try:
        with open(prover.file, encoding="utf-8") as file:
            facts = json.load(file)
    except FileNotFoundError:
        return NOTHING
    records = {(row, each["call"]): record(each) for row, lines in facts["rows"].items() for each in lines}
    return Shipped(facts["against"], facts["beside"], records)


def write_certificate(prover: Prover, proofs: Iterable[Proof]) -> None:
    """Renews the file of a release."""
    with open(prover.file, "w", encoding="utf-8", newline="\n") as file:
        file.write(certificate_text(prover, proofs))


def certificate_text(prover: Prover, proofs: Iterable[Proof]) -> str:
    """The file of proofs of one release."""
    import json

    proofs = list(proofs)
    first = proofs[0]
    head = {
        "schema": SCHEMA,
        "against": first.against,
        "beside": first.beside,
        "premise": PREMISE,
        "unproved": dict(prover.unproved),
    }
    rows: dict[str, list[str]] = {}
    for proof in proofs:
        assert proof.record is not None, "only proofs are written"
        rows.setdefault(proof.claim.row, []).append(json.dumps(proof.record.facts(proof.claim)))
    lines = [f"{json.dumps(key)}: {json.dumps(value)}," for key, value in head.items()]
    written = [f"{json.dumps(row)}: [\n" + ",\n".join(rows[row]) + "\n]" for row in sorted(rows)]
    return "\n".join(["{", *lines, '"rows": {', ",\n".join(written), "}", "}", ""])
