"""Texts: read, compared, talked about and decided about."""
