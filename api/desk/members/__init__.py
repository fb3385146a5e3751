"""Members, what they show, and recalls."""
