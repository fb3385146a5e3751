"""The schema, step by step. After a release a step is never edited; the next one is added."""
