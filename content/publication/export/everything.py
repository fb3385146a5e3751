"""Everything that is exported, of one moment."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from content.log.note import SigningKey
from content.publication import demo
from content.publication.export import lists, proofs, texts
from content.publication.export.exported import Exported
from content.publication.register import Register
from content.sign_off.registrar import Registrar


@dataclass(frozen=True)
class Moment:
    """What the hub serves, as this session sees it. Frozen."""

    session: Session
    register: Register
    registrar: Registrar
    #: None where the log has no key.
    log_key: SigningKey | None
    locale_tags: Sequence[str]

    @property
    def seq(self) -> int:
        return self.register.seq

    def answers(self) -> Iterator[Exported]:
        """All of it, one at a time: texts first, and what names them behind them."""
        session = self.session
        yield from texts.stored(session)
        yield from texts.contents(session)
        yield from texts.figures(session)
        yield from proofs.sign_offs(session)
        yield from texts.old_versions(session)
        yield from texts.histories(session, demo.is_demo(session))
        yield from proofs.trust_files(session)
        yield from proofs.log(session, self.log_key)
        yield from lists.lists(session, self.locale_tags)
        yield from proofs.registers(self.register, self.registrar)
