"""Models that are known by the names and shapes of their arrays: what JAX trees, ONNX files and GGUF files have in common."""
