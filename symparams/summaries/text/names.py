"""A name and a class from the first cell of a row, even where the cell was cut."""

from __future__ import annotations

import re
from functools import cache

from .cells import CUT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

MODELS = ("Functional", "Sequential", "Model")
NO_LONGER = (
    "Highway",
    "MaxoutDense",
    "Merge",
    "ParametricSoftplus",
    "SReLU",
    "Siamese",
    "AutoEncoder",
    "LambdaMerge",
    "MaskedMerge",
)
RENAMED = {  # classes of Keras 0 and 1, with their names today
    "AtrousConv1D": "Conv1D", "AtrousConv2D": "Conv2D", "AtrousConvolution1D": "Conv1D", "AtrousConvolution2D": "Conv2D",
    "Convolution1D": "Conv1D", "Convolution2D": "Conv2D", "Convolution3D": "Conv3D", "SeparableConvolution2D": "SeparableConv2D",
    "Deconv2D": "Conv2DTranspose", "Deconv3D": "Conv3DTranspose", "Deconvolution2D": "Conv2DTranspose", "Deconvolution3D": "Conv3DTranspose",
    "TimeDistributedDense": "Dense",
}  # fmt: skip
NUMBERED = re.compile(r"_\d+$")
RANKED = re.compile(r"[123]D$")
SUMMARIZED = re.compile(r"([A-Za-z_]\w*)-\d+")  # torchsummary: Linear-4
BRANCHES = re.compile(r"^[\s│|├└─+?\ufffd`-]*")
BRANCH, TWIG = 5, 2  # the indentation of torchinfo for each level, and the length of the sign before a module
TREE = re.compile(r"\s*(?:[│|?\ufffd] {4})*(?:[├└]─|\+ |[|`+]-|(?:\?|\ufffd){2})[A-Za-z_]")  # a module inside another
TORCHINFO = re.compile(r"([^\s:(]+)(?: \(([^()]*)\))?(?:: ([\d-]+))?")


def keras_name(cell: str) -> tuple[str, str | None]:
    """The name and the class in ``lstm_1 (LSTM)``; the class is None where the cell was cut before it is certain."""
    cell = " ".join(cell.split())
    name, opening, class_name = cell.rpartition("(")
    if not opening:
        numbered = SUMMARIZED.fullmatch(cell.split(" ")[0])
        return cell, numbered[1] if numbered is not None and numbered[1][0].isupper() else None
    name, class_name = name.strip().rstrip(CUT), class_name.strip()
    if class_name.endswith(")"):
        return name, class_name[:-1].strip() or None
    return name, completed_class(class_name.rstrip(CUT), name)


def completed_class(beginning: str, name: str) -> str | None:
    """The class with this beginning: the only one, or the one whose layers have this name by default."""
    fitting = classes_beginning_with(beginning)
    if len(fitting) > 1:
        from ...keras.names import automatic_name

        plain = NUMBERED.sub("", name)
        fitting = [class_name for class_name in fitting if automatic_name(class_name) == plain]
    elif not fitting:
        earlier = [class_name for class_name in (*RENAMED, *NO_LONGER) if class_name.startswith(beginning)]
        fitting = [name_ for name_ in earlier if name_.lower() == NUMBERED.sub("", name)] or earlier
    return fitting[0] if len(fitting) == 1 else None


def classes_beginning_with(text: str) -> list[str]:
    """The classes with this beginning."""
    return [class_name for class_name in known_classes() if class_name.startswith(text)]


def class_by_rank(beginning: str, rank: int) -> str | None:
    """The class with this beginning, where the possible classes differ only in the rank of their input."""
    fitting = classes_beginning_with(beginning)
    alike = len({RANKED.sub("", class_name) for class_name in fitting}) == 1 and all(map(RANKED.search, fitting))
    found = [class_name for class_name in fitting if class_name.endswith(f"{rank - 2}D")] if alike else []
    return found[0] if found else None


@cache
def known_classes() -> tuple[str, ...]:
    """Every class of any version of Keras, by its printed name."""
    from ...keras.signature import signatures

    found = dict.fromkeys(MODELS)
    for version in ("v3", "v2", "v1"):
        found |= {name: None for name, signature in signatures(version).items() if not signature.startswith("= ")}
    return tuple(found)


def is_of_torchinfo(title: str, names: Sequence[str]) -> bool:
    """Whether torchinfo printed a table: by its head, by rows drawn as a tree, or by rows that are all names of modules."""
    if "type:depth" in title or "var_name" in title or any(map(TREE.match, names)):
        return True
    from ...torch.signature import signatures

    return bool(names) and all(name.strip() in signatures() for name in names)


def torch_name(cell: str) -> tuple[str, str | None, int]:
    """Name, class and depth of a line of torchinfo: ``│    └─Linear (fc): 2-1``."""
    branches = BRANCHES.match(cell)
    lead = branches.group() if branches else ""
    match = TORCHINFO.match(cell[len(lead) :])
    if match is None:
        return cell.strip(), None, 0
    class_name, variable, place = match.groups()
    depth = int(place.split("-")[0]) if place else ((len(lead) - TWIG) // BRANCH + 1 if lead.strip() else 0)
    return variable or (f"{class_name}: {place}" if place else class_name), class_name, depth
