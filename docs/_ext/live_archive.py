"""Puts compiled modules and their data into one value that Python reads at once: run by ``live_pyodide.mjs``.

What the modules have in common, above all their names, is in it once. The arguments are an archive of compiled modules, and the
file to make.
"""

from __future__ import annotations

import marshal
import sys
import zipfile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import CodeType

HEADER = 16  # bytes of a .pyc before its code
FINDER = Path(__file__).with_name("live_finder.py")


def gathered(archive: str) -> tuple[CodeType, dict[str, tuple[bool, CodeType]], dict[str, dict[str, bytes]]]:
    """The code that imports the modules; the modules by name, and whether each is a package; the data by package and path."""
    modules: dict[str, tuple[bool, CodeType]] = {}
    data: dict[str, dict[str, bytes]] = {}
    with zipfile.ZipFile(archive) as files:
        for name in files.namelist():
            path = PurePosixPath(name)
            if path.suffix == ".pyc":
                is_package = path.stem == "__init__"
                parts = path.parent.parts if is_package else path.with_suffix("").parts
                modules[".".join(parts)] = is_package, marshal.loads(files.read(name)[HEADER:])
            else:
                data.setdefault(".".join(path.parts[:2]), {})[name] = files.read(name)
    finder = compile(FINDER.read_text(encoding="utf-8"), FINDER.name, "exec", dont_inherit=True)
    return finder, modules, data


if __name__ == "__main__":
    _, given, made = sys.argv
    Path(f"/host{made}").write_bytes(marshal.dumps(gathered(f"/host{given}")))
