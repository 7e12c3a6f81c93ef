"""The house: which rooms symparams has, which room may import which, and that no import leads back to where it began.

The rooms are the entries at the top of ``symparams/``, and ``FLOORS`` is the order in which they are built: a room imports
from its own floor and from those below it. This holds for imports of every kind, inside functions and for types included.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from symparams.catalogue import DOORS
from tests.house.imports import Import, circles_in, graph_of, imports_below, shortest_circle

PACKAGE = Path(__file__).parent.parent.parent / "symparams"
FLOORS = [  # from the roof down
    ["cli"],
    ["paper", "summaries"],
    ["questions"],
    ["catalogue"],
    sorted({*DOORS, "huggingface", "jax", "onnx", "gguf", "lifting"}),
    ["tables", "layers"],
    ["core"],
    ["_startup", "errors"],
]
LEVELS = {room: level for level, rooms in enumerate(FLOORS) for room in rooms}
# x + y on two tensors makes an operation, and what an operation gives is a tensor again.
RECURSION = {"symparams.keras.graph", "symparams.keras.operations.operation"}


def entries(package: Path) -> list[str]:
    """What lies at the top of the package, dunders and ``py.typed`` aside."""
    names = (entry.name for entry in package.iterdir() if entry.is_dir() or entry.suffix == ".py")
    return sorted(name for name in names if not name.startswith("__"))


def without_a_floor(package: Path) -> list[str]:
    return [
        f"symparams/{name} is none of the rooms: put it into the room it belongs to, "
        "or, if it is a new door, name it in symparams/catalogue.py"
        for name in entries(package)
        if name.removesuffix(".py") not in LEVELS
    ]


def room_of(module: str) -> str:
    """The room of a module, or nothing for the package itself, which offers names of all of them."""
    return module.split(".")[1] if "." in module else ""


def upward(each: Import) -> bool:
    here, there = LEVELS.get(room_of(each.importer)), LEVELS.get(room_of(each.imported))
    return here is not None and there is not None and there < here


def upward_imports(package: Path) -> list[str]:
    return [
        f"{each}, and {room_of(each.imported)} is above {room_of(each.importer)}: move what is imported down to "
        f"{room_of(each.importer)} or below, or let the caller, who is above both, pass it as an argument"
        for each in imports_below(package)
        if upward(each)
    ]


def circles(package: Path) -> list[str]:
    graph = graph_of(imports_below(package))
    return [in_words(circle, shortest_circle(graph, circle)) for circle in circles_in(graph) if circle != RECURSION]


def in_words(circle: set[str], way: list[Import]) -> str:
    links = "\n    ".join(map(str, way))
    return (
        f"{len(circle)} modules import each other in a circle; the shortest way round is\n    {links}\n"
        "  Take one of these imports away: put what both modules need into a file below them, "
        f"or pass it as an argument. In the circle are {', '.join(sorted(circle))}"
    )


def test_every_entry_is_a_room_with_a_floor():
    found = without_a_floor(PACKAGE)
    assert not found, "\n".join(["", *found])


def test_imports_point_down():
    found = upward_imports(PACKAGE)
    assert not found, "\n".join(["", *found])


def test_no_import_leads_back_to_where_it_began():
    found = circles(PACKAGE)
    assert not found, "\n".join(["", *found])


def test_the_one_recursion_is_still_there():
    graph = graph_of(imports_below(PACKAGE))
    assert RECURSION in circles_in(graph), "keras/ has no recursion any more: take RECURSION out of this test"


# ---------------------------------------------------------------- what the laws would say of another package
@pytest.fixture
def package(tmp_path: Path):
    """A package of some files, by their paths and texts."""

    def made(**files: str) -> Path:
        for path, text in files.items():
            file = tmp_path / "symparams" / f"{path.replace('__', '/')}.py"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        return tmp_path / "symparams"

    return made


def test_a_room_that_is_none_is_named(package):
    (said,) = without_a_floor(package(core__a="", helpers=""))
    assert said.startswith("symparams/helpers.py is none of the rooms: put it into the room it belongs to, or, if it is a new door")


def test_an_upward_import_is_named_with_its_file_its_line_and_the_way_out(package):
    within = package(core__a="def f():\n    from ..tables.b import c\n", tables__b="from symparams.core import a\n")
    (said,) = upward_imports(within)
    assert said == (
        "symparams/core/a.py:2 imports symparams.tables.b inside a function, and tables is above core: "
        "move what is imported down to core or below, or let the caller, who is above both, pass it as an argument"
    )


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("from symparams.core.a import x", "as it is imported itself"),
        ("import symparams.core.a", "as it is imported itself"),
        ("from . import a", "as it is imported itself"),
        ("def f():\n    from .a import x", "inside a function"),
        ("TYPE_CHECKING = False\nif TYPE_CHECKING:\n    from .a import x", "for types"),
    ],
)
def test_a_circle_of_any_kind_is_shown_link_by_link(package, text, when):
    within = package(core__a="from .b import y\n", core__b=text + "\n", core__c="from .a import x\n")
    (said,) = circles(within)
    assert said.startswith(
        "2 modules import each other in a circle; the shortest way round is\n"
        "    symparams/core/a.py:1 imports symparams.core.b as it is imported itself\n"
        f"    symparams/core/b.py:{text.count(chr(10)) + 1} imports symparams.core.a {when}\n"
    )
    assert said.endswith("In the circle are symparams.core.a, symparams.core.b")


def test_a_house_in_order_has_nothing_to_say(package):
    within = package(core__a="", tables__b="from ..core.a import x\n", cli__c="from symparams.tables import b\n")
    assert (without_a_floor(within), upward_imports(within), circles(within)) == ([], [], [])
