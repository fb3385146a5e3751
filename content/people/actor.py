"""Who does a thing: a person with what they may do, or the hub itself."""

from dataclasses import dataclass

from content.errors import RoleMissing, ScopeMissing
from content.people.role import Grant, Permission


@dataclass(frozen=True)
class Actor:
    """A person as they act now. Frozen: a change of roles holds from the next request on."""

    id: str
    name: str
    organisation: str
    grants: frozenset[Grant] = frozenset()
    #: What the token in use was made for; empty means everything the grants allow.
    scope: frozenset[Permission] = frozenset()

    def may(self, permission: Permission, locale: str = "") -> bool:
        """Whether this actor may do it, for a text in `locale`."""
        return self._granted(permission, locale) and self._in_scope(permission)

    def may_somewhere(self, permission: Permission) -> bool:
        """Whether this actor may do it for a text in some language."""
        return any(self.may(permission, grant.locale) for grant in self.grants)

    def must(self, permission: Permission, locale: str = "") -> None:
        """Raises RoleMissing or ScopeMissing where the actor may not."""
        if not self._granted(permission, locale):
            raise RoleMissing(permission=permission.value, locale=locale)
        if not self._in_scope(permission):
            raise ScopeMissing(permission=permission.value)

    def _granted(self, permission: Permission, locale: str) -> bool:
        return any(grant.allows(permission, locale) for grant in self.grants)

    def _in_scope(self, permission: Permission) -> bool:
        return not self.scope or permission in self.scope


#: Transitions that time or another transition brings about are the hub's own doing.
HUB = Actor(id="hub", name="MSIF hub", organisation="")
