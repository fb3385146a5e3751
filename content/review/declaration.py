"""What people say with a decision: their interests, their reasons, a comment."""

import re

from content.errors import BadInput, CommentMissing, InterestsMissing

#: Characters in a declaration of interests, a comment or a reason.
WORDS_MAX = 10_000
#: C0 but for tab and line feed, and delete. PostgreSQL does not take the first of them.
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def require_declared(interests: str, comment: str, *, needs_comment: bool) -> None:
    """Raises InterestsMissing, CommentMissing, BadInput."""
    if not interests.strip():
        raise InterestsMissing
    require_words(interests)
    require_words(comment)
    if needs_comment and not comment.strip():
        raise CommentMissing


def require_reason(reason: str) -> None:
    """Raises CommentMissing, BadInput."""
    require_words(reason)
    if not reason.strip():
        raise CommentMissing


def require_words(text: str) -> None:
    """Raises BadInput for what is too long or has control characters."""
    if len(text) > WORDS_MAX or CONTROL.search(text):
        raise BadInput(
            f"Interests, comments and reasons have at most {WORDS_MAX:,} characters, "
            "and no control characters."
        )
