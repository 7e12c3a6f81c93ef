"""``identify``: which layers and sizes have this number of parameters?"""
