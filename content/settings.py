"""Settings, read from the environment once and passed on. The only reader of the environment."""

import re
from ipaddress import ip_network
from pathlib import Path
from typing import Literal, Self
from urllib.parse import unquote, urlsplit

from pydantic import AliasChoices, Field, ValidationInfo, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

#: Where the bundled catalogues and migrations lie in a checkout and in the image.
ROOT = Path(__file__).resolve().parent.parent
#: How RFC 9116 writes whom to tell: an address of mail, the web or a telephone.
CONTACT = re.compile(r"(mailto:|https://|tel:)[!-~]+\Z")
#: A server of mail; of name and password, `%` and what has a meaning in an address are escaped.
SMTP = re.compile(
    r"smtps?://([A-Za-z0-9._~%+-]+:[A-Za-z0-9._~%+-]+@)?[A-Za-z0-9.-]+(:[1-9][0-9]{0,4})?\Z"
)
#: One address of mail, with nothing in it that could end a header.
ADDRESS = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\Z")
#: A database that several connections can share, so none in memory.
DATABASE = re.compile(r"sqlite:///(?!:memory:)[^?]|postgresql(\+psycopg)?://.")


#: Where nobody can change anything on the way: https, or this machine. Passkeys ask for it too.
ORIGIN = re.compile(r"(https://[a-z0-9.-]+|http://localhost)(:[0-9]{1,5})?\Z")
#: The same with a path. Its letters count: an issuer is compared as it is written.
ISSUER = re.compile(r"(https://[A-Za-z0-9.-]+|http://localhost)(:[0-9]{1,5})?(/[!-~]*)?\Z")


class Settings(BaseSettings):
    """What an operator may set. Every name is documented in docs/settings.md."""

    model_config = SettingsConfigDict(env_prefix="MSIF_", extra="ignore", frozen=True)

    #: Everything the hub writes lies below this folder.
    data_dir: Path = Path("var")
    #: SQLAlchemy address; empty means SQLite in `data_dir`.
    database_url: str = ""
    host: str = "127.0.0.1"
    port: int = Field(
        default=8000, ge=1, le=65535, validation_alias=AliasChoices("MSIF_PORT", "PORT")
    )
    #: Servers in front, whose word is taken for where a request comes from: addresses and networks.
    proxies: str = "127.0.0.1,::1"
    #: Locales people may write in, in the order they are listed; the first is the usual source.
    locales: str = "en,fr,it,de,en-AU,fr-CH,de-CH,it-CH"
    #: Where `msif catalogue pull` writes and `push` reads.
    locales_dir: Path = ROOT / "locales"
    #: TOML; empty means the policy that comes with the program.
    policy_file: Path | None = None
    #: The secret that the log signs with; empty means `keys/log.key` in `data_dir`.
    log_key_file: Path | None = None
    #: The digest of the first trust file, as this machine pins it; empty means `keys/trust.pin` in
    #: `data_dir`.
    trust_pin_file: Path | None = None
    #: The secret that the register is signed with; empty means `keys/registrar.key` in `data_dir`.
    registrar_key_file: Path | None = None
    #: The secret that webhooks are signed with; empty means `keys/webhook.key` in `data_dir`.
    webhook_key_file: Path | None = None
    #: The secret that seals the desk's codes; empty means `keys/desk.key` in `data_dir`.
    desk_key_file: Path | None = None
    #: Where webhooks may lead: to https on the internet, or for development to anywhere.
    webhook_targets: Literal["public", "any"] = "public"
    #: Whether the server sends webhooks itself.
    worker: Literal["on", "off"] = "on"
    #: Where members reach this hub, for links in letters; empty means that they have paths alone.
    public_url: str = ""
    #: From whom reminders come.
    mail_from: str = ""
    #: The server that takes them, with its password; empty means that they become files.
    smtp_url: str = Field(default="", repr=False)
    #: Whether reading needs a member's key.
    read_keys: Literal["open", "required"] = "open"
    #: Whom to tell of a weakness, for /.well-known/security.txt; empty means that it is not there.
    security_contact: str = ""
    #: Where people register passkeys and sign: origins parted by commas, the first that of the
    #: pages. Empty means this machine alone, http://localhost and the port.
    signing_origins: str = ""
    #: The name of DNS that passkeys are made for; empty means the host of the first origin.
    rp_id: str = ""
    #: Another service that says who people are, by OpenID Connect; empty means that none does.
    oidc_issuer: str = ""
    #: What the hub is called there, and its secret.
    oidc_client_id: str = ""
    oidc_client_secret: str = Field(default="", repr=False)
    #: What people call the service.
    oidc_name: str = ""
    #: How the server writes its log: for people, or a JSON object a line.
    log_form: Literal["text", "json"] = "text"
    #: Memory of one process for answers in force, in bytes; 0 means that none are kept.
    published_bytes_max: int = Field(default=256_000_000, ge=0)
    #: Whether answers from memory are sent before the server makes anything of a request.
    lane: Literal["on", "off"] = "on"
    #: A bearer token with which the command line acts as a person.
    token: str = ""

    @field_validator("locales")
    @classmethod
    def _some_locale(cls, value: str) -> str:
        if not [tag for tag in value.split(",") if tag.strip()]:
            raise ValueError("name at least one locale, like en,fr")
        return value

    @field_validator("database_url")
    @classmethod
    def _file_or_server(cls, value: str) -> str:
        if value and not DATABASE.match(value):
            raise ValueError("write sqlite:///FILE or postgresql+psycopg://USER@HOST/NAME")
        return value

    @field_validator("proxies")
    @classmethod
    def _addresses(cls, value: str) -> str:
        try:
            for one in filter(None, value.split(",")):
                ip_network(one)
        except ValueError:
            told = "write addresses and networks, like 10.0.0.0/8,::1, and no blanks"
            raise ValueError(told) from None
        return value

    @field_validator("signing_origins")
    @classmethod
    def _origins(cls, value: str) -> str:
        if not all(ORIGIN.match(one) for one in value.split(",") if one):
            raise ValueError("write https://HOST, several with commas and no blanks")
        return value

    @field_validator("public_url")
    @classmethod
    def _an_origin(cls, value: str) -> str:
        if value and not ORIGIN.match(value):
            raise ValueError("write https://HOST, without a path and a stroke at its end")
        return value

    @field_validator("mail_from")
    @classmethod
    def _an_address(cls, value: str) -> str:
        if value and not ADDRESS.match(value):
            raise ValueError("write one address of mail, like hub@example.org")
        return value

    @field_validator("smtp_url")
    @classmethod
    def _a_server_of_mail(cls, value: str, others: ValidationInfo) -> str:
        if value and not (SMTP.match(value) and unquote(value).isascii()):
            raise ValueError("write smtp://USER:PASSWORD@HOST:PORT or smtps://…, % for what is odd")
        if value and not others.data.get("mail_from"):
            raise ValueError("say from whom mail comes, in MSIF_MAIL_FROM")
        return value

    @field_validator("security_contact")
    @classmethod
    def _reachable(cls, value: str) -> str:
        if value and not CONTACT.match(value):
            raise ValueError("write mailto:ADDRESS, https://PAGE or tel:NUMBER")
        return value

    @field_validator("oidc_issuer")
    @classmethod
    def _an_issuer(cls, value: str) -> str:
        if value and not ISSUER.match(value):
            raise ValueError("write https://HOST, with a path where the issuer has one")
        return value

    @model_validator(mode="after")
    def _all_of_the_service(self) -> Self:
        if self.oidc_issuer and not (
            self.oidc_client_id and self.oidc_client_secret and self.oidc_name
        ):
            raise ValueError("with MSIF_OIDC_ISSUER go _CLIENT_ID, _CLIENT_SECRET and _NAME")
        return self

    @property
    def locale_tags(self) -> tuple[str, ...]:
        return tuple(tag.strip() for tag in self.locales.split(",") if tag.strip())

    @property
    def trusted_proxies(self) -> list[str]:
        return [one for one in self.proxies.split(",") if one]

    @property
    def relying_party(self) -> tuple[str, tuple[str, ...]]:
        """The name of DNS that passkeys are made for, and the origins of the pages."""
        listed = self.signing_origins or f"http://localhost:{self.port}"
        origins = tuple(one for one in listed.split(",") if one)
        return self.rp_id or urlsplit(origins[0]).hostname or "", origins

    @property
    def database(self) -> str:
        """The address of the database, as SQLAlchemy takes it."""
        return self.database_url or f"sqlite:///{self.data_dir / 'content.db'}"

    @property
    def log_key(self) -> Path:
        """The file with the log's key, whether it is there or not."""
        return self.log_key_file or self.data_dir / "keys" / "log.key"

    @property
    def trust_pin(self) -> Path:
        """The file with the digest of the first trust file, whether it is there or not."""
        return self.trust_pin_file or self.data_dir / "keys" / "trust.pin"

    @property
    def register_seen(self) -> Path:
        """The file that notes the highest register which this machine signed."""
        return self.data_dir / "register.seen"

    @property
    def outbox(self) -> Path:
        """The folder for letters where no server of mail is set."""
        return self.data_dir / "outbox"

    @property
    def generation_word(self) -> Path:
        """The file with the word that changes after each commit."""
        return self.data_dir / "generation"

    @property
    def registrar_key(self) -> Path:
        """The file with the registrar's key, whether it is there or not."""
        return self.registrar_key_file or self.data_dir / "keys" / "registrar.key"

    @property
    def desk_key(self) -> Path:
        """The file with the desk's key, which is made when it is needed first."""
        return self.desk_key_file or self.data_dir / "keys" / "desk.key"

    @property
    def webhook_key(self) -> Path:
        """The file with the key for webhooks, whether it is there or not."""
        return self.webhook_key_file or self.data_dir / "keys" / "webhook.key"
