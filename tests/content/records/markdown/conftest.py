"""Texts that try to be something else, and trees made of them."""
