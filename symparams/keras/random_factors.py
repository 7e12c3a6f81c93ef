"""The factors of random layers: a number, or two numbers between which one is drawn."""

from __future__ import annotations

from math import inf

from ..core.frozen import Frozen
from .row import refusal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .signature import Arguments


class Factor(Frozen):
    """The rule for a factor: a number from ``low`` to ``high``, or two.

    With ``each`` both of two must lie in the range; otherwise the interval between them must overlap it. ``above`` excludes
    ``low`` itself. With ``mirrored`` a single number means itself and its negative, and with ``rising`` the first of two must
    be the smaller. With ``longer`` more than two are accepted, and only the first two are read.
    """

    low: float
    high: float
    each: bool = False
    above: bool = False
    mirrored: bool = False
    rising: bool = False
    longer: bool = False

    def check(self, a: Arguments, argument: str) -> None:
        """Refuses an argument that breaks the rule."""
        value = a[argument]
        several = isinstance(value, tuple | list)
        pair = (value if not self.longer else value[:2]) if several else (value, value)
        if (
            len(pair) != 2
            or not all(map(is_number, pair))
            or not self.fits(pair[0], pair[1], mirrored=self.mirrored and not several)
        ):
            raise refusal(a, argument, self.rule())

    def fits(self, one: float, other: float, *, mirrored: bool) -> bool:
        one = -one if mirrored else one
        if self.rising and other < one:
            return False
        if self.each:
            return all(self.low <= end <= self.high and not (self.above and end == self.low) for end in (one, other))
        return one <= self.high and other >= self.low

    def rule(self) -> str:
        bounds = (("above" if self.above else "from", self.low), ("to", self.high))
        low, high = ("" if bound in (-inf, inf) else f" {word} {bound}" for word, bound in bounds)
        return f"must be a number{low}{high}, or two{' with the smaller first' if self.rising else ''}"


def is_number(value: object) -> bool:
    return isinstance(value, int | float)


SIGNED, SHARE = Factor(low=-1, high=1), Factor(low=0, high=1)
EACH_SIGNED, EACH_SHARE = SIGNED.but(each=True), SHARE.but(each=True)
ZOOM = EACH_SIGNED.but(above=True)
BITS = Factor(low=1, high=8)

# The factors of each class in Keras 3 ...
FACTORS: dict[str, dict[str, Factor]] = {
    "AugMix": {"factor": EACH_SHARE},
    "CutMix": {"factor": SHARE},
    "RandAugment": {"factor": EACH_SHARE},
    "RandomBrightness": {"factor": SIGNED},
    "RandomColorDegeneration": {"factor": SIGNED},
    "RandomColorJitter": {"brightness_factor": SIGNED, "contrast_factor": SHARE, "saturation_factor": SIGNED, "hue_factor": SHARE},
    "RandomContrast": {"factor": SHARE},
    "RandomElasticTransform": {"factor": SHARE, "scale": SHARE},
    "RandomErasing": {"factor": SHARE, "scale": SHARE},
    "RandomGaussianBlur": {"factor": SHARE, "sigma": SHARE},
    "RandomHue": {"factor": SHARE},
    "RandomInvert": {"factor": SHARE},
    "RandomPerspective": {"factor": SHARE},
    "RandomPosterization": {"factor": BITS},
    "RandomRotation": {"factor": SIGNED},
    "RandomSaturation": {"factor": SIGNED},
    "RandomSharpness": {"factor": SHARE},
    "RandomShear": {"x_factor": EACH_SHARE, "y_factor": EACH_SHARE},
    "RandomTranslation": {"height_factor": EACH_SIGNED, "width_factor": EACH_SIGNED},
    "RandomZoom": {"height_factor": ZOOM, "width_factor": ZOOM},
    "Solarization": {"addition_factor": EACH_SHARE, "threshold_factor": EACH_SHARE},
}
# ... and before.
RISING = Factor(low=-inf, high=inf, each=True, mirrored=True, rising=True, longer=True)
FACTORS_BEFORE: dict[str, dict[str, Factor]] = {
    "RandomBrightness": {"factor": EACH_SIGNED},
    "RandomContrast": {"factor": Factor(low=0, high=inf, each=True, longer=True)},
    "RandomHeight": {"factor": RISING.but(low=-1)},
    "RandomRotation": {"factor": RISING},
    "RandomTranslation": dict.fromkeys(("height_factor", "width_factor"), RISING.but(low=-1, high=1)),
    "RandomWidth": {"factor": RISING.but(low=-1)},
    "RandomZoom": {
        "height_factor": EACH_SIGNED.but(longer=True),
        "width_factor": Factor(low=-1, high=inf, each=True, mirrored=True, longer=True),
    },
}
MAY_BE_NONE = {
    "RandomBrightness": ("factor",),
    "RandomColorJitter": (*FACTORS["RandomColorJitter"],),
    "RandomRotation": ("factor",),
    "RandomZoom": ("width_factor",),
}


def check_factors(a: Arguments) -> None:
    """Refuses factors that the class does not accept in its version."""
    name, now = a["class_name"], a["version"] == "v3"
    for argument, factor in (FACTORS if now else FACTORS_BEFORE).get(name, {}).items():
        may_be_none = argument in MAY_BE_NONE.get(name, ()) and (now or name == "RandomZoom")
        if a[argument] is not None or not may_be_none:
            factor.check(a, argument)
