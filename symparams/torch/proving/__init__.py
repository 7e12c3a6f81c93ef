"""Proving what we say of PyTorch: the calls in letters, our claims about them, and PyTorch itself, imported to try them."""
