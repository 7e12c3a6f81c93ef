"""``symparams --help``: the list of commands, without argparse, which takes longer to import than the help to print."""

from __future__ import annotations

import os

from .commands import commands

ABOUT = "Parameter counts of neural networks as formulas, and why two differ."
USAGE = "usage: symparams [-h] [--version] COMMAND ..."
OPTIONS = {"-h, --help": "show this help; symparams COMMAND --help shows the options of a command", "--version": "show the version"}
INDENT = 14


def terminal_width() -> int:
    """The width of the terminal, 80 without one; found without shutil, which takes 4 ms to import."""
    try:
        return int(os.environ.get("COLUMNS") or os.get_terminal_size().columns) or 80
    except (OSError, ValueError):
        return 80


def overview() -> str:
    """The help: the commands, and the question that each answers."""
    width = max(terminal_width() - 2, INDENT + 20)
    its = {each.name: each.help for each in commands()}
    return "\n".join(
        [USAGE, "", ABOUT, "", "options:", *listed_lines(OPTIONS, width), "", "commands:", *listed_lines(its, width), ""],
    )


def listed_lines(texts: dict[str, str], width: int) -> list[str]:
    """Names, each followed by its text, wrapped at spaces."""
    lines = []
    for name, text in texts.items():
        line = f"  {name}".ljust(INDENT - 1)
        for word in text.split():
            if len(line) + len(word) >= width:
                lines.append(line)
                line = " " * (INDENT - 1)
            line += f" {word}"
        lines.append(line)
    return lines
