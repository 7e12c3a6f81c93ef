"""A module as PyTorch prints it, each line of a module with parameters followed by their count.

>>> from symparams import symbols
>>> from symparams.torch import nn
>>> m, n = symbols("m n")
>>> print(nn.Sequential(nn.Linear(m, n), nn.ReLU()))
Sequential(  # m*n + n
  (0): Linear(in_features=m, out_features=n, bias=True)  # m*n + n
  (1): ReLU()
)
"""

from __future__ import annotations

from ...errors import SymparamsError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def tree_text(module: Any) -> str:
    """The tree of a module."""
    return "\n".join([*lines_of(module, ""), *(f"# not counted: {each}" for each in module._left_out())])


def lines_of(module: Any, front: str) -> list[str]:
    """The lines of a module; the first begins with its name."""
    if type(module).__name__ == "Copies" and "i" in module._modules:  # copies whose number is a letter
        return lines_of(module._modules["i"], f"{front}{module.copies} x ")
    extra = module.extra_repr()
    extra_lines = extra.split("\n") if extra else []
    name, count = module._get_name(), count_text(module)
    inside = children_lines(module)
    if not inside and len(extra_lines) < 2:
        return [f"{front}{name}({extra}){count}"]
    return [f"{front}{name}({count}", *(f"  {line}" for line in extra_lines), *(f"  {line}" for line in inside), ")"]


def children_lines(module: Any) -> list[str]:
    """The lines of what is in a module; equal ones in a row of a list of modules are one, as in PyTorch."""
    parts = [(name, part) for name, part in module._modules.items()]
    if type(module).__name__ in ("ParameterList", "ParameterDict"):
        return [f"  ({name}): {parameter_text(each)}" for name, each in module._parameters.items()]
    if type(module).__name__ == "ModuleList":
        return folded_lines(parts)
    found: list[str] = []
    for name, part in parts:
        quantizable = name == "out_proj" and module._get_name() == "MultiheadAttention"  # a Linear under another name
        lines = [f"({name}): None"] if part is None else lines_of(part, f"({name}): ")
        found += [lines[0].replace("Linear(", "NonDynamicallyQuantizableLinear(", 1), *lines[1:]] if quantizable else lines
    return found


def parameter_text(parameter: Any) -> str:
    """A parameter in a list, as PyTorch writes it."""
    size = "x".join(map(str, parameter.shape))
    return f"Parameter containing: [{parameter.dtype} of size {size}]"


def folded_lines(parts: list[tuple[str, Any]]) -> list[str]:
    """The lines of a list of modules: ``(0-5): 6 x Linear(...)``."""
    runs: list[tuple[list[str], int, int]] = []  # the lines of a module, and the first and the last place of it
    for place, (_, part) in enumerate(parts):
        own = lines_of(part, "")
        if runs and runs[-1][0] == own:
            runs[-1] = (own, runs[-1][1], place)
        else:
            runs.append((own, place, place))
    found: list[str] = []
    for own, first, last in runs:
        front = f"({first}): " if first == last else f"({first}-{last}): {last - first + 1} x "
        found += [front + own[0], *own[1:]]
    return found


def count_text(module: Any) -> str:
    """The count of a module as a comment; nothing where it has no parameters, or waits for its input."""
    try:
        count = module.count
    except SymparamsError:
        return ""
    return f"  # {count}" if count.polynomial.terms else ""
