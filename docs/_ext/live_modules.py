"""Prints the files that the answers of the live page need: run by ``live_pyodide.mjs``, with the compiled archives as arguments."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

PAGE = Path("/page")
MORE = (
    {"model": "LSTM(n)", "question": "check", "value": "4*(n*m + n**2)"},
    {"model": "Sequential([Input((64, 15)), GRU(16)])", "question": "reconcile", "value": "1536"},
    {"model": "LSTM(n)", "question": "solve", "value": "1000000", "sizes": {"m": "300"}},
    {"model": "Linear(in_features=3, out_features=4, bias=True)\n"},
    {"model": '{"model_type": "gpt2"}'},
    {"model": "LSTM(n"},
    {"model": "Dense((a + b + c + d + e + f + g + h)**64)"},
)


def ask_everything() -> None:
    """What the page is asked before and after its Python has come."""
    from live_answers import questions
    from live_examples import EXAMPLES

    from symparams.cli.live_page import FORMS, answer

    for model, other, sizes in questions():
        answer(model, other, sizes, FORMS)
    for its in (*EXAMPLES, *MORE):
        answer(**{name: value for name, value in its.items() if name != "title"})


def read_files() -> list[str]:
    """The sources of all modules, relative to where their packages are, and all data of this library."""
    data = [path.relative_to(PAGE).as_posix() for path in PAGE.rglob("*.txt")]
    files = [getattr(module, "__file__", None) or "" for module in sys.modules.values()]
    folders = (f"{PAGE}/", *(f"{place}/" for place in sys.path if place.endswith(".zip")))
    return data + [file.removeprefix(place) for file in files for place in folders if file.startswith(place)]


if __name__ == "__main__":
    for archive in sys.argv[1:]:
        zipfile.ZipFile(f"/host{archive}").extractall(PAGE)
    sys.path[:0] = [str(PAGE), str(Path(__file__).parent)]
    ask_everything()
    print("\n".join(read_files()))
