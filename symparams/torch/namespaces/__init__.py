"""What ``torch`` has besides modules and tensors: optimizers, data, devices, compilation ... by PyTorch's names."""
