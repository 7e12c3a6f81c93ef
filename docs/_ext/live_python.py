"""The Python that the live page runs in the browser: Pyodide, SymPy and this checkout, in files beside the page.

Pyodide comes from npm, in one version whose hash is written here; SymPy is the installed one. Both are compiled by
Pyodide itself when the site is built, and kept beside the doctrees for the next build.

What the answers of the page import is packed tightly and fetched first; the other modules follow if one is missed.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import subprocess
import sys
import tarfile
import zipfile
from importlib.metadata import distribution
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

VERSION = "0.29.5"
SHA512 = "TkYrUv9m8QmfImADKRmpwZulL48E0uUaBSO+dvRQKyAJc0qh9gu7jn8btyHPh3NZm1r2IH2YrJhIr7Q2B9urAw=="
RUNTIME = ("pyodide.js", "pyodide.asm.js", "pyodide.asm.wasm", "pyodide-lock.json", "python_stdlib.zip")
PACKED = {"pyodide.asm.wasm", "pyodide-lock.json"}  # fetched as .packed and unpacked by the worker, whatever the server can do
FOR_THE_BUILD = ("pyodide.mjs", "package.json")
LEFT_OUT = {"sympy": {"tests", "benchmarks", "physics", "stats", "autolev"}, "mpmath": {"tests"}}
LIBRARIES = {"libraries.zip": ("sympy", "mpmath"), "symparams.zip": ("symparams",)}
OPTIMIZE = {"libraries.zip": 2, "symparams.zip": 0}  # SymPy without its docstrings, which are half of it
STANDARD_LIBRARY = "python_stdlib.zip"
NOT_IN_A_BROWSER = {  # of the standard library
    *("_pyrepl", "curses", "dbm", "ensurepip", "multiprocessing", "sqlite3", "unittest", "venv", "wsgiref", "xml", "xmlrpc"),
    *("doctest.py", "pdb.py", "pydoc.py", "pickletools.py", "turtle.py", "mailbox.py", "smtplib.py", "imaplib.py", "ftplib.py"),
}
ENCODINGS = {"__init__.py", "aliases.py", "ascii.py", "cp437.py", "idna.py", "latin_1.py", "utf_8.py", "utf_8_sig.py", "utf_16.py"}
MODULES = Path(__file__).with_name("live_modules.py")
COMPILER = Path(__file__).with_name("live_compile.mjs")
LONGEST = 300  # seconds that npm or the compilation may take


class NoPython(Exception):
    """The reason why the page has no Python."""


def python(cache: Path) -> list[Path]:
    """The files to put beside the page. Raises :class:`NoPython` with the reason where they cannot be made."""
    cache.mkdir(parents=True, exist_ok=True)
    folder = pyodide(cache)
    runtime = [packed(cache, folder / name) if name in PACKED else folder / name for name in RUNTIME if name != STANDARD_LIBRARY]
    runtime.append(without_what_no_browser_has(folder / STANDARD_LIBRARY, cache / STANDARD_LIBRARY))
    first, later = archives(cache, [compiled(cache, folder, name) for name in LIBRARIES])
    return [*runtime, first, later]


def packed(cache: Path, file: Path) -> Path:
    made = cache / f"{file.name}.packed"
    made.write_bytes(gzip.compress(file.read_bytes(), 9, mtime=0))
    return made


def without_what_no_browser_has(library: Path, made: Path) -> Path:
    """The standard library without processes, terminals, databases and mail."""
    with zipfile.ZipFile(library) as files, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as kept:
        for name in files.namelist():
            first, *inside = name.split("/")
            if first not in NOT_IN_A_BROWSER and (first != "encodings" or inside[0] in ENCODINGS):
                kept.writestr(zipfile.ZipInfo(name), files.read(name), zipfile.ZIP_DEFLATED, 9)
    return made


def archives(cache: Path, compiled: list[Path]) -> tuple[Path, Path]:
    """The modules that the answers import, and those that they do not, each as one compressed archive."""
    needed = modules_of_the_answers()
    parts: tuple[list[tuple[str, bytes]], ...] = ([], [])
    for each in compiled:
        with zipfile.ZipFile(each) as files:
            for name in files.namelist():
                is_needed = name.removesuffix("c") in needed or not name.endswith((".pyc", ".txt"))
                parts[0 if is_needed else 1].append((name, files.read(name)))
    return archived(cache / "first.packed", parts[0]), archived(cache / "later.packed", parts[1])


def archived(target: Path, files: list[tuple[str, bytes]]) -> Path:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        for name, content in sorted(files):
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    target.write_bytes(gzip.compress(made.getvalue(), 9, mtime=0))
    return target


def modules_of_the_answers() -> set[str]:
    """The files that a fresh Python has read after it answered the questions of the page."""
    done = subprocess.run([sys.executable, str(MODULES)], capture_output=True, text=True, check=True, timeout=LONGEST)
    return set(done.stdout.split())


def pyodide(cache: Path) -> Path:
    """The folder with Pyodide, fetched if it is missing."""
    folder = cache / f"pyodide-{VERSION}"
    if not folder.exists():
        run("npm", "pack", f"pyodide@{VERSION}", "--loglevel=error", "--ignore-scripts", "--pack-destination", str(cache))
        archive = cache / f"pyodide-{VERSION}.tgz"
        content = archive.read_bytes()
        archive.unlink()
        if base64.b64encode(hashlib.sha512(content).digest()).decode() != SHA512:
            raise NoPython(f"npm's pyodide {VERSION} does not have the hash in docs/_ext/live_python.py")
        unfinished = cache / "unfinished"
        unfinished.mkdir(exist_ok=True)
        with tarfile.open(fileobj=io.BytesIO(content)) as files:
            for name in (*RUNTIME, *FOR_THE_BUILD):
                member = files.extractfile(f"package/{name}")
                assert member is not None
                (unfinished / name).write_bytes(member.read())
        unfinished.rename(folder)
    return folder


def compiled(cache: Path, folder: Path, name: str) -> Path:
    """An archive of compiled modules; the same sources are compiled once."""
    sources = archive(LIBRARIES[name])
    key = hashlib.sha256(f"{VERSION} {OPTIMIZE[name]} ".encode() + COMPILER.read_bytes() + sources).hexdigest()[:16]
    made = cache / key / name
    if not made.exists():
        made.parent.mkdir(exist_ok=True)
        given, unfinished = made.with_suffix(".sources"), made.with_suffix(".unfinished")
        given.write_bytes(sources)
        run("node", str(COMPILER), str(folder), str(given), str(unfinished), str(OPTIMIZE[name]))
        given.unlink()
        unfinished.rename(made)
        for old in cache.glob(f"*/{name}"):
            if old != made:
                old.unlink()
                old.parent.rmdir()
    return made


def archive(packages: tuple[str, ...]) -> bytes:
    """The sources of packages, always the same bytes for the same sources."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as files:
        for package in packages:
            for name, path in sources_of(package):
                files.writestr(zipfile.ZipInfo(name), path.read_bytes())
    return made.getvalue()


def sources_of(package: str) -> Iterator[tuple[str, Path]]:
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise NoPython(f"{package} is not installed")
    root = Path(spec.submodule_search_locations[0])
    for path in sorted(root.rglob("*")):
        inside = path.relative_to(root)
        if path.suffix in (".py", ".txt") and not LEFT_OUT.get(package, set()) & set(inside.parts):
            yield f"{package}/{inside.as_posix()}", path
    if package in LEFT_OUT:  # code of others: with its licence
        for file in distribution(package).files or ():
            if file.name.startswith("LICENSE") and file.parts[0].endswith(".dist-info"):
                yield f"{package}/{file.name}", Path(str(file.locate()))


def run(*command: str) -> None:
    try:
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=LONGEST, stdin=subprocess.DEVNULL)
    except FileNotFoundError:
        raise NoPython(f"{command[0]} is not installed") from None
    except subprocess.TimeoutExpired:
        raise NoPython(f"{command[0]} took longer than {LONGEST} s") from None
    if done.returncode:
        said = " ".join(done.stderr.split())[:300] or f"status {done.returncode}"
        raise NoPython(f"{' '.join(command[:3])}: {said}")
