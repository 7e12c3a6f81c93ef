"""What prints tables of PyTorch's modules."""

from __future__ import annotations

TORCHINFO = "torchinfo"
TORCHSUMMARY = "torchsummary"
PRINT = "print(module)"
PRINTERS = (TORCHINFO, TORCHSUMMARY, PRINT)
