"""``solve``: which sizes give this count, and why are there no others?"""

from ..._startup.lazy import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .pairs import solve_pairs as solve_pairs
    from .question import solve as solve

HOMES = {"solve": "question", "solve_pairs": "pairs"}

__getattr__, __dir__ = names_of(__name__, HOMES)
