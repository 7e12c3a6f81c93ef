"""Every kind of answer, in letters, in numbers, empty, and with names that try to break out; each with what it says in total."""

from __future__ import annotations

import sympy

from symparams import (
    Table,
    check,
    compare,
    compare_all,
    crossings,
    from_huggingface,
    from_summary,
    from_torch,
    growth,
    identify,
    keras,
    lift,
    nomenclature,
    prove,
    reconcile,
    solve,
    solve_pairs,
    symbols,
    table,
    torch,
)
from symparams.cli.completing.command import Completion
from symparams.cli.count_answer import Counted
from symparams.cli.latex import InLatex
from symparams.cli.layer_facts import layer_facts
from symparams.cli.layer_list import LayerList
from symparams.huggingface.file_proof import FileProof
from symparams.huggingface.known_models import KnownModels
from symparams.huggingface.known_types import KnownTypes
from symparams.keras.layers import GRU, LSTM, Bidirectional, Dense
from symparams.keras.v1.layers import CuDNNLSTM
from symparams.layers import LSTM as PAPER_LSTM
from symparams.layers import Conv, SeparableConv
from symparams.questions.proving.answer import Certificate
from symparams.questions.sweeping.answer import Sweep
from symparams.tables.answer import Answer
from symparams.torch.framework import find as torch_class
from symparams.torch.parameter_table import ParameterTable
from tests.torch.live_modules import as_live

d, f, k, m, n = symbols("d f k m n")

HOSTILE = (
    "<b>bold</b>",
    "a|b",
    r"a\|b",
    "[/foo]",
    "[red]red",
    r"\input{secret}",
    "$x$ and \\(y\\)",
    "`code` *star* _under_",
    "[link](http://x)",
    "&amp; &lt;",
    "line\nbreak",
    "\x1b[31m",
)
PASTED = """
 Layer (type)                Output Shape              Param #
=================================================================
 embedding (Embedding)       (None, 64, 15)            15000
 lstm (LSTM)                 (None, 16)                2048
 own (Own)                   (None, 16)                7
=================================================================
Total params: 17,055
Trainable params: 17,055
Non-trainable params: 0
"""


def model(*layers, reads=m, name=None):
    return keras.Sequential([keras.Input((None, reads)), *layers], name=name)


def named(*names):
    return model(*(Dense(n, name=name.replace("/", "")) for name in names), name=names[0].replace("/", ""))


class Block(torch.nn.Module):
    """A module of the user's own, with a norm, so that it has buffers."""

    def __init__(self, width):
        super().__init__()
        self.linear, self.norm = torch.nn.Linear(width, width), torch.nn.BatchNorm1d(width)

    def forward(self, x):
        return self.norm(self.linear(x))


FAILED = next(iter(prove("torch.nn.Linear", shipped=True))).but(record=None, refuted=" ".join(HOSTILE))

CONFIGURED = from_huggingface("gpt2")

ANSWERS: dict[str, tuple[Answer, str]] = {
    # ------------------------------------------------------------ compare
    "a difference in letters": (compare(model(Bidirectional(LSTM(n))), model(Bidirectional(CuDNNLSTM(n)))), "8*n"),
    "a difference in numbers": (compare(model(LSTM(300), reads=300), model(CuDNNLSTM(300), reads=300)), "1200"),
    "a difference of several settings": (compare(model(LSTM(n, use_bias=False)), model(Bidirectional(LSTM(n)))), "4*m*n"),
    "a difference of nothing": (compare(model(Dense(k)), model(Dense(k))), ""),
    "a difference of multiples": (compare(2 * model(GRU(n)), model(Bidirectional(GRU(2 * n)))), "n"),
    "a difference of blocks": (
        compare(model(Dense(d), reads=d), model(*(Dense(d) for _ in range(12)), reads=d)), "11*d",
    ),
    "a difference of hostile names": (compare(named(*HOSTILE[:6]), named(*HOSTILE[6:])), "n"),
    "a relation": (compare(model(GRU(n)), model(Bidirectional(GRU(n)))).relation(), "after = 2*before"),
    "a relation with a remainder": (
        compare(model(LSTM(n, return_sequences=True), Dense(k)), model(Bidirectional(LSTM(n, return_sequences=True)), Dense(k))).relation(), "k",
    ),
    "variants in letters": (compare_all([LSTM(n), GRU(n), CuDNNLSTM(n)]), "4*n"),
    "variants in numbers": (compare_all({"a": model(LSTM(16), reads=15), "b": model(GRU(16), reads=15)}), "2048"),
    "variants of hostile names": (compare_all({name: LSTM(n) for name in HOSTILE}), "n**2"),
    # ------------------------------------------------------------ lift
    "a lifted model": (lift(lambda m, n: {"w": (m, n)} | ({"b": (n,)} if m != n else {}), {"m": 15, "n": 16})._answer(), "m*n"),
    # ------------------------------------------------------------ configs of transformers
    "a config in its letters": (CONFIGURED.summary(), "T*d"),
    "a config of a hostile name": (from_huggingface({"model_type": "gpt2", "n_embd": 12, HOSTILE[0]: 1}).summary(), "T*d"),
    "a file that holds the model": (FileProof("toy", CONFIGURED.tensors(), {each.path: each.shape for each in CONFIGURED.tensors()}), "124439808"),
    "a file that differs": (FileProof(HOSTILE[0], CONFIGURED.tensors(), dict.fromkeys(HOSTILE, (2, 3))), "124439808"),
    "the known models": (KnownModels(), "124,439,808"),
    "the known types": (KnownTypes(), "LlamaForCausalLM"),
    # ------------------------------------------------------------ check, reconcile
    "a check that finds a mistake": (check("4(nm + n^2)", PAPER_LSTM.symbolic()), "4*n"),
    "a check that agrees": (check(r"4 \times [n(m+1)+n^2]", PAPER_LSTM.symbolic()), "4*(n*(m + 1) + n**2)"),
    "a check in numbers": (check("4*(15*16 + 16**2)", PAPER_LSTM(15, 16)), "2048"),
    "a check of hostile names": (check("n", named(*HOSTILE)), "n"),
    "a reconciliation": (reconcile(PAPER_LSTM(15, 16), 2112), "2112"),
    "a reconciliation of two steps": (reconcile(model(GRU(16), Dense(8), reads=15), "1.5 k"), "1"),
    "a reconciliation that finds nothing": (reconcile(PAPER_LSTM(15, 16), 2049), "2048"),
    "a reconciliation of hostile names": (reconcile(named(*HOSTILE), 3 * 7 + 7 + 11 * 56, {"m": 3, "n": 7}), "644"),
    # ------------------------------------------------------------ solve, identify, growth
    "a solution": (solve(PAPER_LSTM(300, n), at_most=10**6), "997248"),
    "a solution of many sizes": (solve(PAPER_LSTM(300, n), at_least=1000, at_most=10**8), "1"),
    "no solution": (solve(GRU(n), equals=LSTM(128), given={"m": 64}), "n"),
    "a solution of a comparison": (solve(SeparableConv((3, 3), 16, f), equals=Conv((3, 3), 16, f), nearest=True), "1"),
    "pairs": (solve_pairs(PAPER_LSTM(d, n), equals=840, for_=(d, n)), "840"),
    "sizes of two letters": (solve(PAPER_LSTM(d, n), equals=840, for_=("d", "n"), among={"d": range(1, 99)}), "840"),
    "no sizes of two letters": (solve(PAPER_LSTM(d, n), equals=7, for_=("d", "n")), "7"),
    "the nearest sizes": (solve(PAPER_LSTM(d, n), equals=99, nearest=True, for_=("d", "n"), among={"d": [2], "n": [3, 4]}), "112"),
    "no pairs": (solve_pairs(PAPER_LSTM(d, n), equals=7, for_=(d, n)), "7"),
    "readings of a number": (identify(4_457_472), "4457472"),
    "one reading of a number": (identify(150, "GRU", {"inputs": 4, "units": 5}), "150"),
    "no reading of a number": (identify(7, "LSTM"), "7"),
    "a growth": (growth(PAPER_LSTM.symbolic(), "n", {"m": 300}, at=(100, 1000)), "4*300*n"),
    "a growth in letters": (growth(12 * k * d**2 + n * d, d), "12*d**2*k + d*n"),
    "a growth without limits": (growth(PAPER_LSTM.symbolic(), "n", {"m": 3}), "4*3*n"),
    "a sweep": (Sweep(PAPER_LSTM.symbolic().count.grid(m=300, n=[16, 32])), "20288"),
    "a sweep of one point": (Sweep(PAPER_LSTM.symbolic().count.grid(m=300, n=[16, 32]), [{"n": 32, "count": 42624}]), "42624"),
    "a sweep of none": (Sweep(PAPER_LSTM.symbolic().count.grid(m=300, n=[16, 32], at_most=5)), "0"),
    "crossings": (crossings(SeparableConv((3, 3), 16, f), Conv((3, 3), 16, f)), "128"),
    "no crossings": (crossings(PAPER_LSTM(3, n), PAPER_LSTM(3, n)), "0"),
    # ------------------------------------------------------------ what the command line prints of a layer or a model
    "a count in letters": (Counted(PAPER_LSTM.symbolic().count, {"n": 16}), "16"),
    "a count as LaTeX": (InLatex(PAPER_LSTM.symbolic().count.latex(), "written"), "4 "),
    "a count in numbers": (Counted(PAPER_LSTM(15, 16).count, {}), "2048"),
    "what may follow on a command line": (Completion(["compare", "count"]), ""),
    "the facts of a class": (layer_facts("GRU"), "3*(m*n + n**2 + 2*n)"),
    "the facts of a class without weights": (layer_facts("nn.ReLU"), ""),
    "a list of classes": (LayerList("torch.nn", {name: torch_class(name) for name in ("LSTM", "LazyLinear", "ReLU", "Transformer")}), "4*(m*n + n**2 + 2*n)"),
    "the tensors of a module": (ParameterTable(Block(n)), "n**2"),
    "the tensors of a module without any": (ParameterTable(torch.nn.ReLU()), "0"),
    # ------------------------------------------------------------ prove
    "a certificate": (prove("keras.layers.LSTM", shipped=True), "4*(m*n + n**2 + n)"),
    "a certificate of many classes": (prove("torch.nn", shipped=True), "torch.nn.LSTM"),
    "a certificate that fails": (Certificate("<b>toy</b>", (*prove("torch.nn.Linear", shipped=True), FAILED), {}), "m*n + n"),
    # ------------------------------------------------------------ summaries and tables
    "a summary in letters": (model(LSTM(n), Dense(k))._summary(), "4*(m*n + n**2 + n)"),
    "a summary in numbers": (model(LSTM(16), reads=15)._summary(), "2048"),
    "a summary of hostile names": (named(*HOSTILE)._summary(expand_nested=True, show_trainable=True), "n"),
    "a summary of a module": (from_torch(as_live(torch.nn.Sequential(torch.nn.Linear(3, 4), Block(4)))).summary(), "44"),
    "a pasted table": (from_summary(PASTED), "17055"),
    "a pasted table of hostile names": (from_summary(PASTED.replace("own (Own)       ", "<b>[/x]|$q$ (Own)")), "17055"),
    "several pasted tables": (from_summary(PASTED + "\n\n" + PASTED.replace("2048", "2112").replace("17,055", "17,119")), "17119"),
    "a table of a model": (table(model(LSTM(n), Dense(k)), at={"m": 15, "n": 16, "k": 8}), "2184"),
    "a table of variants": (table({"LSTM": model(LSTM(n)), "cuDNN": model(CuDNNLSTM(n))}), "4*n"),
    "a table of hostile names": (table({name: named(*HOSTILE) for name in HOSTILE[:2]}), "n"),
    "an empty table": (Table({"a": "A", "b": "B"}, []), ""),
    "a table of large numbers": (table(PAPER_LSTM(10**12, 10**12)), "8000000000004000000000000"),
    "a nomenclature": (nomenclature(PAPER_LSTM.symbolic(), at={"m": 3, "n": 300}), "300"),
    "a nomenclature of hostile meanings": (nomenclature(PAPER_LSTM.symbolic(), {"n": " ".join(HOSTILE)}), "n"),
    "a nomenclature of a hostile letter": (nomenclature(Dense(sympy.Symbol("a$b|c`d", integer=True, positive=True))), ""),
}  # fmt: skip
