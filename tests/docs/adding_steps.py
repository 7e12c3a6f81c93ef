"""The steps of the pages on adding: the blocks that a page has you put into files, and a copy of the package to put them into."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(
    r"^(?P<indent> *)```\{code-block\} \w+\n *:caption: (?P<caption>[^\n]+)\n\n(?P<text>.*?)^(?P=indent)```$",
    re.MULTILINE | re.DOTALL,
)
TRY = "Try it"
COPIED = ("symparams", "tests", "docs", "pyproject.toml")
LEFT_OUT = shutil.ignore_patterns("records", "_build", "katex", "browser", "benchmarks", ".*")


@dataclass(frozen=True)
class Step:
    """A block of a page: the file that its caption names, the place in it, and the text that goes there."""

    file: str
    place: str
    text: str

    @property
    def is_signature(self) -> bool:
        """Whether it is data of a framework, which a class that the framework has comes with."""
        return self.file.endswith(".txt")

    def done_in(self, root: Path) -> None:
        path = root / self.file
        if self.place == "a new file":
            assert not path.exists(), f"{self.file} is there already"
            path.parent.mkdir(exist_ok=True)
            path.write_text(self.text, encoding="utf-8")
            return
        old = path.read_text(encoding="utf-8")
        if self.place == "at the end":
            path.write_text(old + ("" if self.is_signature else "\n\n") + self.text, encoding="utf-8")
            return
        below = self.place.removeprefix("below ")
        lines = old.splitlines(keepends=True)
        (number,) = [number for number, line in enumerate(lines) if below in line]
        path.write_text("".join([*lines[: number + 1], self.text, *lines[number + 1 :]]), encoding="utf-8")


def sections(page: str) -> dict[str, list[Step]]:
    """The steps of a page by its headings of the second level; one to try has neither file nor place."""
    heads = re.split(r"^## (.+)$", (ROOT / "docs" / "how-to" / page).read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {title: steps_in(text) for title, text in zip(heads[1::2], heads[2::2], strict=True)}


def steps_in(text: str) -> list[Step]:
    found = []
    for block in BLOCK.finditer(text):
        file, _, place = block["caption"].replace("`", "").partition(", ")
        lines = re.sub(rf"^{block['indent']}", "", block["text"], flags=re.MULTILINE)
        found.append(Step("" if file == TRY else file, place, lines))
    return found


class Copy:
    """A copy of the checkout in which steps are done."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name in COPIED:
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, root / name, ignore=LEFT_OUT)
            else:
                shutil.copy2(source, root / name)

    def follow(self, steps: list[Step]) -> None:
        """Does the steps, and tries what the page says to try when all of them are done."""
        for step in steps:
            if step.file:
                step.done_in(self.root)
        for number, step in enumerate(steps):
            if not step.file:
                (self.root / f"try_{number}.txt").write_text(step.text, encoding="utf-8")
                self.run("-m", "doctest", f"try_{number}.txt")

    def run(self, *arguments: str, status: int = 0) -> str:
        """What Python prints when it runs with the copy in place of the checkout."""
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        ran = subprocess.run(
            [sys.executable, *arguments],
            cwd=self.root,
            env=environment | {"PYTHONPATH": str(self.root)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == status, ran.stdout + ran.stderr
        return ran.stdout + ran.stderr
