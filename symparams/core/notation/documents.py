r"""LaTeX as a file: a fragment for ``\input`` that names the packages it needs, or a document of its own."""

from __future__ import annotations

import os

from ...errors import SettingError, brief

# The packages, and their commands. No name can be mistaken for a command: the backslash of a name is escaped.
PACKAGES = {
    "amsmath": (r"\text{", r"\operatorname", r"\begin{equation*}", r"\begin{align", r"\notag"),
    "array": (r"\arraybackslash",),
    "booktabs": (r"\toprule",),
    "graphicx": (r"\resizebox",),
    "siunitx": (r"\num{",),
    "tabularx": (r"\begin{tabularx}",),
}


def packages(text: str) -> list[str]:
    """The packages that a text needs."""
    return [name for name, commands in PACKAGES.items() if any(command in text for command in commands)]


def fragment(tex: str) -> str:
    r"""The LaTeX as the text of a file for ``\input``; its first line names the packages."""
    needed = "".join(rf"\usepackage{{{name}}}" for name in packages(tex))
    return f"% needs {needed}\n{tex}\n" if needed else f"{tex}\n"


def document(body: str) -> str:
    """A document that compiles by itself, with only this body on its page."""
    needed = [rf"\usepackage{{{name}}}" for name in packages(body)]
    head = [r"\documentclass{article}", *needed, r"\pagestyle{empty}", r"\begin{document}"]
    start = (
        [r"\noindent"] if body.startswith((r"\begin{tabular", r"\begingroup")) else []
    )  # otherwise it would be indented as the start of a paragraph
    return "\n".join([*head, *start, body, r"\end{document}", ""])


def document_text(tex: str, displayed: str, standalone: bool, file: object) -> str:
    """The LaTeX, or with ``standalone`` the document that displays it; also written to a file if one is named."""
    whole = document(displayed) if standalone else tex
    if file is not None:
        write_whole(file, whole if standalone else fragment(tex))
    return whole


def write_whole(path: object, text: str) -> None:
    """Writes a file whole or not at all: a reader sees the old text or the new one, never half of it.

    Raises :class:`SettingError` where it cannot be written; the old file is untouched then.
    """
    if not (isinstance(path, str | os.PathLike) and os.fspath(path)):
        raise SettingError(f"a file is named by its path, such as 'lstm.tex', not {brief(path)}")
    try:
        if os.path.exists(path) and not os.path.isfile(path):  # such as /dev/stdout, which has no old content to keep
            with open(path, "w", encoding="utf-8") as device:
                device.write(text)
            return
        place = os.path.realpath(path)
        unfinished = f"{place}.{os.getpid()}.tmp"
        try:
            with open(unfinished, "x", encoding="utf-8", newline="\n") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            if os.path.exists(place):
                os.chmod(unfinished, os.stat(place).st_mode & 0o777)
            os.replace(unfinished, place)
        except BaseException:
            if os.path.exists(unfinished):
                os.unlink(unfinished)
            raise
    except (OSError, ValueError) as error:  # ValueError: a null byte in the path
        raise SettingError(f"cannot write {os.fspath(path)!r}: {getattr(error, 'strerror', None) or error}") from error
