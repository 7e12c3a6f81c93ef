"""``solve``: which sizes give this count, and why are there no others?"""
