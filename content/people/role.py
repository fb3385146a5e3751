"""Roles, permissions, and the table between them. Nothing else decides who may do what."""

from dataclasses import dataclass
from enum import StrEnum

import langcodes

from content.errors import RoleMalformed


class Role(StrEnum):
    """What a person was appointed to. Language roles are granted for one locale each."""

    AUTHOR = "author"
    TRANSLATOR = "translator"
    REVISER = "reviser"
    MEDICAL_REVIEWER = "medical-reviewer"
    LANGUAGE_REVIEWER = "language-reviewer"
    LAY_REVIEWER = "lay-reviewer"
    BOARD = "board"
    EDITOR = "editor"
    DUTY_OFFICER = "duty-officer"
    ADMINISTRATOR = "administrator"


class Permission(StrEnum):
    """What can be allowed. A token's scope lists these names."""

    READ_DRAFTS = "read-drafts"
    DISCUSS = "discuss"
    READ_LEDGER = "read-ledger"
    WRITE_SOURCE = "write-source"
    TRANSLATE = "translate"
    EDIT_GLOSSARY = "edit-glossary"
    SUBMIT_SOURCE = "submit-source"
    SUBMIT_TRANSLATION = "submit-translation"
    ABANDON_SOURCE = "abandon-source"
    ABANDON_TRANSLATION = "abandon-translation"
    REVIEW_MEDICAL = "review-medical"
    REVIEW_LAY = "review-lay"
    REVISE = "revise"
    REVIEW_LANGUAGE = "review-language"
    SCHEDULE = "schedule"
    OPEN_STATEMENT = "open-statement"
    SIGN_BOARD = "sign-board"
    SIGN_LANGUAGE = "sign-language"
    OBJECT = "object"
    WITHDRAW = "withdraw"
    MANAGE_PEOPLE = "manage-people"
    MANAGE_MEMBERS = "manage-members"
    READ_SHOWING = "read-showing"
    FOLLOW_RECALLS = "follow-recalls"


LANGUAGE_ROLES = frozenset({Role.TRANSLATOR, Role.REVISER, Role.LANGUAGE_REVIEWER})

_P = Permission
#: The table. An administrator manages accounts and can approve nothing.
ALLOWED: dict[Role, frozenset[Permission]] = {
    Role.AUTHOR: frozenset(
        {_P.READ_DRAFTS, _P.DISCUSS, _P.WRITE_SOURCE, _P.SUBMIT_SOURCE, _P.ABANDON_SOURCE}
    ),
    Role.TRANSLATOR: frozenset(
        {
            _P.READ_DRAFTS,
            _P.DISCUSS,
            _P.TRANSLATE,
            _P.EDIT_GLOSSARY,
            _P.SUBMIT_TRANSLATION,
            _P.ABANDON_TRANSLATION,
        }
    ),
    Role.REVISER: frozenset({_P.READ_DRAFTS, _P.DISCUSS, _P.REVISE, _P.EDIT_GLOSSARY}),
    Role.MEDICAL_REVIEWER: frozenset({_P.READ_DRAFTS, _P.DISCUSS, _P.REVIEW_MEDICAL}),
    Role.LANGUAGE_REVIEWER: frozenset(
        {
            _P.READ_DRAFTS,
            _P.DISCUSS,
            _P.REVIEW_LANGUAGE,
            _P.SIGN_LANGUAGE,
            _P.OBJECT,
            _P.EDIT_GLOSSARY,
        }
    ),
    Role.LAY_REVIEWER: frozenset({_P.READ_DRAFTS, _P.DISCUSS, _P.REVIEW_LAY}),
    Role.BOARD: frozenset(
        {
            _P.READ_DRAFTS,
            _P.DISCUSS,
            _P.READ_LEDGER,
            _P.SIGN_BOARD,
            _P.OBJECT,
            _P.WITHDRAW,
            _P.READ_SHOWING,
            _P.FOLLOW_RECALLS,
        }
    ),
    Role.EDITOR: frozenset(
        {
            _P.READ_DRAFTS,
            _P.DISCUSS,
            _P.READ_LEDGER,
            _P.WRITE_SOURCE,
            _P.EDIT_GLOSSARY,
            _P.SUBMIT_SOURCE,
            _P.SUBMIT_TRANSLATION,
            _P.ABANDON_SOURCE,
            _P.ABANDON_TRANSLATION,
            _P.SCHEDULE,
            _P.OPEN_STATEMENT,
            _P.MANAGE_MEMBERS,
            _P.READ_SHOWING,
            _P.FOLLOW_RECALLS,
        }
    ),
    Role.DUTY_OFFICER: frozenset(
        {
            _P.READ_DRAFTS,
            _P.DISCUSS,
            _P.READ_LEDGER,
            _P.WITHDRAW,
            _P.READ_SHOWING,
            _P.FOLLOW_RECALLS,
        }
    ),
    Role.ADMINISTRATOR: frozenset({_P.READ_LEDGER, _P.MANAGE_PEOPLE, _P.MANAGE_MEMBERS}),
}


#: Permissions to judge a text or to decide about it.
DECIDING = frozenset(
    {
        _P.REVIEW_MEDICAL,
        _P.REVIEW_LAY,
        _P.REVISE,
        _P.REVIEW_LANGUAGE,
        _P.OPEN_STATEMENT,
        _P.SIGN_BOARD,
        _P.SIGN_LANGUAGE,
        _P.OBJECT,
        _P.WITHDRAW,
        _P.FOLLOW_RECALLS,
    }
)


@dataclass(frozen=True, order=True)
class Grant:
    """A role as one person holds it. Written `board`, or `translator:fr` for a language role."""

    role: Role
    locale: str = ""

    def __str__(self) -> str:
        return f"{self.role}:{self.locale}" if self.locale else str(self.role)

    def allows(self, permission: Permission, locale: str) -> bool:
        """Whether this grant allows it, for a text in `locale`."""
        return permission in ALLOWED[self.role] and self.locale in ("", locale)


def read_grant(text: str) -> Grant:
    """`translator:fr` as a Grant. Raises RoleMalformed."""
    name, _, locale = text.partition(":")
    try:
        role = Role(name)
    except ValueError:
        raise RoleMalformed(f"There is no role `{name}`.", role=text) from None
    if (role in LANGUAGE_ROLES) != bool(locale):
        raise RoleMalformed(role=text)
    if locale and not (locale.isascii() and langcodes.tag_is_valid(locale)):
        raise RoleMalformed(f"`{locale}` is not a language tag.", role=text)
    return Grant(role, langcodes.standardize_tag(locale) if locale else "")
