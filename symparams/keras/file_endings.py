"""How the names of the files end that Keras saves models in."""

from __future__ import annotations

BINARY = (".keras", ".h5", ".hdf5")
ENDINGS = (".json", *BINARY)
