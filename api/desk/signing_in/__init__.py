"""Coming in, showing again who one is, and by what one does so."""
