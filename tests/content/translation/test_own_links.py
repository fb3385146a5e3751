"""Where a translation leads in the place of its source: pure."""

import re
from dataclasses import replace

import pytest

from content.records.message import Message
from content.translation import findings, note, own_links
from content.translation.merge import Rendering, merge
from content.translation.own_links import OwnLinks

EN, FR = "https://example.org/register", "https://example.org/registre"
NEW, OTHER = "https://example.org/new", "https://example.org/other"
OWN: OwnLinks = ((EN, FR),)
SEE = Message("aaaaaaaa", "paragraph", "See [the register]{1}.", (EN,))
VOIR = Rendering(SEE, "Voir [le registre]{1}.", own_links=OWN)


def links(*targets: str, text: str = SEE.text, unit: str = SEE.unit) -> Message:
    return Message(unit, "paragraph", text, targets)


def after(message: Message, before: Rendering = VOIR, *, inherits: bool = False) -> Rendering:
    (merged,) = merge([message], [before], inherits=inherits)
    return merged


def test_a_link_leads_where_it_leads_here_wherever_it_stands() -> None:
    assert own_links.applied((EN, NEW, EN), OWN) == (FR, NEW, FR)
    assert own_links.applied((NEW,), OWN) == (NEW,)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("See **[the register]{1}**.", id="formatting"),
        pytest.param("See [the register]{1} of 40 trials.", id="number"),
        pytest.param("Look [it]{1} up.", id="words"),
    ],
)
def test_it_stays_whatever_becomes_of_the_words(text: str) -> None:
    moved = after(links(EN, text=text))
    assert moved.own_links == OWN
    assert after(SEE, moved) == VOIR, "and back"


def test_it_goes_with_the_link_when_links_change_places() -> None:
    two = Rendering(links(EN, NEW, text="[a]{1} [b]{2}"), "[a]{1} [b]{2}", own_links=OWN)
    turned = after(links(NEW, EN, text="[b]{1} [a]{2}"), two)
    assert own_links.applied(turned.message.links, turned.own_links) == (NEW, FR)


def test_it_leads_nowhere_once_the_source_leads_elsewhere_and_is_told() -> None:
    moved = after(links(NEW))
    assert moved.done
    assert own_links.applied(moved.message.links, moved.own_links) == (NEW,)
    assert note.of_message("risks", moved)[-2:] == [
        f"{{1}} = {NEW}",
        f"LINK GONE: {EN} (here: {FR}); say anew where the link leads here",
    ]
    assert after(SEE, moved) == VOIR, "a source that goes back leads there again"


def test_once_every_link_was_said_anew_nothing_is_told_any_more() -> None:
    moved = after(links(NEW))
    said = own_links.changed(moved.own_links, NEW, OTHER)
    assert own_links.carried(said, (NEW,)) == ((NEW, OTHER),)
    assert after(links(text="See the register.")).own_links == (), "there is no link to say it of"


def test_what_is_lost_does_not_heap_up() -> None:
    now = VOIR
    for number in range(5):
        now = after(links(f"{NEW}/{number}"), now)
        own = own_links.changed(now.own_links, f"{NEW}/{number}", f"{FR}/{number}")
        now = now._replace(own_links=own_links.carried(own, now.message.links))
    assert now.own_links == ((f"{NEW}/4", f"{FR}/4"),)


def test_a_link_alone_without_words_is_kept() -> None:
    assert after(links(EN, text="Other [words]{1}"), Rendering(SEE, own_links=OWN)) == Rendering(
        links(EN, text="Other [words]{1}"), own_links=OWN
    )


@pytest.mark.parametrize("inherited", [True, False])
def test_a_variant_inherits_the_words_and_leads_elsewhere(inherited: bool) -> None:
    before = Rendering(SEE, "" if inherited else SEE.text, inherited=inherited, own_links=OWN)
    assert after(SEE, before, inherits=True) == Rendering(SEE, inherited=True, own_links=OWN)
    moved = after(links(NEW), before, inherits=True)
    assert (moved.inherited, own_links.applied((NEW,), moved.own_links)) == (True, (NEW,))


FIRST, SECOND = "Cells are [collected]{1}.", "They are [frozen]{1} now."
BOTH = "Cells are [collected]{1}. They are [frozen]{2} now."
COLLECTED = Rendering(links(EN, text=FIRST, unit="one"), "[A]{1}.", own_links=OWN)
FROZEN = Rendering(links(EN, text=SECOND, unit="two"), "[B]{1}.")


@pytest.mark.parametrize(
    ("second", "kept"),
    [
        pytest.param(((NEW, OTHER),), (*OWN, (NEW, OTHER)), id="each its own"),
        pytest.param(((EN, FR),), OWN, id="the same"),
        pytest.param(((EN, OTHER),), (), id="they disagree"),
        pytest.param((), OWN, id="one alone"),
        pytest.param(((OTHER, FR),), OWN, id="of no link there is"),
    ],
)
def test_a_text_made_of_two_leads_where_they_agree(second: OwnLinks, kept: OwnLinks) -> None:
    target = NEW if (NEW, OTHER) in second else EN
    other = Rendering(links(target, text=SECOND, unit="two"), "[B]{1}.", own_links=second)
    (merged,) = merge([links(EN, target, text=BOTH, unit="one")], [COLLECTED, other])
    assert merged.target == "[A]{1}. [B]{2}."
    assert merged.own_links == kept
    blank = other._replace(target="")
    (merged,) = merge([links(EN, target, text=BOTH, unit="one")], [COLLECTED, blank])
    assert (merged.target, merged.own_links) == ("[A]{1}.", kept)


def test_each_part_of_a_text_keeps_what_leads_from_it() -> None:
    whole = Rendering(
        links(EN, NEW, text=BOTH, unit="one"), "[A]{1}. [B]{2}.", own_links=(*OWN, (NEW, OTHER))
    )
    parts = [links(EN, text=FIRST, unit="one"), links(NEW, text=SECOND, unit="new")]
    assert [one.own_links for one in merge(parts, [whole])] == [OWN, ((NEW, OTHER),)]


def test_the_same_words_with_a_new_name_keep_it() -> None:
    back = replace(SEE, unit="bbbbbbbb")
    assert after(back) == VOIR._replace(message=back)


def test_it_is_taken_back_and_said_twice_alike() -> None:
    assert own_links.changed(OWN, EN, EN) == ()
    assert own_links.changed(OWN, EN, FR) is OWN
    assert own_links.changed(OWN, EN, OTHER) == ((EN, OTHER),)


@pytest.mark.parametrize(
    ("target", "why"),
    [
        ("javascript:alert(1)", "begins with"),
        ("JavaScript:alert(1)", "begins with"),
        ("data:text/html,<script>alert(1)</script>", "begins with"),
        ("vbscript:x", "begins with"),
        ("file:///etc/passwd", "begins with"),
        ("//example.org/registre", "begins with"),
        ("/registre", "begins with"),
        ("example.org", "begins with"),
        ("https://", "begins with"),
        ("https:///registre", "begins with"),
        ("mailto:", "begins with"),
        ("", "begins with"),
        ("http://example.org/registre", "only http"),
        ("HTTP://example.org/registre", "only http"),
        ("https://example.org/a b", r"U\+0020"),
        (" https://example.org/a", r"U\+0020"),
        ("https://example.org/a\n", r"U\+000A"),
        ("java\tscript:alert(1)", r"U\+0009"),
        ("https://example.org/\0", r"U\+0000"),
        ("https://example.org/\x1b[31m", r"U\+001B"),
        ("https://example.org/\u202egro.live", r"U\+202E"),
        ("https://example.org/\u2066a\u2069", r"U\+2066"),
        ("https://exa\u200bmple.org/", r"U\+200B"),
        ("https://example.org/\u00ad", r"U\+00AD"),
        ("https://example.org/\u2028", r"U\+2028"),
        ("https://example.org/\ud800", r"U\+D800"),
        ("https://example.org/" + "a" * 10_000_000, "longer than 2,000"),
        ("https://example.org/" + "é" * 1_900, "at most 2,000"),
    ],
    ids=lambda value: value[:40].encode("unicode_escape").decode(),
)
def test_where_no_link_may_lead(target: str, why: str) -> None:
    told = own_links.problem(EN, target)
    assert re.search(why, told), told
    assert told.isprintable()
    assert len(told) < 300


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (EN, "https://xn--rgistre-bya.example/"),
        (EN, "https://régistre.example/é?q=1#(a)"),
        (EN, "mailto:registre@example.org"),
        ("http://example.org/register", "http://example.org/registre"),
        ("http://example.org/register", FR),
        ("mailto:register@example.org", "http://example.org/registre"),
    ],
)
def test_where_a_link_may_lead(source: str, target: str) -> None:
    assert own_links.problem(source, target) == ""


def test_a_target_that_came_in_by_another_door_is_an_error() -> None:
    unsafe = VOIR._replace(own_links=((EN, "http://example.org/registre"), (NEW, "data:x")))
    (one,) = findings.of_renderings([unsafe], "fr", "en")[SEE.unit]
    assert (one.code, one.severity.value) == ("link-target", "error")
    assert one.message.startswith("{1}: ")
    assert findings.of_renderings([VOIR], "fr", "en") == {}
    assert findings.of_renderings([unsafe._replace(fuzzy=True)], "fr", "en") == {}
