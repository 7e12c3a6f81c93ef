"""``identify``: which layers and sizes have a number of parameters, the likeliest first."""

from __future__ import annotations

from heapq import nsmallest

from ..._startup.boundary import entrance
from ...errors import LetterError, SettingError, UnknownLayerError, brief, listed, nearest
from ...limits import NUMBER_TO_IDENTIFY
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
    from collections.abc import Iterable

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
    readings: list[LayerReading] = []
    for template in templates:
        if not set(known) <= set(template.sizes):
            continue
        try:
            found = list(sizes_of_template(template, wanted, known))
            readings += (layer_reading(template, sizes, known) for sizes in found)
            looked_at.append(template)
        except TooOpen:
            if not template.usual:
                raise LetterError(
                    f"identify finds up to {MOST_OPEN} sizes, and {template.name} leaves {listed(template.sizes)} open: "
                    f"give some, as in given={{{next(iter(template.sizes))!r}: 64}}"
                ) from None
            too_open.append(template)
    best = nsmallest(KEPT, readings, key=lambda found: (found.points, found.name, str(found.sizes)))
    return Identified(wanted, tuple(best), len(readings), search_in_words(looked_at, too_open, known))


def layer_reading(template: Template, sizes: Sizes, known: Sizes) -> LayerReading:
    """A template at the sizes that were found. Given sizes cost nothing."""
    by_axis = {name: size if isinstance(size, tuple) else (size,) for name, size in sizes.items()}
    letters = {letter: size for name, axes in by_axis.items() for letter, size in zip(template.sizes[name], axes, strict=True)}
    points = template.points + points_of_sizes({name: size for name, size in sizes.items() if name not in known})
    points += points_of_fit(sizes)
    return LayerReading(points, template.name, sizes, template.formula, letters)


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
