"""What keeps a start fast."""
