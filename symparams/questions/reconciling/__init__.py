"""``reconcile``: why does a model not have the reported number of parameters?"""
