"""The classes of ``torch.nn``: arguments as PyTorch takes them, our layers for them, and their parameters."""

from __future__ import annotations

from functools import cache, partial

from .._startup.lazy import module_of
from ..core.conventions import Tensor
from ..core.frozen import Frozen
from ..core.model import Part
from ..core.sizes import symbol
from ..core.tree import NOTHING, Tied, Weight, beside, leaves, rebuilt
from ..errors import ArgumentError, ShapeError, SymparamsError, brief
from .contents import as_content
from .module import Module
from .module_counts import Walk, dotted_path, joined_path, repeated_node
from .row import set_switches
from .signature import signature
from .table import find_row
from .tensors import Buffer, Parameter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, ClassVar

    from ..core.conventions import Convention
    from ..core.model import Layer
    from ..core.signatures import Arguments
    from ..core.sizes import Dim, Shape
    from ..core.tree import Node
    from .row import Lazy, Row


REPEATED = ("num_layers", "num_encoder_layers", "num_decoder_layers")  # numbers of layers, which are built one by one


class HeldLayer(Frozen):
    """One of our layers in a module. ``names`` has the parameters that store each of its weights, in the order of its tree,
    and ``shapes`` has their shapes; both are empty where ``copies`` is a letter. ``is_plain`` says that all weights in ``tree``
    that are stored are trained, and that none is a further use of another."""

    layer: Layer
    because: dict[str, str]
    name: str
    copies: Dim
    names: list[list[str]]
    shapes: dict[str, Shape]
    tree: Node
    is_plain: bool


class Builtin(Module):
    """A module of PyTorch's own. Its class has the row of the table, and the row has everything else."""

    _row: ClassVar[Row]
    _arguments: Arguments
    _given: set[str]
    _held: list[HeldLayer]
    _closed: str
    _lazy: Lazy | None

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__()
        declared = signature(self._row.name)
        arguments = declared.bound(self._row.name, args, kwargs)
        for name, value in arguments.items():
            arguments[name] = as_argument(value, type(self), name)
        arguments["class_name"] = self._row.name
        set_switches(arguments, declared.known)
        given = {*list(declared.by_place)[: len(args)], *kwargs}
        vars(self).update(_arguments=arguments, _given=given, _held=[], _closed="", _lazy=self._row.lazy)
        if self._row.lazy is None:
            self._build()
        else:
            self._check_without_input()

    def _build(self) -> None:
        """Checks the arguments, sets them as attributes, and makes the parameters and modules."""
        self._row.check(self._arguments)
        vars(self).update({name: value for name, value in self._arguments.items() if not isinstance(value, Module)})
        self._row.build(self)
        for name in self._row.absent:
            if name not in self._parameters:
                vars(self).pop(name, None)
                self._parameters[name] = None

    # ------------------------------------------------------------ adding layers and buffers
    def _hold(self, layer: Layer, convention: Convention, because: dict[str, str], name: str = "", copies: Dim = 1) -> None:
        """Adds a layer of ours, with its parameters as PyTorch stores them."""
        tree = layer.weights()
        names: list[list[str]] = [[] for _ in leaves(tree)]
        shapes: dict[str, Shape] = {}
        if copies == 1:
            for numbers, tensor in convention.stored(tree):
                path = dotted_path(tensor.path)
                for number in numbers:
                    names[number].append(path)
                shapes[path] = tensor.shape
                if "." not in path and path not in self._parameters:
                    vars(self).pop(path, None)
                    self._parameters[path] = Parameter(tensor.shape, tensor.trainable)
        stored = zip(names, leaves(tree), strict=True)
        plain = all(not its or (isinstance(leaf, Weight) and leaf.trainable) for its, (_, leaf, _) in stored)
        self._held.append(HeldLayer(layer, because, name, copies, names, shapes, tree, plain))

    def _keep(self, name: str, shape: Shape | None) -> None:
        """Adds a buffer, or None for one that is left out."""
        vars(self).pop(name, None)
        self._buffers[name] = None if shape is None else Buffer(shape)

    # ------------------------------------------------------------ a module that waits for its input
    def _check_without_input(self) -> None:
        """Makes the checks of the class that it becomes, except those that need the input."""
        lazy = self._lazy
        assert lazy is not None
        find_row(lazy.becomes).check(type(self._arguments)(self._arguments | {lazy.argument: self._arguments.get("groups", 1)}))
        vars(self).update(self._arguments)
        self._closed = f"{self._row.name} has no input yet: call it with an input shape, such as (2, 100)"

    def forward(self, *args: Any, **kwargs: Any) -> Any:
        """The shape of its output, for tensors without numbers."""
        return module_of("symparams.torch.running.modules").run(self, args, kwargs)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Gives a Lazy module its input; for a shape it returns the module, for a tensor its output, as in PyTorch."""
        if self._lazy is None:
            return super().__call__(*args, **kwargs)
        from .shape_rules import shape_of
        from .tensors import Tensor as Given

        lazy = self._lazy
        shape = shape_of(args[0] if args else (), f"{self._row.name}: the input")
        self._arguments[lazy.argument] = lazy.width(self._arguments, shape)
        object.__setattr__(self, "__class__", builtin_class(lazy.becomes))  # as PyTorch does
        vars(self).update(_lazy=None, _closed="")
        self._arguments["class_name"] = self._row.name
        self._build()
        return self(*args, **kwargs) if isinstance(args[0], Given) else self

    def extra_repr(self) -> str:
        """What PyTorch prints of its arguments."""
        name, arguments = self._row.name, self._arguments
        if self._lazy is not None:  # PyTorch prints 0 for the size that it waits for
            name, arguments = self._lazy.becomes, type(arguments)(arguments | {self._lazy.argument: 0})
        text: str = module_of("symparams.torch.printing.arguments").arguments_text(name, arguments)
        return text

    # ------------------------------------------------------------ counting
    def _refuse_to_list(self, store: str, path: str) -> None:
        if self._closed and (store == "_parameters" or self._lazy is not None):
            raise ShapeError(f"{path}: {self._closed}" if path else self._closed)

    def _whole(self) -> dict[str, Parameter] | None:
        """The parameters by path, if they are those of its layers, or others of the same shapes, and all distinct.

        A parametrization changes that, and so does a parameter that a user adds to a module that a layer covers.
        """
        expected = {name: shape for held in self._held for name, shape in held.shapes.items()}
        found = {name: each for name in expected if (each := self._at(name)) is not None}
        if not self._held or len(found) != len(expected) or any(each.shape != expected[name] for name, each in found.items()):
            return None
        inside = {
            f"{name}.{path}"
            for name, module in self._modules.items()
            if module is not None and name in self._covered()
            for path, _ in module._named("_parameters", "", recurse=True, remove_duplicate=False)
        }
        return found if len(set(map(id, found.values()))) == len(found) and inside <= expected.keys() else None

    def _at(self, name: str) -> Parameter | None:
        """The parameter at that path, in the module itself or in one inside it."""
        module: Module | None = self
        *front, last = name.split(".")
        for step in front:
            module = module._modules.get(step) if module is not None else None
        return module._parameters.get(last) if module is not None else None

    def _covered(self) -> set[str]:
        """The names of the parameters and modules that its layers cover."""
        return {name.partition(".")[0] for held in self._held for name in held.shapes}

    def _nodes(self, walk: Walk, path: str) -> list[Node] | None:
        """The tree of each of its layers; None where part of a weight is tied or frozen."""
        whole = self._whole()
        if whole is None:
            return None
        usual = all(each.requires_grad and id(each) not in walk.first for each in whole.values())
        nodes: list[Node] = []
        for held in self._held:
            if usual and held.is_plain:
                nodes.append(held.tree)
                continue
            states = [{(walk.first.get(id(whole[name])), whole[name].requires_grad) for name in names} for names in held.names]
            if any(len(state) > 1 for state in states):
                return None
            nodes.append(rebuilt(held.tree, _Rewriter(states)))
        for name, each in whole.items():
            walk.first.setdefault(id(each), joined_path(path, name.replace(".", "/")))
        return nodes

    def _tree(self, walk: Walk, path: str) -> Node:
        if self._lazy is not None:
            raise ShapeError(self._closed)
        nodes = self._nodes(walk, path)
        if nodes is None:
            return super()._tree(walk, path)
        covered = self._covered()
        parameters = {name: each for name, each in self._parameters.items() if name not in covered}
        modules = {name: each for name, each in self._modules.items() if name not in covered}
        together: list[tuple[Node, Dim]] = []
        for node, held in zip(nodes, self._held, strict=True):  # equal layers become one with a number of copies
            alike = bool(together) and together[-1][0] == node
            together[-1:] = [(node, together[-1][1] + held.copies)] if alike else [*together[-1:], (node, held.copies)]
        made = [repeated_node(node, copies) for node, copies in together]
        others = self._beside("_parameters", walk, path, parameters, modules)
        return made[0] if len(made) == 1 and others == NOTHING else beside(*made) + others

    def _parts_of(self, walk: Walk, path: str) -> Iterator[Part]:
        nodes = self._nodes(walk, path)
        if nodes is None:
            yield from super()._parts_of(walk, path)
            return
        for held, node in zip(self._held, nodes, strict=True):
            name = self._part_name(held, path)
            copies = {"layers": held.copies} if held.copies != 1 else {}
            whole, stored = repeated_node(node, held.copies), partial(self._stored, held, path)
            yield Part(
                name=name, title=self.title, layer=held.layer, node=whole, because=held.because, copies=copies, stored=stored
            )
        covered = self._covered()
        yield from self._alone(walk, path, [(name, each) for name, each in self._parameters.items() if name not in covered])
        for name, module in self._modules.items():
            if module is not None and name not in covered:
                yield from module._parts_of(walk, joined_path(path, name))

    def _layers_in_letters(self, path: str, numbers: Iterator[int]) -> Iterator[tuple[str, Layer]]:
        defaults = signature(self._row.name).known
        given = {
            name: value
            for name, value in self._arguments.items()
            if name in self._given or (name in defaults and defaults[name] is not None)
        }
        if not self._modules and not self._holds_several():
            return
        try:
            made = type(self)(**with_letters(given, next(numbers)))
        except SymparamsError:  # an argument that must be a number
            yield from super()._layers_in_letters(path, numbers)
            return
        if any(isinstance(value, Module) for value in given.values()):
            yield from super()._layers_in_letters(path, numbers)
        else:
            yield from ((part.name, part.layer) for part in made._parts_of(Walk(), path))

    def _holds_several(self) -> bool:
        """Whether several sizes of its layers come from one argument."""
        return len(self._held) > 1 or any(hasattr(held.layer, "heads") for held in self._held)

    def _part_name(self, held: HeldLayer, path: str) -> str:
        """The name of one of its layers in a model."""
        whole = path or self._row.name.lower()
        return dotted_path(joined_path(whole, held.name) if held.name else whole)

    def _stored(self, held: HeldLayer, path: str) -> list[tuple[str, Tensor]]:
        """The parameters of one of its layers, and the module's buffers, each with the weight that it stores."""
        weights = zip(leaves(held.layer.weights()), held.names, strict=True)
        entry = self._row.entry
        weight_of = {} if entry is None else {stored: weight for weight, stored in entry.convention.names.items()}
        found = [
            *((weight, name, self._at(name)) for (weight, _, _), names in weights for name in names),
            *((weight_of[name], name, buffer) for name, buffer in self._buffers.items() if name in weight_of),
        ]
        return [
            (
                weight,
                Tensor(path=dotted_path(joined_path(path, name)), shape=tensor.shape, trainable=tensor.requires_grad, role=weight),
            )
            for weight, name, tensor in found
            if tensor is not None
        ]

    @property
    def title(self) -> str:
        """``nn.Linear``, or the name of a user's class."""
        return f"nn.{type(self).__name__}" if type(self).__module__ == "symparams.torch.nn" else type(self).__name__


TAKES_MODULES = ("module", "activation", "encoder_layer", "decoder_layer", "norm", "custom_encoder", "custom_decoder")


def as_argument(value: object, cls: type[Builtin], name: str) -> object:
    """A value for an argument. Raises :class:`ArgumentError` for one with parameters where these would not be counted."""
    value = as_content(value, cls, name)
    if isinstance(value, Module) and name not in TAKES_MODULES:
        raise ArgumentError(f"{cls.__name__}: {name} cannot be a module, such as {brief(value)}: it would not be counted")
    return value


def with_letters(arguments: dict[str, Any], number: int) -> dict[str, Any]:
    """Arguments with a letter for each one that is a size."""
    return {
        name: symbol(f"{name}_of_{number}") if type(value) is int and value > 0 and name not in REPEATED else value
        for name, value in arguments.items()
    }


class _Rewriter:
    """Rewrites the weights of a tree, one after the other, as tied, trained or frozen like their parameters."""

    def __init__(self, states: list[set[tuple[str | None, bool]]]) -> None:
        self.states = iter(states)

    def __call__(self, leaf: Weight | Tied) -> Node:
        state = next(self.states)
        if not state:  # there is no copy of it, or their number is a letter
            return leaf
        ((first, trained),) = state
        return Weight(leaf.name, leaf.shape, trained) if first is None else Tied(leaf.name, leaf.shape, first)


# ---------------------------------------------------------------- classes out of rows
@cache
def builtin_class(name: str) -> type[Builtin]:
    """The class of one row, made when it is first asked for."""
    row = find_row(name)
    doc = f"``torch.nn.{row.name}`` with PyTorch's own arguments."
    if row.entry is not None:
        doc += f"\n\nIts formula is that of :class:`symparams.layers.{row.entry.layer.__name__}`."
    body = {**row.methods, "_row": row, "__doc__": doc, "__signature__": ShownSignature(), "__module__": "symparams.torch.nn"}
    return type(row.name, (Builtin,), body)


class ShownSignature:
    """The signature that ``inspect.signature`` and ``help`` show for a class, made on demand."""

    def __get__(self, _: object, cls: type[Builtin]) -> Any:
        from inspect import Parameter, Signature

        from ..core.signatures import REQUIRED

        declared = signature(cls._row.name)
        kinds = ((declared.by_place, Parameter.POSITIONAL_OR_KEYWORD), (declared.by_name, Parameter.KEYWORD_ONLY))
        shown = [
            Parameter(name, kind, default=Parameter.empty if default is REQUIRED else default)
            for known, kind in kinds
            for name, default in known.items()
        ]
        free = [Parameter("args", Parameter.VAR_POSITIONAL), Parameter("kwargs", Parameter.VAR_KEYWORD)] if declared.free else []
        return Signature(shown + free)
