"""The domain: what is written, translated, reviewed, signed and served. Knows nothing of HTTP."""
