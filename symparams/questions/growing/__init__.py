"""``growth``: how does a count grow with one size? ``crossings``: where does one count overtake another?"""

from ..._startup.lazy import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .crossings import crossings as crossings
    from .question import growth as growth

HOMES = {"crossings": "crossings", "growth": "question"}

__getattr__, __dir__ = names_of(__name__, HOMES)
