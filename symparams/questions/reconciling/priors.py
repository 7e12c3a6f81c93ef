"""How likely each reading is before the number is looked at: points, roughly the binary digits that it takes to describe it.

A reading with one point less is about twice as likely. The points are a judgement of how often people count in that way; they
decide the order of the readings, and which of them count as equally likely when the chance of a hit is estimated.
"""

from __future__ import annotations

from fractions import Fraction

POINTS = {
    "trainable only": 1,
    "untied": 1,
    "tied head": 1,
    "blocks only": 2,
    "left out": 1,  # an embedding, the head or a bare parameter; anything else costs UNUSUAL more
    "few blocks": 3,
    "module left out": 4,
    "bias convention": 2,
    "moving statistics": 2,
    "with buffers": 2,
    "flattened": 2,
    "heads": 3,
    "once per call": 3,
    "depth forgotten": 3,
    "input not doubled": 3,
    "steps for features": 3,
    "per unit": 3,
    "per step": 3,
    "input of the first": 3,
    "separable": 3,
    "encoder only": 2,
    "gate forgotten": 3,
    "inner width": 4,
    "image": 3,
    "slip of a digit": 5,
    "nothing frozen": 3,
    "data format": 4,
    "groups": 4,
    "vocabulary": 4,
    "window": 4,
    "directions": 4,
    "bias of the input": 4,
    "counted twice": 4,
    "layers miscounted": 4,
    "one vector": 4,
    "kernel forgotten": 6,
    "inputs and units": 5,
    "gates": 5,
    "optimizer": 5,
    "LoRA": 6,
    "packed 4-bit": 6,
    "QLoRA": 9,
    "head": 6,
}
UNUSUAL = 3  # leaving out a layer that is nothing special
ONE_CLASS = 1  # all layers of one class, where several could be changed
ONE_LAYER = 3  # a single layer of several
IN_A_BLOCK = 3  # a single layer of one of several equal blocks
SOME_LAYERS = 4  # those of one name
PAIR = 3  # two changes at once
TOGETHER = {frozenset({"packed 4-bit", "LoRA"})}  # changes that come in pairs: QLoRA (Dettmers et al., 2023, arXiv:2305.14314)
BYTE_POINTS = {
    Fraction(4): 0,
    Fraction(2): 1,
    Fraction(1): 3,
    Fraction(1, 2): 4,
    Fraction(12): 4,
    Fraction(17, 16): 4,
    Fraction(9, 16): 4,
}  # by the bytes per parameter
MANY_CALLS = 2  # counted three times or more
UNSAID_BYTES = 4  # the number is in bytes and does not say so
OTHER_UNIT = 1  # a MiB called a MB
BINARY_MILLION = 4  # an M of 1024*1024
CLEAR = 3  # points: a single change as usual as this is never called chance, however small the model
MARGIN = 3  # a reading with so many points more than the best is not an alternative to it
NEEDS_EVIDENCE = ("packed 4-bit", "LoRA", "QLoRA", "optimizer")  # told only where a hit by chance is unlikely
