"""Members at the machine itself."""

import re

import pytest
from sqlalchemy import text
from sqlmodel import select
from time_machine import TimeMachineFixture

from content.database import writing
from content.syndication import member_key, showing
from content.syndication.member_key import MemberKey
from content.syndication.showing import Entry
from tests.content.cli.terminal import Terminal
from tests.world import TEXT, page

ADD = (
    *("member", "add", "ms", "--name", "Example MS", "--country", "CH"),
    *("--contact", "web@ms.example", "--site", "https://ms.example", "--locale", "fr"),
)


def test_a_member_comes_gets_a_key_and_goes(terminal: Terminal) -> None:
    assert terminal.says("member", "list").startswith("There are no members yet")
    assert terminal.says(*ADD, "--locale", "de") == "ms\n"
    assert terminal.says("member", "list") == "ms  CH  fr,de  https://ms.example  0 keys\n"
    assert terminal.says("member", "key", "list", "ms").startswith("None yet;")
    secret = terminal.says(
        *("member", "key", "add", "ms", "cms", "--scope", "read", "--scope", "showing")
    ).strip()
    terminal.says("member", "key", "add", "ms", "app", "--scope", "read", "--days", "9")
    with writing(terminal.world.engine) as session:
        assert member_key.authenticate(session, secret).member == "ms"
        made = session.exec(select(MemberKey)).first()
        assert made is not None
        member_key.note_uses(session, {("ms", "cms"): made.created_at})
    told = terminal.says("member", "key", "list", "ms")
    assert "cms  read,showing  without end" in told
    assert "used 20" in told
    assert "never used" in told
    revoked = terminal.says("member", "key", "revoke", "ms", "cms")
    assert revoked == "The key cms of ms no longer works.\n"
    assert "revoked on 20" in terminal.says("member", "key", "list", "ms")
    assert "contact  web@ms.example\n" in terminal.says("member", "show", "ms")
    assert terminal.says("member", "close", "ms") == "ms is closed.\n"
    assert "closed on 20" in terminal.says("member", "list")
    assert "contact  -\n" in terminal.says("member", "show", "ms")
    assert terminal.refuses(*ADD).startswith("already-there: ")


def test_what_members_show_is_listed(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, time_machine: TimeMachineFixture
) -> None:
    assert terminal.says("showing").startswith("No member has said")
    terminal.world.publish_page()
    terminal.says(*ADD)
    told = [Entry("benefits", "en", f"https://ms.example/{n}", n) for n in (1, 2)]
    with writing(terminal.world.engine) as session:
        showing.report(session, "ms", told)
    first, second = terminal.says("showing", "--section", "benefits", "--locale", "EN").splitlines()
    assert first.startswith("ms  benefits/en/1  current  -  told 20")
    assert second.endswith("https://ms.example/2")
    terminal.world.withdraw("benefits")
    assert "withdrawn  since 20" in terminal.says("showing", "--member", "ms")
    terminal.world.publish_page(page(TEXT.replace("4 of 10", "3 of 10"), summary="Corrected"))
    assert "withdrawn by 1  since 20" in terminal.says("showing")
    monkeypatch.setattr("content.cli.showing.ROWS_MAX", 1)
    assert "There are more; name a section" in terminal.says("showing")
    time_machine.move_to("2027-11-20T09:00:00Z", tick=False)
    assert " (stale)  https://" in terminal.says("showing")


def test_a_recall_is_followed(terminal: Terminal) -> None:
    assert terminal.says("recall", "list") == "There is no recall.\n"
    terminal.world.publish_page()
    terminal.says(*ADD)
    with writing(terminal.world.engine) as session:
        showing.report(session, "ms", [Entry("benefits", "en", "https://ms.example/", 1)])
    terminal.world.withdraw("benefits")
    assert "Reminders of recalls: 1\n" in terminal.says("work", "--once")
    assert "Reminders of" not in terminal.says("work", "--once")
    assert len(list((terminal.folder / "outbox").iterdir())) == 1
    listed = terminal.says("recall", "list", "--open")
    assert "benefits/en/1" in listed
    assert "0 of 1 have acted" in listed
    told = terminal.says("recall", "show", listed.split()[0])
    assert "A number was wrong." in told
    assert "https://ms.example/" in told
    assert re.search("1 sent, the last 2026-11-23 [0-9:]{5} ", told)
    with writing(terminal.world.engine) as session:
        failed = text("UPDATE reminder SET tries = 1, error = 'recipient-550' WHERE step = 1")
        session.connection().execute(failed)
    again = terminal.says("recall", "show", listed.split()[0])
    assert re.search("1 sent, the last 2026-11-23 [0-9:]{5}, then recipient-550", again)
    terminal.says("member", "close", "ms")
    add = [("other" if word == "ms" else word) for word in ADD]
    terminal.says(*add)
    told = " ".join(terminal.says("recall", "show", listed.split()[0]).split())
    assert "other never-reported told nothing no letter sent -" in told
    assert terminal.refuses("recall", "show", "999").startswith("recall-not-found: ")
