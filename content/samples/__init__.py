"""The bundled page and the fictitious people who take it into force in a demonstration."""
