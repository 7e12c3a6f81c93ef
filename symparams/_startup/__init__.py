"""Helpers that keep start-up fast."""
