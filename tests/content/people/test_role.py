"""Who may do what is one table, and docs/roles.md is that table in words."""

import re

import pytest

from content.errors import RoleMalformed, RoleMissing, ScopeMissing
from content.people.actor import HUB, Actor
from content.people.role import LANGUAGE_ROLES, Grant, Permission, Role, read_grant
from content.settings import ROOT

TABLE_ROW = re.compile(r"\| `([a-z-]+)(:LOCALE)?` \|(.*)\|")


def documented() -> tuple[dict[str, bool], dict[str, set[str]]]:
    """Role to whether it has a locale, and permission to its roles, as docs/roles.md has them."""
    roles: dict[str, bool] = {}
    permissions: dict[str, set[str]] = {}
    text = (ROOT / "docs" / "roles.md").read_text(encoding="utf-8")
    before, _, after = text.partition("## Permissions")
    for row in TABLE_ROW.finditer(before):
        roles[row[1]] = bool(row[2])
    for row in TABLE_ROW.finditer(after):
        permissions[row[1]] = set(re.findall(r"`([a-z-]+)`", row[3]))
    return roles, permissions


ROLES, PERMISSIONS = documented()


def actor(*grants: Grant, scope: frozenset[Permission] = frozenset()) -> Actor:
    return Actor("ada", "Ada", "MSIF", frozenset(grants), scope)


def test_every_role_and_permission_is_documented() -> None:
    assert list(PERMISSIONS) == [permission.value for permission in Permission]
    assert {role.value: role in LANGUAGE_ROLES for role in Role} == ROLES


@pytest.mark.parametrize("permission", list(Permission))
@pytest.mark.parametrize("role", list(Role))
def test_a_role_allows_what_the_documentation_says(role: Role, permission: Permission) -> None:
    granted = Grant(role, "fr" if ROLES[role] else "")
    allowed = role in PERMISSIONS[permission]

    assert actor(granted).may(permission, "fr") is allowed
    # A language role says nothing about another language, nor about what has none.
    assert actor(granted).may(permission, "it") is (allowed and not ROLES[role])
    assert actor(granted).may(permission) is (allowed and not ROLES[role])


def test_an_administrator_approves_nothing() -> None:
    able = {name for name, roles in PERMISSIONS.items() if "administrator" in roles}

    assert able == {"read-ledger", "manage-people", "manage-members"}


def test_several_roles_add_up() -> None:
    both = actor(Grant(Role.TRANSLATOR, "fr"), Grant(Role.REVISER, "it"))

    assert both.may(Permission.TRANSLATE, "fr")
    assert both.may(Permission.REVISE, "it")
    assert not both.may(Permission.REVISE, "fr")


def test_nobody_and_the_hub_hold_no_role() -> None:
    assert not any(actor().may(permission, "fr") for permission in Permission)
    assert not any(HUB.may(permission, "fr") for permission in Permission)


def test_a_token_for_less_allows_less_and_never_more() -> None:
    scope = frozenset({Permission.READ_DRAFTS, Permission.WITHDRAW})
    author = actor(Grant(Role.AUTHOR), scope=scope)

    author.must(Permission.READ_DRAFTS, "en")
    with pytest.raises(ScopeMissing, match="use a token with that scope") as too_narrow:
        author.must(Permission.WRITE_SOURCE, "en")
    assert too_narrow.value.context == {"permission": "write-source"}
    with pytest.raises(RoleMissing, match="an administrator grants roles"):
        author.must(Permission.WITHDRAW)


def test_a_refusal_names_the_permission_and_the_language() -> None:
    with pytest.raises(RoleMissing) as refused:
        actor(Grant(Role.TRANSLATOR, "fr")).must(Permission.TRANSLATE, "it")

    assert refused.value.context == {"permission": "translate", "locale": "it"}


@pytest.mark.parametrize("text", ["board", "author", "translator:fr", "language-reviewer:fr-CH"])
def test_a_role_is_written_as_it_is_read(text: str) -> None:
    assert str(read_grant(text)) == text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("owner", "There is no role `owner`"),
        ("", "There is no role ``"),
        ("Board", "There is no role `Board`"),
        ("board:fr", "came without its locale"),
        ("translator", "came without its locale"),
        ("translator:", "came without its locale"),
    ],
)
def test_what_is_no_role_is_refused(text: str, words: str) -> None:
    with pytest.raises(RoleMalformed, match=words):
        read_grant(text)
