"""The search for a number's layers and sizes in words."""

from __future__ import annotations

from ...errors import listed
from .ranking import USUAL
from .search import MOST_OPEN
from .templates import classes_of_templates

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .search import Sizes
    from .templates import Template

NAMED = 6  # layers that are printed by name


def search_in_words(searched_ones: list[Template], too_open: list[Template], known: Sizes) -> str:
    """The layers and sizes that were searched, and in one line those that were not."""
    if not searched_ones:
        return "searched: nothing, since no layer has all these sizes"
    names = classes_of_templates(searched_ones)
    found = f"searched: {listed(names) if len(names) <= NAMED else f'{len(searched_ones)} layers'}, every whole size"
    tried = [
        name for name in USUAL if name not in known and any(name in template.sizes and template.usual for template in searched_ones)
    ]
    left_out = [f"{name} other than {listed(sorted(USUAL[name]))}" for name in tried]
    if too_open:
        left_out.append(f"layers with more than {MOST_OPEN} open sizes ({listed(classes_of_templates(too_open))})")
    return "\n".join([found, *([f"not searched: {'; '.join(left_out)}"] if left_out else [])])
