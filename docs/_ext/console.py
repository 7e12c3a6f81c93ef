"""``{console}``: commands that run when the page is built, shown with what they print.

    ```{console}
    :status: 1
    $ symparams compare "LSTM(n)" "GRU(n)"
    ```

Each line is a command. All must end with the expected status, which is 0 unless ``:status:`` sets another.
"""

from __future__ import annotations

import os
import subprocess
from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective


class Console(SphinxDirective):
    """Runs its lines in a shell."""

    has_content = True
    option_spec: ClassVar = {"status": directives.nonnegative_int, "lexer": directives.unchanged}

    def run(self) -> list[nodes.Node]:
        shown: list[str] = []
        for line in self.content:
            command = line.removeprefix("$ ")
            done = subprocess.run(
                command, shell=True, check=False, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60,
                stdin=subprocess.DEVNULL, env={**os.environ, "COLUMNS": "100", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"},
            )  # fmt: skip
            expected = self.options.get("status", 0)
            if done.returncode != expected:
                raise self.error(f"{command!r} ended with status {done.returncode}, not {expected}:\n{done.stdout}")
            shown += [f"$ {command}", *done.stdout.rstrip("\n").split("\n")]
        text = "\n".join(shown)
        block = nodes.literal_block(text, text, language=self.options.get("lexer", "console"), classes=["printed"])
        self.set_source_info(block)
        return [block]


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_directive("console", Console)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
