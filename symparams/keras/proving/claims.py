"""What we say of each call: it is made with our own door, and its tensors and counts are read off."""

from __future__ import annotations

from ...core.calls import Call
from ...core.claim import Claim
from ..layer import layer_class
from ..signature import parameters, signatures
from ..table import VERSIONS, find_row
from .calls import calls

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ..layer import KerasLayer


def names(version: str) -> list[str]:
    """The classes of a version about which there are claims."""
    return [name for name in calls() if name in signatures(version)]


def claims(version: str, name: str) -> Iterator[Claim]:
    """What is claimed of one class."""
    known = {(str(its), its.read): its for call in calls().get(name, ()) for its in known_variants(version, call)}
    return (claim(version, its) for its in known.values())


def known_variants(version: str, call: Call) -> Iterator[Call]:
    """The variants of a call that a version takes."""
    for variant in call.variants():
        its = fitting_call(version, variant)
        if its is not None:
            yield its


def fitting_call(version: str, call: Call) -> Call | None:
    """The call as a version takes it: a switch that it lacks and that is off is left out; None where it lacks anything else."""
    if call.name not in signatures(version):
        return None
    kept: dict[str, object] = {}
    for name, value in call.arguments.items():
        if takes_argument(version, call.name, name):
            kept[name] = fitting_call(version, value) if isinstance(value, Call) else value
        elif value is not False:
            return None
    return None if None in [kept[name] for name in kept if isinstance(call.arguments[name], Call)] else call.but(arguments=kept)


def takes_argument(version: str, name: str, argument: str) -> bool:
    """Whether a class takes an argument in a version; a policy of numbers is new in Keras 3."""
    row, new = find_row(version, name), version == "v3"
    also = (*row.also, "dtype") if new else row.also_before
    return argument in parameters(version, name) or argument in also


def claim(version: str, call: Call) -> Claim:
    """What we say of a call."""
    layer = built_layer(call, lambda name: layer_class(version, name))
    return Claim(
        row=f"{VERSIONS[version]}.{call.name}",
        call=call,
        count=layer.count,
        trainable=layer.trainable_count,
        tensors=tuple(layer.weights),
    )


def built_layer(call: Call, find_class: Callable[[str], type[KerasLayer]]) -> KerasLayer:
    """The layer of a call, with its input."""
    layer = call.made(find_class)
    layer.build(*(call.reads if isinstance(call.reads, list) else [call.reads]))
    return layer
