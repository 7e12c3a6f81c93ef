"""Names that try to act in some output, put together at random, and the answers that have them."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from symparams import check, compare, compare_all, from_huggingface, from_summary, from_torch, reconcile, symbols, table
from symparams.keras import Input, Sequential
from symparams.keras.layers import GRU, LSTM, Dense

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from symparams.tables.answer import Answer

n = symbols("n")

PIECES = [
    *(
        "<script>alert(1)</script>",
        "<img src=x onerror=a>",
        "<a href='x'>",
        "<!--",
        "-->",
        "<?",
        "</td>",
        "&lt;",
        "&#60;",
        "<",
        ">",
    ),
    *("![x](http://e)", "[x](javascript:a)", "<javascript:a>", "http://e.x", "www.e.x", "a@b.cd", "[x]: http://e", "[^1]", "::"),
    *("=1+1", "+1", "-1+cmd", "@SUM(1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0", "＝1", ",", ";", '"', "'", '"",=1'),  # noqa: RUF001
    *("\\", "|", "\\|", "`", "``", "# ", "- ", "* ", "+ ", "1. ", "2) ", "> ", "===", "---", "~~", "**", "_", "^", "~"),
    *("$", "{", "}", "%", "\\input{x}", "\\(", "$$", "\n", "\r", "\x1b[31m", "\x00", "\x07", "\x7f", "\x9b31m"),
    *("\ud800", "\udc80", "\u202e", "\u2028", "\u200b", "\ufeff", "é", "\U0001f600", "a", "b1", " "),
]


def names(many: int) -> Iterator[str]:
    """The same names on every run."""
    chosen = random.Random(0)
    yield from ("".join(chosen.choices(PIECES, k=chosen.randint(1, 4))) for _ in range(many))


def dense(name: str, units: object = 4) -> Sequential:
    return Sequential([Input((3,)), Dense(units, name=name)])


def keras_table(name: str, class_name: str) -> str:
    head = "Layer (type)                Output Shape              Param #"
    return f"{head}\n{'=' * len(head)}\n{name} ({class_name})     (None, 16)   2048\nTotal params: 2048\n"


ANSWERS: list[Callable[[str], Answer]] = [
    lambda name: table(dense(name)),
    lambda name: table(Sequential([Input((3,)), Dense(4)], name=name)),
    lambda name: compare(dense(name), dense(name, n)),
    lambda name: compare_all({name: LSTM(n), "b": GRU(n)}),
    lambda name: check("m*n", dense(name)),
    lambda name: reconcile(dense(name), 17),
    lambda name: table(from_torch({f"{name}.weight": (3, 4), f"{name}.bias": (3,)})),
    lambda name: from_huggingface({"model_type": "gpt2", "n_embd": 12, name: 1, "_name_or_path": name}).summary(),
    lambda name: from_summary(keras_table(name, "Dense")),
    lambda name: from_summary(keras_table("a", name)),
    lambda name: from_summary(f"Net(\n  ({name}): Linear(in_features=3, out_features=4, bias=True)\n)"),
    lambda name: from_summary(f"{name}(\n  (a): Linear(in_features=3, out_features=4, bias=True)\n)"),
]
