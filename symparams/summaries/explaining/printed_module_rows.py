"""A printed PyTorch module as a table: a row for each module, with the count that its arguments give.

``print(module)`` shows neither counts nor a total, neither which weights are tied nor the parameters of a user's own class.
So the total is that of the classes of ``torch.nn``, and the table says what is not included.
"""

from __future__ import annotations

from ..._startup.python_syntax import ast, parsed
from ...errors import ArgumentError, SymparamsError, TextError, brief, listed
from ...limits import ROWS_OF_A_TABLE
from ...torch.framework import NN
from ...torch.printers import PRINT
from ..table import SummaryTable
from ..text.printed_modules import modules_with_paths, printed_modules
from ..text.row import SummaryLayer
from .explaining import Explanation
from .explanations import LayerWay
from .torch_explanations import ALIASES, TorchWay, built_module
from .torch_search import CONTAINERS, SAME

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..text.printed_modules import PrintedModule

HOLDERS = (*CONTAINERS, "ParameterList", "ParameterDict")
ATTENTION = "MultiheadAttention"
NOT_PRINTED = "print() does not show kdim, vdim and add_bias_kv, so their defaults are assumed"
LONGEST = 2_000  # characters between two brackets


def module_tables(lines: list[str]) -> list[tuple[int, SummaryTable]]:
    """The tables of the modules in a text, each with the place of its first line; empty without modules."""
    from ...torch.signature import signatures

    return [(module.line, table_of_module(module)) for module in printed_modules(lines, frozenset(signatures()))]


def table_of_module(root: PrintedModule) -> SummaryTable:
    """The table of one printed module."""
    rows = root.rows()
    if rows > ROWS_OF_A_TABLE:
        raise TextError(f"{root.class_name} has {rows:,} modules, more than {ROWS_OF_A_TABLE:,}")
    known: dict[int, Explanation] = {}  # the copies of a module share one explanation
    layers, explanations = [], []
    for name, depth, module in modules_with_paths(root, includes_its_modules):
        why = known.get(id(module)) or known.setdefault(id(module), explanation_of_module(module))
        number = f"{why.params:,}" if why.params is not None else "?" if why.because else "--"
        layers.append(SummaryLayer(name or module.class_name, module.class_name, None, why.params, depth=depth, params_text=number))
        explanations.append(why)
    lacking = any(why.params is None and why.because for why in explanations)
    total = {} if lacking else {"total": sum(layer.params or 0 for layer in layers)}
    table = SummaryTable(root.class_name, PRINT, layers, total)
    table.alone, table.remarks = explanations, remarks_on_modules(root)
    return table


def includes_its_modules(module: PrintedModule) -> bool:
    """Whether the row of a module includes the modules in it."""
    return module.class_name == ATTENTION or has_parametrized_weights(module)


def has_parametrized_weights(module: PrintedModule) -> bool:
    """Whether a module has weights that are computed from others."""
    return module.class_name.startswith("Parametrized")


def remarks_on_modules(root: PrintedModule) -> list[str]:
    """The parameters that the text does not show of a model with classes of the user's own."""
    from ...torch.signature import signatures

    builtins = signatures()
    own = dict.fromkeys(
        module.class_name
        for _, _, module in modules_with_paths(root, includes_its_modules)
        if module.inside and not has_parametrized_weights(module) and is_users_class(module, builtins)
    )
    if not own:
        return []
    return [f"print() does not show parameters of {listed(own)} outside these modules, nor which weights are tied"]


def is_users_class(module: PrintedModule, known: dict[str, str]) -> bool:
    """Whether a class is a user's own."""
    return module.class_name not in known and module.class_name not in (*HOLDERS, *ALIASES, "Parameter")


# ---------------------------------------------------------------- one module
def explanation_of_module(module: PrintedModule) -> Explanation:
    """The explanation of a module's own number, without the modules in it."""
    from ...torch.signature import signatures

    name = ALIASES.get(module.class_name, module.class_name)
    if name == "Parameter":
        return parameter_explanation(module.said)
    if name == ATTENTION and module.inside:
        return attention_explanation(module)
    if has_parametrized_weights(module):
        return Explanation(None, because=f"no number: the weights of {name} are parametrized")
    if module.inside or name in HOLDERS:
        return Explanation(None)  # its own parameters are not printed
    if name not in signatures():
        return Explanation(None, because=f"no number: print() does not show the parameters of {name}")
    if name.startswith("Lazy"):
        return Explanation(None, because=f"no number: {name} has no input yet")
    if not may_have_parameters(name):
        return Explanation(0)
    try:
        arguments = printed_arguments(name, module.said)
    except ArgumentError:
        arguments = None
    built = None if arguments is None else built_module(name, arguments)
    if arguments is None or built is None:
        written = brief(f"{name}({module.said.strip()})")
        return Explanation(None, because=f"no number: {written} is not a module of {NN.path}")
    count = int(built.count)
    return Explanation(count, [TorchWay(name, arguments, built)] if count else ())


def may_have_parameters(name: str) -> bool:
    """Whether a class of PyTorch may have parameters."""
    from ...torch.row import standard_build
    from ...torch.table import find_row

    row = find_row(name)
    return row.entry is not None or row.build is not standard_build


def parameter_explanation(said: str) -> Explanation:
    """The explanation of a printed parameter, ``[torch.float32 of size 3x4]``."""
    from ...layers.parameter import Parameter

    axes = said.partition(" of size ")[2].partition("]")[0].split(" ")[0]
    try:
        layer = Parameter(shape=tuple(int(axis) for axis in axes.split("x")) if axes else (1,))
    except (SymparamsError, ValueError):
        return Explanation(None, because=f"no number: {said} has no size")
    return Explanation(int(layer.count), [LayerWay("Parameter", (layer,), 0, True, True)])


def attention_explanation(module: PrintedModule) -> Explanation:
    """The explanation of a MultiheadAttention, of which only the output projection is printed."""
    output = next((child for child in module.inside if child.name == "out_proj"), None)
    arguments = printed_arguments("Linear", output.said) if output is not None else {}
    whole = {"embed_dim": arguments.get("in_features"), "num_heads": SAME["num_heads"], "bias": arguments.get("bias", True)}
    built = built_module(ATTENTION, whole)
    if built is None:
        return Explanation(None, because=f"no number: print() does not show the sizes of this {ATTENTION}")
    return Explanation(int(built.count), [TorchWay(ATTENTION, whole, built, lacks=NOT_PRINTED)])


# ---------------------------------------------------------------- the arguments in the brackets
def printed_arguments(name: str, said: str) -> dict[str, object]:
    """``3, 64, kernel_size=(7, 7)`` by name. Raises :class:`ArgumentError` for anything but a list of values."""
    from ...torch.signature import signature

    accepted = signature(name)
    if len(said) > LONGEST:
        raise ArgumentError(f"{name} has {len(said)} characters in its brackets; at most {LONGEST} are read")
    try:
        call = parsed(f"f({said.strip()})")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        call = None
    if not isinstance(call, ast.Call) or len(call.args) > len(accepted.by_place):
        raise ArgumentError(f"the brackets of {name}({said}) are not a list of values")
    found = dict(zip(accepted.by_place, map(printed_value, call.args), strict=False))
    found.update({keyword.arg: printed_value(keyword.value) for keyword in call.keywords if keyword.arg in accepted.known})
    return found


def printed_value(node: ast.expr) -> object:
    """A value as PyTorch prints it; a bare word, as in ``padding_mode=reflect``, is a string."""
    from ...core.signatures import literal_value

    return node.id if isinstance(node, ast.Name) else literal_value(node)
