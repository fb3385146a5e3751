"""For tests of webhooks: events that happen, endpoints of members, and a receiver that can fail."""

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Event, Lock, Thread

from sqlalchemy import Engine, insert, text
from sqlmodel import col, select

from content import clock
from content.database import reading, writing
from content.publication import release
from content.publication.release import Release
from content.records.section import Section
from content.syndication import member, webhook
from content.syndication.delivery import Attempt, Delivery
from content.syndication.member import Particulars
from content.syndication.postman import Postman
from content.syndication.sending import Sender
from content.syndication.webhook import Wanted, Webhook

SECTION = "told"
DOCUMENT = "d" * 64
TOLD = Particulars("Example MS", "CH", "web@ms.example", "https://ms.example", ["fr"])
NO_KEY = Path("no", "such", "webhook.key")

Behaviour = Callable[[socket.socket], None]


def happen(
    engine: Engine, *kinds: str, locale: str = "en", page: str = SECTION, times: int = 1
) -> int:
    """Events of these types come into the feed; the number of the last."""
    with writing(engine) as session:
        if session.get(Section, SECTION) is None:
            session.add(
                Section(slug=SECTION, source_locale="en", page=SECTION, created_at=clock.now())
            )
            session.flush()
            session.connection().execute(
                text("INSERT INTO document (sha256, body) VALUES (:sha256, :body)"),
                {"sha256": DOCUMENT, "body": b"{}"},
            )
        seq = release.newest_seq(session)
        for kind in kinds * times:
            seq += 1
            row = Release(
                seq=seq,
                type=kind,
                section=SECTION,
                locale=locale,
                version=1,
                document=DOCUMENT,
                page=page,
                at=clock.now(),
                change_kind="clinical",
                change_summary="Something.",
            )
            session.connection().execute(insert(Release), row.model_dump())
    return seq


def enter(engine: Engine, member_id: str = "ms") -> None:
    with writing(engine) as session:
        member.add(session, member_id, TOLD, by="operator")


def hook(engine: Engine, url: str, member_id: str = "ms", types: tuple[str, ...] = ()) -> str:
    """The id of a new webhook of a member."""
    with writing(engine) as session:
        wanted = Wanted(url, types)
        row, _ = webhook.add(session, member_id, wanted, targets="any", by="operator")
    return row.id


def postman(engine: Engine, sender: Sender | None = None, key_file: Path = NO_KEY) -> Postman:
    """A worker that may send to this machine, and whose delays are exact."""
    return Postman(engine, sender or Sender("any"), key_file, jitter=lambda: 0.5)


def row_of(engine: Engine, webhook_id: str) -> Webhook:
    with reading(engine) as session:
        return session.get_one(Webhook, webhook_id)


def deliveries(engine: Engine, webhook_id: str) -> list[Delivery]:
    with reading(engine) as session:
        return list(
            session.exec(
                select(Delivery)
                .where(col(Delivery.webhook) == webhook_id)
                .order_by(col(Delivery.seq))
            ).all()
        )


def attempts(engine: Engine, webhook_id: str) -> list[Attempt]:
    with reading(engine) as session:
        return list(
            session.exec(
                select(Attempt)
                .where(col(Attempt.webhook) == webhook_id)
                .order_by(col(Attempt.seq), col(Attempt.number))
            ).all()
        )


@dataclass(frozen=True)
class Got:
    """A request as it came. Frozen."""

    line: str
    headers: dict[str, str]
    body: bytes
    at: datetime


@dataclass
class Receiver:
    """A member's endpoint: it keeps what it gets, and then behaves as it was told to."""

    url: str
    got: list[Got] = field(default_factory=list)
    behaviour: Behaviour = field(default=lambda wire: answer(wire))
    #: Set at the end: whatever holds a connection lets go of it.
    over: Event = field(default_factory=Event)
    #: Connections that were made, whether or not a request came.
    connections: int = 0
    lock: Lock = field(default_factory=Lock)

    @property
    def ids(self) -> list[str]:
        return [one.headers["webhook-id"] for one in self.got]


def answer(
    wire: socket.socket, status: str = "204 No Content", *headers: str, body: bytes = b""
) -> None:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""]
    wire.sendall("\r\n".join(lines).encode() + body)


def answering(status: str, *headers: str, body: bytes = b"") -> Behaviour:
    return lambda wire: answer(wire, status, *headers, body=body)


def waiting_for(event: Event) -> Behaviour:
    """It hangs until then, and answers."""

    def behave(wire: socket.socket) -> None:
        event.wait()
        answer(wire)

    return behave


@contextmanager
def receiving(tls: ssl.SSLContext | None = None, host: str = "localhost") -> Iterator[Receiver]:
    """A receiver on this machine, on a port of its own."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        scheme = "https" if tls else "http"
        receiver = Receiver(f"{scheme}://{host}:{listening.getsockname()[1]}/hook?of=ms")
        Thread(target=_accept, args=(listening, receiver, tls), daemon=True).start()
        try:
            yield receiver
        finally:
            receiver.over.set()
            # Wakes the thread that accepts; closing alone does not.
            listening.shutdown(socket.SHUT_RDWR)


def _accept(listening: socket.socket, receiver: Receiver, tls: ssl.SSLContext | None) -> None:
    while not receiver.over.is_set():
        try:
            wire, _ = listening.accept()
        except OSError:
            return
        with receiver.lock:
            receiver.connections += 1
        Thread(target=_serve, args=(wire, receiver, tls), daemon=True).start()


def _serve(wire: socket.socket, receiver: Receiver, tls: ssl.SSLContext | None) -> None:
    try:
        if tls is not None:
            wire = tls.wrap_socket(wire, server_side=True)
        with wire:
            got = _request(wire)
            if got is not None:
                with receiver.lock:
                    receiver.got.append(got)
                receiver.behaviour(wire)
    except OSError:
        wire.close()


def _request(wire: socket.socket) -> Got | None:
    head = b""
    while b"\r\n\r\n" not in head:
        piece = wire.recv(65_536)
        if not piece:
            return None
        head += piece
    told, _, body = head.partition(b"\r\n\r\n")
    line, *lines = told.decode("ascii").split("\r\n")
    headers = {name.lower(): value for name, _, value in (one.partition(": ") for one in lines)}
    while len(body) < int(headers["content-length"]):
        body += wire.recv(65_536)
    return Got(line, headers, body, clock.now())
