"""What people write: drafts, reviews, statements, withdrawals, accounts. Each needs a token."""
