"""Builders written at random: products, sums, quotients, round-ups, conditionals, loops, ties and flags, as Python code.

Each is a function of letters (``d f h`` widths, ``L k p`` counts, ``alpha`` a multiplier) and a flag, and gives an object
with ``named_parameters``, as a torch module does, so that tensors may be tied and frozen.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from hypothesis import strategies as st

START = {"d": 48, "f": 96, "h": 4, "L": 5, "k": 2, "p": 3, "alpha": 1.0}
WIDTHS = ("d", "f", "h")
COUNTS = ("L", "k", "p")


@dataclass(eq=False)
class Parameter:
    shape: tuple[int, ...]
    requires_grad: bool = True


@dataclass
class Module:
    """What a builder gives: parameters by name, some of them twice."""

    parameters: dict[str, Parameter] = field(default_factory=dict)

    def named_parameters(self, *, remove_duplicate: bool = True) -> list[tuple[str, Parameter]]:
        return list(self.parameters.items())


def round_up(value, multiple):
    return multiple * ((value + multiple - 1) // multiple)


def make_divisible(value, divisor=8):
    new = max(divisor, int(value + divisor / 2) // divisor * divisor)
    if new < 0.9 * value:
        new += divisor
    return new


def builder(source: str):
    """The function that a source defines, in a module of its own."""
    scope = {"__name__": "a_users_module", "math": math, "Module": Module, "Parameter": Parameter}
    exec(compile(source, "<builder>", "exec"), scope)  # noqa: S102  (a text of our own grammar)
    scope["round_up"] = rehomed(round_up, scope)
    scope["make_divisible"] = rehomed(make_divisible, scope)
    return scope["build"]


def rehomed(function, scope):
    """A function whose names are looked up in the builder's module."""
    return type(function)(function.__code__, scope, function.__name__, function.__defaults__)


# ---------------------------------------------------------------- the grammar
numbers = st.sampled_from(["1", "2", "3", "4", "7", "16"])


@st.composite
def sizes(draw, depth=2, letters=WIDTHS):
    """The source of a size: a whole number of at least 1 where the letters are."""
    if depth == 0:
        return draw(st.sampled_from([*letters, *letters, "3"]))
    inner = sizes(depth=depth - 1, letters=letters)
    kind = draw(st.sampled_from(["leaf", "product", "sum", "quotient", "round up", "ceil", "max", "float", "divisible", "square"]))
    match kind:
        case "product":
            return f"({draw(inner)} * {draw(st.one_of(numbers, inner))})"
        case "sum":
            return f"({draw(inner)} + {draw(st.one_of(numbers, inner))})"
        case "quotient":
            return f"({draw(inner)} // {draw(st.sampled_from(['h', '2', '3']))} + 1)"
        case "round up":
            return f"round_up({draw(inner)}, {draw(st.sampled_from(['8', '16', 'h']))})"
        case "ceil":
            return f"math.ceil({draw(inner)} / {draw(st.sampled_from(['16', '5', 'h']))})"
        case "max":
            return f"max({draw(inner)}, {draw(st.sampled_from(['8', '64', 'h']))})"
        case "float":
            return f"(int({draw(inner)} * {draw(st.sampled_from(['0.75', '1.3', '2 / 3', 'alpha']))}) + 1)"
        case "divisible":
            return f"make_divisible({draw(st.sampled_from(['16', '32', '96', '160']))} * alpha)"
        case "square":
            return f"{draw(st.sampled_from(letters))} ** 2"
    return draw(st.sampled_from(letters))


plain_conditions = st.sampled_from(
    ["flag", "not flag", "d != f", "d > 100", "d % h == 0", "f < 500", "k > 0", "L > 8", "d * 2 == f", "f % 10 == 6"]
)
turn_conditions = st.sampled_from(
    ["i < k", "i >= k", "i >= L - k", "i % p == 0", "i % p == p - 1", "i % 2 == 1", "i == 0", "i == L - 1", "i != k", "i > 0", "i < 7",
     "i % p == 0 and flag", "(i + 1) % p == 0", "i < k or flag", "i > 20", "i <= k", "i % 3 != 0", "L - 1 - i < k"]
)  # fmt: skip
wide = sizes()
in_turn = st.one_of(wide, st.sampled_from(["w", "w", "d + i", "h * (i + 1)", "d * 2 ** min(i, 3)"]))


@st.composite
def tensors(draw, indent, name, size):
    """A line or two that make a tensor of one or two axes."""
    shape = ", ".join(draw(st.lists(size, min_size=1, max_size=2))) + ","
    trained = draw(st.sampled_from(["", "", "", ", requires_grad=False"]))
    return [f'{indent}m.parameters[f"{name}"] = Parameter(({shape}){trained})']


@st.composite
def blocks(draw, number):
    """A loop: what is in each turn, in some turns, in an inner loop, and how a width goes from turn to turn."""
    prefix, pad = f"s{number}", " " * 8
    lines = [f"    w = {draw(wide)}", f"    for i in range({draw(st.sampled_from(['L', 'L', 'L', 'k', '3', 'L + 1', '2 * k']))}):"]
    name = draw(st.sampled_from([f"{prefix}.{{i}}", f"{prefix}.{{i + 1}}", f"{prefix}_{{i}}", f"{prefix}.{{2 * i}}"]))
    lines += draw(tensors(pad, f"{name}.a", in_turn))
    if draw(st.booleans()):
        lines += [f"{pad}if {draw(turn_conditions)}:", *draw(tensors(pad + "    ", f"{name}.b", in_turn))]
        if draw(st.booleans()):
            lines += [f"{pad}else:", *draw(tensors(pad + "    ", f"{name}.{draw(st.sampled_from('bc'))}", in_turn))]
    if draw(st.integers(0, 3)) == 0:
        lines += [f"{pad}for j in range({draw(st.sampled_from(['k', 'h', '2', 'p']))}):"]
        lines += draw(tensors(pad + "    ", f"{name}.e.{{j}}", wide))
    if draw(st.integers(0, 3)) == 0:
        lines += [f"{pad}" + draw(st.sampled_from([
            f'm.parameters[f"{name}.t"] = m.parameters[f"{name}.a"]',
            f'if i > 0: m.parameters[f"{name}.t"] = first\n{pad}else: first = m.parameters[f"{name}.t"] = Parameter((d, f))',
        ]))]  # fmt: skip
    if draw(st.integers(0, 2)) == 0:
        lines += [f"{pad}w = {draw(st.sampled_from(['w + h', 'w + 3', 'd', 'f', 'w', 'max(w, f)']))}"]
    return lines


@st.composite
def sources(draw):
    """The source of a builder."""
    lines = ["def build(d, f, h, L, k, p, alpha, flag=True):", "    m = Module()"]
    lines += draw(tensors("    ", "embed", wide))
    if draw(st.booleans()):
        lines += [f"    if {draw(plain_conditions)}:", *draw(tensors("        ", draw(st.sampled_from(["extra", "embed"])), wide))]
    for number in range(draw(st.integers(0, 2))):
        lines += draw(blocks(number))
    lines += draw(tensors("    ", "head", wide))
    if draw(st.integers(0, 3)) == 0:
        lines += ['    m.parameters["tied"] = m.parameters["embed"]']
    return "\n".join([*lines, "    return m"])
