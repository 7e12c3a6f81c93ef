"""A printed PyTorch module as a table: a row for each module, with the number that its arguments give.

``print(module)`` says no number and no total, and neither which weights are tied nor what a user's own class holds itself.
So the total is that of the classes of ``torch.nn``, and what is not in it is said.
"""

from __future__ import annotations

from ..._startup.python_syntax import ast, parsed
from ...errors import ArgumentError, SymparamsError, TextError, brief, listed
from ...torch.framework import NN
from ...torch.printers import PRINT
from ..table import SummaryTable
from ..text.printed_modules import printed_modules, walked
from ..text.row import SummaryLayer
from .explaining import Explanation
from .explanations import Way
from .torch_explanations import ALIASES, TorchWay, made
from .torch_search import CONTAINERS, SAME

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..text.printed_modules import PrintedModule

HOLDERS = (*CONTAINERS, "ParameterList", "ParameterDict")
ATTENTION = "MultiheadAttention"
NOT_PRINTED = "print() does not show kdim, vdim and add_bias_kv, which are taken as their defaults"
MOST_ROWS = 20_000
LONGEST = 2_000  # characters between two brackets


def module_tables(lines: list[str]) -> list[SummaryTable]:
    """The tables of the modules that a text has; none where it has none."""
    from ...torch.signature import signatures

    return [table_of(each) for each in printed_modules(lines, frozenset(signatures()))]


def table_of(root: PrintedModule) -> SummaryTable:
    rows = root.rows()
    if rows > MOST_ROWS:
        raise TextError(f"{root.class_name} has {rows:,} modules, more than {MOST_ROWS:,}")
    known: dict[int, Explanation] = {}  # copies of a module have one explanation
    layers, explanations = [], []
    for name, depth, module in walked(root, is_whole):
        why = known.get(id(module)) or known.setdefault(id(module), explained(module))
        number = f"{why.params:,}" if why.params is not None else "?" if why.because else "--"
        layers.append(SummaryLayer(name or module.class_name, module.class_name, None, why.params, depth=depth, params_text=number))
        explanations.append(why)
    table = SummaryTable(root.class_name, PRINT, layers, {"total": sum(layer.params or 0 for layer in layers)})
    table.alone, table.remarks = explanations, remarks(root)
    return table


def is_whole(module: PrintedModule) -> bool:
    """Whether the row of a module stands for the modules in it as well."""
    return module.class_name == ATTENTION or is_parametrized(module)


def is_parametrized(module: PrintedModule) -> bool:
    return module.class_name.startswith("Parametrized")


def remarks(root: PrintedModule) -> list[str]:
    """What the text leaves open of a model with classes of the user's own."""
    from ...torch.signature import signatures

    builtins = signatures()
    own = dict.fromkeys(
        module.class_name
        for _, _, module in walked(root, is_whole)
        if module.inside and not is_parametrized(module) and is_own(module, builtins)
    )
    if not own:
        return []
    return [f"print() does not show what {listed(own)} may hold beside these modules, nor which weights are tied"]


def is_own(module: PrintedModule, known: dict[str, str]) -> bool:
    """Whether a class is a user's."""
    return module.class_name not in known and module.class_name not in (*HOLDERS, *ALIASES, "Parameter")


# ---------------------------------------------------------------- one module
def explained(module: PrintedModule) -> Explanation:
    """The number of a module itself, without the modules in it."""
    from ...torch.signature import signatures

    name = ALIASES.get(module.class_name, module.class_name)
    if name == "Parameter":
        return parameter(module.said)
    if name == ATTENTION and module.inside:
        return attention(module)
    if is_parametrized(module):
        return Explanation(None, because=f"no number: the weights of {name} are parametrized")
    if module.inside or name in HOLDERS:
        return Explanation(None)  # what it has itself is not printed
    if name not in signatures():
        return Explanation(None, because=f"no number: print() does not show what {name} holds")
    if name.startswith("Lazy"):
        return Explanation(None, because=f"no number: {name} waits for its input")
    if not holds_anything(name):
        return Explanation(0)
    try:
        arguments = arguments_of(name, module.said)
    except ArgumentError:
        arguments = None
    made_of = None if arguments is None else made(name, arguments)
    if arguments is None or made_of is None:
        return Explanation(None, because=f"no number: {brief(f'{name}({module.said.strip()})')} is no module of {NN.path}")
    count = int(made_of.count)
    return Explanation(count, [TorchWay(name, arguments, made_of)] if count else ())


def holds_anything(name: str) -> bool:
    """Whether a class of PyTorch may have parameters."""
    from ...torch.row import standard_build
    from ...torch.table import find_row

    row = find_row(name)
    return row.entry is not None or row.build is not standard_build


def parameter(said: str) -> Explanation:
    """``[torch.float32 of size 3x4]``."""
    from ...layers.parameter import Parameter

    axes = said.partition(" of size ")[2].partition("]")[0].split(" ")[0]
    try:
        layer = Parameter(shape=tuple(int(axis) for axis in axes.split("x")) if axes else (1,))
    except (SymparamsError, ValueError):
        return Explanation(None, because=f"no number: {said} says no size")
    return Explanation(int(layer.count), [Way("Parameter", (layer,), 0, True, True)])


def attention(module: PrintedModule) -> Explanation:
    """Of MultiheadAttention only the projection back is printed."""
    back = next((each for each in module.inside if each.name == "out_proj"), None)
    arguments = arguments_of("Linear", back.said) if back is not None else {}
    whole = {"embed_dim": arguments.get("in_features"), "num_heads": SAME["num_heads"], "bias": arguments.get("bias", True)}
    made_of = made(ATTENTION, whole)
    if made_of is None:
        return Explanation(None, because=f"no number: print() does not show what this {ATTENTION} holds")
    return Explanation(int(made_of.count), [TorchWay(ATTENTION, whole, made_of, lacks=NOT_PRINTED)])


# ---------------------------------------------------------------- what stands in the brackets
def arguments_of(name: str, said: str) -> dict[str, object]:
    """``3, 64, kernel_size=(7, 7)`` by name. Raises :class:`ArgumentError` for what is no list of values."""
    from ...torch.signature import signature

    its = signature(name)
    if len(said) > LONGEST:
        raise ArgumentError(f"{name} has {len(said)} characters in its brackets")
    try:
        call = parsed(f"f({said.strip()})")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        call = None
    if not isinstance(call, ast.Call) or len(call.args) > len(its.by_place):
        raise ArgumentError(f"{name}({said}) is no list of values")
    found = dict(zip(its.by_place, map(value_of, call.args), strict=False))
    found.update({each.arg: value_of(each.value) for each in call.keywords if each.arg in its.known})
    return found


def value_of(node: ast.expr) -> object:
    """A value as PyTorch prints it; a bare word, as in ``padding_mode=reflect``, is a text."""
    from ...core.signatures import literal

    return node.id if isinstance(node, ast.Name) else literal(node)
