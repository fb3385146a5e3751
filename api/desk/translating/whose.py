"""Whose place the pages of translations are."""

from content.people.actor import Actor
from content.people.role import Permission

#: What it takes to have these pages among one's places, besides being an editor.
LANGUAGE_WORK = (Permission.TRANSLATE, Permission.REVISE, Permission.REVIEW_LANGUAGE)


def is_for(actor: Actor) -> bool:
    """Whether this is one of somebody's places: who works in a language, and editors."""
    return any(actor.may_somewhere(one) for one in LANGUAGE_WORK) or actor.may(
        Permission.OPEN_STATEMENT
    )
