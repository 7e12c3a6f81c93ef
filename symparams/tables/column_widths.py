r"""The widths of the columns of a LaTeX table, which is never wider than the line that it is in.

A ``tabular`` has the width of its cells. Where the line is narrower, as in a column of a two-column paper, its letters and gaps are
smaller; where that is not enough for such a column, it is a ``tabularx`` of the width of the line, with cells that break. Where even
single words are too much, that is scaled down to the line.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LINE = 222.0  # points: a column of an article of ten points, which is the narrowest line in use
GAP = 12.0  # points between two columns
SMALLER, SMALL_GAP = 0.86, 6.0  # the letters and the gaps of a table that is wider than its line
LEAST, HANGING = 24.0, 8.0  # points in a column that breaks, and before its second line
SILENT = (r"\text", r"\left", r"\right", r"\mathrm", r"\mathit", r"\texttt")  # commands that print nothing themselves
SIGN, DOT, PARENTHESIS, SPACE, SYMBOL, CAPITAL, INDEX = 12.3, 7.3, 3.9, 3.4, 5.2, 7.4, 0.7  # points, and a factor
WIDTHS = (
    dict.fromkeys("ijlIt.,;:'|![]-/f", 3.2) | dict.fromkeys("mwMW%@", 8.8) | {"(": PARENTHESIS, ")": PARENTHESIS} | {" ": SPACE}
)


class Columns:
    r"""The columns of a table.

    ``width`` is that of the table in points, ``is_wide`` whether a narrow line needs smaller letters for it, and ``flexible`` has
    the columns whose cells then have to break, each with the width that it has in the narrowest line. ``scaled`` is the width
    that it then has if that is more than the line, otherwise 0.
    """

    def __init__(self, rows: Sequence[Sequence[str]], right: Sequence[int]) -> None:
        cells = [[list(piece_widths(cell)) for cell in column] for column in zip(*rows, strict=True)]
        self.right = right
        self.whole = [max(map(sum, column)) for column in cells]
        self.least = [min(whole, max(LEAST, *map(least_width, column))) for whole, column in zip(self.whole, cells, strict=True)]
        self.width = sum(self.whole) + GAP * len(self.whole)
        self.is_wide = self.width > LINE
        room = (LINE - SMALL_GAP * len(self.whole)) / SMALLER
        self.flexible = self._flexible(room) if self.is_wide else {}
        least = sum(self.flexible.get(at, whole) for at, whole in enumerate(self.whole))
        self.scaled = SMALLER * least + SMALL_GAP * len(self.whole) if self.is_wide and least > room + 1 else 0.0

    def _flexible(self, room: float) -> dict[int, float]:
        """The columns that break, the widest first, until the table fits."""
        widths = [*self.whole]
        found: list[int] = []
        for at in sorted(range(len(widths)), key=lambda at: -self.whole[at]):
            if sum(widths) > room and self.least[at] < self.whole[at]:
                found.append(at)
                widths[at] = self.least[at]
        rest = max(0.0, room - sum(widths))
        wanted = sum(self.whole[at] - self.least[at] for at in found)
        return {at: self.least[at] + rest * (self.whole[at] - self.least[at]) / wanted for at in sorted(found)}

    @property
    def specification(self) -> str:
        """The columns as LaTeX; of several that break, each has its part of the room."""
        total = sum(self.flexible.values())

        def column(at: int) -> str:
            if at not in self.flexible:
                return "r" if at in self.right else "l"
            part = rf"\hsize={len(self.flexible) * self.flexible[at] / total:.2f}\hsize" if len(self.flexible) > 1 else ""
            side = r"\raggedleft" if at in self.right else r"\raggedright\hangindent=0.8em"
            return rf">{{{part}{side}\arraybackslash}}X"

        return "".join(map(column, range(len(self.whole))))


# ---------------------------------------------------------------- cells
def least_width(pieces: Sequence[float]) -> float:
    """The width of the widest piece of a cell; all but the first may begin a line that hangs below it."""
    first, *others = pieces
    return max(first, *(piece + HANGING for piece in others), 0.0)


def piece_widths(tex: str) -> Iterator[float]:
    """The approximate widths, in points, of the pieces between which TeX may break a cell: words, and the terms of a sum."""
    depth, at, width, scale, math = 0, 0, 0.0, 1.0, False
    small: list[int] = []  # the depths at which an index began
    while at < len(tex):
        start = at
        at += 1
        if tex[start] == "\\":
            at += 1 if at < len(tex) and not tex[at].isalpha() else 0
            while at < len(tex) and tex[start + 1].isalpha() and tex[at].isalpha():
                at += 1
        token = tex[start:at]
        if token == "$":
            math = not math
        elif token in ("^", "_") and math:
            small.append(depth)
        elif token in ("{", r"\left"):
            depth += 1
        elif token in ("}", r"\right"):
            depth -= 1
            small = small[:-1] if small and small[-1] == depth else small
        elif token == r"\allowbreak" and depth == 0:
            yield width
            width = 0.0
        else:
            breaks = depth == 0 and (token in ("+", "-", r"\cdot") if math else token == " ")
            width += 0.0 if token == " " and (math or breaks) else token_width(token, math) * (INDEX if small else scale)
            if small and small[-1] == depth:  # an index of one character
                small = small[:-1]
            if breaks:
                yield width
                width = 0.0
    yield width


def token_width(token: str, math: bool) -> float:
    """The width of a character or a command."""
    if token.startswith("\\"):
        return 0.0 if token in (*SILENT, r"\allowbreak") else DOT if token == r"\cdot" else WIDTHS.get(token[1:], SYMBOL)
    if math and token in "+-=":
        return SIGN
    return WIDTHS.get(token, CAPITAL if token.isupper() else SYMBOL)


def breakable(cell: str) -> str:
    r"""A cell in which TeX may break a line in more places: in parentheses, behind a comma in mathematics, and within a name."""
    pieces = cell.replace(r"\$", "\0").split("$")
    for at, piece in enumerate(pieces):
        if at % 2:
            open_sums = piece if r"\frac" in piece or r"\underbrace" in piece else in_small_parentheses(piece)
            pieces[at] = open_sums.replace(", ", r", \allowbreak ")
        else:
            pieces[at] = piece.replace(r"\_", r"\_\allowbreak{}").replace("/", r"/\allowbreak{}")
    return "$".join(pieces).replace("\0", r"\$")


def in_small_parentheses(tex: str) -> str:
    r"""A formula with parentheses that do not grow: TeX does not break a line between ``\left(`` and ``\right)``."""
    return tex.replace(r"\left(", "(").replace(r"\right)", ")")
