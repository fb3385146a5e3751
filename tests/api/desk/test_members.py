"""Members at the desk: who shows what, their particulars, and the end of one."""

import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine

from api.desk.members.member_words import country
from api.desk.members.picture import PART_MIN, bar
from api.desk.tongues import called
from content.database import writing
from content.syndication import member, member_key
from content.syndication.standing import State
from tests.api.desk.browser import Browser, as_demo
from tests.api.desk.membership import enter, hook, key, shows, with_members
from tests.api.hubs import Hub
from tests.world import TEXT, page

TOLD = {
    "id": "fm",
    "name": "Fondation exemple",
    "country": "fr",
    "contact": "web@fm.example",
    "site": "https://fm.example",
    "locales": "fr, en",
}
#: Who has nothing to do with members.
OTHERS = ("author", "medical-1", "lay", "translator-fr", "reviser-it", "language-1-de")
SCRIPT = "<script>alert('x')</script>"
SHOWN = "&lt;script&gt;alert(&#39;x&#39;)"


@pytest.fixture
def hub(busy_hub: Hub) -> Hub:
    """A demonstration with members, on SQLite."""
    as_demo(busy_hub.world)
    with_members(busy_hub.world)
    return busy_hub


@pytest.fixture
def browser(hub: Hub) -> Browser:
    """An editor's."""
    return signed_in(hub, "editor")


def signed_in(hub: Hub, who: str, language: str = "en") -> Browser:
    made = Browser(hub, language)
    made.signs_in(who)
    return made


def mark_in(page: str) -> str:
    found = re.search(r'name="mark" value="([^"]*)"', page)
    assert found, page
    return unescape(found[1])


def test_who_still_shows_a_withdrawn_text_stands_first(hub: Hub, browser: Browser) -> None:
    with writing(hub.world.engine) as session:
        for one, name in (("ms", "Erste"), ("sm", "Seconda"), ("mute", "Third")):
            row = member.find(session, one)
            row.name = name
    told = browser.reads("/desk/members")
    figures = told[told.index("In figures") :]
    assert figures.index("Erste") < figures.index("Third") < figures.index("Seconda")
    assert "3 members pull from this hub." in told
    assert "One still shows a withdrawn text" in told
    assert "One has said nothing for 30 days" in told
    assert "Switzerland · French" in told
    ms = figures[figures.index("Erste") : figures.index("Third")]
    assert "1 0 0 1 1 23 November 2026 never" in ms


def test_what_a_picture_shows_stands_in_the_table_too(browser: Browser) -> None:
    page = browser.get("/desk/members").text
    bars = re.findall(r'<svg class="bar"(.*?)</svg>', page)
    assert len(bars) == 3
    assert re.findall(r"fill-(\w+)", bars[0]) == ["withdrawn", "unknown", "current"]
    assert 'class="none"' in bars[1]
    assert page.count('class="number withdrawn"') == 1
    for state in ("withdrawn", "behind", "outdated", "unknown", "current"):
        assert f'<pattern id="fill-{state}"' in page


def test_one_of_a_thousand_is_still_seen() -> None:
    counts = dict.fromkeys(State, 0) | {State.WITHDRAWN: 1, State.CURRENT: 999}
    first, last = bar(counts)
    assert (first.state, first.x) == (State.WITHDRAWN, 0)
    assert first.width > PART_MIN - 0.5
    assert first.width + last.width == pytest.approx(100)
    assert bar(dict.fromkeys(State, 0)) == []


def test_many_members_are_cut_into_pages(hub: Hub, browser: Browser) -> None:
    enter(hub.world.engine, *(f"many-{number:02d}" for number in range(60)))
    first = browser.get("/desk/members").text
    assert first.count('<th scope="row">') == 50
    assert '<a href="/desk/members?page=2" rel="next">' in first
    second = browser.get("/desk/members?page=2").text
    assert second.count('<th scope="row">') == 13
    assert "51 to 63 of 63" in browser.reads("/desk/members?page=2")
    assert browser.get("/desk/members?page=9999").text.count('<th scope="row">') == 13
    assert browser.get("/desk/members?page=0").status_code == 422


def test_a_desk_without_members_says_what_they_are(busy_hub: Hub) -> None:
    as_demo(busy_hub.world)
    browser = signed_in(busy_hub, "editor")
    assert "There are no members yet. A member is a society" in browser.reads("/desk/members")


def test_a_member_is_entered_and_the_next_thing_is_a_key(hub: Hub, browser: Browser) -> None:
    answer = browser.send_form("/desk/members/new", **TOLD)
    assert answer.headers["location"] == "/desk/members/fm?done=member-added"
    told = browser.reads(answer.headers["location"])
    assert "The member is entered. Make a key for its site next." in told
    assert "It has no key that works." in told
    assert "Its site has never said what it shows." in told
    found = hub.read("/v1/members/fm", by="administrator")
    assert (found["country"], found["locales"]) == ("FR", ["fr", "en"])


@pytest.mark.parametrize(
    ("wrong", "status", "said"),
    [
        ({"id": "me"}, 422, "The short name has lowercase letters"),
        ({"id": "ms"}, 409, "There is a member with this short name already."),
        ({"name": " "}, 422, "The name has 1 to 200 characters"),
        ({"country": "XXX"}, 422, "The country is two capital letters"),
        ({"contact": "a@b.example, c@d.example"}, 422, "The contact is one e-mail address"),
        ({"site": "javascript:alert(1)"}, 422, "The site is an address like"),
        ({"locales": ""}, 422, "Name up to 50 languages"),
        ({"locales": "fr, <b>"}, 422, "A language is written like fr or de-CH"),
        ({"name": SCRIPT, "country": "??"}, 422, SHOWN),
    ],
)
def test_what_is_refused_is_said_and_nothing_typed_is_lost(
    browser: Browser, wrong: dict[str, str], status: int, said: str
) -> None:
    typed = TOLD | wrong
    answer = browser.send_form("/desk/members/new", **typed)
    assert answer.status_code == status
    assert 'role="alert"' in answer.text
    assert said in answer.text
    assert "<script" not in answer.text
    for name, value in typed.items():
        escaped = value.replace("<", "&lt;").replace(">", "&gt;").replace("'", "&#39;")
        assert f'value="{escaped}"' in answer.text, name
    assert answer.text.count('aria-invalid="true"') == 1


def test_a_form_with_too_much_or_something_else_is_refused(browser: Browser) -> None:
    for more in ({"name": "x" * 201}, {"contact": "x" * 255}, {"closed_at": "2026"}, {"id": "\0"}):
        answer = browser.send_form("/desk/members/new", **(TOLD | more))
        assert answer.status_code == 422, more


def test_particulars_change_where_nobody_changed_them_meanwhile(hub: Hub, browser: Browser) -> None:
    path = "/desk/members/ms/particulars"
    mark = mark_in(browser.get(path).text)
    mine = {name: value for name, value in TOLD.items() if name != "id"}
    other = mine | {"name": "Changed by another", "country": "BE"}
    answer = signed_in(hub, "administrator").send_form(path, mark=mark, **other)
    assert answer.headers["location"] == f"{path}?done=member-changed"
    assert "What is said of the member is changed." in browser.reads(answer.headers["location"])

    late = browser.send_form(path, mark=mark, **mine)
    assert late.status_code == 412
    assert "Meanwhile somebody else changed this, so nothing was done." in late.text
    assert 'value="Fondation exemple"' in late.text
    assert "It stands now as: Changed by another" in late.text
    assert "It stands now as: BE" in late.text
    assert late.text.count("It stands now as") == 2
    assert hub.read("/v1/members/ms", by="editor")["name"] == "Changed by another"

    again = browser.send_form(path, mark=mark_in(late.text), **mine)
    assert again.status_code == 303
    assert hub.read("/v1/members/ms", by="editor")["name"] == "Fondation exemple"
    assert browser.send_form(path, mark="", **mine).status_code == 412


def test_programs_and_pages_have_the_same_mark(hub: Hub, browser: Browser) -> None:
    etag = hub.get("/v1/members/ms", by="editor").headers["etag"]
    page = browser.get("/desk/members/ms/particulars").text
    assert mark_in(page) == etag


def test_a_member_is_closed_after_it_was_asked_once_more(hub: Hub, browser: Browser) -> None:
    asked = browser.reads("/desk/members/ms/closure")
    assert "Its key ends at once" in asked
    assert "One recall still waits for it." in asked
    assert hub.read("/v1/members/ms", by="editor")["closed_at"] is None
    answer = browser.send_form("/desk/members/ms/closure")
    assert answer.headers["location"] == "/desk/members/ms?done=member-closed"
    assert "Closed on 23 November 2026." in browser.reads("/desk/members/ms")
    found = hub.read("/v1/members/ms", by="editor")
    assert (found["closed_at"], found["contact"]) == ("2026-11-23T09:00:00Z", None)
    page = browser.get("/desk/members/ms/particulars")
    assert "Forgotten, as the member is closed." in page.text
    assert '<form method="post" action="/desk/members/' not in page.text
    late = browser.send_form("/desk/members/ms/particulars", mark="x", **TOLD)
    assert late.status_code == 412
    assert "Close this member?" not in browser.reads("/desk/members/ms/closure")
    assert "2 members pull from this hub." in browser.reads("/desk/members")


def test_what_a_site_shows_is_told_version_by_version(hub: Hub, browser: Browser) -> None:
    hub.world.publish_page(page(TEXT.replace("4 of 10", "5 of 10"), summary="Newer"))
    told = browser.reads("/desk/members/ms")
    assert "All: 3" in told
    assert "Benefits (en, version 1) Behind by one version; the newest is 2" in told
    assert "Gone (en, version 1) Withdrawn Has to be taken down." in told
    assert "nothing (en, version 4) Never in force Such a version was never in force." in told
    assert told.index("Gone (en") < told.index("Benefits (en") < told.index("nothing (en")
    behind = browser.reads("/desk/members/ms?state=behind")
    assert "Benefits (en" in behind
    assert "Gone (en" not in behind
    assert "None of its texts stands so." in browser.reads("/desk/members/ms?state=outdated")
    assert browser.get("/desk/members/ms?state=all").status_code == 422
    assert "One recall waits for this member." in told


def test_a_long_list_of_texts_is_cut_and_the_filter_goes_along(hub: Hub, browser: Browser) -> None:
    shows(hub.world.engine, "mute", *((f"never-{number}", "en", 1) for number in range(120)))
    page = browser.get("/desk/members/mute?state=unknown").text
    assert page.count('<th scope="row">') == 50
    assert 'href="/desk/members/mute?state=unknown&amp;page=2"' in page
    last = browser.get("/desk/members/mute?state=unknown&page=3").text
    assert last.count('<th scope="row">') == 20


def test_a_site_that_shows_nothing_says_so(hub: Hub, browser: Browser) -> None:
    shows(hub.world.engine, "mute")
    assert "Its site says that it shows none of our texts." in browser.reads("/desk/members/mute")
    assert "shows nothing" in browser.reads("/desk/members")


def test_what_was_said_long_ago_is_marked(
    hub: Hub, browser: Browser, traveller: time_machine.Traveller
) -> None:
    traveller.shift(timedelta(days=31))
    browser = signed_in(hub, "editor")
    assert "23 November 2026 long ago" in browser.reads("/desk/members")
    assert "long ago" in browser.reads("/desk/members/sm")


def test_a_board_member_sees_what_is_shown_and_no_more(hub: Hub) -> None:
    board = signed_in(hub, "board-1")
    listed = board.get("/desk/members").text
    assert "/desk/members/new" not in listed
    assert "Withdrawn" in listed
    one = board.get("/desk/members/ms").text
    assert "/keys" not in one
    assert "/webhooks" not in one
    assert "web@ms.example" not in one
    for path in ("new", "ms/particulars", "ms/closure", "ms/keys", "ms/webhooks", "no/keys"):
        assert board.get(f"/desk/members/{path}").status_code == 403, path  # role-missing
    for path in ("new", "ms/particulars", "ms/closure", "ms/keys", "ms/webhooks"):
        assert board.send_form(f"/desk/members/{path}").status_code == 403, path
    assert hub.read("/v1/members/ms", by="editor")["closed_at"] is None


def test_an_administrator_manages_members_and_sees_nothing_of_their_texts(hub: Hub) -> None:
    browser = signed_in(hub, "administrator")
    told = browser.reads("/desk/members")
    assert "Withdrawn" not in told
    assert "Last pulled" in told
    assert "Enter a member" in told
    one = browser.reads("/desk/members/ms")
    assert "What its site shows" not in one
    assert "Said what it shows" not in one
    assert "recall" not in one.lower()
    assert browser.get("/desk/recalls").status_code == 403


def test_where_a_member_stands_in_the_list_tells_an_administrator_nothing(hub: Hub) -> None:
    enter(hub.world.engine, "aa")
    for who, first, then in (("editor", "ms", "aa"), ("administrator", "aa", "ms")):
        told = signed_in(hub, who).get("/desk/members").text
        assert told.index(f'"/desk/members/{first}"') < told.index(f'"/desk/members/{then}"'), who


@pytest.mark.parametrize("who", OTHERS)
def test_who_has_nothing_to_do_with_members_learns_nothing_of_them(hub: Hub, who: str) -> None:
    browser = signed_in(hub, who)
    assert "/desk/members" not in browser.get("/desk").text
    there, nowhere = (browser.get(f"/desk/members/{one}") for one in ("ms", "nobody"))
    assert (there.status_code, nowhere.status_code) == (403, 403)
    assert there.text.replace("members/ms", "members/nobody") == nowhere.text
    assert browser.get("/desk/members").status_code == 403
    assert browser.get("/desk/recalls").status_code == 403


def test_who_is_not_there_is_not_found(browser: Browser) -> None:
    for path in ("", "/particulars", "/closure", "/keys", "/webhooks"):
        assert browser.get(f"/desk/members/nobody{path}").status_code == 404  # member-not-found
    assert browser.send_form("/desk/members/nobody/particulars", **TOLD).status_code == 404
    assert browser.get("/desk/members/No%00").status_code == 400
    assert browser.get("/desk/members/Nobody").status_code == 422


def test_what_others_wrote_stands_as_text(hub: Hub, browser: Browser) -> None:
    with writing(hub.world.engine) as session:
        row = member.find(session, "ms")
        row.name = SCRIPT
    for path in ("", "/ms", "/ms/particulars", "/ms/closure", "/ms/keys", "/ms/webhooks"):
        page = browser.get(f"/desk/members{path}").text
        assert "<script" not in page
        assert SHOWN in page


def test_the_pages_speak_german(hub: Hub) -> None:
    told = signed_in(hub, "editor", "de").reads("/desk/members")
    assert "Schweiz · Französisch" in told


def test_a_language_without_a_name_goes_by_its_tag() -> None:
    assert called("fr", "de") == "Französisch"
    assert called("qaa-Latn", "de") == "qaa-Latn"
    assert country("de", "ZZZ") == "ZZZ"


def test_keys_and_webhooks_in_trouble_are_seen_in_the_list(hub: Hub, browser: Browser) -> None:
    key(hub.world.engine, "sm")
    with writing(hub.world.engine) as session:
        member_key.revoke(session, "ms", "cms", by="operator")
    hook(hub.world.engine, "sm", "aa")
    browser.send_form("/desk/members/sm/webhooks/aa/off")
    told = browser.reads("/desk/members")
    assert told.count("No key that works") == 2
    assert told.count("Webhook in trouble") == 1
    assert "One of its webhooks is off or failing." in browser.reads("/desk/members/sm")
