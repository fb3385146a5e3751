"""Nothing is dropped in silence, and the reader takes whatever comes out."""

import random
import re
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from content.records.existing_page import Draft, draft_from
from content.records.existing_page.draft import Form
from content.records.markdown import AuthoredPage, plain_text, words_of
from tests.content.records.existing_page.reading_back import filled_in

CONTAINERS = [
    *("div", "p", "section", "article", "main", "aside", "header", "footer", "nav", "span", "b"),
    *("strong", "i", "em", "code", "a", "a", "sup", "sub", "q", "abbr", "h1", "h2", "h3", "h6"),
    *("ul", "ol", "li", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tr", "tr", "td", "td"),
    *("th", "caption", "blockquote", "figure", "figcaption", "details", "summary", "del", "s"),
    *("pre", "form", "button", "label", "noscript", "template", "svg", "math", "iframe", "video"),
    *("object", "center", "font", "custom-tag", "picture", "small", "mark", "u", "kbd", "ruby"),
    *("rt", "dialog", "ul", "ol", "table"),
]
VOID = ("br", "br", "hr", "wbr", "input")
MARKS = (
    "*", "**", "_", "`", "``", "[", "]", "](x)", "[^1]", "[@a]", "&lt;", "&lt;b>", "&amp;lt;", "|",
    "# ", "- ", "1. ", "2) ", "> ", "::: note", "---", "===", "~~", "!", "![", "\\", "{#a}", "{1}",
    "&nbsp;", "&shy;", "\u200b", "\x01", "\n\n", "  ", "a_b", ":", "+ ", "&", "\u2028", "\u202e",
)  # fmt: skip
ATTRIBUTES = (
    "", "", "", "", ' hidden', ' style="display: none"', ' class="sr-only"', ' role="heading"',
    ' href="https://example.org/a(b)|c"', ' href="x.html"', ' href="#a"', ' href="javascript:x"',
    ' href="http://[bad"', ' start="3"', ' colspan="3"', ' rowspan="2"', ' class="credit"',
    ' class="wp-caption"', ' title="tip"', ' lang="fr"', ' href="mailto:a@b.org"',
)  # fmt: skip
SIGNS = "#-*_`[]()<>|:=~!\\&.+\t"
FORMS: tuple[Form, ...] = ("markdown", "text")


class Pages:
    """Makes one page of a random shape; every word of its text is in `words`."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.numbers = count(1000)
        self.words: list[str] = []

    def word(self) -> str:
        self.words.append(f"w{next(self.numbers)}w")
        return self.words[-1]

    def text(self) -> str:
        parts = [self.word()]
        for _ in range(self.random.randrange(4)):
            parts.append(self.random.choice([" ", " ", "", "\n"]))
            parts.append(self.word() if self.random.random() < 0.5 else self.random.choice(MARKS))
        self.random.shuffle(parts)
        return self.random.choice(["", " "]) + " ".join(parts) + self.random.choice(["", " "])

    def image(self) -> str:
        alts = ("", ' alt=""', f' alt="{self.word()} ]*"') if self.random.random() < 0.5 else ("",)
        alt = alts[-1]
        source = self.random.choice(["a.png", "/b/ü%20x.SVG", "c.gif", "data:image/png;base64,A"])
        return f'<img src="{source}"{alt}>'

    def node(self, depth: int) -> str:
        kind = self.random.randrange(10)
        if depth > 6 or kind < 3:
            return self.text()
        if kind == 3:
            return f"<{self.random.choice(VOID)}>" if self.random.random() < 0.7 else self.image()
        name = self.random.choice(CONTAINERS)
        inner = "".join(self.node(depth + 1) for _ in range(self.random.randrange(4)))
        closing = "" if self.random.random() < 0.15 else f"</{name}>"
        return f"<{name}{self.random.choice(ATTRIBUTES)}>{inner}{closing}"

    def page(self) -> str:
        body = "".join(self.node(0) for _ in range(self.random.randrange(1, 9)))
        return f"<!doctype html><meta charset=utf-8><title>t</title><body>{body}"


def shown(page: AuthoredPage) -> str:
    """All text of a page as people read it."""
    titles = [plain_text(section.title) for section in page.sections]
    blocks = [block for section in page.sections for block in section.blocks]
    return " ".join(
        [*titles, *(plain_text(words) for block in blocks for words in words_of(block))]
    )


def listed(draft: Draft) -> str:
    return " ".join(unplaced.text for unplaced in draft.unplaced)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32))
def test_every_word_of_a_page_is_in_the_draft_or_in_the_list(seed: int) -> None:
    pages = Pages(seed)
    draft = draft_from(pages.page().encode(), form="html", select="body")
    present = set(re.findall(r"w\d+w", shown(filled_in(draft)) + " " + listed(draft)))
    assert set(pages.words) <= present


@settings(max_examples=40, deadline=None)
@given(st.text("ab1 \n#-*_`[]()<>|:=~!\\{}&.+\t\u00a0é", max_size=60))
def test_text_of_any_marks_reads_back_as_it_was(text: str) -> None:
    page = f"<body><h1>T</h1><p>{text.replace('&', '&amp;').replace('<', '&lt;')}</p>"
    read = filled_in(draft_from(page.encode(), form="html"))
    assert shown(read).split() == ["T", *text.split()]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("sctlx"), st.text("a *`.|é", max_size=4)), max_size=6))
def test_emphasis_never_changes_the_text(parts: list[tuple[str, str]]) -> None:
    names = {"s": "b", "c": "code", "t": "i", "l": "a href='https://a.org'", "x": "span"}
    inner = "".join(f"<{names[kind]}>{text}</{names[kind][:4].split()[0]}>" for kind, text in parts)
    read = filled_in(draft_from(f"<h1>T</h1><p>x{inner}y".encode(), form="html"))
    expected = "Tx" + "".join(text for _, text in parts) + "y"
    assert "".join(shown(read).split()) == "".join(expected.split())


@settings(max_examples=40, deadline=None)
@given(st.text(f"ab1 \n{SIGNS}^", max_size=80), st.sampled_from(FORMS))
def test_markdown_and_text_of_any_shape_keep_their_words(text: str, form: Form) -> None:
    draft = draft_from(f"x {text}".encode(), form=form)
    present = "".join((shown(filled_in(draft)) + listed(draft)).split())
    assert all(word in present for word in re.findall("[ab1]+", text))
