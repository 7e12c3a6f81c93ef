"""From a row's number to the layer that has it."""
