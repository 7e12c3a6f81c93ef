"""What code computes with tensors that are only shapes: ``forward`` of modules, functions of ``torch`` and methods of tensors.

A count never needs any of this. It is for code that calls its model, as most scripts do:

>>> from symparams import symbols, torch
>>> T, d, f = symbols("T d f")
>>> torch.nn.Linear(d, f)(torch.empty(2, T, d)).shape
(2, T, f)
"""
