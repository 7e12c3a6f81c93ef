"""The questions, one folder each. A new folder is found automatically; only type checkers need a line below.

``__init__.py`` has the public names of a question in ``HOMES``, and ``command.py`` its command. ``question.py`` is the
question, ``answer.py`` its answer, ``wording.py`` its sentences, ``facts.py`` its JSON.
"""

from .._startup.lazy import files_of, folders_of, module_of, names_of
from .._startup.once import cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from .checking import *
    from .command import Command
    from .comparing import *
    from .growing import *
    from .identifying import *
    from .proving import *
    from .reconciling import *
    from .solving import *
    from .sweeping import *


@cache
def homes() -> "dict[str, str]":
    """The public names of all questions, and the module of each."""
    packages = {folder: module_of(f"{__name__}.{folder}") for folder in folders_of(__name__)}
    return {name: f"{folder}.{module}" for folder, its in packages.items() for name, module in getattr(its, "HOMES", {}).items()}


def question_commands() -> "Iterator[Command]":
    """The command of each question."""
    return (module_of(module).COMMAND for module in modules_of_commands())


@cache
def modules_of_commands() -> "tuple[str, ...]":
    packages = [f"{__name__}.{folder}" for folder in folders_of(__name__)]
    return tuple(f"{package}.command" for package in packages if "command" in files_of(package))


__getattr__, __dir__ = names_of(__name__, {}, (), homes)
