"""Texts at the desk, as people read them: the list, one text, who may know of what."""
