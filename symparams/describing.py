"""What is known of one layer, by name: formula, letters, weights, settings and their reasons."""

from __future__ import annotations

from .keras.signature import signatures
from .keras.table import VERSIONS, defaults, find

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def facts(name: str) -> dict[str, Any]:
    """The facts of a class: ``LSTM``, ``v1.CuDNNLSTM``. Raises :class:`UnknownLayerError` for a name that no table has."""
    prefix, _, bare = name.rpartition(".")
    asked = [version for version in ("v1", "v2") if version in prefix.split(".")]
    version = asked[0] if asked else next((each for each in VERSIONS if bare in signatures(each)), "v3")
    row = find(version, bare)
    found: dict[str, Any] = {"name": f"{VERSIONS[version]}.{row.name}", "arguments": signatures(version)[row.name]}
    if row.entry is None:
        return {**found, "formula": None}
    arguments = defaults(version, row)
    layer = row.entry.symbolic(arguments)
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
            for option in row.entry.options
        ],
    }


def letters(layer: Any) -> dict[str, str]:
    """Each letter of a layer, and what it is."""
    named: dict[str, str] = {}
    for name, value in layer.values().items():
        for size in value if isinstance(value, tuple) else (value,):
            if str(size) in layer.count.letters:
                named[str(size)] = layer.fields[name].doc
    return named


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
