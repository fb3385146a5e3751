"""Mail: a letter goes to a server of mail (RFC 5321), or becomes a file where none is set."""

import os
import smtplib
import ssl
from contextlib import suppress
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from secrets import token_hex
from tempfile import NamedTemporaryFile
from typing import Protocol
from urllib.parse import unquote, urlsplit

from content import clock
from content.settings import Settings
from content.syndication.letter import Letter
from content.syndication.member import CONTACT, CONTACT_MAX

#: For a connection, and for each answer on it.
TIMEOUT_SECONDS = 15.0
#: Who writes where nobody is set; it takes no answers.
NOBODY = "msif-hub@localhost"
#: Ports of submission (RFC 6409) and of submission in TLS (RFC 8314).
PORTS = {"smtp": 587, "smtps": 465}
#: This machine: its certificate says nothing, and a password does not leave it.
HERE = frozenset({"localhost", "127.0.0.1", "::1"})
ADDRESS_MALFORMED = "address-malformed"
#: What goes wrong whomever a letter is for: there is no use in sending the next one.
OF_THE_SERVER = frozenset({"connection", "tls", "no-tls", "login", "outbox"})


class Mail(Protocol):
    """A way to send."""

    def send(self, letter: Letter) -> str:
        """What went wrong, in a word and without a name; empty where the letter was taken."""


class Outbox:
    """A folder: each letter becomes a file that is whole or not there, for its owner alone."""

    def __init__(self, folder: Path, sender: str = NOBODY) -> None:
        self._folder = folder
        self._sender = sender or NOBODY

    def send(self, letter: Letter) -> str:
        if not _is_address(letter.to):
            return ADDRESS_MALFORMED
        told = message(letter, self._sender).as_bytes()
        name = f"{clock.stamp(clock.now()).replace(':', '')}-{token_hex(8)}.eml"
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=self._folder, prefix=".new-") as file:
                file.write(told)
                file.flush()
                os.fsync(file.fileno())
                os.link(file.name, self._folder / name)  # refuses to replace, unlike a rename
        except OSError:
            return "outbox"
        return ""


class Relay:
    """A server of mail, by `smtp://user:password@host:port` or smtps.

    With smtp, TLS begins where the server offers it. Its certificate has to be good, and a password
    goes through TLS alone; both but for this machine.
    """

    def __init__(
        self,
        url: str,
        sender: str,
        *,
        trusted: ssl.SSLContext | None = None,
        timeout_seconds: float = TIMEOUT_SECONDS,
    ) -> None:
        parts = urlsplit(url)
        self._in_tls = parts.scheme == "smtps"
        self._host = parts.hostname or ""
        self._port = parts.port or PORTS[parts.scheme]
        self._user = unquote(parts.username or "")
        self._password = unquote(parts.password or "")
        self._sender = sender
        self._tls = trusted or tls_for(self._host)
        self._timeout = timeout_seconds

    def send(self, letter: Letter) -> str:
        if not _is_address(letter.to):
            return ADDRESS_MALFORMED
        try:
            return self._send(message(letter, self._sender))
        except smtplib.SMTPRecipientsRefused as error:
            return f"recipient-{next(iter(error.recipients.values()))[0]}"
        except (smtplib.SMTPAuthenticationError, smtplib.SMTPNotSupportedError):
            return "login"
        except smtplib.SMTPResponseException as error:
            return f"answer-{error.smtp_code}"
        except ssl.SSLError:
            return "tls"
        except OSError:  # refused, cut, too slow: all that smtplib raises is one
            return "connection"

    def _send(self, told: EmailMessage) -> str:
        wire = self._connected()
        try:
            wire.ehlo_or_helo_if_needed()
            safe = self._in_tls or self._host in HERE
            if not self._in_tls and wire.has_extn("starttls"):
                wire.starttls(context=self._tls)
                safe = True
            if self._user:
                if not safe:
                    return "no-tls"
                wire.login(self._user, self._password)
            wire.send_message(told, self._sender, [str(told["To"])])
            # It was taken, whatever becomes of the farewell.
            with suppress(OSError):
                wire.quit()
        finally:
            wire.close()
        return ""

    def _connected(self) -> smtplib.SMTP:
        # Named, so that nobody asks DNS for the name of this machine.
        ours = self._sender.rpartition("@")[2]
        if self._in_tls:
            return smtplib.SMTP_SSL(
                self._host, self._port, ours, timeout=self._timeout, context=self._tls
            )
        return smtplib.SMTP(self._host, self._port, ours, timeout=self._timeout)


def chosen(settings: Settings, *, is_demo: bool) -> Mail:
    """As the settings have it. Nobody gets mail from a demonstration: its members are made up."""
    if settings.smtp_url and not is_demo:
        return Relay(settings.smtp_url, settings.mail_from)
    return Outbox(settings.outbox, settings.mail_from)


def message(letter: Letter, sender: str) -> EmailMessage:
    """A letter as it travels (RFC 5322). The same one has the same Message-ID each time."""
    made = EmailMessage(policy=SMTP)
    made["From"] = sender
    made["To"] = letter.to
    made["Subject"] = letter.subject
    made["Date"] = format_datetime(clock.now())
    made["Message-ID"] = f"<{letter.name}@{sender.rpartition('@')[2]}>"
    # No machine answers a machine (RFC 3834).
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(letter.body, cte="quoted-printable")
    made["Content-Language"] = letter.locale
    return made


def tls_for(host: str) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if host in HERE:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _is_address(text: str) -> bool:
    return len(text) <= CONTACT_MAX and bool(CONTACT.match(text))
