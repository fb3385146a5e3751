"""What must not get in: each with the code and the words that a person gets to read."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine

from content import clock
from content.database import writing
from content.errors import ContentError, PageHasMistakes
from content.people import person, token
from content.records import document, section, version
from content.records.tree import page_sections
from content.review.review import Kind
from tests.world import TEXT, World, page

ROOT = "# Home {#home}\n\n"
FIGURE = "![Five steps](steps.svg)\n"
LISTED_FIGURE = b"figures: [{file: steps.svg, license: CC0-1.0}]\n---\n"


def with_facts(source: bytes, facts: bytes) -> bytes:
    """The page, its front matter ended by these lines."""
    return source.replace(b"\n---\n", b"\n" + facts, 1)


MISTAKES: list[tuple[str, bytes, int, str, str]] = [
    ("nothing", b"\n", 1, "front-matter-missing", "begins with its facts between two lines ---"),
    ("no front matter", TEXT.encode(), 1, "front-matter-missing", "between two lines ---"),
    (
        "front matter that does not end",
        b"---\nlocale: en\n",
        1,
        "front-matter-broken",
        "the second line --- of the front matter is missing",
    ),
    (
        "broken front matter",
        page().replace(b"locale: en", b"locale: [en"),
        3,
        "front-matter-broken",
        "not YAML",
    ),
    (
        "an unknown key",
        with_facts(page(), b"reviewer: me\n---\n"),
        11,
        "front-matter-unknown-key",
        "`reviewer`",
    ),
    (
        "a key twice",
        with_facts(page(), b"locale: fr\n---\n"),
        11,
        "front-matter-broken",
        "`locale` is there twice",
    ),
    (
        "facts of an unknown slug",
        with_facts(page(), b"sections: {nowhere: {audience: All}}\n---\n"),
        11,
        "section-unknown",
        "no heading has that slug",
    ),
    (
        "a duplicate slug",
        page(TEXT.replace("{#risks}", "{#benefits}")),
        23,
        "slug-duplicate",
        "the slug benefits is there twice",
    ),
    (
        "a heading jump",
        page(TEXT.replace("## Benefits", "### Benefits")),
        16,
        "heading-jump",
        "level 3 follows level 1",
    ),
    (
        "an unknown evidence id",
        page(ROOT + "Text. [@nowhere]\n"),
        14,
        "evidence-unknown",
        "`nowhere` is not in the evidence list",
    ),
    (
        "a figure that is not listed",
        page(ROOT + FIGURE),
        14,
        "figure-without-credit",
        "no entry with its credit",
    ),
    (
        "a figure without credit",
        with_facts(page(ROOT + FIGURE), LISTED_FIGURE),
        11,
        "front-matter-missing-key",
        "`credit`",
    ),
    ("a file of 10 MB", page() + b"x" * 10_000_000, 1, "too-large", "over 8,000,000 bytes"),
    ("bytes that are no UTF-8", page() + b"\xff", 26, "not-utf-8", "save it as UTF-8"),
    ("a NUL", page(ROOT + "a\0b\n"), 14, "control-character", "U+0000"),
    ("HTML", page(ROOT + "a <b>c</b>\n"), 14, "html", "there is no HTML"),
    ("a script", page(ROOT + "<script>x()</script>\n"), 14, "html", "there is no HTML"),
    (
        "a javascript: link",
        page(ROOT + "[here](javascript:x())\n"),
        14,
        "link-target",
        "a link leads to an https:, http: or mailto: address",
    ),
    (
        "a data: link",
        page(ROOT + "[here](data:text/html,x)\n"),
        14,
        "link-target",
        "a link leads to an https:, http: or mailto: address",
    ),
]


@pytest.mark.parametrize(
    ("source", "line", "code", "words"),
    [case[1:] for case in MISTAKES],
    ids=[case[0] for case in MISTAKES],
)
def test_a_page_is_refused_whole_with_the_line_of_its_mistake(
    sqlite_world: World, source: bytes, line: int, code: str, words: str
) -> None:
    with pytest.raises(PageHasMistakes, match="nothing of it was taken") as refused:
        sqlite_world.write(source)

    found = refused.value.context["mistakes"]
    assert (found[0]["line"], found[0]["code"]) == (line, code)
    assert words in found[0]["message"]
    assert sqlite_world.states() == {}


def test_all_mistakes_are_listed_at_once(sqlite_world: World) -> None:
    source = page(TEXT.replace("{#risks}", "{#benefits}").replace("MS.", "MS <b>. [@nowhere]"))

    with pytest.raises(PageHasMistakes) as refused:
        sqlite_world.write(source)

    assert {found["code"] for found in refused.value.context["mistakes"]} >= {
        "slug-duplicate",
        "html",
    }


def unknown_locale(world: World) -> None:
    world.write(page().replace(b"locale: en", b"locale: es"))


def unknown_slug(world: World) -> None:
    with world.reading() as session:
        section.find(session, "nowhere")


def unknown_page(world: World) -> None:
    with world.reading() as session:
        page_sections(session, "nowhere")


def unknown_version(world: World) -> None:
    world.write()
    with world.reading() as session:
        version.find(session, "benefits", "fr", 1)


def unknown_document(world: World) -> None:
    with world.reading() as session:
        document.load(session, "not a digest")


def malformed_slug(world: World) -> None:
    with writing(world.engine) as session:
        section.place(session, "../../etc", source_locale="en", page="home")


def two_parents(world: World) -> None:
    world.write()
    world.write(page(ROOT + "Text.\n\n## Risks {#risks}\n\nText.\n"))


def double_submit(world: World) -> None:
    world.write()
    world.submit("benefits")
    world.submit("benefits")


def self_review(world: World) -> None:
    with writing(world.engine) as session:
        person.grant(session, "author", "medical-reviewer", by="administrator")
    world.write()
    world.submit("benefits")
    world.review("benefits", "author", Kind.MEDICAL)


def edit_under_review(world: World) -> None:
    world.write()
    world.submit("benefits")
    world.write(page(TEXT.replace("4 of 10", "5 of 10")))


def expired_token(world: World) -> None:
    secret = world.token("author")
    with (
        time_machine.travel(clock.now() + timedelta(days=2), tick=False),
        world.reading() as session,
    ):
        token.authenticate(session, secret)


def unknown_token(world: World) -> None:
    with world.reading() as session:
        token.authenticate(session, "msif_guessed")


def no_role(world: World) -> None:
    world.write(by="lay")


@pytest.mark.parametrize(
    ("attempt", "code", "words"),
    [
        (unknown_locale, "locale-unknown", "not set up for that locale"),
        (unknown_slug, "section-not-found", "no section with that slug"),
        (unknown_page, "section-not-found", "no section with that slug"),
        (unknown_version, "version-not-found", "no such version"),
        (unknown_document, "document-not-found", "no document with that digest"),
        (malformed_slug, "slug-malformed", "lowercase letters, digits and single hyphens"),
        (two_parents, "tree-broken", "`risks` would stand below `treatment` and below `home`"),
        (double_submit, "state-has-moved", "is in_review; from there it cannot become in_review"),
        (self_review, "four-eyes", "somebody else has to do this"),
        (edit_under_review, "section-is-busy", "have it returned first"),
        (expired_token, "token-expired", "ask for a new one"),
        (unknown_token, "token-unknown", "not known here"),
        (no_role, "role-missing", "an administrator grants roles"),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(
    sqlite_world: World, attempt: Callable[[World], None], code: str, words: str
) -> None:
    with pytest.raises(ContentError) as refused:
        attempt(sqlite_world)

    assert refused.value.code == code
    assert words in refused.value.message
