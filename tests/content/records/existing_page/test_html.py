"""What each kind of element becomes."""

import pytest

from content.records.existing_page import Draft, draft_from
from content.records.markdown import PageRefused, read_page
from tests.content.records.existing_page.reading_back import body_of, facts_of, filled_in

ADDRESS = "https://www.msif.org/a/page"


def drafted(body: str, *, head: str = "", address: str | None = ADDRESS) -> Draft:
    source = f"<html lang=en><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"
    draft = draft_from(source.encode(), form="html", select="body", address=address)
    filled_in(draft)
    return draft


def text_of(body: str) -> str:
    """The text under the root."""
    return body_of(drafted(f"<h1>T</h1>{body}").markdown).split("# T {#t}\n\n")[1].strip()


def listed(body: str) -> list[tuple[str, str]]:
    return [(one.what, one.text) for one in drafted(f"<h1>T</h1>{body}").unplaced]


def noted(body: str) -> str:
    return "\n".join(drafted(f"<h1>T</h1>{body}").notes)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("a<b>b </b>c", "a**b** c"),
        ("a <b><i>b</i></b>", "a ***b***"),
        ("<i>a<b>b</b></i>", "*a****b***"),
        ("<b>a:</b>b", "a:b"),
        ("<b>a:<i> b</i></b> c", "**a: *b*** c"),
        ("<i>a</i><b>b</b> c", "*a***b** c"),
        ("<b> </b>a", "a"),
        ("a<code> x </code>b<code> </code>", "a `x` b"),
        ("<code>`a``</code>", "``` `a`` ```"),
        ("a<br>b", "a\\\nb"),
        ("a<br> <br>b<br>", "a\n\nb"),
        ("<p>a<p>b", "a\n\nb"),
        ("<p>a<div>b</div>c", "a\n\nb\n\nc"),
        ("<a href='/x y'>a</a>", "[a](https://www.msif.org/x%20y)"),
        ("<a href='https://a.org/?a=1&amp;copy;'>a</a>", "[a](https://a.org/?a=1&amp;copy;)"),
        ("<a name=x>a</a>", "a"),
        ("<q>a</q>", "“a”"),
        ("10<sup>9</sup>", "10⁹"),
        ("10<sup>9,<b>5</b></sup>", "10^(9,**5**)"),
        ("1<sup>st</sup>", "1st"),
        ("H<sub>2</sub>O", "H₂O"),
        ("a_b _c ~~d~~ &amp;amp; &amp; !", "a_b \\_c \\~\\~d\\~\\~ \\&amp; & \\!"),
        ("a|b", "a\\|b"),
        ("a\u0300\u0301" + "\u0300" * 40, "a\u0300\u0301" + "\u0300" * 28),
        ("<ul>a<li>b<ul><li>c</ul><ol start=x><li>d</ol></ul>", "- a\n- b\n  - c\n  - d"),
        ("<ul><ul><li>a</ul><li>b</li><ul><li>c</ul></ul>", "- a\n- b\n  - c"),
        ("<ol start=7><li value=9>a</ol>", "7. a"),
        ("<ol type=a reversed><li>a</ol><ol><li>b</ol>", "1. a\n2. b"),
        ("<ul><li>a<ul><li>b<ul><li>c<ul><li>d<ul><li>e</ul></ul></ul></ul></ul>",
         "- a\n  - b\n    - c\n      - d\n      - e"),
        ("<ul></ul>a", "a"),
        ("<dl><dt>a<dt>b<dd>c<dd>d</dd><div><dt>e<dd><ul><li>f</ul></dd></div></dl>",
         "- **a**\\\n  **b**\\\n  c\\\n  d\n- **e**\n  - f"),
        ("<dl><dt><h2>a</h2><dd>b</dl>", "## a {#a}\n\nb"),
        ("<ul><li><h2>a</h2>b</ul>", "## a {#a}\n\nb"),
        ("<blockquote>a<ul><li>b<ul><li>c</ul></ul><h2>d</h2></blockquote>",
         "> a\n>\n> b\n>\n> c\n>\n> **d**"),
        ("<table><tr><th>a<th>b<tr><td>c<tr><th>d<th>e</table>",
         "| a | b |\n| --- | --- |\n| c |  |\n| d | e |"),
        ("<table><thead><tr><td>a</thead>x<tr>y<td><p>b<p>c<br><code>d|e</code></table>",
         "x\n\ny\n\n| a |\n| --- |\n| b c `d\\|e` |"),
        ("<table><tr><td rowspan=2>a<td colspan=2>b<tr><td>c<td>d<tr></table>",
         "| a | b |  |\n| --- | --- | --- |\n| a | c | d |"),
        ("<table><tr><td>a<td rowspan=2>b<tr><td>c</table>",
         "| a | b |\n| --- | --- |\n| c | b |"),
        ("<table><tr><td></table>a", "a"),
        ("<table role=presentation><tr><td>a<td>b</table>", "a\n\nb"),
        ("<table><tr><td>a<table><tr><td>b</table></table>", "a\n\n| b |\n| --- |"),
        ("<table><tr hidden><td>x</tr><tr><td>a</table>", "| a |\n| --- |"),
        ("<span class=wp-caption><img src=a.png alt=b><p class=wp-caption-text>c</p>d</span>",
         '![b](a.png "c")\n\nd'),
        ("<figure><img src=a.png alt=a><img src=b.png alt=b><figcaption>c</figure>",
         "![a](a.png)\n\n![b](b.png)\n\nc"),
        ("<figure><table><tr><td>a</table><figcaption>c</figure>", "| a |\n| --- |\n\nc"),
        ("<figure><div class=caption><img src=a.png alt=a><figcaption><i class=credit>c</i>"
         "</figcaption></div></figure>", '![a](a.png "c")'),
        ("a<img src=a.png alt=x>b", "ab\n\n![x](a.png)"),
        ("<ul><li>a<img src=a.png alt=x></ul>b", "- a\n\n![x](a.png)\n\nb"),
        ("<table><tr><td>a<img src=a.png alt=x></table>", "| a |\n| --- |\n\n![x](a.png)"),
        ("<h2>a<img src=a.png alt=x></h2>", "## a {#a}\n\n![x](a.png)"),
        ("<h2></h2>a", "a"),
        ("<br><abbr>a</abbr><b> </b>", "a"),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>", "> a\n>\n> b"),
        ("<table><caption>x</caption><div>y</div><tr><td>a</table>", "x\n\ny\n\n| a |\n| --- |"),
        ("<b>a<br></b>b", "**a**\\\nb"),
        ("a<?php x ?><!-- c --><![CDATA[d]]>", "ad"),
    ],
)  # fmt: skip
def test_elements_become_blocks(body: str, text: str) -> None:
    assert text_of(body) == text


@pytest.mark.parametrize(
    ("body", "entry"),
    [
        ("<a href='#x'>a</a>", ("link to a place in the page", "a → #x")),
        ("<a href=''>a</a>", ("link without an address", "a →")),
        ("<a href='tel:1'>a</a>", ("link of a kind that is not allowed (tel:)", "a → tel:1")),
        ("<a href='http://[x'>a</a>", ("link with a broken address", "a → http://[x")),
        ("<a href='mailto:?x'>a</a>", ("link with a broken address", "a → mailto:?x")),
        ("<a href=x aria-label=n></a>", ("link without a text", "n → x")),
        ("<h2><a href=x>a</a></h2>",
         ("address of a link in a heading", "a → https://www.msif.org/a/x")),
        ("<a href=x title=tip>a</a>", ("title of a link", "a: tip")),
        ("<abbr title=Long>L</abbr>", ("what an abbreviation stands for", "L: Long")),
        ("<sup><a href='#f1'>1</a></sup>", ("footnote reference", "1")),
        ("<div class=footnotes>a</div>", ("footnotes", "a")),
        ("<div role=doc-footnote>a</div>", ("footnote", "a")),
        ("<footer>a</footer>", ("footer of the page", "a")),
        ("<p style='display: none'>a</p>", ("hidden text", "a")),
        ("<script>alert(1)</script>", ("script", "")),
        ("<iframe src=u title=t></iframe>", ("embedded page", "t u")),
        ("<form>a<!-- c --><script>x</script><input value=b></form>", ("form", "a b")),
        ("<blockquote cite=u>a</blockquote>", ("address of a quotation", "u")),
        ("<img src=a.png alt='' >", ("picture without a text (decoration)", "a.png")),
        ("<img src=a.gif alt=b>", ("picture that is no SVG, PNG, JPEG or WebP file", "b a.gif")),
        ("<img src='http://[x/a.png' alt=b>",
         ("picture that is no SVG, PNG, JPEG or WebP file", "b http://[x/a.png")),
        ("<img src=a.png title=t alt=b>", ("title of a picture", "t")),
        ("<img src=a.png>", ("text alternative of a picture, not given", "a.png")),
        ("<img src=a.png alt=b>", ("credit of a picture, not found", "a.png")),
        ("<figure><img src=a.gif alt=b><figcaption>c</figure>",
         ("picture that is no SVG, PNG, JPEG or WebP file", "b c a.gif")),
        (f"<table><tr>{'<td>a' * 51}</table>", ("table too wide for a page", "a " * 50 + "a")),
        (f"<table><tr><td>{'a' * 9_999}<td>{'b' * 9_999}<td>{'c' * 9_999}<td>{'d' * 9}</table>",
         ("table too wide for a page",
          f"{'a' * 9_999} {'b' * 9_999} {'c' * 9_999} {'d' * 9}")),
        (f"<p>{'a' * 10_001}", ("text of more than 10,000 characters", "a" * 10_001)),
        (f"{'<p>a' * 500}<p>b", ("text after the first 500 blocks of a section", "b")),
        (f"{'<span>' * 100}a", ("text inside more than 100 elements", "a")),
    ],
)  # fmt: skip
def test_what_finds_no_place_is_listed(body: str, entry: tuple[str, str]) -> None:
    assert entry in listed(body)


def test_a_long_address_is_listed() -> None:
    entry = listed(f"<a href='https://a.org/{'x' * 2000}'>a</a>")[0]
    assert entry[0] == "link with more than 2,000 characters of address"


def test_relative_links_need_the_address_of_the_page() -> None:
    draft = drafted("<a href='x'>a</a>", address=None)
    assert draft.unplaced[0].what == "link with a relative address"
    assert "url: TODO" in draft.markdown


@pytest.mark.parametrize("base", ["https://b.org/c/", "//b.org/c/"])
def test_the_base_of_the_page_counts(base: str) -> None:
    draft = drafted("<a href='x'>a</a>", head=f"<base href='{base}'>")
    assert "[a](https://b.org/c/x)" in draft.markdown


def test_a_broken_base_does_not_count() -> None:
    draft = drafted("<a href='x'>a</a>", head="<base href='http://[b'>")
    assert "[a](https://www.msif.org/a/x)" in draft.markdown


@pytest.mark.parametrize(
    ("body", "credit"),
    [
        ("<figure><img src=a.png alt=a><figcaption>Six. Credit: Dr. A. Doe. More here</figure>",
         "Dr. A. Doe"),
        ("<figure><img src=a.png alt=a><figcaption>© 2024 MS Australia</figure>",
         "2024 MS Australia"),
        ("<figure><img src=a.png alt=a><figcaption>Quelle: DMSG | Six</figure>", "DMSG"),
        ("<figure><img src=a.png alt=a><figcaption>Crédit photo\u00a0: ARSEP</figure>", "ARSEP"),
        ("<figure><img src=a.png alt=a><span class=credit>Jane</span></figure>", "Jane"),
        ("<figure data-credit='Image by Jane'><img src=a.png alt=a></figure>", "Jane"),
        ("<img src=a.png alt=a data-credit='Jane'>", "Jane"),
        ("<img src=a.png alt=a><p>Photo by Jane</p>", "Jane"),
        ("<img src=a.png alt=a><p>Nothing</p>", "TODO"),
        (f"<img src=a.png alt=a><p>Source: {'x ' * 200}</p>", "TODO"),
        ("<img src=a.png alt=a><p>x</p><img src=a.png alt=a data-credit=Jane>", "Jane"),
        ("<figure><img src=a.png alt=a><figcaption>Source: .</figure>", "TODO"),
    ],
)  # fmt: skip
def test_credits_are_found(body: str, credit: str) -> None:
    assert facts_of(drafted(body).markdown)["figures"] == [
        {"file": "a.png", "credit": credit, "license": "TODO"}
    ]


def test_files_of_one_name_are_told_apart_and_late_ones_found() -> None:
    draft = drafted("<img src='data:x' data-src=/b/Ü%20a.JPG alt=a><img src=/c/u-a.jpg alt=b>")
    assert "![a](u-a.jpg)\n\n![b](u-a-2.jpg)" in draft.markdown
    assert any("Save https://www.msif.org/c/u-a.jpg as figures/u-a-2.jpg" in n for n in draft.notes)
    assert any("“a.png” of the page" in note for note in
               drafted("<img src=a.png alt=a>", address=None).notes)  # fmt: skip


def test_levels_are_put_in_order() -> None:
    body = "<h1>A</h1><h3>B</h3><h2>C</h2><h1>D</h1><h6>E</h6>"
    body += "<div role=heading aria-level=3>F</div>"
    lines = body_of(drafted(body).markdown).split("\n\n")
    assert [line.split()[0] for line in lines[0:] if line.strip()] == [
        "#", "##", "##", "##", "###", "###",
    ]  # fmt: skip
    assert "Levels of headings are put in order" in noted("<h4>x</h4>")


def test_there_are_six_levels() -> None:
    body = "".join(f"<h{n}>x</h{n}>" for n in range(2, 7)) + "<div role=heading>y</div>"
    markdown = drafted(body, head="<title>T</title>").markdown
    assert "###### x {#x-5}" in markdown
    assert "## y {#y}" in markdown


def test_a_title_that_comes_late_moves_to_the_front() -> None:
    markdown = drafted("a<h2>B</h2>b<h1>T</h1>t<h2>C</h2>").markdown
    assert body_of(markdown).split() == [
        "#", "T", "{#t}", "t", "a", "##", "B", "{#b}", "b", "##", "C", "{#c}",
    ] or "# T {#t}\n\nt\n\na" in markdown  # fmt: skip


@pytest.mark.parametrize(
    ("head", "root"), [("<title>Page</title>", "# Page {#page}"), ("", "# TODO {#todo}")]
)
def test_a_page_without_a_top_heading_gets_its_title(head: str, root: str) -> None:
    assert root in drafted("<h2>B</h2>", head=head).markdown


def test_slugs() -> None:
    long = "word " * 30
    body = f"<h1>L’étude’s Größe</h1><h2>日本</h2><h2>日本</h2><h2>{long}</h2><h2>{long}</h2>"
    body += f"<h2>{'x' * 90}</h2><h2>What is aHSCT?</h2>"
    body += "<h2>What is aHSCT 2</h2><h2>What is aHSCT</h2>"
    sections = filled_in(drafted(body)).sections
    assert [section.slug for section in sections] == [
        "l-etudes-grosse", "section", "section-2", "-".join(["word"] * 16),
        "-".join(["word"] * 15) + "-2", "x" * 80, "what-is-ahsct", "what-is-ahsct-2",
        "what-is-ahsct-3",
    ]  # fmt: skip


def test_a_title_too_long_is_cut_and_kept_below() -> None:
    root = filled_in(drafted(f"<h1>{'word ' * 70}</h1>")).sections[0]
    assert root.title.text.endswith("word…")
    assert len(root.blocks) == 1


def test_facts_of_the_page() -> None:
    head = "<meta property=og:site_name content='MS &amp; I'>"
    facts = facts_of(drafted("a", head=head).markdown)
    assert facts["locale"] == "en"
    assert facts["attribution"] == {"text": "MS & I", "url": ADDRESS}
    assert facts["audience"] == facts["license"] == facts["last_reviewed"] == "TODO"


def test_a_draft_is_refused_until_its_author_decides() -> None:
    with pytest.raises(PageRefused) as refused:
        read_page(drafted("<h1>T</h1>a").markdown.encode())
    named = " ".join(mistake.message for mistake in refused.value.mistakes)
    assert all(fact in named for fact in ("last_reviewed", "review_by", "kind"))


def test_notes_name_a_few_places() -> None:
    assert "; line 1" in noted("<p>a&shy;b" * 7) and " and 2 more)" in noted("<p>a&shy;b" * 7)  # noqa: PT018
    assert "could not be read" in noted("a\ufffd")
    assert "Characters without width" in noted("a\u200bb")
    assert "Control characters" in noted("a\u202eb")
