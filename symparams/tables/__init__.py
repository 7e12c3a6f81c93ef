"""Tables: cells, and how each output writes them."""
