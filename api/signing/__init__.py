"""Where people register the keys with which they sign: pages, and what their scripts ask for."""
