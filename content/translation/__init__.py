"""Translations: locales, the units of a text, and the .po files in which they are exchanged."""
