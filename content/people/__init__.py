"""Who acts: people, their roles, their tokens, and the one table that says who may do what."""
