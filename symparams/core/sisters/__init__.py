"""Quantities beside the count, from the roles of the same tensors: active parameters, KV cache, bytes, LoRA.

A role is read off a tensor's path and its number of axes, as frameworks and papers name them, so a model that was lifted,
read live or written by hand has them as well as one of a config.
"""
