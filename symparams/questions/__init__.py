"""Questions about counts, one folder each."""
