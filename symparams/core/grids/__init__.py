"""Counts over a grid of sizes: as an array, as rows, or as answers about points that are never visited."""
