"""Trust files and the register over HTTP: what a member does, each hour, for years."""

import gzip
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import time_machine
from sqlmodel import Session

from clients import verify
from content import clock
from content.database import writing
from content.publication import audit, register, take_down
from content.publication.register import Register
from content.sign_off import registrar
from tests.api.hubs import contents, open_app, refused
from tests.api.promised import Promised
from tests.keys import REGISTRAR, registrar_file
from tests.reader import TODAY
from tests.tampering import tamper
from tests.world import TEXT, World, page


@contextmanager
def served(world: World, folder: Path, **more: Any) -> Iterator[Promised]:
    settings = {"data_dir": folder, "registrar_key_file": registrar_file(folder)} | more
    with Promised(open_app(world.engine, **settings), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def member(published_world: World, tmp_path: Path) -> Iterator[Promised]:
    """Somebody who follows a hub with English and French in force."""
    with served(published_world, tmp_path) as client:
        yield client


def now() -> str:
    return clock.stamp(clock.now())


def trust(client: Promised) -> Any:
    later: list[Any] = []
    while (answer := client.get(f"/v1/trust/{len(later) + 2}")).status_code == 200:
        later.append(answer.json())
    return verify.trust_file(client.get("/v1/trust/1").content, later, now())


def read(client: Promised, query: str = "", seen: Any = None) -> tuple[Any, Any]:
    """What a member makes of the register: (what it says, what to keep)."""
    answer = client.get(f"/v1/register{query}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/jose")
    return verify.read_register(answer.text, trust(client), now(), seen or {})


def sign_offs(client: Promised, entry: Any) -> list[Any]:
    """Those of a text and of all that it follows."""
    found, digest, source = [], entry["sha256"], entry["sign_off"]
    while source:
        found.append(client.get(f"/v1/sign-offs/{source}").json())
        body = client.get(f"/v1/content/{digest}").json()
        above = body["translation_of"]
        if above is None:
            break
        digest = above["sha256"]
        answer = client.get(f"/v1/register?section={body['section']}&locale={above['locale']}")
        listed = json.loads(verify.b64u(answer.text.split(".")[1]))["entries"]
        source = next((one["sign_off"] for one in listed if one["sha256"] == digest), None)
    return found


def test_a_member_verifies_every_text_with_nothing_but_its_pinned_file(
    published_world: World, tmp_path: Path
) -> None:
    published_world.staff("fr-CH")
    published_world.publish_variant("fr-CH")
    with served(published_world, tmp_path) as client:
        told, _ = read(client)
        assert {one["locale"] for one in told["entries"]} == {"en", "fr", "fr-CH"}
        for entry in told["entries"]:
            body = client.get(f"/v1/content/{entry['sha256']}").content
            listed = sign_offs(client, entry)
            place = entry["section"], entry["locale"]
            text = verify.document(body, *place, told, listed, trust(client))
            assert text["title"] == client.get("/v1/sections/{}/{}".format(*place)).json()["title"]


def test_it_says_what_is_in_force_and_what_no_longer_is(
    published_world: World, tmp_path: Path
) -> None:
    published_world.publish_page(page(TEXT.replace("4 of 10", "5 of 10"), summary="5, not 4"))
    published_world.withdraw("risks")
    with served(published_world, tmp_path) as client:
        told, _ = read(client)
        states = {(one["section"], one["locale"]): one["state"] for one in told["entries"]}
        assert states == {
            ("benefits", "en"): "current",
            ("benefits", "fr"): "outdated",
            ("risks", "en"): "withdrawn",
            ("risks", "fr"): "withdrawn",
            ("treatment", "en"): "current",
            ("treatment", "fr"): "current",
        }
        french = next(
            one for one in told["entries"] if (one["section"], one["locale"]) == ("risks", "fr")
        )
        assert (french["version"], french["notice"]) == (1, None)
        assert french["sign_off"]
        assert french["source"]["sign_off"]
        assert told["log"]["size"] > 0
        assert (told["issued"], told["expires"]) == (TODAY, "2026-11-26T09:00:00Z")


def test_a_notice_is_named_as_long_as_it_is_in_force(
    published_world: World, tmp_path: Path
) -> None:
    world = published_world
    with world.acting("duty-1") as (session, actor):
        told = {"reason": "error", "text": "A number was wrong.", "notice": "risks"}
        take_down.withdraw(session, actor, "benefits", None, world.policy, **told)
    with served(world, tmp_path) as client:
        query = "?section=benefits&locale=fr"
        (withdrawn,) = read(client, query)[0]["entries"]
        assert withdrawn["notice"] == world.version("risks", "fr").document
        world.withdraw("risks")
        (withdrawn,) = read(client, query)[0]["entries"]
        assert withdrawn["notice"] is None


def test_parts_of_it_are_signed_like_the_whole(published_world: World, tmp_path: Path) -> None:
    with served(published_world, tmp_path) as client:
        whole, seen = read(client)
        assert whole["scope"] == "all"
        published_world.publish_page(page(TEXT.replace("4 of 10", "5 of 10"), summary="5, not 4"))
        since, seen = read(client, f"?since={whole['seq']}", seen)
        assert since["scope"] == {"since": whole["seq"]}
        assert [(one["section"], one["locale"]) for one in since["entries"]] == [
            ("benefits", "en"),
            ("benefits", "fr"),
        ]
        only, _ = read(client, "?section=benefits&locale=fr", seen)
        assert only["scope"] == {"only": [["benefits", "fr"]]}
        assert [one["state"] for one in only["entries"]] == ["outdated"]
        nothing, _ = read(client, "?section=nowhere&locale=fr", seen)
        assert nothing["entries"] == []
        for query in ("?section=benefits", "?locale=fr", "?since=1&section=benefits&locale=fr"):
            refused(client.get(f"/v1/register{query}"), 422, "bad-input")
        refused(client.get("/v1/register?section=benefits&locale=%25"), 422, "locale-malformed")


def test_it_is_signed_anew_each_hour_and_the_database_is_left_alone(
    published_world: World, tmp_path: Path, traveller: time_machine.Traveller
) -> None:
    with served(published_world, tmp_path) as client:
        first = client.get("/v1/register")
        before = contents(published_world.engine)
        held = {"If-None-Match": first.headers["etag"]}
        traveller.shift(timedelta(minutes=59))
        assert client.get("/v1/register", headers=held).status_code == 304
        assert client.get("/v1/register").content == first.content
        traveller.shift(timedelta(minutes=2))
        second = client.get("/v1/register", headers=held)
        assert second.status_code == 200
        assert first.headers["etag"] != second.headers["etag"]
        assert contents(published_world.engine) == before
        # Whoever lives on 304s never holds one for much longer than an hour.
        told, seen = read(client)
        assert told["expires"] == "2026-11-26T10:00:00Z"
        assert read(client, seen=seen)[1] == seen


@pytest.mark.parametrize("query", ["", "?since=1", "?section=benefits&locale=en"])
def test_who_holds_one_from_before_a_refusal_gets_the_one_without_the_text(
    published_world: World, tmp_path: Path, query: str
) -> None:
    """A refusal has no number of the feed: hour and number are the same, the bytes are not."""
    with served(published_world, tmp_path) as client:
        before = client.get(f"/v1/register{query}")
        tamper(
            published_world.engine,
            "UPDATE document SET body = CAST(replace(CAST(body AS TEXT), '4 of', '9 of') AS BLOB)"
            " WHERE sha256 = :it",
            it=published_world.version("benefits").document,
        )
        with writing(published_world.engine) as session:
            assert audit.carry_out(session, published_world.policy)
        held = {"If-None-Match": before.headers["etag"]}
        after = client.get(f"/v1/register{query}", headers=held)
        assert after.status_code == 200
        places = [(one["section"], one["locale"]) for one in read(client, query)[0]["entries"]]
        assert ("benefits", "en") not in places
        held = {"If-None-Match": after.headers["etag"]}
        assert client.get(f"/v1/register{query}", headers=held).status_code == 304


def test_two_servers_sign_the_same(published_world: World, tmp_path: Path) -> None:
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
    with served(published_world, folders[0]) as one, served(published_world, folders[1]) as two:
        ours, theirs = one.get("/v1/register"), two.get("/v1/register")
    assert ours.content == theirs.content
    assert ours.headers["etag"] == theirs.headers["etag"]


def test_after_a_restore_nothing_older_is_signed_until_a_new_trust_file(
    published_world: World, tmp_path: Path
) -> None:
    """A backup was put back: members would refuse its registers, so the hub signs none."""
    file = Path(str(published_world.engine.url.database))
    published_world.engine.dispose()
    shutil.copyfile(file, tmp_path / "backup.db")
    with served(published_world, tmp_path) as client:
        published_world.publish_page(page(TEXT.replace("4 of 10", "5 of 10"), summary="5, not 4"))
        _, seen = read(client)
    published_world.engine.dispose()
    for ending in ("-wal", "-shm"):
        Path(f"{file}{ending}").unlink(missing_ok=True)
    shutil.copyfile(tmp_path / "backup.db", file)
    with served(published_world, tmp_path) as client:
        told = refused(client.get("/v1/register"), 503, "register-behind")
        assert told["seen"] > told["seq"]
        memory = (tmp_path / "register.seen").read_bytes()
        (tmp_path / "register.seen").unlink()
        with pytest.raises(verify.Refused):  # a hub without its memory would be found out
            read(client, seen=seen)
        (tmp_path / "register.seen").write_bytes(memory)
        published_world.replace_trust()
        told, seen = read(client, seen={})
        assert (told["trust"], seen["trust"]) == (2, 2)


def test_who_has_no_key_or_another_one_signs_nothing(
    published_world: World, tmp_path: Path
) -> None:
    with served(published_world, tmp_path, registrar_key_file=tmp_path / "none.key") as client:
        refused(client.get("/v1/register"), 503, "registrar-key-unusable")
    registrar.make(tmp_path / "other.key")
    with served(published_world, tmp_path, registrar_key_file=tmp_path / "other.key") as client:
        told = refused(client.get("/v1/register"), 503, "registrar-key-unusable")
        assert "does not name" in told["detail"]


def test_a_second_registrar_signs_beside_the_first(published_world: World, tmp_path: Path) -> None:
    second = registrar.make(tmp_path / "second.key")
    draft = published_world.trust_draft()
    named = registrar.named(REGISTRAR, second)
    published_world.replace_trust(type(draft)(draft.party, named, draft.log, draft.thresholds))
    with (
        served(published_world, tmp_path) as one,
        served(published_world, tmp_path, registrar_key_file=tmp_path / "second.key") as two,
    ):
        ours, theirs = one.get("/v1/register"), two.get("/v1/register")
        assert ours.content != theirs.content
        assert ours.headers["etag"] != theirs.headers["etag"]
        told, seen = read(one)
        assert read(two, seen=seen)[0] == told


def test_a_stolen_registrar_key_signs_nothing_under_the_next_trust_file(
    published_world: World, tmp_path: Path
) -> None:
    second = registrar.make(tmp_path / "second.key")
    with served(published_world, tmp_path) as client:
        _, seen = read(client)
        draft = published_world.trust_draft()
        only = registrar.named(second)
        published_world.replace_trust(type(draft)(draft.party, only, None, draft.thresholds))
        refused(client.get("/v1/register"), 503, "registrar-key-unusable")
    with published_world.reading() as session:
        now_in_force = register.read(session, published_world.policy)
    forged = register.sign(now_in_force, now_in_force.all(), REGISTRAR, register.this_hour())
    with served(published_world, tmp_path, registrar_key_file=tmp_path / "second.key") as client:
        with pytest.raises(verify.Refused, match="register-key"):
            verify.read_register(forged, trust(client), now(), seen)
        assert read(client, seen=seen)[0]["trust"] == 2


def test_trust_files_are_told_from_the_first(member: Promised, published_world: World) -> None:
    first = member.get("/v1/trust")
    assert first.json()["version"] == 1
    assert member.get("/v1/trust/1").content == first.content
    held = {"If-None-Match": member.get("/v1/register").headers["etag"]}
    assert "immutable" in member.get("/v1/trust/1").headers["cache-control"]
    refused(member.get("/v1/trust/2"), 404, "trust-file-not-found")
    published_world.replace_trust()
    assert set(member.get("/v1/trust").json()) == {"statement", "signatures"}
    assert trust(member)["version"] == 2
    # A new trust file is another register, though nothing else happened.
    assert member.get("/v1/register", headers=held).status_code == 200


def test_a_hub_without_a_trust_file_says_so(sqlite_world: World, tmp_path: Path) -> None:
    from sqlalchemy import text

    with sqlite_world.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER trust_file_no_delete"))
        connection.execute(text("DELETE FROM trust_file"))
    with served(sqlite_world, tmp_path) as client:
        refused(client.get("/v1/trust"), 409, "trust-missing")
        refused(client.get("/v1/register"), 409, "trust-missing")
        assert "msif trust init" in client.get("/readyz").json()["checks"]["trust"]


def _large(session: Session, world: World, texts: int) -> Register:
    """A register of so many texts in four languages, each with a digest of its own."""
    real = register.read(session, world.policy)
    entries = {}
    for number in range(texts // 4):
        source = f"{number:064x}"
        for locale in ("en", "fr", "it", "de"):
            digest = sha256(f"{number}{locale}".encode()).hexdigest()
            source = digest if locale == "en" else source
            batch = sha256(f"{number % 6}{locale}".encode()).hexdigest()
            above = sha256(f"{number % 6}en".encode()).hexdigest()
            entries[f"section-about-{number}", locale] = {
                "section": f"section-about-{number}",
                "locale": locale,
                "version": 1,
                "sha256": digest,
                "sign_off": batch,
                "source": None if locale == "en" else {"sha256": source, "sign_off": above},
                "state": "current",
                "notice": None,
            }
    return Register(real.trust, real.seq, real.log, entries, dict.fromkeys(entries, 1))


@pytest.mark.parametrize(("texts", "most"), [(0, 600), (1_200, 80_000)])
def test_it_is_small(published_world: World, texts: int, most: int) -> None:
    """Gzipped, in bytes. A digest is 32 bytes that nothing packs: 1,200 of them are 38,400."""
    with published_world.reading() as session:
        large = _large(session, published_world, texts)
    signed = register.sign(large, large.all(), REGISTRAR, register.this_hour())
    assert len(gzip.compress(signed.encode())) <= most
    told = verify.b64u(signed.split(".")[1])
    assert len(json.loads(told)["entries"]) == texts


def test_one_text_is_some_hundred_bytes(member: Promised) -> None:
    body = member.get("/v1/register?section=benefits&locale=en").content
    assert len(gzip.compress(body)) <= 800
