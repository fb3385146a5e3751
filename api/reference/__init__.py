"""The description of the interface: completed for machines, and as a page for people."""
