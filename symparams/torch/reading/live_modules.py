"""Live modules, read by their attributes: ``_parameters``, ``_buffers``, ``_modules``, and the name of the class.

A class of PyTorch becomes ours if ours makes the same parameters for the same arguments; any other module, and anything that a
user's own class adds, keeps its parameters as they are. So the total is always that of the live module.
"""

from __future__ import annotations

from operator import index

from ..._startup.limits import MODULES_IN_MODULES
from ...errors import LetterError, ShapeError, SymparamsError, TextError, brief
from ..builtin import Builtin, builtin_class
from ..module import Module
from ..signature import signature, signatures
from ..table import every_row
from ..tensors import Buffer, Parameter, Tensor
from .blocks import put_numbered
from .other_module import OtherModule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Protocol

    from ...core.letters_for_numbers import Letters
    from ...core.sizes import Shape

    class LiveTensor(Protocol):
        """A tensor of PyTorch, as far as it is read."""

        requires_grad: bool

    class LiveModule(Protocol):
        """A module of PyTorch of any class, as far as it is read."""

        _parameters: Mapping[str, LiveTensor | None]
        _buffers: Mapping[str, LiveTensor | None]
        _modules: Mapping[str, LiveModule | None]


RECURRENT = "input_size hidden_size num_layers bidirectional bias"
CELL = "input_size hidden_size bias"
CONVOLUTION = "in_channels out_channels kernel_size groups bias"
NORM = "num_features affine bias"
# The arguments that decide the parameters of a class, which keeps them as attributes of the same names. For any other class, these
# are all arguments that it keeps.
READS = {
    "Linear": "in_features out_features bias",
    "Bilinear": "in1_features in2_features out_features bias",
    "Embedding": "num_embeddings embedding_dim",
    "EmbeddingBag": "num_embeddings embedding_dim",
    "PReLU": "num_parameters",
    "RNN": RECURRENT,
    "GRU": RECURRENT,
    "LSTM": f"{RECURRENT} proj_size",
    "RNNCell": CELL,
    "GRUCell": CELL,
    "LSTMCell": CELL,
    "LayerNorm": "normalized_shape elementwise_affine bias",
    "RMSNorm": "normalized_shape elementwise_affine",
    "GroupNorm": "num_groups num_channels affine bias",
    "MultiheadAttention": "embed_dim num_heads kdim vdim bias add_bias_kv",
    "SyncBatchNorm": NORM,
    **{f"{name}{rank}d": CONVOLUTION for name in ("Conv", "ConvTranspose") for rank in (1, 2, 3)},
    **{f"{name}{rank}d": NORM for name in ("BatchNorm", "InstanceNorm") for rank in (1, 2, 3)},
}
# Arguments that a module does not keep as attributes, but that show in whether it has a parameter.
KEPT: dict[tuple[str, str], Callable[[object], bool]] = {
    ("MultiheadAttention", "bias"): lambda module: getattr(module, "in_proj_bias", None) is not None,
    ("MultiheadAttention", "add_bias_kv"): lambda module: getattr(module, "bias_k", None) is not None,
}


class Live:
    """One walk through a live module; modules and tensors that are met again are shared, so that tied weights are tied."""

    def __init__(self, letters: Letters | None = None) -> None:
        self.letters = letters
        self.modules: dict[int, Module] = {}
        self.tensors: dict[int, Tensor] = {}
        self.implied: dict[int, set[str]] = {}  # the parameters that a module cannot list, since their number is a letter
        self.tables: dict[int, str] = {}  # the paths of the tables that were met, by their tensors
        self.kept: list[object] = []  # keeps the live objects alive, so that no two have the same id
        self.depth = 0

    def module(self, live: LiveModule, path: str, inside: str = "") -> Module:
        """The module for a live one. ``inside`` is its path, and ``path`` its name for messages, where that is empty."""
        if id(live) in self.modules:
            return self.modules[id(live)]
        self.depth += 1
        if self.depth > MODULES_IN_MODULES:
            raise TextError(f"{brief(path)}: modules are nested more than {MODULES_IN_MODULES} deep")
        self.kept.append(live)
        made: Module = self.known(live, path) or OtherModule()
        vars(made)["called"] = type(live).__name__
        self.modules[id(live)] = made
        self.parameters(live, made, path)
        self.buffers(live, made, path)
        self.children(live, made, inside)
        if self.letters is not None and len(made._modules) > 1:
            put_numbered(made, path, inside, self.letters)
        self.depth -= 1
        return made

    # ------------------------------------------------------------ classes of PyTorch
    def known(self, live: LiveModule, path: str) -> Builtin | None:
        """The module as one of ours, if its class is or extends one of PyTorch's and ours has the same parameters."""
        name = next((cls.__name__ for cls in type(live).__mro__ if is_torch_class(cls) and is_one_layer(cls.__name__)), None)
        if name is None:
            return None
        arguments = {argument: self.argument(live, name, argument) for argument in deciding(live, name)}
        for argument in ("kdim", "vdim"):
            if argument in arguments and arguments[argument] == arguments["embed_dim"]:
                del arguments[argument]
        try:
            in_numbers = builtin_class(name)(**arguments)
        except SymparamsError:
            return None
        if not has_parameters_of(in_numbers, live):
            return None
        if self.letters is None:
            return in_numbers
        if arguments.get("proj_size") == 0:  # 0 means no projection, so it is not a size
            del arguments["proj_size"]
        made = builtin_class(name)(**{argument: self.letters.put(path, argument, value) for argument, value in arguments.items()})
        self.follow(live, path, arguments)
        if made._closed:
            self.implied[id(made)] = in_numbers._parameters.keys() - made._parameters.keys()
        return made

    def follow(self, live: LiveModule, path: str, arguments: Mapping[str, object]) -> None:
        """Tells the letters which sizes are others by nature: as many groups as channels, the widths of a tied table."""
        assert self.letters is not None
        groups, channels = arguments.get("groups"), arguments.get("in_channels")
        if groups == channels and groups != 1 and groups is not None:
            self.letters.follow(f"{path}.groups", f"{path}.in_channels")
        weight = live._parameters.get("weight")
        if weight is None:
            return
        if "num_embeddings" in arguments:
            self.tables.setdefault(id(weight), path)
        elif "in_features" in arguments and id(weight) in self.tables:
            self.letters.follow(f"{path}.out_features", f"{self.tables[id(weight)]}.num_embeddings")
            self.letters.follow(f"{path}.in_features", f"{self.tables[id(weight)]}.embedding_dim")

    def argument(self, live: LiveModule, name: str, argument: str) -> object:
        kept = KEPT.get((name, argument))
        if kept is not None:
            return kept(live)
        value = getattr(live, argument, None)
        if argument == "bias":
            return value if isinstance(value, bool) else value is not None
        return tuple(value) if isinstance(value, tuple | list) else value

    # ------------------------------------------------------------ tensors
    def parameters(self, live: LiveModule, made: Module, path: str) -> None:
        """Adds the parameters: those that our module made keep its shapes, the others their own."""
        own = dict(made._parameters)
        made._parameters.clear()
        for name, tensor in live._parameters.items():
            if tensor is None:
                made._parameters[name] = None
                continue
            mine = own.get(name)
            found = self.tensors.get(id(tensor))
            if name in self.implied.get(id(made), ()):
                if found is not None or not tensor.requires_grad:
                    raise LetterError(f"{path} has tied or frozen layers, so its num_layers must stay a number")
                self.keep(tensor, Tensor())
                continue
            if found is None or not isinstance(found, Parameter):
                found = mine if mine is not None else Parameter(self.shape(tensor, path, name))
                found.requires_grad = bool(tensor.requires_grad)
                self.keep(tensor, found)
            made._parameters[name] = found

    def buffers(self, live: LiveModule, made: Module, path: str) -> None:
        own = dict(made._buffers)
        made._buffers.clear()
        for name, tensor in live._buffers.items():
            if tensor is None:
                made._buffers[name] = None
                continue
            if id(tensor) not in self.tensors:
                mine = own.get(name)
                fits = mine is not None and len(mine.shape) == len(live_shape(tensor, f"{path}.{name}"))
                self.keep(tensor, mine if fits and mine is not None else Buffer(self.shape(tensor, path, name)))
            made._buffers[name] = ours = self.tensors[id(tensor)]
            ours.persistent = name not in getattr(live, "_non_persistent_buffers_set", ())

    def keep(self, tensor: LiveTensor, ours: Tensor) -> None:
        self.tensors[id(tensor)] = ours
        self.kept.append(tensor)

    def shape(self, tensor: LiveTensor, path: str, name: str) -> Shape:
        shape = live_shape(tensor, f"{path}.{name}")
        return shape if self.letters is None else self.letters.put(path, name, shape)

    # ------------------------------------------------------------ modules inside
    def children(self, live: LiveModule, made: Module, inside: str) -> None:
        """Adds the modules inside; one that our layer covers keeps the sizes that the layer gave it."""
        covered = made._covered() if isinstance(made, Builtin) else set()
        own = dict(made._modules)
        made._modules.clear()
        for name, child in live._modules.items():
            if child is None:
                continue
            path, mine = f"{inside}/{name}" if inside else name, own.get(name)
            if name in covered and mine is not None:
                self.modules[id(child)] = mine
                vars(mine)["called"] = type(child).__name__
                self.kept.append(child)
                self.parameters(child, mine, path)
                self.buffers(child, mine, path)
                made._modules[name] = mine
            else:
                made._modules[name] = self.module(child, path, path)


def is_one_layer(name: str) -> bool:
    """Whether a class of PyTorch is one layer of ours."""
    row = every_row().get(name) if name not in READS and name in signatures() else None
    return name in READS or (row is not None and row.entry is not None)


def deciding(live: LiveModule, name: str) -> list[str]:
    """The arguments that decide what parameters a module has."""
    return READS[name].split() if name in READS else [argument for argument in signature(name).known if hasattr(live, argument)]


def is_torch_class(cls: type) -> bool:
    return cls.__module__.startswith("torch.nn.")


def has_parameters_of(ours: Builtin, live: LiveModule) -> bool:
    """Whether a live module has all the parameters of ours, with the same shapes; it may have others as well."""
    for held in ours._held:
        for name, shape in held.shapes.items():
            owner = live
            *front, last = name.split(".")
            for step in front:
                inner = owner._modules.get(step)
                if inner is None or inner._modules or set(inner._parameters) - {"weight", "bias"}:
                    return False
                owner = inner
            tensor = owner._parameters.get(last)
            if tensor is None or live_shape(tensor, name) != shape:
                return False
    return all(live._parameters.get(name) is not None for name, mine in ours._parameters.items() if mine is not None)


def live_shape(tensor: object, of: str) -> Shape:
    """The shape of a live tensor, in plain ints."""
    if "Uninitialized" in type(tensor).__name__:
        raise ShapeError(f"{of} has no shape yet: call its lazy module on an input before reading it")
    shape = getattr(tensor, "shape", None)
    try:
        return tuple(map(index, shape))  # type: ignore[arg-type]  # anything but a shape is refused
    except TypeError:
        raise ShapeError(f"{of}: the shape of {brief(tensor)} must be whole numbers, not {brief(shape)}") from None
