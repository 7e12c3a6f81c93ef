"""``symparams list``, ``show`` and ``count``: one layer, or one model."""

from __future__ import annotations

from ..errors import SettingError
from .json import counted, layers_of, print_json, print_table
from .model_files import is_file, is_text
from .models import open_letters, read, sizes_of, with_idle_letters

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..core.framework import Known, Listing
    from . import Arguments


def list_layers(arguments: Arguments) -> int:
    """``symparams list``."""
    from ..core.frameworks import releases

    known = releases()
    release = known[arguments.release or next(iter(known))]
    return print_layers(arguments, release.path, {name: release.find(name) for name in release.names()})


def print_layers(arguments: Arguments, version: str, classes: dict[str, Known]) -> int:
    """The classes of a release, each with the name that it is an alias of, or with its formula."""
    if arguments.json:
        layers = [{"name": name, "class_name": its.becomes or its.name, "formula": its.formula} for name, its in classes.items()]
        return print_json(version=version, layers=layers)
    width = max(map(len, classes))
    for name, its in classes.items():
        other = its.becomes or its.name
        print(f"{name:{width}}  {formula_or_reason(its) if other == name else f'is {other}'}")
    return 0


def formula_or_reason(known: Known) -> str:
    """The formula of a class, or where it has none, why."""
    return known.formula or ("as its arguments say" if known.composed else "-")


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
    model = read(arguments, arguments.model)
    if hasattr(model, "copies"):
        from ..errors import TextError

        raise TextError(f"show takes one model, not {model.title}: count and compare take so many of it")
    listing = listing_of(model)
    if arguments.json:
        shown = {"layers": layers_of(listing.table)} if listing.facts is None else listing.facts()
        return print_json(model=arguments.model, **shown, **counted(model.by_itself().count))
    return print_table(listing.table, arguments.format)


def listing_of(model: object) -> Listing:
    """The table of a model, as its framework makes it."""
    from ..core.frameworks import frameworks

    found = (framework.listing(model) for framework in frameworks())
    return next(listing for listing in found if listing is not None)


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
