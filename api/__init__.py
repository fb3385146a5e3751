"""The HTTP side of the hub. It may import `content`; nothing imports it."""
