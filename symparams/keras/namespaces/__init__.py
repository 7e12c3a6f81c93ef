"""Everything that Keras exports besides layers and models: optimizers, losses, callbacks, utilities ... by the names of each version."""
