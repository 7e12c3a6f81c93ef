"""The leaves of what JAX knows the inside of, such as a module of equinox, where JAX is loaded already."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


def leaves_of_node(tree: object) -> Iterator[tuple[str, object]]:
    """The leaves that have a shape, by their names in the tree."""
    loaded = sys.modules.get("jax")
    for steps, leaf in [] if loaded is None else loaded.tree_util.tree_flatten_with_path(tree)[0]:
        if steps and hasattr(leaf, "shape"):
            names = [next((getattr(step, its) for its in ("key", "name", "idx") if hasattr(step, its)), step) for step in steps]
            yield ".".join(map(str, names)), leaf
