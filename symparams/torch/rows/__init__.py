"""The rows of the table, one family per file; :mod:`symparams.torch.table` imports a family when it first needs it."""
