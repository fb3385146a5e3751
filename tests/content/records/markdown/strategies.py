"""Random words, blocks and pages, made of what may be taken for something else."""

from datetime import date, timedelta

from hypothesis import strategies as st

from content.records.markdown import (
    AuthoredPage,
    AuthoredSection,
    Block,
    Evidence,
    Figure,
    Image,
    Kind,
    Listing,
    ListItem,
    Note,
    PageFacts,
    Paragraph,
    Quote,
    SectionFacts,
    Table,
    Words,
    WordsRefused,
    in_reading_order,
    read_words,
    with_words,
    words_of,
)

MARKS = ["**", "***", "__", "``", "```", "\\*", "\\_", *"*_`\\[]()!<>&|{}#+-=~:;.'\""]
STARTS = ["1. ", "12) ", "- ", "+ ", "* ", "# ", "###### ", "> ", "::: ", ":::", "~~~", "```", "|"]
STARTS += ["---", "===", "***", "* * *", "___", "| a |", "|---|", ":--", "[x]: ", "    ", "{#x}"]
SPEECH = ["a", "b", "7", "é", "ß", " ", "  ", "\xa0", "\u2003", "\u0301", "多", "p < 0.05", "@mist"]
LOOKS = ["&amp;", "&nbsp;", "&#32;", "&auml;", "&#42;", "<b>", "</p>", "[@mist]", "[^1]", "{1}"]
BREAKS = ["\\\n", "  \n", "\n"]
ESCAPED = [f"\\{mark}" for mark in MARKS if len(mark) == 1]
LINKED = [
    "[a](https://x.org/(y))",
    "[*a*](mailto:a@b.org)",
    "<https://y.org/?a=1&b=2>",
    "<a@b.org>",
]

inline_markdown = st.lists(
    st.sampled_from([*MARKS, *STARTS, *SPEECH, *LOOKS, *BREAKS, *ESCAPED, *LINKED]), max_size=12
).map("".join)
LINKS = ("https://x.org/a(b", "http://y.org/?a=1&copy;=2")
texts = st.lists(
    st.sampled_from([*MARKS, *STARTS, *SPEECH, *LOOKS, *BREAKS, *ESCAPED]), min_size=1, max_size=8
).map("".join)


def taken(kind: Kind, text: str, links: tuple[str, ...] = ()) -> Words:
    """The words of a text, or plain ones where it is refused."""
    try:
        return read_words(kind, text, links)
    except WordsRefused:
        return Words(kind, "plain words")


def words(kind: Kind) -> st.SearchStrategy[Words]:
    alone = texts.map(lambda text: taken(kind, text))
    if kind == "alt":
        return alone
    parts = st.tuples(texts, texts, texts)
    linked = parts.map(lambda p: taken(kind, f"{p[0]}[{p[1]}]{{2}}{p[2]}[b *c*]{{1}}", LINKS))
    return alone | linked


@st.composite
def listings(draw: st.DrawFn, depth: int = 1) -> Listing:
    nested = st.none() if depth == 4 else st.none() | listings(depth + 1)
    items = draw(st.lists(st.builds(ListItem, words("list-item"), nested), min_size=1, max_size=3))
    ordered = draw(st.booleans())
    tight = draw(st.booleans()) or (len(items) == 1 and not items[0].nested)
    start = draw(st.sampled_from([0, 1, 9, 999_999_999])) if ordered else 1
    try:
        return Listing(tuple(items), ordered, start, tight)
    except ValueError:  # numbered from elsewhere than 1, inside a tight list
        return Listing(tuple(items), ordered, start, tight=False)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    width = draw(st.integers(1, 3))
    row = st.tuples(*[st.none() | words("cell")] * width)
    aligns = st.tuples(*[st.sampled_from(["", "left", "center", "right"])] * width)
    return Table(draw(aligns), draw(row), tuple(draw(st.lists(row, max_size=3))))


paragraphs = st.builds(Paragraph, words("paragraph"))
sources = st.sampled_from(["a.svg", "/v1/figures/0a1b", "Bild 1 (ä).png", "a%20b.svg", "_x_.webp"])
images = st.builds(Image, sources, words("alt"), st.none() | words("caption"))
quotes = st.lists(paragraphs, min_size=1, max_size=3).map(lambda found: Quote(tuple(found)))
notes = st.lists(paragraphs | listings(), min_size=1, max_size=3).map(lambda f: Note(tuple(f)))
trees = paragraphs | listings() | quotes | tables() | images | notes


DAY = date(2026, 11, 20)
facts_text = st.sampled_from(
    ["People: with MS", "- a", "no", "null", "1.0", "é #x", '"q" \\', "'a"]
)
FACTS = SectionFacts("All", ("A", "B"), DAY, DAY + timedelta(365))


@st.composite
def pages(draw: st.DrawFn) -> AuthoredPage:
    def text() -> str:
        return draw(facts_text)

    facts = PageFacts(
        *("All", ("A", "B"), text(), text(), "https://x.org/?a=1#b", text()),
        *(DAY, DAY + timedelta(365), "safety", text()),
    )
    first, second, below = (draw(st.lists(trees.map(Block), max_size=4)) for _ in range(3))
    title, summary = (words(kind).map(in_reading_order) for kind in ("title", "summary"))
    image = Block(Image("a.svg", Words("alt", "x")), ("mist", "beat-ms"))
    quote = Block(Paragraph(Words("paragraph", "Said \\[@mist\\]")), ("mist",))
    own = SectionFacts(text(), (text(),), DAY, DAY + timedelta(1))
    sections = (
        _section("root", draw(title), [image, *_plain(first), quote], ("one", "two")),
        _section("one", draw(title), _plain(second), ("deep",), draw(summary)),
        _section("deep", draw(title), _plain(below), (), facts=own),
        _section("two", draw(title), [], ()),
    )
    evidence = (
        Evidence("mist", "trial", text(), "https://x.org/", text()),
        Evidence("beat-ms", "page", text(), "http://y.org/"),
    )
    figures = (Figure("a.svg", text(), text()),)
    return AuthoredPage("de-CH", facts, evidence, figures, sections)


def _section(
    slug: str,
    title: Words,
    blocks: list[Block],
    children: tuple[str, ...],
    summary: Words | None = None,
    *,
    facts: SectionFacts = FACTS,
) -> AuthoredSection:
    return AuthoredSection(slug, title, summary, tuple(blocks), children, facts)


def _plain(blocks: list[Block]) -> list[Block]:
    """Only pictures that have a credit, and links in the order of a file."""
    ordered = (with_words(block, list(map(in_reading_order, words_of(block)))) for block in blocks)
    return [block for block in ordered if not isinstance(block.tree, Image)]
