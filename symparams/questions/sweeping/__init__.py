"""``sweep``: a count over a grid of sizes. :meth:`symparams.Formula.grid` has the points themselves."""

from ..._startup.lazy import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .question import sweep as sweep

HOMES = {"sweep": "question"}

__getattr__, __dir__ = names_of(__name__, HOMES)
