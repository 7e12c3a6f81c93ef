"""``check``: where does a formula written by hand differ from the model?"""

from ..._startup.lazy import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .question import check as check

HOMES = {"check": "question"}

__getattr__, __dir__ = names_of(__name__, HOMES)
