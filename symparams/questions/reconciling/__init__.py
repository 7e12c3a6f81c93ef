"""``reconcile``: why does a model not have the reported number of parameters?"""

from ..._startup.lazy import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .question import reconcile as reconcile

HOMES = {"reconcile": "question"}

__getattr__, __dir__ = names_of(__name__, HOMES)
