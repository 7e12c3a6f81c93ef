"""ONNX files: the names and shapes of their initializers, read without the package ``onnx``."""
