"""Markdown of any kind and plain text."""

import pytest

from content.records.existing_page import Draft, draft_from
from content.records.existing_page.draft import Form
from tests.content.records.existing_page.reading_back import body_of, facts_of, filled_in


def drafted(text: str, form: Form) -> Draft:
    draft = draft_from(text.encode(), form=form)
    filled_in(draft)
    return draft


@pytest.mark.parametrize(
    ("source", "body"),
    [
        ("# A\n\nB\n---\n\n- a\n  1. b\n", "# A {#a}\n\n## B {#b}\n\n- a\n  1. b"),
        ("# A {#own-slug}\n## `B`\n##\n", "# A {#own-slug}\n\n## B {#b}"),
        ("# A {#-}\n", "# A {#a}"),
        ("# A\n|a|b|\n|-|-|\n|c|`d`|\n", "# A {#a}\n\n| a | b |\n| --- | --- |\n| c | `d` |"),
        ("# A\n[x]\n\n[x]: https://a.org\n", "# A {#a}\n\n[x](https://a.org)"),
        ("# A\n> q\n\n![alt](a.png)\n", "# A {#a}\n\n> q\n\n![alt](a.png)"),
        ("---\ntitle: 'T'\nlang: fr\n---\na\n", "# T {#t}\n\na"),
        ("# A\na[^1]\n\n[^1]: Note\n  more\n", "# A {#a}\n\na\\[^1\\]"),
    ],
)
def test_markdown(source: str, body: str) -> None:
    assert body_of(drafted(source, "markdown").markdown).strip() == body


def test_what_markdown_hides_is_listed_with_its_line() -> None:
    source = (
        "---\nlocale: it\n---\n# A\n\n<div>html</div>\n\n```sh\ncode\n```\n\n    more\n\n"
        "~~gone~~\n\n"
        "[a]: https://a.org\n[a]: https://b.org\n\n---\n\n[x](y)\n\n[^1]: Note\n  more\n[^2]: N\n"
    )
    draft = drafted(source, "markdown")
    assert [(one.line_or_path, one.what, one.text) for one in draft.unplaced] == [
        ("line 1", "front matter", "--- locale: it ---"),
        ("line 6", "HTML", "<div>html</div>"),
        ("line 8", "code block", "code"),
        ("line 12", "code block", "more"),
        ("line 14", "struck-out text", "gone"),
        ("line 19", "horizontal rule", ""),
        ("line 21", "link with a relative address", "x → y"),
        ("line 16", "definition of a link, not used", "A: https://a.org"),
        ("line 17", "definition of a link, not used", "A: https://b.org"),
        ("line 23", "footnote", "[^1]: Note more"),
        ("line 25", "footnote", "[^2]: N"),
    ]
    assert facts_of(draft.markdown)["locale"] == "it"


@pytest.mark.parametrize(
    ("source", "body"),
    [
        ("The title\n\n\na\nb\n\nPART ONE\n\nc",
         "# The title {#the-title}\n\na b\n\n## PART ONE {#part-one}\n\nc"),
        ("A sentence.\n\nA\n\nMS", "# TODO {#todo}\n\nA sentence.\n\nA\n\n## MS {#ms}"),
        ("Title\n=====\nText\n\nPart\n----\n\n-----",
         "# Title {#title}\n\nText\n\n## Part {#part}"),
        ("Intro:\n- a\n  b\n• c", "# TODO {#todo}\n\nIntro:\n\n- a b\n- c"),
        ("1. a\nmore\n2) b\n4. c", "# TODO {#todo}\n\n1. a more\n2. b 4. c"),
        ("2. a\n3. b", "# TODO {#todo}\n\n2\\. a 3. b"),
        ("- A\n\n" + "X" * 81, "# TODO {#todo}\n\n- A\n\n" + "X" * 81),
        ("<b>&amp; a\r\n\r\n# x", "# <b>&amp; a {#b-amp-a}\n\n\\# x".replace("<b>&", "\\<b>\\&")),
    ],
)  # fmt: skip
def test_plain_text(source: str, body: str) -> None:
    assert body_of(drafted(source, "text").markdown).strip() == body


def test_utf_16_with_its_mark_is_read() -> None:
    assert "é" in draft_from("é".encode("utf-16"), form="text").markdown
