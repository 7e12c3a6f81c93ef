"""Tables that were damaged when they were copied: one long string, a wrong encoding, lost boxes, marked lines."""

from __future__ import annotations

import re
from functools import cache

ENCODINGS = ("cp1252", "latin-1", "cp437", "cp850", "mac_roman")
BOX = "─│┌┐└┘├┤┬┴┼━┃┏┓┗┛┡┩┳╇╈┻┠┨…"  # the characters with which rich draws tables and cuts cells
HEAD = re.compile(r"([?\ufffd]) (?:Layer \(type\)|path|Module) {1,300}\1 ")
BRANCH = re.compile("(?<=│ {4})(?:\ufffd)(?= )")  # before a layer of a nested model
MARKED = re.compile(r"[│┃|] {0,9}Layer \(type")
BARS = "│┃|"
WRITTEN = re.compile(r"\\(?:u([\da-fA-F]{4})|([nrt\"']))")
MEANT = {"n": "\n", "r": "\n", "t": "\t"}
QUOTE = re.compile("['\"]")
STRING = re.compile(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*\"""")
ONE_STRING = re.compile(r"""(?:\{\s*"\w{1,50}":\s*)?(['"])(.*)\1\s*\}?""", re.DOTALL)
QUOTED = re.compile(r"""\s*\[?(['"])(.*)\1[,\])]*\s*$""")
MESSAGE = re.compile(r"""\s*\{[^\n]*?"(?:msg|message|log|text|line)": ?"((?:[^"\\]|\\.)*)"[^\n]*\}\s*""")
LONGEST_MESSAGE, BEGINNING = 5_000, 200  # characters
LEAST = 5  # lines that make a table
ABOVE = 12  # lines above a head that may belong to its table
SHORTEST_RULE = 8


# ---------------------------------------------------------------- one string
def with_messages_alone(text: str) -> str:
    """The messages of a log that has a JSON object in each line; any other text as it is."""
    lines = text.split("\n")
    found = [MESSAGE.fullmatch(line) if len(line) <= LONGEST_MESSAGE else None for line in lines] if "{" in text[:BEGINNING] else []
    full = sum(bool(line.strip()) for line in lines)
    if len([match for match in found if match]) < max(LEAST, 0.8 * full):
        return text
    return "\n".join(without_escapes(match[1]).rstrip("\n") if match else line for match, line in zip(found, lines, strict=True))


def with_strings_as_lines(text: str) -> str:
    """A table inside a JSON string, or the ``repr`` of a string or of a list of lines, as lines."""
    headed = "Layer (type" in text
    return "\n".join(lines_of_string(line) if "Layer (type" in line or not headed else line for line in text.split("\n"))


def lines_of_string(line: str) -> str:
    """A line that contains a whole table, as the lines of the table."""
    if line.count("\\n") >= LEAST:
        whole = ONE_STRING.fullmatch(line.strip())
        return without_escapes(line if whole is None else whole[2])
    strings = strings_in(line) if line.lstrip().startswith(("[", "(")) else []
    return "\n".join(without_escapes(string[1:-1]) for string in strings) if len(strings) >= LEAST else line


def strings_in(line: str) -> list[str]:
    """The Python strings in a line, up to one that is not closed."""
    found: list[str] = []
    quote = QUOTE.search(line)
    while quote is not None and (match := STRING.match(line, quote.start())) is not None:
        found.append(match[0])
        quote = QUOTE.search(line, match.end())
    return found


def without_escapes(text: str) -> str:
    """A text with its escape sequences replaced by the characters."""
    return WRITTEN.sub(lambda match: chr(int(match[1], 16)) if match[1] else MEANT.get(match[2], match[2]), text)


def without_quotes(lines: list[str]) -> list[str]:
    """Lines that are one Python string each, without the quotes."""
    inside = [QUOTED.match(line) for line in lines]
    quoted = [place for place, match in enumerate(inside) if match]
    if len(quoted) < LEAST or any(lines[place].strip() and not inside[place] for place in range(quoted[0], quoted[-1])):
        return lines
    return [without_escapes(match[2]) if match else line for line, match in zip(lines, inside, strict=True)]


# ---------------------------------------------------------------- another encoding
@cache
def misread_boxes() -> tuple[tuple[str, dict[str, str]], ...]:
    """For each wrong encoding, the beginning of a box in it, and each of its misread characters with the right one."""
    found = []
    for encoding in ENCODINGS:
        seen = {misread_character(character, encoding, dropped): character for character in BOX for dropped in (True, False)}
        found.append((BOX[0].encode()[:2].decode(encoding), seen))
    return tuple(found)


def misread_character(character: str, encoding: str, dropped: bool) -> str:
    """A character of UTF-8 read in another encoding; bytes that are invalid in it are dropped, or kept."""
    bytewise = [(byte, bytes([byte]).decode(encoding, errors="ignore")) for byte in character.encode()]
    return "".join(text or ("" if dropped else chr(byte)) for byte, text in bytewise)


def with_encoding_repaired(text: str) -> str:
    """The text with boxes restored that were written in UTF-8 and read in another encoding."""
    if text.isascii():
        return text
    for beginning, seen in misread_boxes():
        if beginning in text:
            for damaged in sorted(seen, key=len, reverse=True):
                text = text.replace(damaged, seen[damaged])
            return text
    return text


# ---------------------------------------------------------------- boxes lost
def with_bars_restored(lines: list[str]) -> list[str]:
    """The lines with bars and rulers restored, where a single character replaced every part of the boxes.

    The head shows the positions of the bars: only at these positions is the character a bar.
    """
    found = [*lines]
    for place, line in enumerate(lines):
        head = HEAD.search(line)
        if head is not None:
            lost = head[1]
            bars = [at for at, character in enumerate(line) if character == lost and line[at - 1 : at] in ("", " ", lost)]
            for at in range(max(0, place - ABOVE), len(lines)):
                if at > place and ("Total param" in lines[at] or "Layer (type" in lines[at]):
                    break
                found[at] = restored_line(lines[at], bars, lost)
    return found


def restored_line(line: str, bars: list[int], lost: str) -> str:
    """One line with its bars or its ruler restored."""
    bare = line.strip()
    if len(bare) >= SHORTEST_RULE and not bare.strip(lost):
        return line.replace(lost, "─")
    if any(at >= len(line) or line[at] != lost for at in bars):
        return line
    barred = "".join("│" if at in bars else character for at, character in enumerate(line))
    return BRANCH.sub("└", barred).replace("\ufffd", "…")


# ---------------------------------------------------------------- lines marked
def without_margins(lines: list[str]) -> list[str]:
    """The lines without the prefix of a log or a pager that has bars as well: ``12:00 | INFO | ┃ Layer``."""
    found = [*lines]
    for place, line in enumerate(lines):
        head = MARKED.search(line) if "Layer (type" in line else None
        margin = line[: head.start()] if head is not None else ""
        bars = [at for at, character in enumerate(margin) if character in BARS]
        if not bars:
            continue
        for at in range(max(0, place - ABOVE), len(lines)):
            marked = lines[at]
            if at > place and "Layer (type" in marked:
                break
            if all(marked[bar : bar + 1] == margin[bar] for bar in bars):
                found[at] = marked[len(margin) :]
    return found
