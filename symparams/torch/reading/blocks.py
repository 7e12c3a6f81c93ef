"""Equal modules of a list: their number is a size like any other, and a letter may be put for it."""

from __future__ import annotations

from ...core.equal_blocks import folded
from ...core.sizes import is_symbolic
from ...errors import LetterError
from ..module import Copies, Module
from ..module_counts import Walk

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ...core.letters_for_numbers import Letters
    from ...core.sizes import Dim
    from ..tensors import Parameter

BLOCKS = "blocks"  # the argument that their number is called in a place
REPEATS = "repeats"  # how often two or more of them are repeated together
FEWEST_NAMED = 4  # norm1, norm2 and norm3 are not blocks; of modules with modules inside, fewer are enough


class Block(Module):
    """Several modules of a list that are repeated together, such as a local and a global attention."""

    title = "Block"


def put_numbered(made: Module, path: str, inside: str, letters: Letters) -> None:
    """Puts one module for equal ones of a list, and for those that have a number in their names: ``layer_0, layer_1 ...``"""
    for prefix, names in numbered_names(made._modules).items():
        if len(names) == len(made._modules) and not prefix:
            put_blocks(made, path, letters)
        elif not prefix or len(names) + min(depth_of(made._modules[name]) for name in names) >= FEWEST_NAMED:
            put_named_blocks(made, prefix, names, inside, letters)


def depth_of(module: Module | None) -> int:
    """How many modules are inside one another in a module, 2 at most."""
    inside = [] if module is None else [each for each in module._modules.values() if each is not None]
    return 2 if any(each._modules for each in inside) else int(bool(inside))


def numbered_names(names: Iterable[str]) -> dict[str, list[str]]:
    """The names that end in a number, in its order, by what is before it. Files often have 10 before 2, and 02 for 2."""
    found: dict[str, list[str]] = {}
    for name in names:
        prefix = name.rstrip("0123456789")
        if prefix != name and name.isascii():
            found.setdefault(prefix, []).append(name)
    return {prefix: sorted(those, key=lambda name: int(name[len(prefix) :])) for prefix, those in found.items() if len(those) > 1}


def put_named_blocks(made: Module, prefix: str, names: Sequence[str], inside: str, letters: Letters) -> None:
    """The same for some of the modules of one, which are a list in all but name."""
    called = prefix.rstrip("_-") or "numbered"
    several = Block()
    several._modules.update({name[len(prefix) :]: made._modules[name] for name in names})
    put_blocks(several, f"{inside}/{called}" if inside else called, letters)
    repeated = Block()
    repeated._modules.update({name: each for name, each in several._modules.items() if not name.isdigit()})
    if repeated._modules:
        for name in names:
            if name[len(prefix) :] not in several._modules:
                del made._modules[name]
        made._modules["blocks" if called in made._modules else called] = repeated


def put_blocks(made: Module, path: str, letters: Letters) -> None:
    """Puts one module with a letter's copies for equal ones of a list, where their number has a letter."""
    kept: dict[str, Module | None] = {}
    wanted = {place for place in letters.chosen if place.startswith((f"{path}.{BLOCKS}[", f"{path}.{REPEATS}["))}
    for times, names in runs(made):
        block = names[: len(names) // times]
        copies = copies_of(made, block, times, path, letters)
        if is_symbolic(copies):
            kept["blocks" if "blocks" not in kept else f"blocks_from_{names[0]}"] = Copies(one_of(made, block), copies)
            wanted -= {f"{path}.{argument}[{int(names[0])}]" for argument in (BLOCKS, REPEATS)}
        else:
            kept |= {name: made._modules[name] for name in names}
    if wanted:
        raise LetterError(f"the blocks of {path} are not equal in these letters: give their number no letter")
    made._modules.clear()
    made._modules.update(kept)


def copies_of(made: Module, block: Sequence[str], times: int, path: str, letters: Letters) -> Dim:
    """How many blocks there are: of two modules in turn, the modules are counted, or else the turns."""
    start = f"[{int(block[0])}]"
    if times == 1:
        return 1
    own = [name for name in block if has_parameters(made._modules[name])]
    if len(own) == 1:
        return letters.put(path, f"{BLOCKS}{start}", times)
    if len(own) == len(block):
        modules: Dim = letters.put(path, f"{BLOCKS}{start}", times * len(own))
        if is_symbolic(modules):
            return modules / len(own)
    return letters.put(path, f"{REPEATS}{start}", times)


def one_of(made: Module, names: Sequence[str]) -> Module:
    """The module of a block, or one that has them all."""
    modules = [(name, module) for name in names if (module := made._modules[name]) is not None]
    if len(modules) == 1:
        return modules[0][1]
    block = Block()
    for at, (_, module) in enumerate(modules):
        block._modules[str(at)] = module
    return block


def runs(made: Module) -> Iterator[tuple[int, Sequence[str]]]:
    """The names of the modules of a list, equal neighbours together, and how often they are repeated.

    Modules that share a tensor are not copies of each other. Those without parameters are part of a block that has some.
    """
    names = sorted(made._modules, key=int)
    keys = distinct_keys(made)
    for times, run in folded(names, lambda name: keys[name]):
        if times > 1 and not any(has_parameters(made._modules[name]) for name in run):
            yield from ((1, [name]) for name in run)
        else:
            yield times, run


def distinct_keys(made: Module) -> dict[str, object]:
    """What each module has in common with its copies; one that shares a tensor with another has nothing."""
    owners: dict[int, str] = {}
    shares: set[str] = set()
    for name, module in made._modules.items():
        for tensor in () if module is None else tensors_of(module):
            if owners.setdefault(id(tensor), name) != name:
                shares |= {name, owners[id(tensor)]}
    return {name: (name,) if name in shares or module is None else key_of(module) for name, module in made._modules.items()}


def tensors_of(module: Module) -> Iterator[Parameter]:
    """The parameters of a module that it can list; where a letter says how many layers it has, the others have no list."""
    return (tensor for each in module.modules() for tensor in each._parameters.values() if tensor is not None)


def has_parameters(module: Module | None) -> bool:
    return module is not None and next(tensors_of(module), None) is not None


def key_of(module: Module) -> object:
    """What two modules have in common that are copies of each other."""
    return vars(module).get("called"), module._tree(Walk(), ""), module._buffer_tree(Walk(), "")
