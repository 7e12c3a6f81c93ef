"""``compare``: why two models differ."""

from ..._startup.lazy import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .answer import Difference as Difference
    from .question import compare as compare
    from .variants import compare_all as compare_all

HOMES = {"Difference": "answer", "compare": "question", "compare_all": "variants"}

__getattr__, __dir__ = names_of(__name__, HOMES)
