"""How the names of the files end that PyTorch's models are saved in."""

from __future__ import annotations

READ = (".safetensors",)
PICKLES = (".pt", ".pth", ".bin", ".ckpt", ".pkl")  # code in them runs when they are read, so they are refused
