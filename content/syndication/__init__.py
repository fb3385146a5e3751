"""Members: who pulls, what they show, and whether what was withdrawn is gone from their sites."""
