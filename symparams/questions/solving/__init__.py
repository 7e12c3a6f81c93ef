"""``solve``: which sizes give this count, and why no others?"""
