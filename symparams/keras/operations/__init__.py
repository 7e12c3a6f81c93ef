"""Operations on tensors, such as ``x + y`` and ``ops.mean(x)``: steps of a graph without weights, and their output shapes."""
