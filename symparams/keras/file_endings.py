"""The endings of the files in which Keras saves models."""

from __future__ import annotations

BINARY = (".keras", ".h5", ".hdf5")
ENDINGS = (".json", *BINARY)
# Formats without a model that can be read, and what to do about them.
REFUSED = (".pb", ".tflite")
INSTEAD = {
    ".pb": "the graph of a SavedModel, without its layers: load the folder, and give the live model, or save it as .keras",
    ".tflite": "a converted model, without its layers: give the model that it was converted from",
}
