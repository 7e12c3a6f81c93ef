"""``identify``: which layers and sizes have a number of parameters."""
