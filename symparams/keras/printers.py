"""What prints tables of Keras's models: ``summary()`` of Keras 3, and of those before it."""

from __future__ import annotations

KERAS_3 = "Keras 3"
KERAS_2 = "Keras 2"
PRINTERS = (KERAS_3, KERAS_2)
