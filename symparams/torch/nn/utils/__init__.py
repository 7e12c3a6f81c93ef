"""``torch.nn.utils``: ``weight_norm``, ``spectral_norm`` and the parametrizations."""

from ...._startup.lazy import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from . import parametrizations as parametrizations
    from . import parametrize as parametrize
    from .reparametrized import remove_spectral_norm as remove_spectral_norm
    from .reparametrized import remove_weight_norm as remove_weight_norm
    from .reparametrized import spectral_norm as spectral_norm
    from .reparametrized import weight_norm as weight_norm

HOMES = dict.fromkeys(("weight_norm", "spectral_norm", "remove_weight_norm", "remove_spectral_norm"), "reparametrized")
__all__ = [*HOMES, "parametrizations", "parametrize"]  # noqa: PLE0604  (they are strings)
__getattr__, __dir__ = names_of(__name__, HOMES, ("parametrizations", "parametrize"))
