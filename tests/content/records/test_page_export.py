"""Export of a page: importing what it wrote changes nothing, or the export is refused."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from content.database import writing
from content.errors import BadInput, Conflict, SectionNotFound
from content.people import person
from content.records import document as documents
from content.records import draft, page_import
from content.records import version as versions
from content.records.document import Document
from content.records.markdown import (
    AuthoredPage,
    AuthoredSection,
    Block,
    Evidence,
    Figure,
    Image,
    Listing,
    ListItem,
    PageFacts,
    Paragraph,
    SectionFacts,
    Words,
    read_page,
    read_words,
    write_page,
)
from content.records.page_export import ExportedPage, export_page
from content.records.page_import import Outcome
from content.review import submission
from content.samples import bundle
from tests.world import LOCALES, TEXT, World, page

SVG = '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 {}h1"/></svg>'


def take(world: World, source: bytes, pictures: dict[str, bytes] | None = None) -> list[Outcome]:
    with writing(world.engine) as session:
        author = person.actor(session, "author")
        return page_import.import_page(session, author, source, pictures or {}, LOCALES)


def exported(world: World, slug: str = "treatment") -> ExportedPage:
    with world.reading() as session:
        return export_page(session, slug)


def require_unchanged(world: World, slug: str = "treatment") -> ExportedPage:
    """Export, import, and find that nothing changed; the second export is the first."""
    told = exported(world, slug)
    outcomes = take(world, told.markdown.encode(), told.pictures)
    assert {outcome.what for outcome in outcomes} == {"unchanged"}
    assert exported(world, slug) == told
    return told


def test_the_bundled_page_comes_back_as_it_was(sqlite_world: World) -> None:
    take(sqlite_world, bundle.page(), bundle.pictures())
    told = require_unchanged(sqlite_world, bundle.PAGE)
    assert told.pictures == bundle.pictures()
    before, after = read_page(bundle.page()), read_page(told.markdown.encode())
    assert replace(after, evidence=()) == replace(before, evidence=())
    assert set(after.evidence) == set(before.evidence)


@pytest.mark.begins_with("en")
def test_facts_of_single_sections_stand_in_the_front_matter(sqlite_world: World) -> None:
    own = b"sections: {risks: {authors: [A, B], last_reviewed: 2026-11-21}}\n---\n"
    take(sqlite_world, page(TEXT).replace(b"---\n#", own + b"#"))
    told = require_unchanged(sqlite_world)
    assert (
        "sections:\n  risks:\n    authors:\n      - A\n      - B\n    last_reviewed: 2026-11-21\n"
    ) in told.markdown


@pytest.mark.begins_with("en")
def test_after_sections_were_updated_on_other_days_it_still_fits(sqlite_world: World) -> None:
    later = page(TEXT.replace("4 of 10", "5 of 10"), summary="5, not 4", review_by="2027-11-01")
    take(sqlite_world, later)
    with writing(sqlite_world.engine) as session:
        actor = person.actor(session, "author")
        for slug in ("treatment", "risks"):  # these keep the old dates
            opened = versions.opened(session, slug, "en")
            assert opened is not None
            submission.abandon(session, actor, opened, "Not yet")
    told = require_unchanged(sqlite_world)
    assert "  benefits:\n    review_by: 2027-11-01\n" in told.markdown
    assert 'summary: "5, not 4"' in told.markdown or "summary: 5, not 4" in told.markdown
    assert "5 of 10" in told.markdown


def test_only_a_page_is_exported(sqlite_world: World) -> None:
    take(sqlite_world, page())
    with pytest.raises(BadInput, match="`risks` is no page: it stands below `treatment`"):
        exported(sqlite_world, "risks")
    with pytest.raises(SectionNotFound):
        exported(sqlite_world, "nowhere")


def test_a_section_that_was_given_up_cannot_be_written(sqlite_world: World) -> None:
    take(sqlite_world, page())
    with writing(sqlite_world.engine) as session:
        actor = person.actor(session, "author")
        opened = versions.opened(session, "risks", "en")
        assert opened is not None
        submission.abandon(session, actor, opened, "Not now")
    with pytest.raises(Conflict, match="lists `risks`, which has no text"):
        exported(sqlite_world)


CITING = TEXT.replace("a day.", "a day. [@a; @b]").replace(
    "repair nerves.", "repair nerves. [@a; @b]"
)
CITED = (
    b"evidence: [{id: a, type: trial, title: A, url: 'https://a.org/'},"
    b" {id: b, type: page, title: B, url: 'https://b.org/', registry: R1}]\n---\n#"
)
SHOWING = "\n![Steps](a.svg)\n"


def rewrite(world: World, slug: str, change: Callable[[Document], Document]) -> None:
    """Put another text into a draft, as no import would."""
    with writing(world.engine) as session:
        version = versions.opened(session, slug, "en")
        assert version is not None
        assert version.document is not None
        text = change(documents.load(session, version.document))
        draft.save(session, person.actor(session, "author"), version, text)


def _license(text: Document) -> Document:
    return text.model_copy(update={"license": "MIT"})


def _attribution(text: Document) -> Document:
    other = text.attribution.model_copy(update={"text": "Somebody else"})
    return text.model_copy(update={"attribution": other})


def _disclaimer(text: Document) -> Document:
    return text.model_copy(update={"disclaimer": "Ask somebody."})


def _evidence(text: Document) -> Document:
    first, *rest = text.evidence
    return text.model_copy(
        update={"evidence": (first.model_copy(update={"title": "Other"}), *rest)}
    )


def _evidence_order(text: Document) -> Document:
    return text.model_copy(update={"evidence": tuple(reversed(text.evidence))})


def _figure(text: Document) -> Document:
    (figure,) = text.figures
    return text.model_copy(update={"figures": (figure.model_copy(update={"credit": "C"}),)})


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_license, "The fact `license` differs between `treatment` and `risks`"),
        (_attribution, "The fact `attribution` differs"),
        (_disclaimer, "The fact `disclaimer` differs"),
        (_evidence, "The evidence entry `a` differs"),
        (_evidence_order, "in orders that contradict each other"),
        (_figure, "The figure `a.svg` differs"),
    ],
)
def test_what_a_file_cannot_say_is_refused(
    sqlite_world: World, change: Callable[[Document], Document], told: str
) -> None:
    figures = b"figures: [{file: a.svg, credit: A, license: B}]\n"
    text = CITING.replace("\n## Benefits", SHOWING + "\n## Benefits") + SHOWING
    source = page(text).replace(b"---\n#", figures + CITED, 1)
    take(sqlite_world, source, {"a.svg": SVG.format(1).encode()})
    assert require_unchanged(sqlite_world).pictures == {"a.svg": SVG.format(1).encode()}
    rewrite(sqlite_world, "risks", change)
    with pytest.raises(Conflict, match=told):
        exported(sqlite_world)


DAYS = st.dates(date(2026, 1, 1), date(2026, 6, 1))
LATER = st.dates(date(2026, 7, 1), date(2027, 6, 1))
LINES = st.sampled_from(["Some text", "1. March 2025", "# no heading", "a * b", "- 4 of 10 < 5"])
EVIDENCE = tuple(
    Evidence(name, "trial", f"Trial {name}", f"https://example.org/{name}") for name in "abcd"
)


def words(kind: str, text: str) -> Words:
    return read_words(kind, text)  # type: ignore[arg-type]


PARAGRAPHS = LINES.map(lambda line: Paragraph(words("paragraph", line.replace("*", r"\*"))))
LISTS = st.lists(
    LINES.map(lambda line: ListItem(words("list-item", line.replace("*", r"\*")))),
    min_size=1,
    max_size=3,
).map(lambda items: Listing(tuple(items)))
IMAGES = st.sampled_from("xy").map(lambda name: Image(f"{name}.svg", Words("alt", "Steps")))
BLOCKS = st.lists(
    st.builds(
        Block,
        PARAGRAPHS | LISTS | IMAGES,
        st.lists(st.sampled_from("abcd"), unique=True, max_size=3).map(tuple),
    ),
    max_size=4,
).map(tuple)


@st.composite
def section(draw: st.DrawFn, slug: str, children: tuple[str, ...]) -> AuthoredSection:
    facts = SectionFacts(
        draw(st.sampled_from(["Everybody", "Neurologists"])),
        draw(st.sampled_from([("A",), ("A", "B: C")])),
        draw(DAYS),
        draw(LATER),
    )
    summary = draw(st.none() | st.just(Words("summary", "In short.")))
    title = Words("title", draw(st.sampled_from(["Title", "What is it? 4 of 10"])))
    return AuthoredSection(slug, title, summary, draw(BLOCKS), children, facts)


@st.composite
def authored(draw: st.DrawFn) -> AuthoredPage:
    """A page of a root with two sections, one of which has one below it."""
    sections = (
        draw(section("treatment", ("one", "two"))),
        draw(section("one", ("below",))),
        draw(section("below", ())),
        draw(section("two", ())),
    )
    root = sections[0].facts
    facts = PageFacts(
        audience=root.audience,
        authors=root.authors,
        license="CC-BY-4.0",
        attribution_text="MSIF",
        attribution_url="https://www.msif.org/",
        disclaimer="Ask your neurologist.",
        last_reviewed=root.last_reviewed,
        review_by=root.review_by,
        change_kind=draw(st.sampled_from(["wording", "clinical", "safety"])),
        change_summary="A change",
    )
    cited = {name for one in sections for name in one.evidence}
    shown = {file for one in sections for file in one.figures}
    return AuthoredPage(
        locale="en",
        facts=facts,
        evidence=tuple(draw(st.permutations([one for one in EVIDENCE if one.id in cited]))),
        figures=tuple(Figure(file, "Credit", "CC0") for file in sorted(shown)),
        sections=sections,
    )


@settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(first=authored(), second=authored(), revised=st.sets(st.sampled_from(["one", "two"])))
def test_any_page_comes_back_unchanged(
    sqlite_world: World, first: AuthoredPage, second: AuthoredPage, revised: set[str]
) -> None:
    """One hub takes page after page: each is an update of the one before."""
    pictures = {f"{name}.svg": SVG.format(place).encode() for place, name in enumerate("xy")}
    take(sqlite_world, write_page(first).encode(), pictures)
    require_unchanged(sqlite_world)
    mixed = tuple(
        later if later.slug in revised else earlier
        for earlier, later in zip(first.sections, second.sections, strict=True)
    )
    cited = {name for one in mixed for name in one.evidence}
    shown = {file for one in mixed for file in one.figures}
    partly = replace(
        first,
        sections=mixed,
        evidence=tuple(one for one in EVIDENCE if one.id in cited),
        figures=tuple(Figure(file, "Credit", "CC0") for file in sorted(shown)),
    )
    take(sqlite_world, write_page(partly).encode(), pictures)
    require_unchanged(sqlite_world)
