"""``compare``: why two models differ."""
