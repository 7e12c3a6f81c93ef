"""From a pasted text to rows."""
