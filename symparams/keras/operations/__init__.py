"""Operations on tensors, ``x + y`` or ``ops.mean(x)``: steps of a graph that have no weights, and the shapes that they give."""
