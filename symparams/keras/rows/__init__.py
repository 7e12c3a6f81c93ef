"""The rows of the table, one family a file; :mod:`symparams.keras.table` reads a family when it first needs it."""
