"""What JSON says of a reconciliation."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .answer import Reading, Reconciliation


def facts(found: Reconciliation) -> dict[str, object]:
    """The answer as JSON: all readings, or the nearest where there is none."""
    nearest = found.nearest
    return {
        "model": found.pieces.title,
        "count": found.count,
        "reported": found.reported.text,
        "read": found.read or None,
        "readings": [reading_facts(reading) for reading in found.readings],
        "nearest": None if nearest is None else reading_facts(nearest[0]) | {"off_by": nearest[1]},
    }


def reading_facts(reading: Reading) -> dict[str, object]:
    steps = zip(reading.switches, reading.sentences, reading.formulas, strict=True)
    return {
        "count": reading.count,
        "steps": [{"switch": switch, "says": says, "formula": formula} for switch, says, formula in steps],
    }
