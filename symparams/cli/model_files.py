"""Model files on a command line: whether a text is the path of one, and the model that it holds."""

from __future__ import annotations

from os.path import isfile

from ..core.first_bytes import first_bytes
from ..core.framework_modules import framework_of_path
from ..core.frameworks import framework_of_file, frameworks
from ..errors import ArgumentError, TextError, brief, either

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

BEGINNING = 4096  # bytes
TABLE = "a printed table"
TEXTS = (".txt", ".log", ".md", ".out")


def is_file(text: str) -> bool:
    """Whether a text looks like the path of a model's file, by its ending; the file need not exist."""
    return framework_of_file(text) is not None


def is_text(text: str) -> bool:
    """Whether a text is the path of a file that may hold a pasted table: by its ending, or because it exists."""
    return "\n" not in text and (text.lower().endswith(TEXTS) or ("(" not in text and isfile(text)))


def saved_model(source: str, letters: Mapping[str, object] | str | None = None, also: str | None = None) -> Any:
    """The model of a file, read by the framework that has its ending; of a JSON text, by the one that knows it or else the first.

    ``also`` is the file of a second model of the same code, for letters that both have.
    """
    its = (each for each in frameworks() if each.knows_json(source))
    framework = framework_of_file(source) or next(its, None) or next(frameworks())
    if also is None:
        return framework.read(source, letters=letters)
    if framework_of_file(also) is not framework or framework.reader == "from_huggingface":
        raise ArgumentError(f"--also is a second file of the same framework, not {brief(also)}")
    return framework.read(source, letters=letters, also=also)


def kind_of_file(source: str) -> str:
    """What a file is that its name does not tell: a framework's, or a text that may have a table; empty for any other source.

    Raises :class:`TextError` for a file of no kind that is read.
    """
    if not isfile(source) or framework_of_path(source, frameworks()) is not None:
        return ""
    framework = framework_of_file(source)
    if framework is not None:
        return framework.title
    beginning = first_bytes(source, BEGINNING).lstrip(b"\xef\xbb\xbf \t\r\n")
    if beginning.startswith((b"{", b"[")):
        return ""
    if b"\0" in beginning:
        endings = dict.fromkeys(ending for each in frameworks() for ending in each.endings)
        raise TextError(
            f"{brief(source)} is of no kind that is read: give a file that ends in {either(endings)}, or a printed table"
        )
    return TABLE
