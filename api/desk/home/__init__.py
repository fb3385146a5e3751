"""What waits for whoever is signed in, and what they did lately."""
