r"""LaTeX as a file: a fragment for ``\input`` that says which packages it needs, or a document of its own."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

# The packages, and what in a text is theirs. No name can be mistaken for it: the backslash of a name is escaped.
PACKAGES = {
    "amsmath": (r"\text{", r"\operatorname", r"\begin{equation*}", r"\begin{align", r"\notag"),
    "booktabs": (r"\toprule",),
    "siunitx": (r"\num{",),
}


def packages(*texts: str) -> list[str]:
    """The packages that these need."""
    return [name for name, commands in PACKAGES.items() if any(command in text for command in commands for text in texts)]


def fragment(tex: str) -> str:
    r"""The LaTeX as the text of a file for ``\input``; its first line names the packages."""
    needed = "".join(rf"\usepackage{{{name}}}" for name in packages(tex))
    return f"% needs {needed}\n{tex}\n" if needed else f"{tex}\n"


def document(bodies: Sequence[str]) -> str:
    """A document that compiles by itself, with nothing on its page but these."""
    needed = [rf"\usepackage{{{name}}}" for name in packages(*bodies)]
    head = [r"\documentclass{article}", *needed, r"\pagestyle{empty}", r"\begin{document}"]
    return "\n".join([*head, "\n\n".join(bodies), r"\end{document}", ""])
