"""What was searched for the layers and sizes of a number, in words."""

from __future__ import annotations

from ...errors import listed
from .ranking import USUAL
from .search import MOST_OPEN
from .templates import classes_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .search import Sizes
    from .templates import Template

NAMED = 6  # layers that are printed by name


def searched(looked_at: list[Template], too_open: list[Template], known: Sizes) -> str:
    """What was looked through, and what was not."""
    if not looked_at:
        return "searched: nothing, for no layer has all these sizes"
    names = classes_in(looked_at)
    lines = [f"searched: {listed(names) if len(names) <= NAMED else f'{len(looked_at)} layers'}, every whole size"]
    tried = [name for name in USUAL if name not in known and any(name in its.sizes and its.usual for its in looked_at)]
    lines += [f"  but of {name} only {listed(sorted(USUAL[name]))}" for name in tried]
    if too_open:
        lines.append(f"not searched, for more than {MOST_OPEN} sizes are open: {listed(classes_in(too_open))}")
    return "\n".join(lines)
