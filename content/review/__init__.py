"""From draft to the door of the sign-off: states, policy, reviews, and what still stands."""
