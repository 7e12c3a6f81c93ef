"""Sizes for a count: which whole numbers give it, and why no others do."""
