"""The rows of the table, one family a file; importing this puts them all in."""

from . import convolution, dense, embedding, normalization, recurrent, shape_only, wrappers  # noqa: F401
