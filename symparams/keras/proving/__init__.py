"""Proving what we say of Keras: the calls in letters, our claims about them, and Keras itself, which is imported to try them."""
