"""A printed PyTorch module as a table: a row for each module, with the count that its arguments give.

``print(module)`` shows neither counts nor a total, neither which weights are tied nor the parameters of a user's own class.
So the total is that of the classes of ``torch.nn``, and the table says what is not included.
"""

from __future__ import annotations

import re

from ..._startup.limits import ROWS_OF_A_TABLE
from ..._startup.python_syntax import ast, parsed
from ...errors import ArgumentError, SymparamsError, TextError, brief, listed
from ...torch.framework import NN
from ...torch.printers import PRINT
from ..table import SummaryTable
from ..text.printed_modules import modules_with_paths, printed_modules
from ..text.row import SummaryLayer
from .dialects import similar_class
from .explaining import Explanation
from .explanations import LayerWay
from .torch_explanations import ALIASES, TorchWay, built_module
from .torch_search import CONTAINERS, SAME

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..text.printed_modules import PrintedModule

FORMS = (  # what classes of PyTorch print in their brackets
    (re.compile(r"in_features=\d+, out_features=\d+"), "Linear"),
    (re.compile(r"\d+, \d+, kernel_size=\(\d+,\)"), "Conv1d"),
    (re.compile(r"\d+, \d+, kernel_size=\(\d+, \d+\)"), "Conv2d"),
    (re.compile(r"\d+, \d+, kernel_size=\(\d+, \d+, \d+\)"), "Conv3d"),
    (re.compile(r"\d+, eps=.*(?:momentum|track_running_stats)="), "BatchNorm2d"),
    (re.compile(r"\((?:\d+, ?)+\d*\), eps="), "LayerNorm"),
)
FREE = re.compile(  # classes of other libraries without parameters
    r"DropPath|StochasticDepth|Permute|Rearrange|SelectAdaptivePool2d|(?:MemoryEfficient)?Swish|QuickGELU|\w*Rotary\w*Embedding"
    r"|(?:New|Fast|Quick|Accurate)?(?:GELU|SiLU|Mish|ReLU)\w*Activation|PytorchGELUTanh|GELUTanh"
)
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
    lacking = any((why.params is None and why.because) or is_likely(why) for why in explanations)
    total = {} if lacking else {"total": sum(layer.params or 0 for layer in layers)}
    table = SummaryTable(root.class_name, PRINT, layers, total)
    table.alone, table.remarks = explanations, remarks_on_modules(root)
    return table


def is_likely(why: Explanation) -> bool:
    """Whether a number is that of a class that another one was taken for."""
    return bool(why.ways) and isinstance(why.ways[0], TorchWay) and not why.ways[0].written


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
    if name in HOLDERS:
        return Explanation(None)
    if name not in signatures():
        if FREE.fullmatch(name) and not module.inside:
            return Explanation(0)
        likely = explanation_by_form(module)
        if likely is not None or module.inside:
            return likely or Explanation(None)  # its own parameters are not printed
        return Explanation(None, because=f"no number: print() does not show the parameters of {name}")
    if module.inside:
        return Explanation(None)
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


def explanation_by_form(module: PrintedModule) -> Explanation | None:
    """The explanation of a module of another library that prints its arguments as a class of PyTorch does; None for another form.

    ``ScaledStdConv2d(3, 16, kernel_size=(3, 3))`` is probably a Conv2d, with what it adds left out.
    """
    said = module.said.strip()
    like = next((like for form, like in FORMS if form.match(said)), "")
    for name in dict.fromkeys((similar_class(module.class_name), like)):
        if not name or not said or (like and rank_of(like) not in ("", rank_of(name))):
            continue
        try:
            arguments = printed_arguments(name, said)
        except ArgumentError:
            continue
        built = built_module(name, arguments)
        if built is not None and int(built.count):
            way = TorchWay(name, arguments, built, lacks=f"{module.class_name} is taken for a {name}, by what it prints")
            way.title, way.written = module.class_name, False
            return Explanation(int(built.count), [way])
    return None


def rank_of(name: str) -> str:
    """The digit of a class's rank; empty for a class without one."""
    return "".join(character for character in name if character.isdigit())


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
