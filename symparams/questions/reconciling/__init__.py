"""``reconcile``: under which readings a model has just the number that somebody reports."""
