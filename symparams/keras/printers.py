"""The printers of tables of Keras models: ``summary()`` of Keras 3, and that of earlier versions."""

from __future__ import annotations

KERAS_3 = "Keras 3"
KERAS_2 = "Keras 2"
PRINTERS = (KERAS_3, KERAS_2)
