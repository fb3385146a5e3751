"""The pages where a translation is made: how far it is, its files, and the texts themselves."""
