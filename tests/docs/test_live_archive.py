"""The modules of the live page come as one value, and are imported as if they were files."""

from __future__ import annotations

import importlib
import marshal
import runpy
import sys
import zipfile
from pathlib import Path

import pytest

EXTENSIONS = Path(__file__).parents[2] / "docs" / "_ext"
SOURCES = {
    "shelf/__init__.py": "from .rows import NUMBER",
    "shelf/rows.py": "NUMBER = 3",
    "shelf/tables/__init__.py": "from pathlib import Path; TEXT = Path(__file__).with_name('data').joinpath('sizes.txt').read_text()",
}


def compiled(name: str, source: str) -> bytes:
    return bytes(16) + marshal.dumps(compile(source, f"/page/{name}", "exec"))


@pytest.fixture
def page(tmp_path, monkeypatch):
    """The folder of the page, with a package imported from the value."""
    archive, place = tmp_path / "first.zip", tmp_path / "page"
    with zipfile.ZipFile(archive, "w") as files:
        for name, source in SOURCES.items():
            files.writestr(f"{name}c", compiled(name, source))
        files.writestr("shelf/tables/data/sizes.txt", "m n")
    finder, modules, data = marshal.loads(
        marshal.dumps(runpy.run_path(str(EXTENSIONS / "live_archive.py"))["gathered"](str(archive)))
    )
    names: dict[str, object] = {"__name__": "live_finder"}
    exec(finder, names)  # noqa: S102
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path])
    monkeypatch.setattr(sys, "path", [*sys.path])
    names["install"](modules, data, str(place))
    yield place
    for name in [name for name in sys.modules if name.partition(".")[0] == "shelf"]:
        del sys.modules[name]


def test_modules_are_imported_and_their_data_is_written_when_it_is_needed(page):
    shelf = importlib.import_module("shelf")
    assert [shelf.NUMBER, shelf.rows.__file__] == [3, f"{page}/shelf/rows.pyc"]
    assert [path.name for path in page.rglob("*")] == ["shelf"]
    assert importlib.import_module("shelf.tables").TEXT == "m n"


def test_what_comes_later_is_found_beside_them_and_what_never_comes_is_missed(page):
    importlib.import_module("shelf")
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("shelf.later")
    (page / "shelf" / "later.py").write_text("from . import NUMBER", encoding="utf-8")
    importlib.invalidate_caches()
    assert importlib.import_module("shelf.later").NUMBER == 3
