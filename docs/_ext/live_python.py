"""The Python that the live page runs in the browser: Pyodide, SymPy and this checkout, in files beside the page.

Pyodide comes from npm, in one version whose hash is written here; SymPy is the installed one. All modules are compiled by
Pyodide itself when the site is built, and kept beside the doctrees for the next build.

What the answers of the page import is packed tightly and fetched first; the other modules follow if one is missed.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import subprocess
import tarfile
import zipfile
from importlib.metadata import distribution
from importlib.util import find_spec
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeAlias

    Files: TypeAlias = list[tuple[str, bytes]]  # names and contents

VERSION = "0.29.5"
SHA512 = "TkYrUv9m8QmfImADKRmpwZulL48E0uUaBSO+dvRQKyAJc0qh9gu7jn8btyHPh3NZm1r2IH2YrJhIr7Q2B9urAw=="
WASM, LOCK = "pyodide.asm.wasm", "pyodide-lock.json"  # fetched as .packed and unpacked by the worker, whatever the server can do
FOR_THE_BUILD = ("pyodide.mjs", "package.json")
LEFT_OUT = {"sympy": {"tests", "benchmarks", "physics", "stats", "autolev"}, "mpmath": {"tests"}}
STANDARD_LIBRARY, ZIP = "python_stdlib.zip", "/lib/python313.zip"  # as a file, and as Pyodide names it
RUNTIME = ("pyodide.js", "pyodide.asm.js", WASM, LOCK, STANDARD_LIBRARY)
LIBRARIES = {"libraries.zip": ("sympy", "mpmath"), "symparams.zip": ("symparams",)}
NOT_IN_A_BROWSER = {  # of the standard library: folders, files, and files of packages that are needed
    *("_pyrepl", "curses", "dbm", "ensurepip", "multiprocessing", "sqlite3", "unittest", "venv", "wsgiref", "xml", "xmlrpc"),
    *("doctest.py", "pdb.py", "pydoc.py", "pickletools.py", "turtle.py", "mailbox.py", "smtplib.py", "imaplib.py", "ftplib.py"),
    *("asyncio/__main__.py", "asyncio/proactor_events.py", "asyncio/windows_events.py", "asyncio/windows_utils.py"),
    *("concurrent/futures/process.py", "ctypes/macholib", "ctypes/_aix.py", "ctypes/wintypes.py"),
    *("logging/config.py", "logging/handlers.py", "json/tool.py", "pyodide/console.py", "zipfile/__main__.py"),
}
ENCODINGS = {"__init__.py", "aliases.py", "ascii.py", "cp437.py", "idna.py", "latin_1.py", "utf_8.py", "utf_8_sig.py", "utf_16.py"}
MODULES, COMPILER, ARCHIVE, PYODIDE = (
    Path(__file__).with_name(f"live_{name}") for name in ("modules.py", "bytecode.py", "archive.py", "pyodide.mjs")
)
LONGEST = 300  # seconds that npm or the compilation may take


class NoPython(Exception):
    """The reason why the page has no Python."""


def python(cache: Path) -> list[Path]:
    """The files to put beside the page. Raises :class:`NoPython` with the reason where they cannot be made."""
    cache.mkdir(parents=True, exist_ok=True)
    folder = pyodide(cache)
    libraries = [compiled(cache, folder, name, archive(packages), "/page") for name, packages in LIBRARIES.items()]
    standard = compiled(cache, folder, STANDARD_LIBRARY, in_a_browser(folder / STANDARD_LIBRARY), ZIP, "annotated")
    scripts = [folder / name for name in RUNTIME if name.endswith(".js")]
    runtime = [
        packed(cache / f"{WASM}.packed", (folder / WASM).read_bytes()),
        packed(cache / f"{LOCK}.packed", locked(folder / LOCK)),
    ]
    return [
        *scripts,
        *runtime,
        *parted(
            cache, folder, files_of(standard), [each for its in libraries for each in files_of(its)], needed(folder, libraries)
        ),
    ]


def packed(target: Path, content: bytes) -> Path:
    target.write_bytes(gzip.compress(content, 9, mtime=0))
    return target


def locked(lock: Path) -> bytes:
    """Pyodide's list of packages, of which the page uses none."""
    return json.dumps({**json.loads(lock.read_bytes()), "packages": {}}).encode()


def in_a_browser(library: Path) -> bytes:
    """The standard library without processes, terminals, databases and mail."""
    made = io.BytesIO()
    with zipfile.ZipFile(library) as files, zipfile.ZipFile(made, "w") as kept:
        for name in files.namelist():
            first, *inside = name.split("/")
            folders = {name, *(parent.as_posix() for parent in PurePosixPath(name).parents)}
            if not folders & NOT_IN_A_BROWSER and (first != "encodings" or inside[0] in ENCODINGS):
                kept.writestr(zipfile.ZipInfo(name), files.read(name))
    return made.getvalue()


def parted(cache: Path, folder: Path, standard: Files, libraries: Files, needed: set[str]) -> list[Path]:
    """The modules that the answers import, and those that they do not, each as compressed archives.

    A package of the standard library is not divided: what was fetched later would not be found beside the rest.
    """
    tops = {name.partition("/")[0] for name in needed}

    def is_first(name: str) -> bool:
        return name.removesuffix("c") in needed or not name.endswith((".pyc", ".txt"))

    def starts(name: str) -> bool:
        return name.partition("/")[0].removesuffix("c") in tops

    return [
        packed(cache / f"{STANDARD_LIBRARY}.packed", zipped([each for each in standard if starts(each[0])])),
        packed(cache / "first.packed", gathered(cache, folder, [each for each in libraries if is_first(each[0])])),
        packed(
            cache / "later.packed",
            tarred([each for each in standard if not starts(each[0])] + [each for each in libraries if not is_first(each[0])]),
        ),
    ]


def gathered(cache: Path, folder: Path, files: Files) -> bytes:
    """Modules and data as one value, which Pyodide's own Python makes."""
    given, made = cache / "first.zip", cache / "first"
    given.write_bytes(zipped(files))
    run("node", str(PYODIDE), str(folder), str(ARCHIVE), str(given), str(made))
    return made.read_bytes()


def files_of(archive: Path) -> Files:
    with zipfile.ZipFile(archive) as files:
        return [(name, files.read(name)) for name in sorted(files.namelist()) if not name.endswith("/")]


def zipped(files: Files) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files:
            archive.writestr(zipfile.ZipInfo(name), content)
    return made.getvalue()


def tarred(files: Files) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        for name, content in files:
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return made.getvalue()


def needed(folder: Path, libraries: list[Path]) -> set[str]:
    """The files that Pyodide has read after it answered the questions of the page."""
    names = run("node", str(PYODIDE), str(folder), str(MODULES), *map(str, libraries)).split()
    return {name.removesuffix("c") if name.endswith(".pyc") else name for name in names}


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


def compiled(cache: Path, folder: Path, name: str, sources: bytes, *kind: str) -> Path:
    """An archive of compiled modules; the same sources are compiled once."""
    key = hashlib.sha256(f"{VERSION} {kind} ".encode() + COMPILER.read_bytes() + sources).hexdigest()[:16]
    made = cache / key / name
    if not made.exists():
        made.parent.mkdir(exist_ok=True)
        given, unfinished = made.with_suffix(".sources"), made.with_suffix(".unfinished")
        given.write_bytes(sources)
        run("node", str(PYODIDE), str(folder), str(COMPILER), str(given), str(unfinished), *kind)
        given.unlink()
        unfinished.rename(made)
        for old in cache.glob(f"*/{name}"):
            if old != made and old.parent != folder:
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


def run(*command: str) -> str:
    """What a program prints."""
    try:
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=LONGEST, stdin=subprocess.DEVNULL)
    except FileNotFoundError:
        raise NoPython(f"{command[0]} is not installed") from None
    except subprocess.TimeoutExpired:
        raise NoPython(f"{command[0]} took longer than {LONGEST} s") from None
    if done.returncode:
        said = " ".join(done.stderr.split())[:300] or f"status {done.returncode}"
        raise NoPython(f"{' '.join(command[:3])}: {said}")
    return done.stdout
