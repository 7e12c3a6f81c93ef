"""Pictures, with matplotlib: each function draws on ``ax``, or on a new one, and gives it back."""
