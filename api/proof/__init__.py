"""The page that shows anybody who approved a text, and lets their browser verify it."""
