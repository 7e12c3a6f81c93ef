"""The rows of the table, one family per file; :mod:`symparams.keras.table` imports a family when it first needs it."""
