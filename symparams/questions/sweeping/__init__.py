"""``symparams sweep``: the counts over a grid of sizes, as :meth:`symparams.Formula.grid` has them."""

HOMES: dict[str, str] = {}
