"""``symparams --help``: what there is to ask, without argparse, which takes longer to import than to answer."""

from __future__ import annotations

import os

from .commands import COMMANDS

ABOUT = "Parameter counts of neural networks as formulas, and why two differ."
USAGE = "usage: symparams [-h] [--version] COMMAND ..."
OPTIONS = {"-h, --help": "this; symparams COMMAND --help tells what a command takes", "--version": "which version this is"}
INDENT = 14


def columns() -> int:
    """The width of the terminal, 80 where there is none; without shutil, which takes 4 ms to import."""
    try:
        return int(os.environ.get("COLUMNS") or os.get_terminal_size().columns) or 80
    except (OSError, ValueError):
        return 80


def overview() -> str:
    """The commands, each with what it answers."""
    width = max(columns() - 2, INDENT + 20)
    commands = {name: help_ for name, (_, help_, _) in COMMANDS.items()}
    return "\n".join(
        [USAGE, "", ABOUT, "", "options:", *listed(OPTIONS, width), "", "commands:", *listed(commands, width), ""],
    )


def listed(texts: dict[str, str], width: int) -> list[str]:
    """Names, and behind each its text, folded at spaces."""
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
