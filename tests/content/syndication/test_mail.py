"""Mail as it travels: to a server that speaks SMTP, or into a folder."""

import ssl
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from content.settings import Settings
from content.syndication import mail
from content.syndication.letter import Letter
from content.syndication.mail import Outbox, Relay
from tests.content.syndication.test_sending import certificate
from tests.postmaster import PASSWORD, USER, Postmaster, serving_mail
from tests.reader import TODAY

pytestmark = pytest.mark.time_machine(TODAY, tick=False)
SENDER = "hub@hub.example"
LETTER = Letter(
    to="web@ms.example",
    locale="fr",
    name="recall-3.ms.0",
    subject="Action requise\u00a0: texte retiré",
    body="Où ?\n.\n..\n" + "https://ms.example/" + "a" * 900 + "\n",
)
AS_HUB = "hub%40ms.example:p%3A4%20%25@"
#: Seconds, where a server says nothing.
SOON = 0.2
#: Of this machine, and yet a name that a hub takes for another one.
ELSEWHERE = "127.0.0.2"


def relay(master: Postmaster, user: str = "", host: str = "localhost") -> Relay:
    return Relay(master.url(host, user), SENDER)


def test_a_letter_arrives_as_it_was_written() -> None:
    with serving_mail() as master:
        assert relay(master).send(LETTER) == ""
    ((sender, recipient, _),) = master.got
    (told,) = master.letters
    assert (sender, recipient) == (SENDER, "web@ms.example")
    assert dict(told.items()) == {
        "From": SENDER,
        "To": "web@ms.example",
        "Subject": LETTER.subject,
        "Date": "Mon, 23 Nov 2026 09:00:00 +0000",
        "Message-ID": "<recall-3.ms.0@hub.example>",
        "Content-Language": "fr",
        "Auto-Submitted": "auto-generated",
        "Content-Type": 'text/plain; charset="utf-8"',
        "Content-Transfer-Encoding": "quoted-printable",
        "MIME-Version": "1.0",
    }
    assert told.get_content().replace("\r\n", "\n") == LETTER.body
    assert master.said[0] == "ehlo hub.example"
    assert all(len(line) < 999 for line in master.got[0][2].splitlines())


@pytest.mark.parametrize(
    ("command", "answer", "error"),
    [
        ("RCPT", "550 no such user", "recipient-550"),
        ("RCPT", "450 later", "recipient-450"),
        ("MAIL", "553 not you", "answer-553"),
        ("DATA", "451 no place", "answer-451"),
        (".", "554 spam", "answer-554"),
        ("GREETING", "421 busy", "answer-421"),
        ("GREETING", "", "connection"),
        ("RCPT", "", "connection"),
        ("DATA", "", "connection"),
        (".", "", "connection"),
        ("GREETING", None, "connection"),
        ("MAIL", None, "connection"),
    ],
)
def test_what_goes_wrong_has_a_word(command: str, answer: str | None, error: str) -> None:
    with serving_mail() as master:
        master.answers[command] = answer
        way = Relay(master.url(), SENDER, timeout_seconds=SOON if answer is None else 15)
        assert way.send(LETTER) == error
        assert master.got == []
        master.answers.clear()
        assert relay(master).send(LETTER) == ""


@pytest.mark.parametrize("farewell", ["", "500 what?"])
def test_a_letter_that_was_taken_is_sent_whatever_the_farewell(farewell: str) -> None:
    with serving_mail() as master:
        master.answers["QUIT"] = farewell
        assert relay(master).send(LETTER) == ""


def test_nobody_there() -> None:
    with serving_mail() as master:
        pass
    assert relay(master).send(LETTER) == "connection"


@pytest.mark.parametrize(
    "to",
    [
        "web@ms.example\r\nBcc: all@other.example",
        "web@ms.example\nRCPT TO:<all@other.example>",
        "web@ms.example, all@other.example",
        "",
        "w@" + "a" * 252 + ".example",
    ],
)
def test_no_address_smuggles_another(to: str, tmp_path: Path) -> None:
    hostile = Letter(to, "en", "recall-3.ms.0", "Subject", "Body")
    with serving_mail() as master:
        assert relay(master).send(hostile) == mail.ADDRESS_MALFORMED
        assert master.said == []
    assert Outbox(tmp_path / "outbox").send(hostile) == mail.ADDRESS_MALFORMED
    assert not (tmp_path / "outbox").exists()


def test_a_header_with_a_line_end_is_not_made() -> None:
    hostile = Letter("web@ms.example", "en", "recall-3.ms.0", "Subject\r\nBcc: a@b.example", "Body")
    with pytest.raises(ValueError, match="linefeed"):
        mail.message(hostile, SENDER)


# Passwords and TLS


def test_who_sends_says_who_it_is() -> None:
    with serving_mail() as master:
        master.offers = ("AUTH PLAIN",)
        assert relay(master, AS_HUB).send(LETTER) == ""
        assert relay(master, "hub%40ms.example:wrong@").send(LETTER) == "login"
        master.offers = ()
        assert relay(master, AS_HUB).send(LETTER) == "login"
    assert len(master.got) == 1


def test_a_password_leaves_this_machine_through_tls_alone(tmp_path: Path) -> None:
    server, _ = certificate(tmp_path, "localhost")
    with serving_mail(server) as master:
        master.offers = ("AUTH PLAIN",)
        assert relay(master, AS_HUB, ELSEWHERE).send(LETTER) == "no-tls"
        assert relay(master, "", ELSEWHERE).send(LETTER) == ""
        assert not any(line.startswith("AUTH") for line in master.said)
        master.offers = ("AUTH PLAIN", "STARTTLS")
        assert relay(master, AS_HUB, ELSEWHERE).send(LETTER) == "tls"
        assert relay(master, AS_HUB).send(LETTER) == ""
    assert len(master.got) == 2


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_a_good_certificate_is_taken(scheme: str, tmp_path: Path) -> None:
    server, trusting = certificate(tmp_path, "localhost")
    with serving_mail(server, in_tls=scheme == "smtps") as master:
        master.offers = ("AUTH PLAIN", "STARTTLS") if scheme == "smtp" else ("AUTH PLAIN",)
        url = master.url(user=AS_HUB, scheme=scheme)
        assert Relay(url, SENDER, trusted=trusting).send(LETTER) == ""
        assert Relay(url, SENDER, trusted=ssl.create_default_context()).send(LETTER) == "tls"
    assert len(master.got) == 1
    assert (USER, PASSWORD) == ("hub@ms.example", "p:4 %")


# Without a server


def test_without_a_server_a_letter_becomes_a_file(tmp_path: Path) -> None:
    folder = tmp_path / "var" / "outbox"
    way = Outbox(folder)
    assert [way.send(LETTER), way.send(LETTER)] == ["", ""]
    files = sorted(folder.iterdir())
    assert len(files) == 2
    assert all(one.name.startswith("2026-11-23T090000Z-") for one in files)
    assert {oct(one.stat().st_mode & 0o777) for one in files} == {"0o600"}
    assert folder.stat().st_mode & 0o777 == 0o700
    told = message_from_bytes(files[0].read_bytes(), policy=default)
    assert told["From"] == "msif-hub@localhost"
    assert told["Subject"] == LETTER.subject


def test_a_folder_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    (tmp_path / "outbox").write_text("A file is in its place.")
    assert Outbox(tmp_path / "outbox").send(LETTER) == "outbox"


def test_a_demonstration_writes_to_nobody() -> None:
    settings = Settings(mail_from=SENDER, smtp_url="smtp://mail.example")
    assert isinstance(mail.chosen(settings, is_demo=False), Relay)
    assert isinstance(mail.chosen(settings, is_demo=True), Outbox)
    assert isinstance(mail.chosen(Settings(), is_demo=False), Outbox)
