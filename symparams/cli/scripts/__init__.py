"""A pasted script of assignments and calls, parsed and never run: its last model is the one that is counted."""
