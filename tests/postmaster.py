"""For tests of mail: a server that speaks SMTP, keeps what it takes, and can fail."""

import base64
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Event, Thread

USER, PASSWORD = "hub@ms.example", "p:4 %"


@dataclass
class Postmaster:
    """What a server took, and how it behaves. An answer is given instead of the usual one, to the
    command or, by `.`, to a letter; an empty one drops the connection, None says nothing."""

    port: int = 0
    answers: dict[str, str | None] = field(default_factory=dict)
    offers: tuple[str, ...] = ()
    #: (sender, recipient, letter) of all that came whole.
    got: list[tuple[str, str, bytes]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    over: Event = field(default_factory=Event)
    tls: ssl.SSLContext | None = None
    in_tls: bool = False

    def url(self, host: str = "localhost", user: str = "", scheme: str = "smtp") -> str:
        return f"{scheme}://{user}{host}:{self.port}"

    @property
    def letters(self) -> list[EmailMessage]:
        return [message_from_bytes(told, policy=default) for _, _, told in self.got]


class Conversation(StreamRequestHandler):
    """One connection."""

    def handle(self) -> None:
        try:
            self._greet()
        except OSError:
            return  # whoever spoke is gone
        finally:
            self.connection.close()

    def _greet(self) -> None:
        self.master: Postmaster = self.server.master  # type: ignore[attr-defined]
        self.route = {"MAIL": "", "RCPT": ""}
        if self.master.in_tls:
            self._begin_tls()
        going_on = self._answer("GREETING", "220 postmaster")
        while going_on and (line := self.rfile.readline().decode("ascii").rstrip("\r\n")):
            self.master.said.append(line)
            going_on = self._hear(line)

    def _hear(self, line: str) -> bool:
        word, _, rest = line.partition(" ")
        word = word.upper()
        if word in self.route:
            self.route[word] = rest.partition("<")[2].partition(">")[0]
        if not self._answer(word, self._usual(word, rest)):
            return False
        if word == "STARTTLS":
            self._begin_tls()
        return self._take() if word == "DATA" else True

    def _usual(self, word: str, rest: str) -> str:
        if word == "EHLO":
            lines = ["postmaster", *self.master.offers]
            last = len(lines) - 1
            return "\r\n".join(f"250{'-' if n < last else ' '}{one}" for n, one in enumerate(lines))
        if word == "AUTH":
            told = base64.b64encode(f"\0{USER}\0{PASSWORD}".encode()).decode()
            return "235 ok" if rest == f"PLAIN {told}" else "535 no"
        return {"DATA": "354 go on", "QUIT": "221 bye", "STARTTLS": "220 go on"}.get(word, "250 ok")

    def _take(self) -> bool:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return False
            lines.append(line.removeprefix(b"."))
        answer = self.master.answers.get(".", "250 taken")
        if (answer or "").startswith("250"):
            self.master.got.append((self.route["MAIL"], self.route["RCPT"], b"".join(lines)))
        return self._answer(".", "250 taken")

    def _answer(self, word: str, usual: str) -> bool:
        answer = self.master.answers.get(word, usual)
        if answer is None:
            self.master.over.wait()
        if answer:
            self.wfile.write(answer.encode() + b"\r\n")
        return bool(answer)

    def _begin_tls(self) -> None:
        assert self.master.tls is not None
        self.connection = self.master.tls.wrap_socket(self.connection, server_side=True)
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", 0)


class _Server(ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False


@contextmanager
def serving_mail(
    tls: ssl.SSLContext | None = None, *, in_tls: bool = False
) -> Iterator[Postmaster]:
    """A server of mail on this machine, on a port of its own."""
    with _Server(("0.0.0.0", 0), Conversation) as server:
        master = Postmaster(server.server_address[1], tls=tls, in_tls=in_tls)
        server.master = master  # type: ignore[attr-defined]
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield master
        finally:
            master.over.set()
            server.shutdown()
            thread.join()
