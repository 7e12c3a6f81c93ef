"""A development tool: runs the real transformers with tagged config fields and writes one reviewable text file a model type.

``python -m symparams.huggingface.learning llama bert``; the library never imports it.
"""
