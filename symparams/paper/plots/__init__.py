"""Pictures, with matplotlib: each function draws on ``ax``, or on new axes, and returns them."""
