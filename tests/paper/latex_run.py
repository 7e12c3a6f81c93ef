"""One run of LaTeX over many fragments: its complaints, the files it opened, the text it printed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from symparams.core.notation.documents import PACKAGES

SECRET = "Xanthippe"


@dataclass(frozen=True)
class Run:
    """What LaTeX said: its complaints, each with the fragment it is about; the files it opened; the text it printed."""

    complaints: list[str]
    finished: bool
    files: set[str]
    text: str | None


def run(fragments: Iterable[tuple[str, str]], folder: Path) -> Run:
    """One document with all fragments; it loads all that a fragment may need and no more, as the library promises."""
    lines = [r"\documentclass{article}", rf"\usepackage{{{','.join(PACKAGES)}}}", r"\tracinglostchars=3", r"\begin{document}"]
    owners = ["the preamble"] * len(lines)
    for owner, fragment in fragments:
        new = rf"\noindent {fragment}\par".split("\n")
        lines += new
        owners += [f"{owner}: {fragment}"] * len(new)
    lines.append(r"\end{document}")
    owners.append("the end")
    (folder / "all.tex").write_text("\n".join(lines) + "\n", encoding="utf-8")
    for name in ("secret.txt", "secret.tex", "secret"):
        (folder / name).write_text(SECRET + "\n", encoding="ascii")
    command = ["pdflatex", "-no-shell-escape", "-interaction=nonstopmode", "-file-line-error", "-recorder", "all.tex"]
    limits = {"max_print_line": "100000", "openout_any": "p", "openin_any": "p", "TEXMFOUTPUT": str(folder)}
    ran = subprocess.run(
        command, cwd=folder, env=os.environ | limits, stdin=subprocess.DEVNULL, capture_output=True, timeout=300, check=False
    )
    log = ran.stdout.decode("latin-1")
    first = dict(reversed(re.findall(r"^(?:\./)?all\.tex:(\d+): (.*)$", log, re.MULTILINE)))  # of each line
    complaints = [f"all.tex:{line}: {first[line]}\n    {owners[int(line) - 1]}" for line in sorted(first, key=int)]
    complaints += re.findall(r"^(?:Missing character|! Emergency|!  ==>).*$", log, re.MULTILINE)
    record = folder / "all.fls"
    opened = record.read_text(encoding="utf-8", errors="replace").splitlines() if record.exists() else []
    files = {line.removeprefix("PWD ") for line in opened if not line.startswith("PWD ")}
    return Run(complaints, ran.returncode == 0 and (folder / "all.pdf").exists(), files, printed(folder / "all.pdf"))


def printed(pdf: Path) -> str | None:
    """The text of a PDF, or None where nothing can tell it."""
    if not pdf.exists():
        return ""
    if shutil.which("pdftotext") is None:
        return None
    return subprocess.run(["pdftotext", "-raw", str(pdf), "-"], capture_output=True, check=True).stdout.decode("utf-8", "replace")


def own(files: set[str]) -> set[str]:
    """The files that are not LaTeX's own: of these there is our document, and what it leaves beside it."""
    return {Path(line.split(" ", 1)[1]).name for line in files if not re.search(r"/(?:texmf|texlive|\.texlive)", line)}
