"""Models whose counts are reconciled with other numbers."""

from __future__ import annotations

from symparams import keras, torch

nn = torch.nn


def stacked(*parts, shape=(64, 15)):
    return keras.Sequential([keras.Input(shape), *parts])


class Tagger(nn.Module):
    """A language model with the parts that people count or leave out."""

    def __init__(self, words=50, width=8, blocks=3, tied=False):
        super().__init__()
        self.tokens = nn.Embedding(words, width)
        self.positions = nn.Embedding(11, width)
        self.blocks = nn.ModuleList([nn.TransformerEncoderLayer(width, 2, 3 * width) for _ in range(blocks)])
        self.norm = nn.BatchNorm1d(width)
        self.head = nn.Linear(width, words, bias=False)
        if tied:
            self.head.weight = self.tokens.weight


def matrix(piece):
    """What the kernel of a dense layer has, and an adapter of rank 1 on it."""
    its = piece.layer.values()
    return its["inputs"] * its["units"], its["inputs"] + its["units"]
