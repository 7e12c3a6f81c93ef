"""Rows of texts as a table: in boxes or plain for a terminal, as Markdown or HTML for a page, as LaTeX for a paper."""

from __future__ import annotations

from ..errors import printable
from .column_widths import Columns, breakable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def boxed_table(
    head: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = (), foot: Sequence[Sequence[str]] = ()
) -> str:
    """A table in boxes, as Keras 3 prints it, every column as wide as it needs; ``right`` are the columns of numbers."""
    widths = [max(len(printable(row[column])) for row in (head, *rows, *foot)) for column in range(len(head))]

    def ruled(left: str, line: str, cross: str, end: str) -> str:
        return left + cross.join(line * (width + 2) for width in widths) + end

    def row(cells: Sequence[str], bar: str) -> str:
        padded = (
            f"{printable(cell):>{width}}" if at in right else f"{printable(cell):<{width}}"
            for at, (cell, width) in enumerate(zip(cells, widths, strict=True))
        )
        return f"{bar} " + f" {bar} ".join(padded) + f" {bar}"

    between = "\n" + ruled("├", "─", "┼", "┤") + "\n"
    return "\n".join(
        [
            ruled("┏", "━", "┳", "┓"),
            row(head, "┃"),
            ruled("┡", "━", "╇", "┩"),
            *([between.join(row(cells, "│") for cells in rows)] if rows else []),
            *([ruled("╞", "═", "╪", "╡"), *(row(cells, "│") for cells in foot)] if foot else []),
            ruled("└", "─", "┴", "┘"),
        ]
    )


def aligned_table(head: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> str:
    """A table without lines, every column as wide as it needs; ``right`` are the columns of numbers."""
    table = [[printable(cell) for cell in row] for row in (head, *rows)]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]

    def line(cells: Sequence[str]) -> str:
        padded = (f"{cell:{'>' if at in right else '<'}{widths[at]}}" for at, cell in enumerate(cells))
        return "  ".join(padded).rstrip()

    return "\n".join(map(line, table))


def markdown_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table of cells in Markdown; a bar in a cell is escaped."""

    def line(cells: Iterable[str]) -> str:
        return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"

    return "\n".join([line(head), line("---" for _ in head), *map(line, rows)])


def html_table(
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    foot: Sequence[Sequence[str]],
    right: Sequence[int] = (),
    caption: str = "",
) -> str:
    """An HTML table of cells in HTML, in the colour of the text around it, so that it can be read in light and dark."""

    def line(cells: Sequence[str], tag: str) -> str:
        aligned = ("right" if at in right else "left" for at in range(len(cells)))
        made = (
            f'<{tag} style="text-align: {way}; padding: 0.2em 0.7em">{cell}</{tag}>'
            for cell, way in zip(cells, aligned, strict=True)
        )
        return f"<tr>{''.join(made)}</tr>"

    def lines(all_rows: Sequence[Sequence[str]], tag: str = "td") -> str:
        return "\n".join(line(cells, tag) for cells in all_rows)

    return "\n".join(
        [
            '<table class="symparams" style="border-collapse: collapse">',
            *([f"<caption>{caption}</caption>"] if caption else []),
            f'<thead style="border-bottom: 1px solid">\n{lines([head], "th")}\n</thead>',
            f"<tbody>\n{lines(rows)}\n</tbody>",
            *([f'<tfoot style="border-top: 1px solid">\n{lines(foot)}\n</tfoot>'] if foot else []),
            "</table>",
        ]
    )


LINE = r"\linewidth"


def longer(points: float) -> str:
    """The width of the line, or this one where it is larger."""
    return rf"\ifdim{LINE}<{points:.0f}pt {points:.0f}pt\else{LINE}\fi" if points else LINE


def latex_table(
    head: Sequence[str], rows: Sequence[Sequence[str]], foot: Sequence[Sequence[str]], right: Sequence[int] = ()
) -> str:
    """A ``tabular`` with the rules of booktabs, of cells in LaTeX. In a line that is too narrow for it, it is smaller, or its cells break."""
    columns = Columns([head, *rows, *foot], right)
    if columns.flexible:
        head, rows, foot = [*map(breakable, head)], *([[*map(breakable, row)] for row in each] for each in (rows, foot))
        columns = Columns([head, *rows, *foot], right)
    name, width = ("tabularx", f"{{{longer(columns.scaled)}}}") if columns.flexible else ("tabular", "")
    lines = [
        rf"\begin{{{name}}}{width}{{{columns.specification}}}", r"  \toprule", latex_row(head), r"  \midrule", *map(latex_row, rows),
        *([r"  \midrule", *map(latex_row, foot)] if foot else []), r"  \bottomrule", rf"\end{{{name}}}",
    ]  # fmt: skip
    smaller = rf"\begingroup\ifdim\linewidth<{columns.width:.0f}pt \footnotesize\setlength{{\tabcolsep}}{{3pt}}\fi"
    if columns.scaled:
        target = LINE if columns.flexible else rf"\ifdim{LINE}<{columns.scaled:.0f}pt {LINE}\else {columns.scaled:.0f}pt\fi"
        lines = [rf"\resizebox{{{target}}}{{!}}{{%", *lines[:-1], lines[-1] + "}"]
    return "\n".join([smaller, *lines, r"\endgroup"] if columns.is_wide else lines)


def latex_row(cells: Iterable[str]) -> str:
    r"""A row; after another one, ``[`` and ``*`` would be read as arguments of its line end."""
    row = " & ".join(cells).strip()
    return f"  {'{}' if row[:1] in ('[', '*') else ''}{row} " + r"\\"


def floating_table(tabular: str, caption: str, label: str, position: str) -> str:
    """A ``table`` around a tabular, its caption above, as is usual for tables; all texts are LaTeX."""
    inside = [r"\centering", rf"\caption{{{caption}}}", *([label] if label else []), r"\medskip", *tabular.split("\n")]
    return "\n".join([rf"\begin{{table}}[{position}]", *(f"  {line}" for line in inside), r"\end{table}"])


# ---------------------------------------------------------------- for programs
ACTING = tuple("=+-@＝＋－＠")  # noqa: RUF001  (a spreadsheet reads the wide ones as well)


def spreadsheet_text(text: str) -> str:
    """A text as a cell that no spreadsheet calculates: an apostrophe is in front where it would be a formula."""
    said = printable(text)
    acts = said.lstrip().startswith(ACTING) and len(said.strip()) > 1 and not is_decimal(said)
    return f"'{said}" if acts else said


def is_decimal(text: str) -> bool:
    """Whether a text is a number, such as ``-5``."""
    return text.removeprefix("-").replace(".", "", 1).isdecimal()


def without_lone_surrogates(json: str) -> str:
    """A JSON text that UTF-8 can write: half a character of UTF-16, which a name can have, is written as its number."""
    return "".join(json_escape(each) if "\ud800" <= each <= "\udfff" else each for each in json)


def ascii_json(json: str) -> str:
    """A JSON text that every encoding can write."""
    return "".join(each if each.isascii() else json_escape(each) for each in json)


def json_escape(character: str) -> str:
    """A character as its numbers in UTF-16."""
    code = character.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{code[at : at + 4]}" for at in range(0, len(code), 4))


# ---------------------------------------------------------------- escaping
def html_escaped(text: str) -> str:
    """A text as HTML. Each dollar and backslash has its own element, so that no name starts a formula of MathJax."""
    from html import escape

    return escape(text).replace("$", "<span>$</span>").replace("\\", "<span>\\</span>")


def markdown_escaped(text: str) -> str:
    """A text as Markdown, escaped where it would be a tag, a link, an address, code or emphasis; ``recurrent_kernel`` is unchanged."""
    made = ""
    for at, character in enumerate(text):
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        if character == "_":
            special = not (before.isalnum() and after.isalnum())
        elif character == "\\":
            special = not after.isalnum()
        elif character == "<":
            special = after.isalpha() or after in ("/", "!", "?")
        elif character in ".:@":  # of www.a.b, http://a.b and a@b.c, which many viewers make links
            special = text[:at].lower().endswith("www") if character == "." else before != "" and after not in ("", " ")
        else:
            special = character in "`*[~" or (character == "&" and after not in ("", " "))
        made += f"\\{character}" if special else character
    return made


def markdown_line(text: str) -> str:
    """A line of Markdown that is a sentence, and not a heading, a quotation or an item of a list, whatever it begins with."""
    number = len(text) - len(text.lstrip("0123456789"))
    at = number if number and text[number : number + 1] in (".", ")") else 0
    return f"{text[:at]}\\{text[at:]}" if at or text[:1] in tuple("#>+-=") else text


def markdown_code(text: str) -> str:
    """A text as code in Markdown, between more backticks than it has side by side."""
    fence = "`"
    while fence in text:
        fence += "`"
    return f"`{text}`" if fence == "`" else f"{fence} {text} {fence}"
