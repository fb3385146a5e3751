"""What these tests may ask for beside the usual."""

from tests.published import published, published_file

__all__ = ["published", "published_file"]
