"""What member sites read. The contract: paths, names and headers do not change under /v1."""
