"""Sections, their versions and their documents: what was written, and how it is read and kept."""
