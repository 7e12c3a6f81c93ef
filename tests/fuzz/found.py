"""Inputs that once hung, exploded or raised something foreign: the entrance, and the text."""

from __future__ import annotations

FOUND: list[tuple[str, str]] = [
    ("a model as text", "Dense((a+b+c+d)**64)"),
    ("a model as text", f"Dense({'*'.join(f'(a{place}+1)' for place in range(30))})"),
    ("a model as text", "Dense(((n**64+1)**64+1)**64)"),
    ("a model as text", f"nn.LayerNorm(({', '.join(f'a{place}+b{place}' for place in range(16))}))"),
    ("a model as text", "LSTM(1if n else 2)"),
    ("LaTeX for a letter", r"\hat{" * 1600 + "n" + "}" * 1600),
    (
        "a command line",
        f"latex\x1f--form\x1ffactored\x1fSequential([Input((a,)), {', '.join(f'Dense(n{place})' for place in range(60))}])",
    ),
]
