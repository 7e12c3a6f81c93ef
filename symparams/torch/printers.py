"""The printers of tables of PyTorch modules."""

from __future__ import annotations

TORCHINFO = "torchinfo"
TORCHSUMMARY = "torchsummary"
FASTAI = "fastai"
LIGHTNING = "Lightning"
PRINT = "print(module)"
PRINTERS = (TORCHINFO, TORCHSUMMARY, FASTAI, LIGHTNING, PRINT)
