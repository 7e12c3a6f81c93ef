"""``torch.nn.utils``: ``weight_norm``, ``spectral_norm`` and the parametrizations."""

from __future__ import annotations

from ...._startup.lazy import names_of
from ....errors import UnknownLayerError, as_asked
from ...namespaces.modules import name_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from . import clip_grad as clip_grad
    from . import convert_parameters as convert_parameters
    from . import parametrizations as parametrizations
    from . import parametrize as parametrize
    from . import prune as prune
    from . import rnn as rnn
    from . import stateless as stateless
    from .reparametrized import remove_spectral_norm as remove_spectral_norm
    from .reparametrized import remove_weight_norm as remove_weight_norm
    from .reparametrized import spectral_norm as spectral_norm
    from .reparametrized import weight_norm as weight_norm

HOMES = dict.fromkeys(("weight_norm", "spectral_norm", "remove_weight_norm", "remove_spectral_norm"), "reparametrized")
__all__ = [*HOMES, "parametrizations", "parametrize"]  # noqa: PLE0604  (they are strings)
_lazily, __dir__ = names_of(__name__, HOMES, ("parametrizations", "parametrize"))


def __getattr__(name: str) -> Any:
    """A name of this library, or any other that PyTorch has here."""
    if name in __all__ or name.startswith("__"):
        return _lazily(name)
    try:
        return name_in("nn.utils", name)
    except UnknownLayerError as error:
        raise as_asked(error) from None
