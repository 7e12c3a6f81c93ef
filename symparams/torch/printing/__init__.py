"""``print(module)``: PyTorch's tree of modules, with the count of each."""
