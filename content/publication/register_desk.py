"""Where the register is kept while it holds: it is read once for each change of what it says."""

from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session

from content.database import reading
from content.errors import RegisterBehind, RegistrarKeyUnusable
from content.log import hashes
from content.publication import refusal, register, register_seen, release
from content.publication.register import Register
from content.review.policy import Policy
from content.sign_off import registrar, trust_file
from content.sign_off.registrar import Registrar

#: What a register depends on: the feed's number, the trust file, what is refused.
Key = tuple[int, str, frozenset[tuple[str, str, int]]]


@dataclass
class RegisterDesk:
    """One for each application. Threads may ask it at once: they find the same."""

    engine: Engine
    key_file: Path
    #: Where the highest register that was signed is noted.
    seen_file: Path
    _kept: tuple[Key, Register] | None = field(default=None, init=False)

    def now(self, policy: Policy) -> tuple[Register, Registrar]:
        """The register as it is, and who signs it.

        Raises TrustMissing, TrustBroken, RegistrarKeyUnusable, RegisterBehind.
        """
        try:
            return self._now(policy)
        except RegisterBehind:
            # Another process may have signed a newer one since this one looked.
            return self._now(policy)

    def _now(self, policy: Policy) -> tuple[Register, Registrar]:
        hashes.catch_up(self.engine)
        with reading(self.engine) as session:
            return self.within(session, policy)

    def within(self, session: Session, policy: Policy) -> tuple[Register, Registrar]:
        """The same, of the moment that this session sees."""
        key = _key(session, policy)
        kept = self._kept
        if kept is None or kept[0] != key:
            kept = key, register.read(session, policy)
        signer = self._signer(session, policy)
        register_seen.note(self.seen_file, kept[1].trust, kept[1].seq)
        # What failed and is not refused yet may pass again, and nothing would tell of it.
        self._kept = kept if kept[1].failed == key[2] else None
        return kept[1], signer

    def _signer(self, session: Session, policy: Policy) -> Registrar:
        signer = registrar.load(self.key_file)
        trust = trust_file.required(session, policy.pinned)
        if signer.kid not in trust.told["registrars"]:
            raise RegistrarKeyUnusable(
                f"The trust file does not name the registrar's key {signer.kid} of this machine."
            )
        return signer


def _key(session: Session, policy: Policy) -> Key:
    trust = trust_file.required(session, policy.pinned)
    return release.newest_seq(session), trust.sha256, refusal.places(session)
