"""One attempt, against an endpoint that fails in every way there is."""

import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from content.syndication import sending
from content.syndication.address import Place
from content.syndication.sending import ANSWER_BYTES_MAX, KEPT_BYTES, Outcome, Sender
from tests.postbox import Receiver, answering, receiving, waiting_for

SOON = 0.3
BODY = b'{"type":"ping"}'
#: Where nobody listens, and the machine's own network: both must never be connected to.
ELSEWHERE = "https://hooks.ms.example/in"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as made:
        yield made


def send(receiver: Receiver, timeout_seconds: float = 5.0) -> Outcome:
    return Sender("any", timeout_seconds=timeout_seconds).send(
        receiver.url, {"webhook-id": "m"}, BODY
    )


def test_what_is_sent_is_a_plain_post(receiver: Receiver) -> None:
    outcome = send(receiver)
    assert (outcome.status, outcome.error, outcome.is_delivered) == (204, None, True)
    (got,) = receiver.got
    assert got.line == "POST /hook?of=ms HTTP/1.1"
    assert got.body == BODY
    assert got.headers == {
        "host": receiver.url.split("/")[2],
        "user-agent": sending.USER_AGENT,
        "accept": "*/*",
        "content-type": "application/json",
        "content-length": str(len(BODY)),
        "connection": "close",
        "webhook-id": "m",
    }


@pytest.mark.parametrize(
    "status", ["200 OK", "201 Created", "202 Accepted", "204 No Content", "299 Odd"]
)
def test_2xx_is_success(receiver: Receiver, status: str) -> None:
    receiver.behaviour = answering(status)
    assert send(receiver).is_delivered


@pytest.mark.parametrize(
    "status",
    [
        *("199 Odd", "101 Switching Protocols", "304 Not Modified", "400 Bad Request"),
        *("401 Unauthorized", "404 Not Found", "410 Gone", "429 Too Many Requests"),
        *("500 Oops", "503 Busy", "600 What"),
    ],
)
def test_nothing_else_is(receiver: Receiver, status: str) -> None:
    receiver.behaviour = answering(status)
    outcome = send(receiver)
    assert outcome.status == int(status[:3])
    assert not outcome.is_delivered


def test_redirects_are_not_followed(receiver: Receiver) -> None:
    with receiving() as other:
        for status in ("301 Moved", "302 Found", "307 Temporary", "308 Permanent"):
            receiver.behaviour = answering(status, f"Location: {other.url}")
            assert send(receiver).status == int(status[:3])
        assert other.connections == 0


def test_retry_after_is_read(receiver: Receiver) -> None:
    receiver.behaviour = answering("429 Slow", "Retry-After: 120", body=b"slow down")
    outcome = send(receiver)
    assert (outcome.retry_after, outcome.answer) == (timedelta(minutes=2), b"slow down")


def test_nobody_listens(receiver: Receiver) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    outcome = Sender("any").send(f"http://127.0.0.1:{port}/", {}, BODY)
    assert (outcome.status, outcome.error) == (None, "connection")


def test_it_hangs(receiver: Receiver) -> None:
    receiver.behaviour = waiting_for(receiver.over)
    assert send(receiver, SOON).error == "timeout"


def test_an_attempt_whose_time_is_over_is_not_begun(receiver: Receiver) -> None:
    assert send(receiver, 0).error == "timeout"
    assert receiver.connections == 0


@pytest.mark.parametrize("head", [b"HTTP/1.1 ", b"HTTP/1.1 500 Oops\r\nX: ", b"x"])
def test_a_byte_now_and_then_does_not_put_off_the_end(receiver: Receiver, head: bytes) -> None:
    def drip(wire: socket.socket) -> None:
        wire.sendall(head)
        while not receiver.over.wait(SOON / 30):
            wire.sendall(b"x")

    receiver.behaviour = drip
    assert send(receiver, SOON).error == "timeout"


def test_where_the_status_has_come_an_end_that_does_not_changes_nothing(receiver: Receiver) -> None:
    def drip(wire: socket.socket) -> None:
        wire.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\nyes")
        while not receiver.over.wait(SOON / 30):
            wire.sendall(b".")

    receiver.behaviour = drip
    outcome = send(receiver, SOON)
    assert outcome.is_delivered
    assert outcome.answer.startswith(b"yes")


@pytest.mark.parametrize(
    ("told", "error"),
    [
        (b"", "connection"),
        (b"HTTP/1.1", "answer"),
        (b"220 mail.example ESMTP\r\n\r\n", "answer"),
        (b"HTTP/1.1 20\xff OK\r\n\r\n", "answer"),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n", "answer"),
        (b"\x16\x03\x01\x00\x05hello", "answer"),
    ],
)
def test_it_answers_what_is_no_http(receiver: Receiver, told: bytes, error: str) -> None:
    receiver.behaviour = lambda wire: wire.sendall(told)
    outcome = send(receiver)
    assert (outcome.status, outcome.error) == (None, error)


def test_it_closes_before_it_answers(receiver: Receiver) -> None:
    def reset(wire: socket.socket) -> None:
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        wire.close()

    receiver.behaviour = reset
    assert send(receiver).error == "connection"


@pytest.mark.parametrize(
    "told",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000,
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nshort",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n",
    ],
)
def test_it_closes_in_the_middle_of_a_body(receiver: Receiver, told: bytes) -> None:
    receiver.behaviour = lambda wire: wire.sendall(told)
    assert send(receiver).is_delivered


def test_a_huge_answer_is_cut_off(receiver: Receiver) -> None:
    sent = 0

    def flood(wire: socket.socket) -> None:
        nonlocal sent
        wire.sendall(b"HTTP/1.1 500 Oops\r\n\r\n")
        while not receiver.over.is_set():
            sent += wire.send(b"x" * 65_536)

    receiver.behaviour = flood
    outcome = send(receiver)
    assert (outcome.status, outcome.answer) == (500, b"x" * KEPT_BYTES)
    assert sent < 100 * ANSWER_BYTES_MAX, "what lies in the buffers of the machine, and no more"


# Where it may go


class Names:
    """A resolver with answers of its own, which counts how often it was asked."""

    def __init__(self, *answers: list[str]) -> None:
        self._answers = list(answers)
        self.asked: list[tuple[str, int]] = []
        self.port = 443

    def __call__(self, host: str, port: int) -> list[Place]:
        self.asked.append((host, port))
        numbers = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        return [
            (socket.AF_INET6, (one, self.port, 0, 0))
            if ":" in one
            else (socket.AF_INET, (one, self.port))
            for one in numbers
        ]


@pytest.mark.parametrize(
    "numbers",
    [
        ["127.0.0.1"],
        ["8.8.8.8", "10.0.0.1"],
        ["::1"],
        ["::ffff:127.0.0.1"],
        ["169.254.169.254"],
        ["fd00::1"],
        ["64:ff9b::7f00:1"],
        ["2002:7f00:1::"],
    ],
)
def test_a_name_that_leads_into_a_network_is_not_connected_to(
    numbers: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*_: object) -> None:
        raise AssertionError("a connection was made")

    monkeypatch.setattr(sending, "_connect", none)
    names = Names(numbers)
    outcome = Sender(resolve=names).send(ELSEWHERE, {}, BODY)
    assert (outcome.status, outcome.error) == (None, "address")
    assert names.asked == [("hooks.ms.example", 443)]


def test_the_real_resolver_is_asked_where_none_is_given() -> None:
    assert Sender().send("https://localhost.localdomain/", {}, BODY).error in ("address", "name")
    assert Sender().send("https://no-such-name.invalid/", {}, BODY).error == "name"


def test_a_name_is_asked_for_once_and_what_was_looked_at_is_connected_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The second answer, which nobody is to ask for, would be the machine itself."""
    connected: list[object] = []

    class Wire(socket.socket):
        def connect(self, place: object) -> None:
            connected.append(place)
            raise ConnectionRefusedError

    monkeypatch.setattr("content.syndication.sending.socket.socket", Wire)
    names = Names(["8.8.8.8", "2606:4700::1111"], ["127.0.0.1"])
    assert Sender(resolve=names).send(ELSEWHERE, {}, BODY).error == "connection"
    assert connected == [("8.8.8.8", 443), ("2606:4700::1111", 443, 0, 0)]
    assert len(names.asked) == 1


def test_of_many_places_a_few_are_tried_and_none_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    connected: list[float] = []

    class Wire(socket.socket):
        def connect(self, _place: object) -> None:
            connected.append(self.gettimeout() or 0)
            raise TimeoutError

    monkeypatch.setattr("content.syndication.sending.socket.socket", Wire)
    names = Names([f"8.8.8.{number}" for number in range(9)])
    assert Sender(resolve=names).send(ELSEWHERE, {}, BODY).error == "timeout"
    assert len(connected) == 4
    assert all(0 < seconds <= sending.CONNECT_SECONDS for seconds in connected)


def test_what_may_no_longer_be_sent_to_is_not(receiver: Receiver) -> None:
    names = Names(["127.0.0.1"])
    assert Sender("public", names).send(receiver.url, {}, BODY).error == "address"
    assert names.asked == []
    assert receiver.connections == 0


def test_the_environment_has_no_say(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    with receiving() as proxy:
        for name in ("http_proxy", "HTTPS_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        assert send(receiver).is_delivered
        assert proxy.connections == 0


# TLS


def certificate(folder: Path, name: str, days: int = 1) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """(of the server, of a client that trusts it): signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=3650))
        .not_valid_after(now + timedelta(days=days * 3650))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = folder / f"{name}{days}.pem"
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(made.public_bytes(Encoding.PEM) + pem)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(file)
    return server, ssl.create_default_context(cafile=str(file))


def test_a_certificate_is_held_to_the_name_and_not_to_the_number(tmp_path: Path) -> None:
    server, trusting = certificate(tmp_path, "hooks.ms.example")
    with receiving(server, "hooks.ms.example") as receiver:
        names = Names(["127.0.0.1"])
        names.port = int(receiver.url.split(":")[2].split("/")[0])
        seen: list[str | None] = []
        server.sni_callback = lambda _wire, name, _context: seen.append(name)
        outcome = Sender("any", names, trusting).send(receiver.url, {}, BODY)
        assert outcome.status == 204
        assert seen == ["hooks.ms.example"]
        assert receiver.got[0].headers["host"].startswith("hooks.ms.example:")


@pytest.mark.parametrize("flaw", ["unknown", "other", "expired"])
def test_a_certificate_that_is_no_good_is_refused(tmp_path: Path, flaw: str) -> None:
    name = "other.example" if flaw == "other" else "hooks.ms.example"
    server, trusting = certificate(tmp_path, name, days=-1 if flaw == "expired" else 1)
    if flaw == "unknown":
        trusting = ssl.create_default_context()
    with receiving(server, "hooks.ms.example") as receiver:
        names = Names(["127.0.0.1"])
        names.port = int(receiver.url.split(":")[2].split("/")[0])
        outcome = Sender("any", names, trusting).send(receiver.url, {}, BODY)
        assert (outcome.status, outcome.error) == (None, "tls")
        assert receiver.got == []


def test_it_speaks_no_tls(receiver: Receiver) -> None:
    url = receiver.url.replace("http:", "https:")
    assert Sender("any", timeout_seconds=SOON).send(url, {}, BODY).error in ("tls", "timeout")


def test_a_handshake_that_hangs_ends() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"https://127.0.0.1:{silent.getsockname()[1]}/"
        assert Sender("any", timeout_seconds=SOON).send(url, {}, BODY).error == "timeout"
