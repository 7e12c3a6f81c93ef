"""``reconcile``: why does a model not have the number that somebody reports?"""
