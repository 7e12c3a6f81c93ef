"""``growth``: how a count grows with one size, with the exact shares of its parts."""

from __future__ import annotations

from ..._startup.boundary import entrance
from ...core.sizes import is_symbolic
from ...errors import LetterError, SettingError, brief, listed
from ..countable_subjects import formula_of
from ..solving.allowed_sizes import whole_size
from ..solving.open_letter import formulas_and_sizes, letter_asked_for
from ..solving.ranges import number_text
from .answer import Growth
from .parts import parts_by_path, parts_by_terms

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from ...core.sizes import ByLetter, Dim, Letter
    from ..countable_subjects import Subject

MOST_SHOWN = 100  # columns of a table


@entrance
def growth(
    thing: Subject,
    for_: Letter | None = None,
    given: ByLetter[Dim] | None = None,
    *,
    at: Iterable[int] = (),
    depth: int | None = None,
) -> Growth:
    """How a count grows with one letter: its parts, and the exact share of each.

    ``thing`` is a formula, a layer or a model, ``for_`` the letter, a symbol or a name (which may be left out where only one
    is open). ``given`` has sizes of other letters; letters without a size are kept, but the shares at the sizes in ``at`` need
    all of them. The parts are the layers of a model or the weights of a layer; ``depth`` is the number of steps of the
    weights' paths by which they are grouped instead.

    >>> from symparams.layers import LSTM
    >>> grown = growth(LSTM.symbolic(), "n", {"m": 300}, at=(100, 1000))
    >>> print(grown)
    part              parameters  n = 100  n = 1000  limit
    kernel            4*300*n       74.8%     23.1%      0
    recurrent_kernel  4*n**2        24.9%     76.9%      1
    bias              4*n            0.2%      0.1%      0
    elasticity                       1.25      1.77      2
    total: 4*(300*n + n**2 + n), which grows like 4*n**2
    >>> grown.shares(100)["kernel"], grown.elasticity_at(100)
    (Fraction(300, 401), Fraction(501, 401))

    Raises :class:`LetterError` for a letter that is missing or unknown, :class:`SettingError` for a thing without a count.
    """
    total = formula_of(thing, "growth")
    (filled,), (sizes,) = formulas_and_sizes([(1, total)], for_, given)
    letter = letter_asked_for(None, [filled], [sizes], "growth") if for_ is None else total._name(for_)
    whole = filled.given(sizes)
    if letter in sizes or letter not in whole.symbols:
        raise LetterError(f"{letter} is both asked for and given")
    rest = [name for name in whole.letters if name != letter]
    wanted = sizes_to_show(at, letter)
    if wanted and rest:
        raise LetterError(
            f"no shares at {letter} = {number_text(wanted[0])}: no size for {listed(rest)}; add given={{{rest[0]!r}: ...}}"
        )
    parts = parts_by_terms(whole) if is_symbolic(thing) else parts_by_path(whole, depth)
    found = Growth(letter, whole, parts, wanted)
    for size in wanted:
        found.shares(size)  # refuses an invalid size now, not when it is printed
    return found


def sizes_to_show(at: object, letter: str) -> tuple[int, ...]:
    """The sizes in ``at``, in the order given."""
    if isinstance(at, str | bytes) or not hasattr(at, "__iter__"):
        raise SettingError(f"at takes the sizes of {letter} to show, such as (64, 128), not {brief(at)}")
    sizes: list[int] = []
    for size in at:
        sizes.append(whole_size(size, f"at: {letter}"))
        if len(sizes) > MOST_SHOWN:
            raise SettingError(f"at takes at most {MOST_SHOWN} sizes; use .shares({letter}) for others")
    return tuple(sizes)
