"""The builders of frameworks are imported by the tests that need them, and not to look for examples in them."""

collect_ignore = ["torch_builders.py", "keras_builders.py", "jax_builders.py"]
