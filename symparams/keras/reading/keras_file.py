"""A ``.keras`` file, which is a zip: only ``config.json`` and ``metadata.json`` are read from it.

No member is written to disk, so a malicious path in it has no effect, and at most the length of a config is unpacked, whatever
length the member declares.
"""

from __future__ import annotations

from ..._startup.limits import ARCHIVE_MEMBERS, ARCHIVE_METADATA, SAVED_MODEL
from ..._startup.strict_json import parsed
from ...errors import SymparamsError, TextError
from .documents import too_long_error

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import BinaryIO
    from zipfile import ZipFile


def config_and_version(file: BinaryIO, called: str) -> tuple[bytes, str]:
    """The config of a ``.keras`` file, and the version of Keras that wrote it ("" if unknown)."""
    import zlib
    from zipfile import BadZipFile, ZipFile

    try:
        with ZipFile(file) as archive:
            config = zip_member(archive, "config.json", SAVED_MODEL, called)
            if config is None:
                raise TextError(f"{called} is not a .keras file: it is a zip without a config.json at its top")
            return config, version_in_metadata(zip_member(archive, "metadata.json", ARCHIVE_METADATA, called))
    except SymparamsError:
        raise
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, LookupError, OSError) as error:
        raise TextError(f"{called} is a damaged zip, or not one that Keras writes: {error}") from None


def zip_member(archive: ZipFile, name: str, longest: int, called: str) -> bytes | None:
    """One member, of limited length; None if there is none of that name."""
    from zipfile import ZIP_DEFLATED, ZIP_STORED

    entries = archive.infolist()
    if len(entries) > ARCHIVE_MEMBERS:
        raise TextError(f"{called} has {len(entries)} members; a .keras file has three")
    found = [entry for entry in entries if entry.filename == name]
    if not found:
        return None
    if len(found) > 1:
        raise TextError(f"{called} has {len(found)} members called {name}: it is ambiguous which one counts")
    if found[0].compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise TextError(f"{name} in {called} is compressed in a way that Keras does not use; save the model again")
    with archive.open(found[0]) as content:
        data = content.read(longest + 1)  # the declared size is not trusted
    if len(data) > longest:
        raise too_long_error(f"{name} in {called}", longest)
    return data


def version_in_metadata(metadata: bytes | None) -> str:
    """The ``keras_version`` in the metadata of a file."""
    try:
        data = parsed((metadata or b"{}").decode("utf-8"), "metadata.json")
    except (TextError, UnicodeDecodeError):
        return ""
    found = data.get("keras_version") if isinstance(data, dict) else None
    return found if isinstance(found, str) else ""
