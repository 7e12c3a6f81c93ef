"""``identify``: which layers and sizes have a number of parameters, the likeliest first."""

from __future__ import annotations

from heapq import nsmallest
from typing import NamedTuple

from ..._startup.boundary import entrance
from ..._startup.limits import NUMBER_TO_IDENTIFY
from ...errors import LetterError, SettingError, UnknownLayerError, brief, listed, nearest
from ..countable_subjects import formula_of, has_count
from ..solving.allowed_sizes import whole_size
from ..solving.ranges import number_text
from .answer import Identified, LayerReading
from .ranking import points_of_fit, points_of_sizes
from .search import MOST_OPEN, TooOpen, sizes_of_template
from .templates import Template, catalogue_templates, classes_of_templates
from .wording import search_in_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ...core.sizes import ByLetter
    from ..countable_subjects import Subject
    from .search import Sizes

KEPT = 1_000  # the number of readings that are kept


@entrance
def identify(
    number: int, layers: str | Subject | Iterable[str | Subject] | None = None, given: ByLetter[int | tuple[int, ...]] | None = None
) -> Identified:
    """The layers and sizes that have exactly a number of parameters, the likeliest first.

    Searches every layer of the catalogue, by default and with one setting changed, or else ``layers``: names, such as
    ``"LSTM"`` or ``["Dense", "Conv2D"]``, or formulas, layers and models of your own with up to two letters. ``given`` has the
    known sizes, by the names that are printed (``{"inputs": 4096}``) or by your own letters; a layer without such a size is
    left out. For up to two sizes of a layer, all whole numbers are searched; for the window of a convolution, the heads of
    attention and the like, only the usual ones. The end of the answer says what was searched and what was not.

    The likeliest readings are the simplest: few sizes, round sizes, common layers with their defaults.

    >>> print(identify(4457472, "LSTM", {"inputs": 4096}))
    4457472 parameters: the only reading
    layer              sizes                   parameters
    keras.layers.LSTM  inputs=4096, units=256  4*(m*n + n**2 + n)
    searched: LSTM, LSTMCell, Bidirectional and CuDNNLSTM, every whole size
    not searched: num_layers other than 2, 3 and 4

    Raises :class:`SizeError` for an invalid number, :class:`UnknownLayerError` for an unknown layer, :class:`LetterError` for
    a given size that no layer has, and for more than two open letters of your own.
    """
    wanted = whole_size(number, "number")
    if wanted > NUMBER_TO_IDENTIFY:
        raise SettingError(
            f"number must be at most {NUMBER_TO_IDENTIFY}, not {number_text(wanted)}: its divisors cannot be found in a reasonable time"
        )
    templates = templates_of(layers)
    known = known_sizes(given, templates)
    looked_at: list[Template] = []
    too_open: list[Template] = []
    best: list[Ranked] = []
    total = 0
    for place, template in enumerate(templates):
        if not set(known) <= set(template.sizes):
            continue
        number_of_them = Counted(sizes_of_template(template, wanted, known))
        try:
            worst = best[-1].points if len(best) == KEPT else None
            found = nsmallest(KEPT, readings_of(template, place, number_of_them, known, worst))
            best = nsmallest(KEPT, [*best, *found])
            total += number_of_them.seen
            looked_at.append(template)
        except TooOpen:
            if not template.usual:
                raise LetterError(
                    f"identify finds up to {MOST_OPEN} sizes, and {template.name} leaves {listed(template.sizes)} open: "
                    f"give some, as in given={{{next(iter(template.sizes))!r}: 64}}"
                ) from None
            too_open.append(template)
    readings = tuple(layer_reading(templates[each.place], each) for each in best)
    return Identified(wanted, readings, total, search_in_words(looked_at, too_open, known))


class Ranked(NamedTuple):
    """The sizes of a template, in the order in which readings are ranked; few of the many that are found are kept."""

    points: int
    name: str
    text: str
    place: int
    sizes: dict[str, int | tuple[int, ...]]


class Counted:
    """Things one after another, and how many were seen."""

    def __init__(self, things: Iterable[Sizes]) -> None:
        self.things, self.seen = things, 0

    def __iter__(self) -> Iterator[Sizes]:
        for each in self.things:
            self.seen += 1
            yield each


def readings_of(template: Template, place: int, found: Iterable[Sizes], known: Sizes, worst: int | None) -> Iterator[Ranked]:
    """Sizes that were found with their points, where these are not worse than the worst that is kept. Given sizes cost nothing."""
    for sizes in found:
        points = points_of_sizes({name: size for name, size in sizes.items() if name not in known} if known else sizes)
        points += template.points + points_of_fit(sizes)
        if worst is None or points <= worst:
            yield Ranked(points, template.name, str(sizes), place, sizes)


def layer_reading(template: Template, found: Ranked) -> LayerReading:
    """A template at the sizes that were found."""
    by_axis = {name: size if isinstance(size, tuple) else (size,) for name, size in found.sizes.items()}
    letters = {letter: size for name, axes in by_axis.items() for letter, size in zip(template.sizes[name], axes, strict=True)}
    return LayerReading(found.points, template.name, found.sizes, template.formula, letters)


# ---------------------------------------------------------------- the question
def templates_of(layers: object) -> list[Template]:
    """The templates to search; those of a user's own layers have no usual sizes."""
    if layers is None:
        return list(catalogue_templates())
    found: list[Template] = []
    for layer in [layers] if isinstance(layers, str) or has_count(layers) or not hasattr(layers, "__iter__") else layers:
        if isinstance(layer, str):
            named = [template for template in catalogue_templates() if template.is_called(layer)]
            if not named:
                raise UnknownLayerError(f"no layer {layer!r} with sizes to find{nearest(layer, class_names())}")
            found += [template for template in named if template not in found]
        else:
            count = formula_of(layer, "identify")
            name = getattr(layer, "class_name", None) or type(layer).__name__
            found.append(Template((name,), 0, count, {letter: (letter,) for letter in count.letters}, usual={}))
    return found


def class_names() -> list[str]:
    """The classes that can be named."""
    return sorted(classes_of_templates(catalogue_templates()))


def known_sizes(given: ByLetter[int | tuple[int, ...]] | None, templates: Iterable[Template]) -> Sizes:
    """The sizes that are given, by name."""
    if given is not None and not hasattr(given, "items"):
        raise LetterError(f"sizes are given by name, as in given={{'inputs': 4096}}, not {brief(given)}")
    names = {name for template in templates for name in template.sizes}
    known: Sizes = {}
    for key, value in (given or {}).items():
        name = str(key)
        if name not in names:
            raise LetterError(f"no size {name} in these layers; the sizes are {listed(sorted(names))}{nearest(name, names)}")
        known[name] = (
            tuple(whole_size(size, name) for size in value) if isinstance(value, tuple | list) else whole_size(value, name)
        )
    return known
