"""Equal modules of a list: their number is a size like any other, and a letter may be put for it."""

from __future__ import annotations

from ...core.sizes import is_symbolic
from ...errors import LetterError
from ..module_counts import Walk
from ..repeated_modules import Copies

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...core.letters_for_numbers import Letters
    from ..module import Module
    from ..tensors import Parameter

BLOCKS = "blocks"  # the argument that their number is called in a place


def put_blocks(made: Module, path: str, letters: Letters) -> None:
    """Puts one module with a letter's copies for equal ones of a list, where their number has a letter."""
    kept: dict[str, Module | None] = {}
    wanted = {place for place in letters.chosen if place.startswith(f"{path}.{BLOCKS}[")}
    for names in runs(made):
        argument = f"{BLOCKS}[{int(names[0])}]"
        copies: object = letters.put(path, argument, len(names)) if len(names) > 1 else 1
        block = made._modules[names[0]]
        if is_symbolic(copies) and block is not None:
            kept["blocks" if "blocks" not in kept else f"blocks_from_{names[0]}"] = Copies(block, copies)
            wanted.discard(f"{path}.{argument}")
        else:
            kept |= {name: made._modules[name] for name in names}
    if wanted:
        raise LetterError(f"the blocks of {path} are not equal in these letters: give their number no letter")
    made._modules.clear()
    made._modules.update(kept)


def runs(made: Module) -> Iterator[list[str]]:
    """The names of the modules of a list, equal neighbours together. Modules that share a tensor are not copies of each other."""
    run: list[str] = []
    seen: set[int] = set()
    first: object = None
    for name, module in made._modules.items():
        key = None if module is None else key_of(module)
        own = set() if module is None else {id(each) for each in tensors_of(module)}
        if run and key is not None and key == first and not own & seen:
            run.append(name)
        else:
            if run:
                yield run
            run, seen, first = [name], set(), key
        seen |= own
    if run:
        yield run


def tensors_of(module: Module) -> Iterator[Parameter]:
    """The parameters of a module that it can list; where a letter says how many layers it has, the others have no list."""
    return (tensor for each in module.modules() for tensor in each._parameters.values() if tensor is not None)


def key_of(module: Module) -> object:
    """What two modules have in common that are copies of each other; None for one without parameters."""
    if next(tensors_of(module), None) is None:
        return None
    return vars(module).get("called"), module._tree(Walk(), ""), module._buffer_tree(Walk(), "")
