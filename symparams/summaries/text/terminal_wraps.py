"""Tables that were wider than the terminal they were copied from, so that each line was broken into several.

A broken ruler shows how wide the terminal was, and into how many pieces every line of the table was broken.
"""

from __future__ import annotations

import re

from .names import is_of_torchinfo

EQUALS = re.compile(r"={8,}")
MORE_EQUALS = re.compile(r"=+")
BOX_BEGINS = re.compile(r"[┏╔][━═┳╦╤]+")
BOX_GOES_ON = re.compile(r"[━═┳╦╤]*[━═┳╦╤┓╗]")
MOST_PIECES = 8
MOST_ROWS = 50  # the lines that are examined to find the tool that printed them


def unwrapped_lines(lines: list[str]) -> list[str]:
    """The lines with every broken table joined again, without spaces at their ends."""
    found: list[str] = []
    place = 0
    while place < len(lines):
        start, pieces = broken_table_at(lines, place)
        width = len(lines[place].rstrip())
        if pieces < 2 or any(len(line.rstrip()) > width for line in lines[start : start + pieces]):
            found.append(lines[place].rstrip())
            place += 1
            continue
        del found[len(found) - (place - start) :]
        place = start
        ragged = is_of_torchinfo(lines[start], lines[start : start + MOST_ROWS])  # torchinfo does not fill its lines
        while place < len(lines) and "Total params" not in lines[place]:
            number = 1 + full_lines(lines, place, width) if ragged else pieces
            group = [piece.rstrip() for piece in lines[place : place + number]]
            if any(len(piece) > width for piece in group):
                break
            found.append("".join(piece.ljust(width) for piece in group).rstrip())
            place += number
    return found


def full_lines(lines: list[str], place: int, width: int) -> int:
    """The number of lines, from this one on, that are full, so that the next one continues them."""
    return next((number for number, line in enumerate(lines[place : place + MOST_PIECES]) if len(line) < width), 0)


def broken_table_at(lines: list[str], place: int) -> tuple[int, int]:
    """The beginning of a broken table whose ruler is this line, and the number of pieces of each of its lines."""
    line = lines[place].rstrip()
    if BOX_BEGINS.fullmatch(line):
        return place, 1 + lines_of_ruler(lines, place, BOX_GOES_ON)
    if EQUALS.fullmatch(line):
        pieces = 1 + lines_of_ruler(lines, place, MORE_EQUALS)
        start = place - pieces
        if pieces > 1 and start >= 0 and "Layer (type" in lines[start] and len(lines[place + pieces - 1].rstrip()) <= len(line):
            return start, pieces
    return place, 1


def lines_of_ruler(lines: list[str], place: int, pattern: re.Pattern[str]) -> int:
    """The number of the next lines that continue a ruler."""
    more = 0
    for line in lines[place + 1 : place + MOST_PIECES]:
        if not pattern.fullmatch(line.rstrip()):
            break
        more += 1
    return more
