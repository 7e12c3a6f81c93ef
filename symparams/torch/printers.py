"""The printers of tables of PyTorch modules."""

from __future__ import annotations

TORCHINFO = "torchinfo"
TORCHSUMMARY = "torchsummary"
PRINT = "print(module)"
PRINTERS = (TORCHINFO, TORCHSUMMARY, PRINT)
