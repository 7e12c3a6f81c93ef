"""A difference as text and Markdown."""

from __future__ import annotations

from .. import notation
from ..dims import shown
from .plain import plain
from .tables import clean, markdown_table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ..causes import Cause
    from ..difference import Difference


# ---------------------------------------------------------------- text
def explained(difference: Difference) -> str:
    """What differs, why, and how the one follows from the other."""
    lines = [*headline(difference), *trained(difference), *buffers(difference), *difference.notes, ""]
    if difference.causes:
        lines.append("Why:" if difference.polynomial.terms else "What differs, and cancels:")
        for cause in difference.causes:
            lines += [f"  {line}" for line in of_cause(cause)]
        layers = [cause.layer for cause in difference.causes]
        if len(set(layers)) < len(layers):
            lines.append("  (the settings of one layer are switched one after another, in this order)")
        lines.append("")
    lines.append(str(difference.relation()))
    shapes = output_shapes(difference)
    if shapes:
        lines += ["", shapes]
    if difference.doubts:
        lines += ["", "What was read leaves open:", *(f"  {clean(doubt)}" for doubt in difference.doubts)]
    return "\n".join(lines)


def headline(difference: Difference) -> list[str]:
    before, after = difference.before_count, difference.after_count
    rows = [("before", named(difference.before), before), ("after", named(difference.after), after)]
    width = max(len(name) for _, name, _ in rows)
    total = plain(notation.expanded(difference.polynomial))
    same = not difference.polynomial.terms
    verdict = "the same, whatever the sizes" if same and before.letters else "the same" if same else signed(total)
    return [
        *(f"{side:6}  {name:{width}}  {count}" for side, name, count in rows),
        f"{'differ' if not same else '':6}  {'':{width}}  {verdict}",
    ]


def trained(difference: Difference) -> list[str]:
    """How much of each side is trained, where it is not all of it."""
    before, after = difference.before.trainable_count, difference.after.trainable_count
    if before == difference.before_count and after == difference.after_count:
        return []
    return [f"trained: {before} before and after" if before == after else f"trained: {before} before, {after} after"]


def buffers(difference: Difference) -> list[str]:
    """What each side keeps beside its parameters, where it keeps anything."""
    kept = [getattr(side, "buffer_count", 0) for side in (difference.before, difference.after)]
    if not any(kept):
        return []
    before, after = (count or "none" for count in kept)
    return [f"buffers, which are no parameters: {before} before{' and' if before == after else f', {after}'} after"]


def of_cause(cause: Cause) -> list[str]:
    lines = [
        f"{clean(cause.layer)}: {cause.setting} {shape_or_size(cause.before)} -> {shape_or_size(cause.after)} gives {signed(share(cause))}"
    ]
    form = per_copy(cause)
    if form:
        lines.append(f"    {form}")
    lines.append(f"    because {cause.because}")
    lines.append(f"    in {', '.join(cause.weights)}")
    return lines


def share(cause: Cause) -> str:
    """The share in its own form, or the number it is."""
    return cause.formula.text(cause.form) if cause.formula.letters else str(cause.formula)


def per_copy(cause: Cause) -> str:
    """``4*n per direction, 2*4*n in all, with n = 300``; nothing where it says no more than the share itself."""
    written = cause.in_letters.text(cause.form)
    each = cause.each
    if cause.form == "expanded" or (each is None and not cause.numbers):
        return ""
    parts = [f"{each[1].text()} per {each[0]}"] if each else []
    parts.append(f"{written} in all" if each else written)
    where = ", ".join(f"{name} = {number}" for name, number in cause.numbers.items())
    return ", ".join(parts) + (f", with {where}" if where else "")


def named(thing: Any) -> str:
    """A model by its layers, a layer by its class: ``Embedding, Bidirectional(LSTM)``."""
    return str(getattr(thing, "title", type(thing).__name__))


def output_shapes(difference: Difference) -> str:
    before, after = (getattr(side, "output_shape", None) for side in (difference.before, difference.after))
    if not isinstance(before, tuple) or not isinstance(after, tuple) or before == after:
        return ""
    return f"output shape: {shown(before)} -> {shown(after)}"


def shape_or_size(value: object) -> str:
    return shown(value) if isinstance(value, tuple) else str(value)


def signed(count: str) -> str:
    return count if count.startswith("-") else f"+{count}"


# ---------------------------------------------------------------- Markdown
def difference_markdown(difference: Difference) -> str:
    """A table of the causes, and the total."""
    rows = [
        (cause.layer, cause.setting, shape_or_size(cause.before), shape_or_size(cause.after), share_markdown(cause), cause.because)
        for cause in difference.causes
    ]
    total = plain(notation.expanded(difference.polynomial))
    rows.append(
        ("**total**", "", f"`{difference.before_count}`", f"`{difference.after_count}`", f"`{total}`", f"`{difference.relation()}`")
    )
    return markdown_table(("layer", "setting", "before", "after", "parameters", "because"), rows)


def share_markdown(cause: Cause) -> str:
    if not cause.numbers:
        return f"`{share(cause)}`"
    where = ", ".join(f"{name} = {number}" for name, number in cause.numbers.items())
    return f"`{share(cause)}` = `{cause.in_letters.text(cause.form)}` with {where}"
