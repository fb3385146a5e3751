"""Settings: what the environment may say, and what it may not."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from content.settings import ROOT, Settings


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        *("DATA_DIR", "DATABASE_URL", "HOST", "PORT"),
        *("LOCALES", "POLICY_FILE", "LOG_KEY_FILE", "TOKEN"),
    ):
        monkeypatch.delenv(f"MSIF_{name}", raising=False)
    monkeypatch.delenv("PORT", raising=False)


def test_nothing_has_to_be_set() -> None:
    settings = Settings()

    assert settings.database == "sqlite:///var/content.db"
    assert settings.locale_tags == ("en", "fr", "it", "de", "en-AU", "fr-CH", "de-CH", "it-CH")
    assert settings.log_key == Path("var/keys/log.key")
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert (settings.locales_dir / "stem-cell-therapy.pot").exists()
    assert (ROOT / "migrations" / "env.py").exists()


def test_the_environment_sets_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MSIF_DATA_DIR", "/srv/msif")
    monkeypatch.setenv("MSIF_LOCALES", " en , fr-CH ,")
    monkeypatch.setenv("MSIF_POLICY_FILE", "/etc/msif/policy.toml")
    monkeypatch.setenv("MSIF_SECURITY_CONTACT", "https://example.org/security")

    settings = Settings()

    assert settings.database == "sqlite:////srv/msif/content.db"
    assert settings.locale_tags == ("en", "fr-CH")
    assert settings.policy_file == Path("/etc/msif/policy.toml")
    assert settings.security_contact == "https://example.org/security"


def test_the_logs_key_lies_in_the_data_folder_or_where_it_is_said_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MSIF_DATA_DIR", "/srv/msif")
    assert Settings().log_key == Path("/srv/msif/keys/log.key")

    monkeypatch.setenv("MSIF_LOG_KEY_FILE", "/run/secrets/log")
    assert Settings().log_key == Path("/run/secrets/log")


def test_a_platform_may_name_the_port_in_its_own_way_but_ours_wins(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PORT", "9000")
    assert Settings().port == 9000

    monkeypatch.setenv("MSIF_PORT", "9001")
    assert Settings().port == 9001


def test_a_named_database_is_taken_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MSIF_DATABASE_URL", "postgresql+psycopg://msif@db/hub")

    assert Settings().database == "postgresql+psycopg://msif@db/hub"


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("MSIF_PORT", "0", "greater than or equal to 1"),
        ("MSIF_PORT", "65536", "less than or equal to 65535"),
        ("MSIF_PORT", "http", "valid integer"),
        ("MSIF_LOCALES", " , ", "name at least one locale, like en,fr"),
        ("MSIF_DATABASE_URL", "postgres://db/hub", "postgresql\\+psycopg://USER@HOST/NAME"),
        ("MSIF_DATABASE_URL", "mysql://db/hub", "write sqlite:///FILE"),
        ("MSIF_DATABASE_URL", "sqlite://", "write sqlite:///FILE"),
        ("MSIF_DATABASE_URL", "sqlite:///:memory:", "write sqlite:///FILE"),
        ("MSIF_PROXIES", "proxy.example", "write addresses and networks"),
        ("MSIF_PROXIES", "10.0.0.1/8", "write addresses and networks"),
        ("MSIF_PROXIES", "10.0.0.1, 10.0.0.2", "write addresses and networks"),
        ("MSIF_PROXIES", "*", "write addresses and networks"),
        ("MSIF_SIGNING_ORIGINS", "http://signoff.example.org", "write https://HOST"),
        ("MSIF_SIGNING_ORIGINS", "https://a.example, https://b.example", "no blanks"),
        ("MSIF_PUBLIC_URL", "https://hub.example.org/", "write https://HOST"),
        ("MSIF_PUBLIC_URL", "hub.example.org", "write https://HOST"),
        ("MSIF_MAIL_FROM", "Hub <hub@example.org>", "write one address of mail"),
        ("MSIF_MAIL_FROM", "hub@example.org\nBcc: all@example.org", "write one address of mail"),
        ("MSIF_SMTP_URL", "smtp://mail.example", "in MSIF_MAIL_FROM"),
        ("MSIF_SMTP_URL", "https://mail.example", "write smtp://USER"),
        ("MSIF_SMTP_URL", "smtp://hub:p@ss@mail.example", "write smtp://USER"),
        ("MSIF_SMTP_URL", "smtp://hub:%C3%A9@mail.example", "write smtp://USER"),
        ("MSIF_SECURITY_CONTACT", "security@example.org", "write mailto:ADDRESS"),
        ("MSIF_SECURITY_CONTACT", "mailto:a@b\nExpires: 2099", "write mailto:ADDRESS"),
    ],
)
def test_what_cannot_work_is_refused_at_the_start(
    name: str, value: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(ValidationError, match=words):
        Settings()


def test_settings_do_not_change_while_the_hub_runs() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Settings().host = "0.0.0.0"  # type: ignore[misc]


def test_passkeys_are_for_the_host_of_the_first_origin_or_a_name_above_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert Settings(port=8001).relying_party == ("localhost", ("http://localhost:8001",))
    monkeypatch.setenv("MSIF_SIGNING_ORIGINS", "https://a.example.org,https://b.example.org:444")
    origins = ("https://a.example.org", "https://b.example.org:444")
    assert Settings().relying_party == ("a.example.org", origins)
    monkeypatch.setenv("MSIF_RP_ID", "example.org")
    assert Settings().relying_party == ("example.org", origins)


def test_proxies_are_listed_or_none_is_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Settings().trusted_proxies == ["127.0.0.1", "::1"]
    monkeypatch.setenv("MSIF_PROXIES", "10.0.0.0/8,::1")
    assert Settings().trusted_proxies == ["10.0.0.0/8", "::1"]
    monkeypatch.setenv("MSIF_PROXIES", "")
    assert Settings().trusted_proxies == []


def test_another_service_is_set_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MSIF_OIDC_ISSUER", "https://id.example/tenant")
    with pytest.raises(ValidationError, match="_CLIENT_SECRET and _NAME"):
        Settings()
    for name in ("CLIENT_ID", "CLIENT_SECRET", "NAME"):
        monkeypatch.setenv(f"MSIF_OIDC_{name}", "hush")
    assert "client_secret" not in repr(Settings())


@pytest.mark.parametrize("issuer", ["id.example", "http://id.example", "https://id.example/a b"])
def test_a_service_is_reached_in_no_clear_text(
    monkeypatch: pytest.MonkeyPatch, issuer: str
) -> None:
    monkeypatch.setenv("MSIF_OIDC_ISSUER", issuer)
    with pytest.raises(ValidationError, match="write https://HOST"):
        Settings()


def test_the_key_of_the_desk_lies_with_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Settings().desk_key == Path("var/keys/desk.key")
    monkeypatch.setenv("MSIF_DESK_KEY_FILE", "/etc/msif/desk.key")
    assert Settings().desk_key == Path("/etc/msif/desk.key")
