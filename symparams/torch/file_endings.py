"""The endings of the files in which PyTorch models are saved."""

from __future__ import annotations

READ = (".safetensors", ".safetensors.index.json")
PICKLES = (".pt", ".pth", ".bin", ".ckpt", ".pkl")  # loading them runs code in them, so they are refused
