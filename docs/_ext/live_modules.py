"""Prints the files that the answers of the live page need: run by :mod:`live_python` in a Python of its own."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from live_answers import questions
from live_examples import EXAMPLES

import symparams
from symparams.cli.live_page import FORMS, answer

MORE = (
    {"model": "LSTM(n)", "question": "check", "value": "4*(n*m + n**2)"},
    {"model": "Sequential([Input((64, 15)), GRU(16)])", "question": "reconcile", "value": "1536"},
    {"model": "LSTM(n)", "question": "solve", "value": "1000000", "sizes": {"m": "300"}},
    {"model": "Linear(in_features=3, out_features=4, bias=True)\n"},
)


def read_files() -> list[str]:
    """The sources of the modules that are imported, relative to where their packages are, and all data of this library."""
    ours = Path(symparams.__file__).parent
    found = [f"symparams/{path.relative_to(ours).as_posix()}" for path in ours.rglob("*.txt") if "learning" not in path.parts]
    for module in list(sys.modules.values()):
        package = (getattr(module, "__name__", None) or "").partition(".")[0]
        file = getattr(module, "__file__", None)
        if package in ("sympy", "mpmath", "symparams") and file:
            parts = Path(file).parts
            found.append("/".join(parts[len(parts) - 1 - parts[::-1].index(package) :]))
    return found


for model, other, sizes in questions():
    answer(model, other, sizes, FORMS)
for its in (*EXAMPLES, *MORE):
    answer(**{name: value for name, value in its.items() if name != "title"})
print("\n".join(read_files()))
