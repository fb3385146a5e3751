"""What members run: verifiers without the hub. The hub itself checks by `verify`, as they do."""
