"""Layers and models that users write themselves, as subclasses of ``Layer`` and ``Model``."""
