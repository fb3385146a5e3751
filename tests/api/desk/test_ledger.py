"""The ledger at the desk: in words, filtered, verified, taken away; for who may read it alone."""

import csv
import json
import re
from datetime import timedelta
from io import StringIO

import pytest
import time_machine

from api.desk.home import doings
from api.desk.ledger import events, ledger, lines
from api.desk.ledger.ledger import COLUMNS, FILE_STEP, SHOWN
from api.desk.people import permissions
from content import ledger as rows_of
from content.database import reading, writing
from content.errors import HubIsBusy
from content.ledger import LedgerRow
from content.people import person
from content.people.role import ALLOWED, Permission, Role
from tests.api.desk.browser import Browser, as_demo, asked
from tests.api.hubs import Hub
from tests.docs import promised
from tests.ledgers import write
from tests.tampering import tamper

SCRIPT = "<script>alert('x')</script>"
READERS = ["editor", "board-1", "duty-1", "administrator"]
OTHERS = ["lay", "author", "medical-1", "translator-fr", "reviser-fr", "language-1-fr"]


@pytest.fixture
def hub(busy_hub: Hub) -> Hub:
    as_demo(busy_hub.world)
    return busy_hub


def browser_of(hub: Hub, who: str = "editor", language: str = "en") -> Browser:
    browser = Browser(hub, language)
    browser.signs_in(who)
    return browser


def append(hub: Hub, event: str, subject: str, actor: str = "hub", **detail: object) -> None:
    with writing(hub.world.engine) as session:
        rows_of.append(session, actor=actor, event=event, subject=subject, detail=detail)


def numbers(page: str) -> list[int]:
    return [int(one) for one in re.findall(r"<summary>Row (\d+)</summary>", page)]


def test_what_happened_is_told_in_words_the_newest_first(hub: Hub) -> None:
    browser = browser_of(hub)
    told = browser.reads("/desk/ledger")
    assert "23 November 2026" in told
    assert "09:00 Editor signed in at the desk" in told
    assert "Translator-It sent a translation" in told
    assert "Editor put fr – Benefits (fr, version 1) to signature" in told
    found = numbers(browser.get("/desk/ledger").text)
    assert found == list(range(found[0], found[0] - SHOWN, -1))


def test_older_rows_are_a_link_away_and_none_is_left_out(hub: Hub) -> None:
    browser = browser_of(hub)
    address, seen = "/desk/ledger", []
    while address:
        page = browser.get(address).text
        seen += numbers(page)
        found = re.search(r'<a href="([^"]+)" rel="next">', page)
        address = found[1].replace("&amp;", "&") if found else ""
    assert seen == list(range(seen[0], 0, -1))
    assert "To the newest" in page
    assert "Whoever runs the hub entered Author" in browser.reads("/desk/ledger?before=9")


def test_every_event_has_a_sentence_and_a_family() -> None:
    assert set(events.SENTENCES) == promised.ledger_events()
    families = {events.family(one) for one in events.SENTENCES}
    assert set(events.FAMILIES) == families
    assert families >= events.OF_TEXTS | events.OF_PEOPLE | events.OF_MEMBERS
    assert {one for one, _, _ in events.CLOSER} | set(events.TO_ANOTHER) <= set(events.SENTENCES)
    assert set(doings.WORDS) <= set(events.SENTENCES)
    gaps = {"who", "whom", "text", "role", "member", "number", "locale"}
    for sentence in (*events.SENTENCES.values(), *events.CLOSER.values()):
        assert set(re.findall(r"%\((\w+)\)s", sentence)) <= gaps


def test_every_role_and_permission_is_told_in_words() -> None:
    assert set(permissions.MAY) == set(Permission)
    assert set(permissions.WHO) == set(Role)
    for role, _, _, may in permissions.table():
        assert len(may) == len(ALLOWED[role])


@pytest.mark.parametrize("language", ["en", "fr", "it", "de"])
def test_every_sentence_can_be_told(empty_hub: Hub, language: str) -> None:
    as_demo(empty_hub.world)
    for event in events.SENTENCES:
        subject = {"person": "lay", "statement": "statement/2026-1"}.get(events.family(event))
        more = {"role": "translator:fr", "version": 2, "member": "ms-x"}
        append(empty_hub, event, subject or "x/fr/3", "board-1", **more)
    browser = browser_of(empty_hub, "board-2", language)
    for family in events.FAMILIES:
        page = browser.get(f"/desk/ledger?family={family}&who=board-1").text
        assert "%(" not in page
        assert {one for one in events.of_family(family) if f"event: {one}\n" not in page} == set()
        assert not re.search(r"<p><code>[a-z]+\.[a-z_]+</code>", page)


@pytest.mark.parametrize(
    ("event", "subject", "detail", "words"),
    [
        ("version.reviewed", "risks/en/1", {"verdict": "return"}, "asked for changes of Risks"),
        ("version.reviewed", "risks/en/1", {"verdict": "approve"}, "reviewed and approved Risks"),
        ("statement.signed", "statement/2026-7", {"meaning": "recusal"}, "stood back from"),
        ("person.granted", "editor", {"role": "translator:fr"}, "gave Editor the role: Translator"),
        ("recall.reminded", "recall-7", {"member": "ms-x"}, "wrote to ms-x about recall 7"),
        ("trust.signed", "trust", {"version": 4}, "signed trust file 4"),
        ("glossary.changed", "glossary/fr", {}, "changed a term in the glossary (fr)"),
        ("session.ended", "lay", {}, "Board-1 ended a session of Lay at the desk"),
        ("session.ended", "board-1", {}, "Board-1 ended a session at the desk"),
        ("member.added", "ms-x", {}, "Board-1 entered the member ms-x"),
        ("catalogue.undone", "treatment/fr", {}, "took back a translation: Treatment (fr)"),
    ],
)
def test_an_event_is_told_closely(
    hub: Hub, event: str, subject: str, detail: dict[str, object], words: str
) -> None:
    append(hub, event, subject, "board-1", **detail)
    assert words in browser_of(hub).reads(f"/desk/ledger?family={events.family(event)}")


def test_a_reason_is_told_with_it(hub: Hub) -> None:
    append(hub, "version.abandoned", "risks/en/1", "author", reason="It is <b>too</b> old.")
    page = browser_of(hub).get("/desk/ledger").text
    assert "<blockquote><bdi>It is &lt;b&gt;too&lt;/b&gt; old.</bdi></blockquote>" in page


def test_rows_are_found_by_kind_person_text_and_day(hub: Hub) -> None:
    browser = browser_of(hub)

    def found(query: str) -> list[str]:
        page = browser.get(f"/desk/ledger?{query}")
        assert page.status_code == 200, query
        return re.findall(r"^event: (.+)$", page.text, re.M)

    assert set(found("family=statement")) <= events.of_family("statement")
    assert found("family=statement")
    assert set(found("who=duty-1")) == {"version.withdrawn"}
    assert set(found("who=Duty-1&family=version")) == {"version.withdrawn"}
    assert found("who=nobody") == []
    assert found("who=operator")
    assert "version.withdrawn" in found("text=gone")
    assert "version.withdrawn" in found("text=gone%2Fen%2F1")
    assert found("text=gone&locale=fr") == []
    assert set(found("locale=it")) <= {"version.begun", "version.saved", "catalogue.uploaded"}
    assert found("locale=it")
    assert found("since=2026-11-23&until=2026-11-23")
    assert found("since=2026-11-24") == []
    assert found("until=2026-11-22") == []


def test_the_story_of_a_section_is_named_and_filled_in(hub: Hub) -> None:
    browser = browser_of(hub)
    page = browser.get("/desk/ledger?text=risks&locale=fr&family=version&since=2026-01-01").text
    assert "The story of “Risks”" in page
    for value in ('value="risks"', "<option selected>fr", 'value="version" selected', "2026-01-01"):
        assert value in page
    assert "<details open>" in page
    assert 'href="/desk/ledger?text=risks&amp;locale=fr"' in page
    assert "/desk/ledger/file?family=version&amp;text=risks&amp;locale=fr" in page


@pytest.mark.parametrize(
    "query",
    [
        *("since=yesterday", "until=2026-13-40", "family=x", "locale=fr/1"),
        *("text=risks&locale=fr/x", "text=risks&locale=fr/99999999999999999999"),
    ],
)
def test_what_cannot_be_looked_for_is_told_and_kept(hub: Hub, query: str) -> None:
    answer = browser_of(hub).get(f"/desk/ledger?{query}&text=risks")
    assert answer.status_code == 422
    assert "A day is written like 2026-11-27." in answer.text
    assert 'value="risks"' in answer.text


@pytest.mark.parametrize("query", ["before=0", "before=x", "text=" + "x" * 201, f"before={2**31}"])
def test_what_is_too_much_is_refused(hub: Hub, query: str) -> None:
    assert browser_of(hub).get(f"/desk/ledger?{query}").status_code == 422


def test_nothing_found_says_so(hub: Hub) -> None:
    assert "Nothing of this kind happened." in browser_of(hub).reads("/desk/ledger?who=nobody")


def test_who_may_read_it_does(hub: Hub) -> None:
    for who in READERS:
        browser = browser_of(hub, who)
        assert 'href="/desk/ledger"' in browser.get("/desk").text
        assert browser.get("/desk/ledger").status_code == 200
        assert browser.get("/desk/ledger/file").status_code == 200
        assert "The ledger holds" in browser.send_form("/desk/ledger/verify").text


def test_nobody_else_does(hub: Hub) -> None:
    for who in OTHERS:
        browser = browser_of(hub, who)
        assert 'href="/desk/ledger"' not in browser.get("/desk").text
        for answer in (
            browser.get("/desk/ledger"),
            browser.get("/desk/ledger?text=risks"),
            browser.get("/desk/ledger/file"),
            browser.send_form("/desk/ledger/verify"),
        ):
            assert answer.status_code == 403  # role-missing, as a page
            assert "<main" in answer.text
            assert "Duty-1" not in answer.text


def test_who_may_see_no_drafts_reads_no_titles_of_them(hub: Hub) -> None:
    told = browser_of(hub, "administrator").reads("/desk/ledger?text=risks&locale=fr")
    assert "fr – Risks" not in told
    assert "The story of" not in told
    assert "risks (fr, version 1)" in told
    assert "fr – Risks" in browser_of(hub).reads("/desk/ledger?text=risks&locale=fr")


def test_the_chain_is_walked_and_its_head_told(hub: Hub) -> None:
    browser = browser_of(hub)
    with reading(hub.world.engine) as session:
        (last,) = rows_of.latest_of(session, "editor", 1)
    told = browser.send_form("/desk/ledger/verify").text
    assert f"{last.seq} rows were walked: all hashes agree" in told
    assert last.hash in told
    assert "msif ledger verify" not in told


def test_where_it_breaks_is_told(hub: Hub) -> None:
    browser = browser_of(hub)
    tamper(hub.world.engine, "UPDATE ledger SET actor = 'eve' WHERE seq = 7")
    told = browser.send_form("/desk/ledger/verify").text
    assert "The ledger does not hold" in told
    assert "Row 7: it was changed after it was written." in told
    assert "all hashes agree" not in told
    tamper(hub.world.engine, "DELETE FROM ledger WHERE seq = 5")
    assert "Row 5: it is missing." in browser.send_form("/desk/ledger/verify").text


def test_of_a_long_ledger_the_newest_rows_are_walked(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger, "VERIFIED_MAX", 10)
    browser = browser_of(hub)
    told = browser.send_form("/desk/ledger/verify").text
    assert "10 rows were walked" in told
    assert "only its newest 10 rows were walked" in told
    assert "msif ledger verify" in told


def test_one_walks_at_a_time(hub: Hub) -> None:
    browser = browser_of(hub)
    with ledger._walking:
        answer = browser.send_form("/desk/ledger/verify")
    assert answer.status_code == 503, HubIsBusy
    assert "The hub is busy." in answer.text
    assert browser.send_form("/desk/ledger/verify").status_code == 200


def test_a_row_that_was_spoiled_does_not_take_the_page_with_it(hub: Hub) -> None:
    browser = browser_of(hub)
    with reading(hub.world.engine) as session:
        (last,) = rows_of.latest_of(session, "editor", 1)
    for change in ("detail = 'no JSON'", "subject = '1/2/3/4'", "event = 'x.y'", "detail = '[1]'"):
        tamper(hub.world.engine, f"UPDATE ledger SET {change} WHERE seq = {last.seq}")
        assert browser.get("/desk/ledger").status_code == 200, change
    assert "x.y" in browser.reads("/desk/ledger")
    tamper(hub.world.engine, f"UPDATE ledger SET at = 'noon' WHERE seq = {last.seq}")
    told = browser.reads("/desk/ledger")
    assert "A row here cannot be read" in told
    assert "Verify the ledger" in told


def test_rows_are_taken_away_as_json_lines_whole_and_verifiable(hub: Hub) -> None:
    browser = browser_of(hub)
    answer = browser.get("/desk/ledger/file?form=jsonl")
    assert answer.headers["content-disposition"] == 'attachment; filename="ledger.jsonl"'
    told = [json.loads(line) for line in answer.text.splitlines()]
    with reading(hub.world.engine) as session:
        kept = [session.get_one(LedgerRow, one["seq"]) for one in told]
        assert [one["hash"] for one in told] == [rows_of.row_hash(row) for row in kept]
    assert [one["seq"] for one in told] == list(range(len(told), 0, -1))
    assert "Organisation of" not in answer.text


def test_rows_are_taken_away_as_a_table_filtered(hub: Hub) -> None:
    answer = browser_of(hub).get("/desk/ledger/file?form=csv&text=gone&family=version")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    first, *rest = csv.reader(StringIO(answer.text))
    assert tuple(first) == COLUMNS
    assert {row[4] for row in rest} == {"gone/en/1"}
    assert "version.withdrawn" in {row[3] for row in rest}


def test_a_file_is_read_in_parts_and_ends(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    write(hub.world.engine, FILE_STEP + 500)
    browser = browser_of(hub)
    every = browser.get("/desk/ledger/file?form=jsonl").text.splitlines()
    assert len({json.loads(one)["seq"] for one in every}) == len(every) > FILE_STEP + 500
    monkeypatch.setattr(ledger, "FILE_ROWS_MAX", FILE_STEP)
    assert browser.get("/desk/ledger/file?form=jsonl").text.splitlines() == every[:FILE_STEP]
    assert browser.get("/desk/ledger/file?form=xlsx").status_code == 422
    assert browser.get("/desk/ledger/file?since=x").status_code == 422
    last = browser.get("/desk/ledger/file?form=jsonl&until=9999-12-31").text.splitlines()
    assert last == every[:FILE_STEP]
    assert browser.get("/desk/ledger?until=9999-12-31").status_code == 200


def questions_of(hub: Hub, browser: Browser, address: str) -> int:
    """How many a page asks. The server asks now and then by itself, hence the least of some."""
    counts = []
    for _ in range(3):
        with asked(hub.app.state.hub.engine) as questions:
            browser.get(address)
        counts.append(len(questions))
    return min(counts)


def test_a_page_asks_no_more_of_a_long_ledger(hub: Hub) -> None:
    browser = browser_of(hub)
    for address, most in (
        ("/desk/ledger", 8),
        ("/desk/ledger?text=risks&who=author&locale=en&family=version", 10),
    ):
        before = questions_of(hub, browser, address)
        write(hub.world.engine, 300)
        assert questions_of(hub, browser, address) <= before <= most


def test_names_come_from_people_as_they_are_now(hub: Hub) -> None:
    browser = browser_of(hub)
    address = "/desk/ledger?who=duty-1"
    assert "Duty-1 took Gone (en, version 1) out of force" in browser.reads(address)
    with writing(hub.world.engine) as session:
        person.erase(session, "duty-1", by="operator")
    told = browser.reads("/desk/ledger?who=duty-1")
    assert "an erased person (duty-1) took Gone (en, version 1) out of force" in told
    assert "Duty-1" not in told


def test_what_people_wrote_is_no_script(hub: Hub) -> None:
    with writing(hub.world.engine) as session:
        person.add(session, name=SCRIPT, organisation="x", by="operator", person_id="x")
    append(hub, "version.objected", "risks/en/1", "x", reason=SCRIPT)
    append(hub, "person.granted", "x", "x", role=SCRIPT)
    append(hub, SCRIPT, SCRIPT, SCRIPT)
    append(hub, "webhook.added", "w", "x", member=SCRIPT)
    page = browser_of(hub).get("/desk/ledger").text
    assert "<script" not in page
    assert page.count("&lt;script&gt;") > 4


def test_on_another_day_there_is_another_heading(
    hub: Hub, traveller: time_machine.Traveller
) -> None:
    traveller.shift(timedelta(days=1))
    page = browser_of(hub).get("/desk/ledger").text
    assert re.findall(r"<h2 id[^>]+>([^<]+)<", page) == ["24 November 2026", "23 November 2026"]


def test_lines_of_nothing_are_none(hub: Hub) -> None:
    with reading(hub.world.engine) as session:
        assert lines.lines(session, [], person.actor(session, "editor")) == []
