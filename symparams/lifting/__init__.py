"""Closed forms out of any code that builds a model: ``lift`` runs it with numbers that remember where they came from."""
