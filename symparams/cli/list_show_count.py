"""``symparams list``, ``show`` and ``count``: one layer, or one model."""

from __future__ import annotations

from ..core.file_endings import is_file, is_text
from ..errors import SettingError
from .json import counted, layers_of, print_json, print_table
from .models import open_letters, read, sizes_of, with_idle_letters

TYPE_CHECKING = False
if TYPE_CHECKING:
    from . import Arguments


def list_layers(arguments: Arguments) -> int:
    """``symparams list``."""
    from ..keras.signature import real_name
    from ..keras.table import VERSIONS, classes_with_weights, defaults, names

    version = arguments.keras
    if version == "torch":
        from ..torch.table import formulas as of_torch

        return print_layers(arguments, "torch.nn", of_torch())
    formulas = {
        row.name: str(entry.symbolic(defaults(its, row)).count) for its, row, entry in classes_with_weights() if its == version
    }
    real = {name: real_name(version, name) or name for name in names(version)}
    return print_layers(arguments, VERSIONS[version], {name: (its, formulas.get(its)) for name, its in real.items()})


def print_layers(arguments: Arguments, version: str, found: dict[str, tuple[str, str | None]]) -> int:
    """The classes of a framework, each with its real name and its formula."""
    if arguments.json:
        layers = [{"name": name, "class_name": its, "formula": formula or None} for name, (its, formula) in found.items()]
        return print_json(version=version, layers=layers)
    width = max(map(len, found))
    for name, (its, formula) in found.items():
        shown = {None: "-", "": "as its arguments say"}.get(formula, formula)
        print(f"{name:{width}}  {shown if its == name else f'is {its}'}")
    return 0


def show(arguments: Arguments) -> int:
    """``symparams show``."""
    if is_file(arguments.model) or is_text(arguments.model):  # a table, as import and summary print it
        from . import import_and_summary as files

        vars(arguments).update(file=arguments.model, input="")
        return files.import_model(arguments) if is_file(arguments.model) else files.summary(arguments)
    name = arguments.model.rpartition(".")[2]
    if name.isidentifier() and "(" not in arguments.model and not is_file(arguments.model):
        from .layer_facts import described, facts

        found = facts(arguments.model)
        if arguments.format != "text":
            raise SettingError(f"--format is for the table of a model: write {name}(...) with its arguments")
        if arguments.json:
            return print_json(**found)
        print(described(found))
        return 0
    from ..keras.model import Model

    model = read(arguments, arguments.model)
    if hasattr(model, "named_parameters"):
        from ..torch.parameter_table import facts_of, listing

        if arguments.json:
            return print_json(model=arguments.model, **facts_of(model), **counted(model.count))
        return print_table(listing(model), arguments.format)
    if hasattr(model, "copies"):
        from ..errors import TextError

        raise TextError(f"show takes one model, not {model.title}: count and compare take so many of it")
    if not isinstance(model, Model):
        alone = model.by_itself()
        if not alone.calls:
            from ..errors import TextError

            raise TextError(f"{alone.class_name} is one step of a recurrence, and no model: show RNN({alone.class_name}(...))")
        model = Model(alone.calls[-1].inputs, alone.output)
    summary = model.summary()
    if arguments.json:
        return print_json(model=arguments.model, layers=layers_of(summary), **counted(summary.total))
    return print_table(summary, arguments.format)


def count(arguments: Arguments) -> int:
    """``symparams count``."""
    model, sizes = read(arguments, arguments.model, arguments.letters), sizes_of(arguments.sizes)
    model = with_idle_letters(arguments, model, sizes)
    total = model.by_itself().count
    arguments.notes += open_letters(model, sizes)
    known = total.given(sizes)
    number = None if known.letters else total.at(sizes)
    if arguments.json:
        return print_json(model=arguments.model, sizes=sizes, **counted(total), at=number)
    if total.letters or not is_file(arguments.model):  # in numbers, the sum over a file's layers says nothing
        print(total.text())
    if sizes and number is None:
        print(known.text())
    if number is not None:
        print(number)
    return 0
