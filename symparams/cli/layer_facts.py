"""What is known of one layer, by name: formula, letters, weights, settings and their reasons."""

from __future__ import annotations

from ..keras.signature import signatures
from ..keras.table import VERSIONS, defaults, find
from ..paper.nomenclature import letters

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from ..core.catalogue import Entry


def facts(name: str) -> dict[str, Any]:
    """The facts of a class: ``LSTM``, ``v1.CuDNNLSTM``, ``nn.LSTM``. Raises :class:`UnknownLayerError` for a name that no
    table has."""
    prefix, _, bare = name.rpartition(".")
    if {"torch", "nn"} & set(prefix.split(".")):
        return torch_facts(bare)
    asked = [version for version in ("v1", "v2") if version in prefix.split(".")]
    version = asked[0] if asked else next((each for each in VERSIONS if bare in signatures(each)), "v3")
    row = find(version, bare)
    return of_entry(f"{VERSIONS[version]}.{row.name}", signatures(version)[row.name], row.entry, defaults(version, row))


def torch_facts(name: str) -> dict[str, Any]:
    """The facts of a class of ``torch.nn``."""
    from ..torch.signature import signature
    from ..torch.signature import signatures as of_torch
    from ..torch.table import find as find_torch

    entry = find_torch(name).entry
    return of_entry(f"torch.nn.{name}", of_torch()[name], entry, signature(name).known)


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
