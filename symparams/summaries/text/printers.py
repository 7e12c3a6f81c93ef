"""The tool that printed a table: by its head, the form of its names, and the classes of its rows."""

from __future__ import annotations

import re

from ...keras.printers import KERAS_2, KERAS_3
from ...torch.printers import FASTAI, TORCHINFO, TORCHSUMMARY
from .names import SUMMARIZED, is_of_torchinfo

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from .heads_and_totals import TableHead

GLUON = "MXNet Gluon"
PADDLE = "Paddle"
MXNET = "MXNet"
ARRAYS = "tabulate of flax or haiku"
LISTING = "a listing of tensors"
CAFFE = "a log of Caffe"
OF_PADDLE = re.compile(
    r"(?:Conv|BatchNorm|InstanceNorm|MaxPool|AvgPool|AdaptiveAvgPool|AdaptiveMaxPool|Conv\dDTranspose|Pool)[123]D$"
)
OF_MXNET = re.compile(r"\S\((?:null|Convolution|FullyConnected)\)$")
BARE = re.compile(r"[A-Z]\w*")  # a class without a name


def printer_of(head: TableHead, names: Sequence[str]) -> str:
    """The printer of a table with this head and these first cells."""
    if is_of_torchinfo(head.title, [name for name in names if name]):
        return TORCHINFO if "trainable" not in head.kinds or "(type)" not in head.title or "─" in "".join(names) else FASTAI
    plain = [name.strip() for name in names]
    numbered = [match[1] for name in plain if (match := SUMMARIZED.fullmatch(name))]
    if len(numbered) > len(plain) / 2 and not any("(" in name for name in plain):
        return printer_of_numbered(head, plain, numbered)
    if not any("(" in name for name in plain) and sum(bool(BARE.fullmatch(name)) for name in plain) > len(plain) / 2:
        return FASTAI
    if any(OF_MXNET.search(name) for name in plain) and not head.bars:
        return MXNET
    return KERAS_3 if head.bars else KERAS_2


def printer_of_numbered(head: TableHead, names: Sequence[str], classes: Sequence[str]) -> str:
    """The printer of rows such as ``Linear-4``."""
    if names[0] == "Input" or ("Dense" in classes and "Linear" not in classes):
        return GLUON
    paddle = "input" in head.kinds or any(map(OF_PADDLE.match, classes))
    return PADDLE if paddle else TORCHSUMMARY
