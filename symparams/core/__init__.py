"""What a layer is: sizes, a tree of weights, a count."""
