"""Whether the name of a layer says which one it is: not where the framework numbered it, and shifts it with what comes before."""

from __future__ import annotations

from functools import cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ...core.model import Part

CONTAINERS = ("functional", "model", "sequential")


def own_name(part: Part) -> str:
    """What somebody named it; automatic names such as ``dense_10`` and places such as the 3 of ``layers.3`` are left out."""
    return part.name if part.chosen else by_looks(part.name, part.title)


@cache
def by_looks(name: str, title: str) -> str:
    """The same of a name of which nobody knows who gave it: a file has automatic names and others alike."""
    if title.startswith("nn."):
        return ".".join(step for step in name.split(".") if not step.isdigit())
    *around, last = name.split("/")
    class_name = title.partition("(")[0].rpartition(".")[2]
    steps = [step for step in around if not any(is_automatic(step, each) for each in CONTAINERS)]
    return "/".join(steps if is_automatic(last, class_name) else [*steps, last])


def is_automatic(name: str, class_name: str) -> bool:
    """Whether a name is what Keras makes of a class, ``conv2d_transpose_3``, with a number or without."""
    base, _, number = name.rpartition("_")
    return (base if number.isdigit() else name).replace("_", "") == class_name.lower()
