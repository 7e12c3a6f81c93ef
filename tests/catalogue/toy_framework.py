"""A framework of one class, as a door would have it: all that its package needs, in one file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from symparams import layers, symbols
from symparams.core.catalogue import CATALOGUE, Entry, always, when
from symparams.core.conventions import Convention
from symparams.core.framework import Framework, Known, Release
from symparams.core.model import Countable, Part
from symparams.core.sizes import shown
from symparams.errors import SettingError, UnknownLayerError
from symparams.tables.answer import Answer, Table
from symparams.tables.facts import count_facts

if TYPE_CHECKING:
    from symparams.core.sizes import Dim
    from symparams.core.tree import Node

n = symbols("n")

ENTRY = Entry(
    name="toy.Blend",
    layer=layers.Dense,
    convention=Convention(outputs_first=True, names={"kernel": "mix"}, copies={"bias_sets": ("{}_in", "{}_out")}),
    options=(when("plain", True, "plain=True has no bias", bias_sets=0), always("the toy adds a bias on either side", bias_sets=2)),
    letters={},
)
BLEND = Known("Blend", "inputs, outputs, plain=False", {"plain": False}, ENTRY)


class Blend(Countable):
    """What ``toy.Blend(m, n)`` makes."""

    notes: tuple[str, ...] = ()
    replaced: dict[str, str] = {}  # noqa: RUF012  (nothing is ever replaced)

    def __init__(self, inputs: Dim, outputs: Dim, plain: bool = False) -> None:
        decided = ENTRY.decided({"plain": plain})
        sets = {field: option.of({})[field] for field, option in decided.items()}
        self.layer = layers.Dense(inputs=inputs, units=outputs, **sets)
        self.because = {field: option.because for field, option in decided.items()}

    @property
    def title(self) -> str:
        return "toy.Blend"

    @property
    def node(self) -> Node:
        return self.layer.weights()

    @property
    def parts(self) -> list[Part]:
        return [Part(name="blend~3", title=self.title, layer=self.layer, node=self.node, because=self.because)]


class LiveToy:
    """A model of the framework itself."""

    toy_weights = ()


def find(name: str) -> Known:
    if name != "Blend":
        raise UnknownLayerError(f"no {name!r} in toy; it has Blend")
    return BLEND


def make(name: str) -> type[Blend]:
    find(name)
    return Blend


def read(source: str, letters: object = None) -> Blend:
    if source.endswith(".toyz"):
        raise SettingError(f"{source} is squeezed: write it as .toy")
    return Blend(*(n if letters else int(size) for size in Path(source).read_text(encoding="utf-8").split()))


class Tensors(Answer):
    """What ``show`` prints of a model."""

    def __init__(self, model: Blend) -> None:
        self.model, self.tensors = model, ENTRY.convention.tensors(model.node)

    def facts(self) -> dict[str, object]:
        return {"tensors": [each.path for each in self.tensors], **count_facts(self.model.count)}

    def table(self) -> Table:
        rows = [{"tensor": tensor.path, "shape": shown(tensor.shape)} for tensor in self.tensors]
        return Table({"tensor": "Tensor", "shape": "Shape"}, rows)

    def __repr__(self) -> str:
        return f"<Tensors of {self.model.title}>"


def listing(model: object) -> Tensors | None:
    return Tensors(model) if isinstance(model, Blend) else None


RELEASE = Release(
    key="toy1",
    path="toy",
    title="Toy 1",
    step="",
    prefix="toy.",
    has=lambda name: name == "Blend",
    find=find,
    make=make,
    names=lambda: ["Blend"],
)
FRAMEWORK = Framework(
    name="toy",
    title="Toy",
    releases=(RELEASE,),
    steps=frozenset(("toy",)),
    examples=("toy.Blend",),
    load=lambda: CATALOGUE.setdefault(ENTRY.name, ENTRY),
    classes=lambda: [(RELEASE, BLEND)],
    is_live=lambda thing: hasattr(thing, "toy_weights"),
    read=read,
    reader="from_toy",
    listing=listing,
    name_by_user=lambda name, _: name.partition("~")[0],
    title_prefix="toy.",
    endings=(".toy",),
    refused=(".toyz",),
)
