"""The calendar and the policy at the desk."""

import re
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
import time_machine

from api.desk.statements import calendar_picture
from content import clock
from content.publication.calendar import Entry, Kind, Row
from content.review import policy as policies
from content.samples import bundle
from tests.api.desk.browser import Browser, as_demo, asked
from tests.api.hubs import Hub, open_app
from tests.api.promised import Promised
from tests.world import TEXT, page

#: Titles have no markup; signs that would be some are words.
ODD = "If 3 < 4 & 5 > 2"


@pytest.fixture
def hub(busy_hub: Hub) -> Hub:
    as_demo(busy_hub.world)
    return busy_hub


def as_(hub: Hub, who: str, language: str = "en") -> Browser:
    browser = Browser(hub, language)
    browser.signs_in(who)
    return browser


def marks(text: str) -> list[str]:
    """The signs in the picture, without those of its key."""
    picture = re.findall(r'<svg class="months".*?</svg>', text, re.DOTALL)[0]
    return [one.split()[0] for one in re.findall(r'class="sign ([^"]+)"', picture)]


def test_every_month_tells_what_falls_due_in_it(hub: Hub) -> None:
    browser = as_(hub, "editor")
    told = browser.reads("/desk/calendar")
    months = re.findall(r"(November 2026|December 2026|November 2027) ", told)
    assert list(dict.fromkeys(months)) == ["November 2026", "December 2026", "November 2027"]
    assert "Gone A second person has to confirm its withdrawal by 24 November 2026 en" in told
    assert "Statement 2026-0002 Lapses on 23 December 2026 if too few have signed" in told
    assert "Approved Comes into force on 23 December 2026 en" in told
    assert "Treatment To be reviewed again by 20 November 2027 en fr" in told
    assert "are late" not in told
    text = browser.get("/desk/calendar").text
    assert 'href="/desk/sections/treatment/fr?version=1"' in text
    assert 'href="/desk/statements/2026-0002"' in text
    # The picture and the lists say the same.
    listed = text.count('<p class="what">')
    assert len(marks(text)) == listed
    assert sorted(set(marks(text))) == ["confirm", "effective", "lapses", "review"]


def test_what_is_late_and_outdated_stands_on_top(
    hub: Hub, traveller: time_machine.Traveller
) -> None:
    hub.world.write(page(TEXT.replace("2000 mg", "1000 mg"), summary="Less", kind="clinical"))
    hub.world.publish("treatment")
    traveller.shift(timedelta(days=2))
    told = as_(hub, "editor", "en").reads("/desk/calendar")
    late = told[told.index(" Late ") : told.index("December 2026 ")]
    assert "2 things are late" in told
    assert "Outdated since 23 November 2026: the text that it follows has changed fr" in late
    assert "A second person should have confirmed its withdrawal by 24 November 2026" in late
    assert told.index(" Late ") < told.index("December 2026 ")


def test_titles_are_in_the_readers_language_where_there_is_a_text_in_it(hub: Hub) -> None:
    assert "fr – Treatment" in as_(hub, "editor", "fr").reads("/desk/calendar")
    german = as_(hub, "editor", "de").reads("/desk/calendar")
    assert "Treatment Bis zum 20. November 2027 erneut zu überprüfen" in german


def test_whoever_works_in_one_language_reads_of_it_and_of_the_sources(hub: Hub) -> None:
    hub.world.withdraw("treatment", "fr")
    told = as_(hub, "translator-it").reads("/desk/calendar")
    assert "confirm its withdrawal by 24 November 2026 fr" not in told
    assert "Statement 2026" not in told
    assert "To be reviewed again by 20 November 2027 en" in told
    assert "withdrawal by 24 November 2026 fr" in as_(hub, "reviser-fr").reads("/desk/calendar")


def test_who_administers_has_no_calendar(hub: Hub) -> None:
    browser = as_(hub, "administrator")
    assert browser.get("/desk/calendar").status_code == 403
    assert "/desk/calendar" not in browser.get("/desk").text
    assert "/desk/calendar" in as_(hub, "translator-it").get("/desk").text


def test_an_empty_calendar_says_so(empty_hub: Hub) -> None:
    as_demo(empty_hub.world)
    browser = as_(empty_hub, "editor")
    assert "Nothing is late, and nothing falls due" in browser.reads("/desk/calendar")
    assert "The calendar has no such page." in browser.reads("/desk/calendar?page=2")
    for wrong in ("0", "x", "10001"):
        assert browser.get(f"/desk/calendar?page={wrong}").status_code == 422


def test_what_people_write_is_words(hub: Hub) -> None:
    hub.world.publish_page(page(f"# {ODD} {{#odd}}\n\nOdd.\n"))
    text = as_(hub, "editor").get("/desk/calendar").text
    assert ODD not in text
    assert text.count("If 3 &lt; 4 &amp; 5 &gt; 2") >= 2


def test_long_calendars_are_cut_and_ask_no_more(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = as_(hub, "editor")
    browser.get("/desk/calendar")
    with asked(hub.app.state.hub.engine) as few:
        browser.get("/desk/calendar")
    sections = "".join(f"## Part {n} {{#part-{n}}}\n\nWords.\n\n" for n in range(12))
    hub.world.publish_page(page(f"# Many {{#many}}\n\nMany.\n\n{sections}"))
    with asked(hub.app.state.hub.engine) as many:
        browser.get("/desk/calendar")
    # Beside it the server compresses what came into force, which may ask one or two.
    assert len(many) <= len(few) + 2
    monkeypatch.setattr("api.desk.statements.calendar.ROWS", 5)
    first = browser.get("/desk/calendar").text
    assert first.count('class="name"') == 5
    assert 'rel="next" href="?page=2"' in first
    assert browser.get("/desk/calendar?page=2").text.count('class="name"') == 5


def test_every_month_stands_in_its_column_and_long_titles_are_cut() -> None:
    today = clock.today()
    soon, later = today.replace(day=1), clock.months_after(today, 12)
    entries = (
        Entry(Kind.OUTDATED, today, True, "x", (("fr", 1),)),
        Entry(Kind.CONFIRM, today, True, "x", (("fr", 1),)),
        Entry(Kind.EFFECTIVE, soon, False, "x", (("fr", 1),)),
        Entry(Kind.REVIEW, later, False, "x", (("fr", 1),)),
    )
    made = calendar_picture.of([Row("x", entries)], {"x": "A" * 99}, today, "de")
    (band,) = made.bands
    assert band.title == "A" * 29 + "…"
    assert len(made.columns) == 13
    starts = [one.x for one in made.columns]
    late_1, late_2, first, last = (one.x for one in band.marks)
    assert calendar_picture.LABEL < late_1 < late_2 < starts[0] < first < starts[1]
    assert starts[12] < last < made.width
    assert [one.is_late for one in band.marks] == [True, True, False, False]


# The policy


def test_the_policy_is_told_in_plain_words(hub: Hub) -> None:
    told = as_(hub, "lay").reads("/desk/policy")
    assert "physicians who approve it 1" in told
    assert "board members who sign it 2" in told
    assert "days that a statement waits, at most; then it lapses 30" in told
    assert "on pages about treatments (stem-cell-therapy) 12" in told
    assert "hours within which a second person confirms 24" in told
    assert "This is the policy of the demonstration." in told
    assert sha256(bundle.POLICY_FILE.read_bytes()).hexdigest() in told


def test_where_it_is_no_demonstration_it_is_the_hubs(new_hub: Hub) -> None:
    browser = Browser(new_hub)
    browser.send_form("/desk/sign-in", token=new_hub.world.token("lay"))
    told = browser.reads("/desk/policy")
    assert "board members who sign it 3" in told
    assert "demonstration" not in told
    assert "It comes with the hub." in told
    assert sha256(policies.DEFAULT_FILE.read_bytes()).hexdigest() in told


def test_a_policy_of_ones_own_says_so(hub: Hub, tmp_path: Path) -> None:
    file = tmp_path / "ours.toml"
    told = policies.DEFAULT_FILE.read_text("utf-8").replace('["stem-cell-therapy"]', "[]")
    file.write_text(told.replace("quorum = 3", "quorum = 7"), "utf-8")
    app = open_app(hub.world.engine, policy_file=file)
    with Promised(app, raise_server_exceptions=False, follow_redirects=False) as client:
        browser = as_(Hub(hub.world, app, client), "editor")
        told = browser.reads("/desk/policy")
    assert "Whoever runs this hub chose it." in told
    assert "board members who sign it 7" in told
    assert "on pages about treatments" not in told
    assert str(file) not in told


def test_every_page_leads_to_it_for_who_is_signed_in(hub: Hub) -> None:
    assert 'href="/desk/policy"' in as_(hub, "lay").get("/desk").text
    assert 'href="/desk/policy"' not in Browser(hub).get("/desk/sign-in").text
