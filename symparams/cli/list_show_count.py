"""``symparams list``, ``show`` and ``count``: the layers, and the facts of one layer or model."""

from __future__ import annotations

from ..questions.values import sizes_of
from .model_files import is_file, is_text
from .models import model_of, open_letters, with_idle_letters
from .output import print_answer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..core.model import Countable
    from ..tables.answer import Answer
    from . import Arguments


def list_layers(arguments: Arguments) -> int:
    """``symparams list``."""
    from ..core.frameworks import releases
    from .layer_list import LayerList

    known = releases()
    release = known[arguments.release or next(iter(known))]
    print_answer(arguments, LayerList(release.path, {name: release.find(name) for name in release.names()}))
    return 0


def show(arguments: Arguments) -> int:
    """``symparams show``."""
    if is_file(arguments.model) or is_text(arguments.model):  # a table, as import and summary print it
        from . import import_and_summary as files

        vars(arguments).update(file=arguments.model, input="")
        return files.import_model(arguments) if is_file(arguments.model) else files.summary(arguments)
    if arguments.model.rpartition(".")[2].isidentifier() and "(" not in arguments.model:
        from .layer_facts import layer_facts

        print_answer(arguments, layer_facts(arguments.model))
        return 0
    model = model_of(arguments, arguments.model)
    arguments.notes += open_letters(model)
    print_answer(arguments, listing_of(model.by_itself()), model=arguments.model)
    return 0


def list_models(arguments: Arguments) -> int:
    """``symparams models``."""
    from ..core.frameworks import frameworks

    for framework in frameworks():
        listed = framework.known_types if arguments.types else framework.known_models
        if listed is not None:
            print_answer(arguments, listed())
    return 0


def listing_of(model: Countable) -> Answer:
    """The table of a model, made by its framework; that of a multiple, which no framework has, is made as for a paper."""
    from ..core.frameworks import frameworks
    from ..tables.answer import Answer

    found = (framework.listing(model) for framework in frameworks())
    return next((listing for listing in found if isinstance(listing, Answer)), None) or table_of(model)


def table_of(model: Countable) -> Answer:
    from ..paper.table import table

    return table(model)


def count(arguments: Arguments) -> int:
    """``symparams count``."""
    from ..core.model import assumed_of
    from .count_answer import Counted

    model, sizes = model_of(arguments, arguments.model, arguments.letters), sizes_of(arguments.sizes)
    model = with_idle_letters(arguments, model, sizes)
    total = model.by_itself().count
    arguments.notes += open_letters(model, sizes)
    own = {**model.own_sizes(), **sizes}
    counted = Counted(total, own, numbers_only=is_file(arguments.model), assumed=assumed_of(model))
    print_answer(arguments, counted, model=arguments.model)
    return 0
