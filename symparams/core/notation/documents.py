r"""LaTeX as a file: a fragment for ``\input`` that says which packages it needs, or a document of its own."""

from __future__ import annotations

from .writing import write_whole

# The packages, and what in a text is theirs. No name can be mistaken for it: the backslash of a name is escaped.
PACKAGES = {
    "amsmath": (r"\text{", r"\operatorname", r"\begin{equation*}", r"\begin{align", r"\notag"),
    "array": (r"\arraybackslash",),
    "booktabs": (r"\toprule",),
    "siunitx": (r"\num{",),
}


def packages(text: str) -> list[str]:
    """The packages that a text needs."""
    return [name for name, commands in PACKAGES.items() if any(command in text for command in commands)]


def fragment(tex: str) -> str:
    r"""The LaTeX as the text of a file for ``\input``; its first line names the packages."""
    needed = "".join(rf"\usepackage{{{name}}}" for name in packages(tex))
    return f"% needs {needed}\n{tex}\n" if needed else f"{tex}\n"


def document(body: str) -> str:
    """A document that compiles by itself, with nothing on its page but this."""
    needed = [rf"\usepackage{{{name}}}" for name in packages(body)]
    head = [r"\documentclass{article}", *needed, r"\pagestyle{empty}", r"\begin{document}"]
    start = [r"\noindent"] if body.startswith(r"\begin{tabular}") else []  # else it would be a paragraph's first word
    return "\n".join([*head, *start, body, r"\end{document}", ""])


def written(tex: str, displayed: str, standalone: bool, file: object) -> str:
    """The LaTeX, or with ``standalone`` the document that displays it; written to a file where one is named."""
    whole = document(displayed) if standalone else tex
    if file is not None:
        write_whole(file, whole if standalone else fragment(tex))
    return whole
