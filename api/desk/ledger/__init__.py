"""Everything that happened, in words."""
