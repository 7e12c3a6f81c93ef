"""``einops.layers``: the layers of einops, for PyTorch and for Keras."""
