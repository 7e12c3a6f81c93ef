"""The functions and layers of einops on shapes, for code whose imports are changed and for machines without einops.

>>> from symparams import symbols, torch
>>> from symparams.einops import rearrange
>>> b, h, w = symbols("b h w")
>>> rearrange(torch.empty(b, 3, h, w), "b c h w -> b (h w) c").shape
(b, h*w, 3)
"""

from __future__ import annotations

from .functions import asnumpy, einsum, pack, parse_shape, rearrange, reduce, repeat, unpack

__all__ = ["asnumpy", "einsum", "pack", "parse_shape", "rearrange", "reduce", "repeat", "unpack"]
