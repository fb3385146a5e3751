"""Search in what is in force: an index that is derived, and the hits it gives."""
