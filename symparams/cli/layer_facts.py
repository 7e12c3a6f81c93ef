"""What is known of one layer, by name: formula, letters, weights, settings and their reasons."""

from __future__ import annotations

from ..core.frameworks import release_of
from ..paper.nomenclature import letters

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from ..core.catalogue import Entry


def facts(name: str) -> dict[str, Any]:
    """The facts of a class: ``LSTM``, ``v1.CuDNNLSTM``, ``nn.LSTM``. Raises :class:`UnknownLayerError` for a name that no
    table has."""
    path = name.split(".")
    release, _ = release_of(path)
    known = release.find(path[-1])
    return of_entry(f"{release.path}.{known.name}", known.signature, known.entry, known.arguments)


def of_entry(name: str, signature: str, entry: Entry | None, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The facts that the catalogue has, with the settings that these arguments make."""
    found: dict[str, Any] = {"name": name, "arguments": signature}
    if entry is None:
        return {**found, "formula": None}
    layer = entry.symbolic(arguments)
    return {
        **found,
        "formula": str(layer.count),
        "expanded": layer.count.text("expanded"),
        "letters": letters(layer),
        "weights": {path: str(count) for path, count in layer.count.terms.items()},
        "settings": [
            {
                "when": f"{option.argument}={option.value}" if option.argument != "always" else "always",
                "sets": option.settings,
                "because": option.because,
                "by_default": option.holds(arguments),
            }
            for option in entry.options
        ],
    }


def described(found: dict[str, Any]) -> str:
    """The facts as text."""
    if found["formula"] is None:
        return f"{found['name']}({found['arguments']})\n\nIt has no parameters of its own; a layer inside it brings its own."
    lines = [f"{found['name']}({found['arguments']})", "", found["formula"]]
    lines += (
        [f"= {found['expanded']}"]
        if len(found["expanded"].split()) > len(found["formula"].split()) or "(" in found["formula"]
        else []
    )
    lines.append("")
    lines += [f"  {letter}  {doc}" for letter, doc in found["letters"].items()]
    lines += ["", *(f"  {path}: {count}" for path, count in found["weights"].items())]
    for option in found["settings"]:
        sets = ", ".join(f"{field}={value}" for field, value in option["sets"].items())
        default = " (the default)" if option["by_default"] and option["when"] != "always" else ""
        lines += ["", f"  {option['when']}{default}: {sets}", f"    {option['because']}"]
    return "\n".join(lines)
