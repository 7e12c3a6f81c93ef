"""A count at arrays of sizes: exact, or refused. NumPy is used where a user passes its arrays, and never imported."""
