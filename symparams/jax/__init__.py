"""Models of JAX: parameter trees of flax, haiku and equinox, read by the names and shapes of their arrays. JAX is not imported."""
