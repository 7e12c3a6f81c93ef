"""``prove``: is a formula the framework's own count at every size? The framework is built on a grid that fixes the polynomial."""

from ..._startup.lazy import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .question import prove as prove

HOMES = {"prove": "question"}

__getattr__, __dir__ = names_of(__name__, HOMES)
