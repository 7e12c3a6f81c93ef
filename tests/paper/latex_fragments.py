"""Every fragment of LaTeX that the library gives out, each with whose it is."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import sympy

from symparams import Formula, compare, keras, latex, nomenclature, solve, symbols, table
from symparams.catalogue import whole_catalogue
from symparams.cli.latex import InLatex
from symparams.core.formula import FORMS
from symparams.core.notation.environments import ENVIRONMENTS
from symparams.core.notation.latex import NUMBERS
from symparams.core.notation.letter_names import COMMANDS
from symparams.core.tree import named, times, weight
from symparams.errors import LetterError
from symparams.keras.layers import (
    GRU,
    LSTM,
    Bidirectional,
    Conv1D,
    Dense,
    Embedding,
    Flatten,
    SimpleRNN,
    TimeDistributed,
)
from symparams.keras.v1.layers import CuDNNLSTM
from symparams.layers import LSTM as PAPER_LSTM
from symparams.layers import Recurrent
from symparams.questions.comparing.answer import Difference
from symparams.questions.comparing.relation import Relation
from tests.catalogue.every_layer import EVERY, variants
from tests.docs.models_of_the_threads import t0, t2, t4
from tests.paper.hostile_names import HOSTILE, PAIRS
from tests.tables.every_answer import ANSWERS

m, n, k = symbols("m n k")


def math(tex: str) -> str:
    return rf"$\displaystyle {tex}$"


def of_formula(owner: str, formula: Formula) -> Iterator[tuple[str, str]]:
    for form in FORMS:
        yield f"{owner}, {form}", math(formula.latex(form))
    yield f"{owner}, in a notebook", formula._repr_latex_()


def of_difference(owner: str, difference: Difference) -> Iterator[tuple[str, str]]:
    yield f"{owner}, the difference", math(difference.latex())
    yield f"{owner}, in a notebook", difference._repr_latex_()
    yield f"{owner}, the relation", math(difference.relation().latex())
    yield f"{owner}, the relation in a notebook", difference.relation()._repr_latex_()
    for cause in difference.causes:
        yield from of_formula(f"{owner}, {cause.setting}", cause.formula)


def of_every_layer() -> Iterator[tuple[str, str]]:
    for name, layer in EVERY.items():
        yield from of_formula(name, layer.count)
        yield f"{name}, in a notebook", layer._repr_latex_()
    for name, entry in whole_catalogue().items():
        first, *others = variants(entry)
        for place, other in enumerate(others):
            yield from of_difference(f"{name} {place}", compare(first, other))


def of_the_threads() -> Iterator[tuple[str, str]]:
    length = symbols("T")
    by_hand = keras.Sequential([keras.Input((length, m)), Conv1D(k, 7, strides=2), Flatten(), Dense(n)])
    one_way = keras.Sequential([keras.Input((None, m)), LSTM(n, return_sequences=True), TimeDistributed(Dense(k))])
    pairs = {
        "T0": (t0(False, m, n, k), t0(True, m, n, k)),
        "T0 in numbers": (t0(False, 15, 16, 8), t0(True, 15, 16, 8)),
        "T0 today": (t0(True, m, n, k), t0(True, m, n, k, gru=GRU)),
        "T1 with a readout": (
            keras.Sequential([keras.Input((None, m)), SimpleRNN(n)]),
            keras.Sequential([keras.Input((None, m)), SimpleRNN(n), Dense(k)]),
        ),
        "T1": (keras.Sequential([Embedding(1000, 64), SimpleRNN(32)]), by_hand),
        "T2": (t2(m=m, n=n, k=k), t2(m=m, n=n, k=k, wrapped=True)),
        "T2 without sequences": (t2(), t2(sequences=False)),
        "T3": (keras.Sequential([keras.Input((None, 1)), LSTM(10)]), one_way),
        "T4": (t4(LSTM(n)), t4(CuDNNLSTM(n))),
        "T4 in numbers": (t4(LSTM(300)), t4(CuDNNLSTM(300))),
    }
    for name, (before, after) in pairs.items():
        yield from of_formula(f"{name}, before", before.count)
        yield from of_formula(f"{name}, after", after.count)
        yield from of_difference(name, compare(before, after))
        yield from of_difference(f"{name}, backwards", compare(after, before))
        yield name, math(latex(before))


RENAMED = [
    r"d_{\text{model}}", r"n_{\text{heads}}", r"\beta", r"\hat{n}", r"\mathrm{units}", r"N^{\prime}", r"n^{(1)}", r"n_1", r"n^\star",
    r"\mathbf{N}", r"\mathcal{N}", r"\operatorname{units}", r"\text{size of h}", r"\tilde{\alpha}_{1}", r"{n}", r"n^{2}", r"x_{i,j}",
]  # fmt: skip
PIECES = ["a", "1", " ", "_", "^", "{", "}", "'", "+", r"\alpha", r"\text", r"\hat", "_b", "^2", "{c}", "%"]


def of_names() -> Iterator[tuple[str, str]]:
    """Each text of a user is either refused or compiles, wherever a letter may stand."""
    count = PAPER_LSTM(inputs=m, units=n).count
    refused = 0
    made = [*map("".join, (pieces for length in (1, 2, 3) for pieces in product(PIECES, repeat=length)))]
    commands = [
        rf"\{command}{argument}" for command in sorted(COMMANDS) for argument in ("", "{b}", "{b}_{c}", "{B}", "{b_c}", "b", "{}")
    ]
    made += [*commands, *(rf"{outer}{{{inner}}}" for outer in (r"\text", r"\hat", r"\operatorname", "x_") for inner in commands)]
    for name in [*RENAMED, *made]:
        try:
            yield f"n written {name!r}", math(count.latex(names={n: name}))
        except LetterError:
            refused += 1
            assert name not in RENAMED
    assert refused > len(PIECES)
    difference = compare(t4(LSTM(n)), t4(CuDNNLSTM(n)))
    for name in RENAMED:
        yield f"n written {name!r} in a difference", math(difference.latex({n: name}))
        yield f"n written {name!r} by latex()", math(latex(difference, names={"n": name}))


def of_hostile_letters() -> Iterator[tuple[str, str]]:
    for name in HOSTILE:
        letter = sympy.Symbol(name, integer=True, positive=True)
        yield from of_formula(f"a letter called {name!r}", PAPER_LSTM(inputs=m, units=letter).count)
    for name in HOSTILE[::8]:
        letter = sympy.Symbol(name, integer=True, positive=True)
        yield from of_formula(f"copies called {name!r}", Recurrent.symbolic(units=n, gates=letter, inputs=3 * letter + 1).count)
        yield from of_difference(f"a letter called {name!r}", compare(t4(LSTM(letter)), t4(CuDNNLSTM(letter))))
        (renamed,) = PAPER_LSTM(inputs=3, units=letter).count.letters
        yield f"{name!r} renamed", math(PAPER_LSTM(inputs=3, units=letter).count.latex(names={renamed: r"n_{\text{h}}"}))


def of_hostile_layers() -> Iterator[tuple[str, str]]:
    for name in HOSTILE:
        if "/" not in name:
            before = keras.Sequential([keras.Input((None, m)), LSTM(n, name=name)])
            after = keras.Sequential([keras.Input((None, m)), Bidirectional(LSTM(n), name=name), Dense(k, name=f"{name}2")])
            yield f"a layer called {name!r}", math(compare(before, after).latex())


def of_hostile_pairs() -> Iterator[tuple[str, str]]:
    for place, name in enumerate(PAIRS):
        letter = sympy.Symbol(name, integer=True, positive=True)
        count = Formula(named(name, weight(name, letter, n)) + weight(name, m))
        environment, number = ENVIRONMENTS[place % 4], [*NUMBERS][place % 3]
        yield f"{name!r} everywhere", latex(count, "written", True, environment, numbers=number, name=f"{name}.", width=40)


def in_every_way(owner: str, thing: Any, at: dict[str, int]) -> Iterator[tuple[str, str]]:
    for form, environment, number in product(FORMS, ENVIRONMENTS, NUMBERS):
        named_, width = "a_b & c" if environment != "align*" else None, 30 if number != "plain" else None
        tex = latex(thing, form, form != "factored", environment, numbers=number, name=named_, width=width, at=at)
        yield f"{owner}, {form}, {environment}, {number}", tex if environment != "aligned" else math(tex)
    yield f"{owner}, in a line", math(latex(thing, name=owner, at=at, numbers="num"))
    yield f"{owner}, labelled", latex(thing, environment="align", label=f"eq:{owner}", width=20, at=at)


def of_papers() -> Iterator[tuple[str, str]]:
    yield from in_every_way("lstm", PAPER_LSTM.symbolic(), {"m": 1500, "n": 1600})
    yield from in_every_way("T4", t4(CuDNNLSTM(n)), {"n": 300})
    wide = keras.Sequential([keras.Input((m,)), *(Dense(number * n + 1, name=f"layer_{number}") for number in range(1, 12))])
    yield from in_every_way("wide", wide, {"m": 3, "n": 1000})
    yield from in_every_way("inside", Formula(times(Formula(wide.node).node, copies=k)), {"m": 3, "n": 1000, "k": 2})
    for environment, number in product(ENVIRONMENTS, NUMBERS):
        made = latex(compare(t0(False, m, n, k), wide), environment=environment, numbers=number, width=40)
        yield f"a wide difference, {environment}, {number}", made if environment != "aligned" else math(made)


def of_tables() -> Iterator[tuple[str, str]]:
    one, other = t4(LSTM(n)), t4(CuDNNLSTM(n))
    for number in NUMBERS:
        for name, made in {
            "a model": table(one, at={"n": 3000}),
            "a model in letters": table(one),
            "variants": table({"LSTM": one, r"\input{secret.txt}": other}),
            "letters": nomenclature(one, meanings={"n": r"what h_t has: \input{secret.txt} & 5 %"}),
            "causes": compare(one, other).table(),
            "sizes": solve(one, at_most=10**6).table(),
        }.items():
            yield f"{name}, {number}", made.latex(numbers=number)
            yield (
                f"{name}, {number}, with a caption",
                made.latex(numbers=number, caption=f"{name} of h_t, 5 %", label=f"t:{name}{number}"),
            )
    for place, name in enumerate(PAIRS[::40]):
        letter = sympy.Symbol(name, integer=True, positive=True)
        made = table(
            {f"{name}.": keras.Sequential([keras.Input((m,)), Dense(letter, name=name.replace("/", "") or "x")]), "b": one}
        )
        yield f"a table with {name!r}", made.latex(caption=name, label=f"hostile:{place}")
    for name, model in (("T0", t0(True, m, n, k)), ("T4", t4(CuDNNLSTM(300)))):
        yield f"{name}, its table", model._summary().latex()
    for names in (HOSTILE[place : place + 20] for place in range(0, len(HOSTILE), 20)):
        inner = keras.Sequential([keras.Input((m,)), *(Dense(n, name=name) for name in names if "/" not in name)])
        x = keras.Input((m,))
        yield (
            f"a table of {names!r}",
            keras.Model(x, [inner(x), inner(x)])._summary(expand_nested=True, show_trainable=True).latex(),
        )


def of_answers() -> Iterator[tuple[str, str]]:
    for name, (answer, _) in ANSWERS.items():
        made = answer.latex()
        yield name, math(made) if isinstance(answer, Difference | Relation | InLatex) else made
        yield f"{name}, its table", answer.table().latex()
