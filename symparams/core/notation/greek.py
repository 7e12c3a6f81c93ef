"""The Greek letters of Unicode, with their names in LaTeX."""

from __future__ import annotations

# Unicode's small epsilon and phi are the curled ones of LaTeX; its symbols for them are the plain ones.
GREEK_LETTERS = dict(
    zip(
        "αβγδεζηθικλμνξπρςστυφχψωϵϑϕϖϱµΓΔΘΛΞΠΣΥΦΨΩ",
        "alpha beta gamma delta varepsilon zeta eta theta iota kappa lambda mu nu xi pi rho varsigma sigma tau upsilon varphi chi psi "
        "omega epsilon vartheta phi varpi varrho mu Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega".split(),
        strict=True,
    )
)
# LaTeX has no command for those that look like Latin letters.
LATIN = dict(zip("οΑΒΕΖΗΙΚΜΝΟΡΤΧ", "oABEZHIKMNOPTX", strict=True))  # noqa: RUF001
