"""PyTorch's layers, as settings of ours."""
