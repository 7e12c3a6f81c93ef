"""The reported number: exact, rounded as in ``124M``, or in bytes as in ``73 MiB``."""

from __future__ import annotations

import re
from fractions import Fraction
from math import ceil, floor

from ..._startup.limits import REPORTED_TEXT
from ...core.frozen import Frozen
from ...core.number_texts import ungrouped
from ...core.sizes import size
from ...errors import SettingError, TextError, brief
from .priors import BINARY_MILLION, BYTE_POINTS, OTHER_UNIT, UNSAID_BYTES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

SHARP = 5_000  # two changes are tried only where a rounded number is that many times its uncertainty
COUNTS = {"": 1, "k": 10**3, "m": 10**6, "b": 10**9, "bn": 10**9, "g": 10**9, "t": 10**12} | {
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
}
BYTES: dict[str, tuple[int, ...]] = {"bytes": (1,), "kib": (2**10,), "mib": (2**20,), "gib": (2**30,)}
BYTES |= {"kb": (10**3, 2**10), "mb": (10**6, 2**20), "gb": (10**9, 2**30)}  # many tools call a MiB a MB
BINARY = {"k": 2**10, "m": 2**20, "g": 2**30}
NAMES = {1: "bytes", 10**3: "KB", 10**6: "MB", 10**9: "GB", 2**10: "KiB", 2**20: "MiB", 2**30: "GiB"}
WIDTHS = {  # bytes per parameter
    Fraction(4): ("fp32", "four bytes"),
    Fraction(2): ("fp16 or bf16", "two bytes"),
    Fraction(1): ("int8", "one byte"),
    Fraction(1, 2): ("4-bit numbers", "half a byte"),
    Fraction(12): ("fp32 with the two moments of Adam", "twelve bytes"),
    Fraction(17, 16): ("Q8_0 blocks", "8.5 bits"),
    Fraction(9, 16): ("Q4_0 blocks", "4.5 bits"),
}
LEAST_FILE = 64  # bytes of a file, where a number does not say that it is in bytes
OF_FILES = (
    Fraction(12),
    Fraction(17, 16),
    Fraction(9, 16),
)  # the widths of whole files, which are compared with the model's own count
CHECKPOINTS = (Fraction(4), Fraction(2))  # the widths of a number that does not say that it is in bytes
DIGITS = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six"}
NUMBER = re.compile(
    r"(?:about|around|approx\.?|~|≈)?\s*(?P<digits>\d[\d_,' ]*)(?:\.(?P<places>\d+))?\s*(?P<unit>(?!trainable|param|weights)[a-z]*)\s*"
    r"(?:trainable)?\s*(?:params?|parameters|weights)?\.?",
    re.IGNORECASE,
)


class Meaning(Frozen):
    """One meaning of a reported number: from ``low`` to ``high`` parameters, with a clause where it is not the plain meaning.
    ``read`` says to how many digits the number is rounded, where that is not its last one, ``points`` how unusual it is,
    and ``scale`` how much of the number's unit a parameter takes."""

    low: int
    high: int
    says: str = ""
    formula: str = ""
    read: str = ""
    points: int = 0
    scale: Fraction = Fraction(1)
    unsaid: bool = False  # whether it is one of bytes, and the number does not say so
    alone: bool = False  # whether it goes with no change: a format of files with a width of its own

    def formula_at(self, count: int) -> str:
        """``4*parameters/1000000 = 73.4``, for a count."""
        number = count * self.scale
        return f"{self.formula} = {number if number.denominator == 1 else f'{float(number):.4g}'}"

    @property
    def exact(self) -> bool:
        """Whether it is a single number."""
        return self.low == self.high

    @property
    def sharp(self) -> bool:
        """Whether it is precise enough for two changes: a number of two or three digits is matched by chance."""
        return (self.high - self.low) * SHARP <= self.high

    @property
    def vague(self) -> bool:
        """Whether it is too imprecise even for one change: it has a single digit."""
        return (self.high - self.low) * 10 > self.high

    def distance(self, count: int) -> int:
        """The distance of a count from the range."""
        return max(self.low - count, count - self.high, 0)


class Reported(Frozen):
    """A reported number and its meanings, the plain one first where it has one. ``wider`` has the meanings with the zeros at
    its end rounded as well: a group for each number of digits, the most digits first."""

    text: str
    meanings: tuple[Meaning, ...]
    wider: tuple[tuple[Meaning, ...], ...] = ()
    cut_off: tuple[tuple[Meaning, ...], ...] = ()  # of a number of parameters, which only the model's own count is compared with


def read_reported(reported: object) -> Reported:
    """A whole number, or a string such as ``"1,442,400"``, ``"124M"``, ``"1.3 B"`` or ``"73 MiB"``, with its meanings.

    A number with a unit is rounded to its last digit, or else at one of the zeros at its end: ``"110M"`` has three digits or
    two. Raises :class:`SizeError` or :class:`TextError` for anything else.
    """
    if not isinstance(reported, str):
        number = size(reported, "reported", least=0)
        if not isinstance(number, int):
            raise SettingError(f"reported must be a number, or a string such as '124M', not {brief(reported)}")
        return exact_number(number, str(number))
    match = NUMBER.fullmatch(reported.strip()) if len(reported) <= REPORTED_TEXT else None
    unit = match["unit"].lower() if match else ""
    if match is None or (unit not in COUNTS and unit not in BYTES):
        raise TextError(f"{brief(reported)} is not a number of parameters: write 1442400, '124M', '1.3 B' or '73 MiB'")
    digits, places = ungrouped(match["digits"].strip()), match["places"] or ""
    if digits is None:
        raise TextError(f"{brief(reported)} is not grouped by thousands, as 1,442,400 is; a decimal has a point, as in '1.3 B'")
    text = reported.strip()
    if not unit:
        if places:
            raise TextError(f"{brief(reported)} is not a whole number: add its unit, as in '1.3 B' or '23.6 MiB'")
        return exact_number(int(digits), text)
    value, half = Fraction(int(digits + places), 10 ** len(places)), Fraction(1, 2 * 10 ** len(places))
    low, high = value - half, value + half
    meanings = meanings_of(low, high, unit)
    if unit in BINARY:
        binary = Meaning(
            low=ceil(low * BINARY[unit]),
            high=floor(high * BINARY[unit]),
            says=f"{match['unit']} stands for {BINARY[unit]} here",
            formula=f"parameters/{BINARY[unit]}",
            points=BINARY_MILLION,
            scale=Fraction(1, BINARY[unit]),
        )
        meanings = (*meanings, binary, *(meaning_in_bytes(low, high, BINARY[unit], width, UNSAID_BYTES) for width in CHECKPOINTS))
    wider: list[tuple[Meaning, ...]] = []
    cut_off: tuple[tuple[Meaning, ...], ...] = ()
    for kept, least, most in () if places else rounded_at_zeros(digits):
        group = meanings_of(least, most, unit)
        wider.append(tuple(meaning.but(read=rounding_in_words(text, kept, meaning)) for meaning in group))
    if unit != "bytes":
        whole = meanings_of(value, value + 2 * half, unit)
        cut_off = (
            tuple(meaning.but(read=f"{text} is read as cut off, not rounded: {range_in_words(meaning)}") for meaning in whole),
        )
    if unit in BYTES:
        wider, cut_off = [*wider, *cut_off], ()
    return Reported(text=text, meanings=meanings, wider=tuple(wider), cut_off=cut_off)


PERCENT = re.compile(r"(?:about|around|approx\.?|~|≈)?\s*(?P<digits>\d+)(?:\.(?P<places>\d+))?\s*%", re.IGNORECASE)


def read_percentage(text: str, total: int) -> Reported | None:
    """A share of adapters in all parameters, as peft prints ``trainable%``; None for any other text. ``total`` is the number of
    parameters without the adapters."""
    match = PERCENT.fullmatch(text.strip()) if len(text) <= REPORTED_TEXT else None
    if match is None:
        return None
    places = match["places"] or ""
    value, half = Fraction(int(match["digits"] + places), 10 ** len(places) * 100), Fraction(1, 200 * 10 ** len(places))
    if not 0 < value - half < value + half < 1:
        return None
    low, high = (total * share / (1 - share) for share in (value - half, value + half))
    return Reported(text=text.strip(), meanings=(Meaning(low=ceil(low), high=floor(high)),))


WORD = re.compile(r"[^\W\d]{3}|≈")  # no product of letters: about, million, MiB, params


def kind_in_words(text: object) -> str:
    """What a text is that is a reported number by its words (124 million, 7B params, P = about 1.3B); empty for anything else."""
    number = text.rpartition("=")[2].strip() if isinstance(text, str) and len(text) <= REPORTED_TEXT else ""
    match = NUMBER.fullmatch(number)
    unit = match["unit"].lower() if match else ""
    if match is None or (unit not in COUNTS and unit not in BYTES) or not WORD.search(number):
        return ""
    return "a number of bytes" if unit in BYTES else "a rounded number" if unit else "a number of parameters"


def meanings_of(low: Fraction, high: Fraction, unit: str) -> tuple[Meaning, ...]:
    """The meanings of a number with a unit: parameters, or bytes."""
    if unit in BYTES:
        units = enumerate(BYTES[unit])
        found = [meaning_in_bytes(low, high, each, width, other * OTHER_UNIT) for other, each in units for width in WIDTHS]
        return tuple(sorted(found, key=lambda meaning: meaning.points))
    return (Meaning(low=ceil(low * COUNTS[unit]), high=floor(high * COUNTS[unit])),)


def rounding_in_words(text: str, kept: int, meaning: Meaning) -> str:
    """A clause that says to how many digits a number was read as rounded."""
    digits = f"{DIGITS.get(kept, kept)} digit{'s' * (kept > 1)}"
    return f"{text} is read as rounded to {digits}: {range_in_words(meaning)}"


def range_in_words(meaning: Meaning) -> str:
    """The parameters that a number stands for: ``105,000,000 to 115,000,000``."""
    return f"{meaning.low:,} to {meaning.high:,}{' parameters' if meaning.says else ''}"


def rounded_at_zeros(digits: str) -> Iterator[tuple[int, Fraction, Fraction]]:
    """The number of digits that remain where zeros at the end are rounded, and the range: 110 has two, from 105 to 115. The
    range of 100 begins at 99.5, because two digits below 100 are ones."""
    digits = digits.lstrip("0")
    value = int(digits or 0)
    kept = len(digits.rstrip("0"))
    for left in range(len(digits) - 1, max(kept, 1) - 1, -1):
        half = Fraction(10 ** (len(digits) - left), 2)
        yield left, value - (half / 10 if digits.rstrip("0") == "1" else half), value + half


def exact_number(number: int, text: str) -> Reported:
    """An exact number, of parameters or of bytes."""
    plain, value = Meaning(low=number, high=number), Fraction(number)
    widths = [width for width in CHECKPOINTS if number >= LEAST_FILE and not number % width]
    return Reported(text=text, meanings=(plain, *(meaning_in_bytes(value, value, 1, width, UNSAID_BYTES) for width in widths)))


def meaning_in_bytes(low: Fraction, high: Fraction, unit: int, width: Fraction, more: int) -> Meaning:
    """A number of bytes, ``width`` for each parameter; ``more`` is added to the points of the width."""
    name, in_words = WIDTHS[width]
    product = "parameters" if width == 1 else f"{width}*parameters" if width.denominator == 1 else f"parameters/{1 / width}"
    product = product if width.numerator == 1 or width.denominator == 1 else f"{width.numerator}*parameters/{width.denominator}"
    return Meaning(
        low=ceil(low * unit / width),
        high=floor(high * unit / width),
        says=f"the number is in {NAMES[unit]} of {name}, {in_words} per parameter",
        formula=f"{product}/{unit}" if unit > 1 else product,
        points=more + BYTE_POINTS[width],
        scale=width / unit,
        unsaid=more >= UNSAID_BYTES,
        alone=width in OF_FILES,
    )
