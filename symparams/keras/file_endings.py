"""The endings of the files in which Keras saves models."""

from __future__ import annotations

BINARY = (".keras", ".h5", ".hdf5")
ENDINGS = (".json", *BINARY)
