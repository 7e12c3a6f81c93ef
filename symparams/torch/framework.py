"""PyTorch as a framework, for the rest of the library: its classes, its files, its names."""

from __future__ import annotations

from ..core.framework import Composite, Framework, Known, Release
from .automatic_names import name_by_user
from .file_endings import PICKLES, READ
from .printers import PRINTERS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ..core.claim import Prover
    from ..core.framework import Watch
    from .parameter_table import ParameterTable
    from .reading.torch_model import TorchModel
    from .row import Row

CONTAINERS = ("Sequential", "ModuleList", "Parameter", "ParameterList")  # the containers that a text may use


# ---------------------------------------------------------------- its classes
def has(name: str) -> bool:
    """Whether ``torch.nn`` has a class of that name."""
    from .signature import signatures

    return name in CONTAINERS or name in signatures()


def find(name: str) -> Known:
    """A class of the table."""
    from .table import find_row as row_of

    return known_row(name, row_of(name))


def known_row(name: str, row: Row) -> Known:
    """The facts about a class, from its row."""
    from .row import standard_build
    from .signature import signature, signatures

    composed = row.entry is None and row.build is not standard_build
    becomes = row.lazy.becomes if row.lazy is not None else ""
    return Known(name, signatures()[name], signature(name).known, row.entry, composed, becomes)


def make(name: str) -> Callable[..., object]:
    """A class of ``torch.nn``: one in the table, or a container."""
    if name in CONTAINERS:
        from . import nn

        container: Callable[..., object] = getattr(nn, name)
        return container
    from .builtin import builtin_class

    return builtin_class(name)


def prover() -> Prover:
    """What proves the formulas of ``torch.nn``."""
    from .proving.prover import prover

    return prover()


def names() -> list[str]:
    """The names of the table."""
    from .table import every_row

    return sorted(every_row())


def classes() -> Iterator[tuple[Release, Known]]:
    """The classes that correspond to one of our layers."""
    from .table import every_row

    return ((NN, known_row(name, row)) for name, row in every_row().items() if row.entry is not None)


def load() -> None:
    """Imports all rows, which adds their entries to the catalogue."""
    from .table import every_row

    every_row()


def composites() -> Iterator[Composite]:
    """Modules of several layers with their own class."""
    from ..core.sizes import symbols
    from . import nn
    from .rows.recurrent import CORES

    d, f, m, n, layers = symbols("d f m n L")
    for name in ("TransformerEncoderLayer", "TransformerDecoderLayer"):
        count = getattr(nn, name)(d, 1, dim_feedforward=f).count  # the number of heads does not change the count
        yield Composite(f"{NN.path}.{name}", count, {"d_model": ("d",), "dim_feedforward": ("f",)})
    for name in CORES:
        count = getattr(nn, name)(m, n, num_layers=layers).count
        yield Composite(f"{NN.path}.{name}", count, {"inputs": ("m",), "units": ("n",), "num_layers": ("L",)}, settings=1)


# ---------------------------------------------------------------- its models
def is_live(thing: object) -> bool:
    """Whether an object is a module of PyTorch itself."""
    return hasattr(thing, "named_parameters")


def read(source: object, letters: Mapping[str, object] | str | None = None, also: object = None) -> TorchModel:
    """The model that ``from_torch`` reads."""
    from .reading import from_torch

    return from_torch(source, letters=letters, also=also)


def knows(text: str) -> bool:
    """Whether a text is a directory with a checkpoint and no config."""
    from os.path import isdir, isfile, join

    if not isdir(text) or isfile(join(text, "config.json")):
        return False
    from .reading.checkpoints import ONE, SHARDED

    return any(isfile(join(text, name)) for name in (ONE, SHARDED))


def holds(path: str) -> bool:
    """Whether a file is a checkpoint: safetensors, or a pickle, which the reader refuses with the reason."""
    from .reading.checkpoints import is_checkpoint

    return is_checkpoint(path)


def listing(model: object) -> ParameterTable | None:
    """The parameters and buffers of a module."""
    from .module import Module
    from .parameter_table import ParameterTable

    return ParameterTable(model) if isinstance(model, Module) else None


NN = Release(
    key="torch",
    path="torch.nn",
    title="PyTorch",
    step="",
    prefix="nn.",
    has=has,
    find=find,
    make=make,
    names=names,
    prover=prover,
)


def watch(tags: bool) -> Watch:
    """What watches PyTorch while a user's code builds a model."""
    from .tagged_sizes import TorchTags

    return TorchTags(tags)


FRAMEWORK = Framework(
    name="torch",
    title="PyTorch",
    releases=(NN,),
    steps=frozenset(("torch", "nn")),
    examples=("torch.LSTM",),
    load=load,
    classes=classes,
    composites=composites,
    is_live=is_live,
    read=read,
    reader="from_torch",
    listing=listing,
    name_by_user=name_by_user,
    holders=("torch.Module", "torch.Parameter", "torch.Buffer", "torch.UninitializedParameter", "symparams.Parameter"),
    title_prefix=NN.prefix,
    endings=READ,
    refused=PICKLES,
    holds=holds,
    knows=knows,
    printers=PRINTERS,
    watch=watch,
    layer_code=("torch.nn.modules.",),
)
