"""Putting texts to signature, what falls due, and how many it takes."""
