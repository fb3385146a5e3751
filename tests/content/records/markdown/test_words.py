"""Words: what a person may send, the one form it is kept in, and what it shows."""

import pytest

from content.records.markdown import (
    Kind,
    Words,
    WordsRefused,
    in_reading_order,
    links_shown,
    plain_text,
    read_words,
    words_html,
    words_markdown,
)
from content.records.markdown.inline import file_pieces, words_of_pieces
from content.records.markdown.targets import link_target

REGISTER = "https://clinicaltrials.gov/study/NCT00273364"


def codes(kind: Kind, text: str, links: tuple[str, ...] = ()) -> list[str]:
    with pytest.raises(WordsRefused) as refused:
        read_words(kind, text, links)
    return [problem.code for problem in refused.value.problems]


def from_file(source: str) -> Words:
    return words_of_pieces("paragraph", file_pieces("paragraph", source))


def file_problems(source: str) -> list[tuple[str, int]]:
    with pytest.raises(WordsRefused) as refused:
        from_file(source)
    return [(problem.code, problem.line) for problem in refused.value.problems]


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("1. März 2025", "1. März 2025"),
        (
            "p < 0.05, 5 * 3, snake_case, R&D, <18 years",
            "p < 0.05, 5 * 3, snake_case, R&D, <18 years",
        ),
        ("_so_ and __so__", "*so* and **so**"),
        ("**_so_**", "**_so_**"),
        ("a\nb\n\nc", "a b c"),
        ("a  \nb", "a\\\nb"),
        ("a\n\\\n\nb", "a\\\nb"),
        ("open *without end", "open \\*without end"),
        ("&auml;&lt;b&gt; &amp;amp;", "ä\\<b> \\&amp;"),
        ("`` a`b ``", "``a`b``"),
        ("`` `a` ``", "`` `a` ``"),
        ("`  a  `", "`  a  `"),
        ("` `a", "` `a"),
        ("C:\\dir \\\\", "C:\\\\dir \\\\"),
        ("[sic]", "\\[sic\\]"),
        ("Look![now]{1}", "Look\\![now]{1}"),
        ("e\u0301 \u212a", "é K"),
        ("a *&nbsp;b* c", "a *&#160;b* c"),
        ("a&auml;*'x'*", "a&#228;*'x'*"),
        ("**  \n#**a_  \n&nbsp;**", "\\*\\*\\\n#**a\\_\\\n&#160;**"),
        ("*a*_b_ &auml;", "*a*_b_ ä"),
        ("_&nbsp;b_ &auml;", "*&#160;b* ä"),
        ("*a*_&nbsp;b_ &auml;", "*a*_&#160;b_ ä"),
        ("a&auml;*'x'*  \nb", "a&#228;*'x'*  \nb"),
        ("**(&#98;&#42;*a** _b", "**(&#98;&#42;*a** _b"),
        ("&nbsp;a&#32;", "&#160;a&#32;"),
        ("\ta\r\nb\rc ", "a b c"),
        ("<5 a@b>", "\\<5 a@b>"),
    ],
)
def test_words_have_one_form(text: str, canonical: str) -> None:
    links = (REGISTER,) if "{1}" in text else ()
    words = read_words("paragraph", text, links)
    assert words.text == canonical
    assert read_words("paragraph", words.text, links) == words


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "blank"),
        (" \n\u00a0", "blank"),
        ("&nbsp;", "blank"),
        ("a <b>c</b>", "html"),
        ("<!-- a -->", "html"),
        ("![a](https://x.org/a.png)", "image"),
        ("[a](https://x.org)", "link-not-placeholder"),
        ("[a](not an address)", "link-not-placeholder"),
        ("[a](javascript:alert)", "link-not-placeholder"),
        ("<https://x.org>", "link-not-placeholder"),
        ("[a]{1}", "placeholder-unknown"),
        ("a\u202eb", "control-character"),
        ("a\u2066b", "control-character"),
        ("a\x00b", "control-character"),
        ("a\tb", "control-character"),
        ("a&#9;b", "control-character"),
        ("a" + "\u0301" * 31, "control-character"),
        ("a" * 10_001, "text-too-long"),
        ("*" * 100_001, "text-too-long"),
    ],
)
def test_what_no_text_may_hold(text: str, code: str) -> None:
    assert code in codes("paragraph", text)


def test_every_placeholder_stands_once() -> None:
    assert codes("paragraph", "a", (REGISTER,)) == ["placeholder-missing"]
    assert codes("paragraph", "[a]{1} [b]{1}", (REGISTER,)) == ["placeholder-doubled"]
    assert codes("paragraph", "a []{1}", (REGISTER,)) == ["link-target"]
    assert codes("alt", "a", (REGISTER,)) == ["placeholder-missing"]


def test_a_translation_may_turn_the_order_of_links_round() -> None:
    words = read_words("paragraph", "[b]{2} and [a]{1}", ("https://a.org/", "https://b.org/"))
    assert words_markdown(words) == "[b](https://b.org/) and [a](https://a.org/)"
    assert in_reading_order(words) == Words(
        "paragraph", "[b]{1} and [a]{2}", ("https://b.org/", "https://a.org/")
    )


@pytest.mark.parametrize("kind", ["title", "cell"])
def test_titles_and_cells_have_no_line_break(kind: Kind) -> None:
    assert codes(kind, "a\\\nb") == ["line-break"]


def test_a_title_is_short() -> None:
    assert codes("title", "a" * 301) == ["text-too-long"]
    assert read_words("title", "a" * 300).text == "a" * 300


def test_limits_count_what_is_read_not_how_it_is_written() -> None:
    assert plain_text(read_words("paragraph", "*" * 10_000)) == "*" * 10_000


def test_a_unit_with_all_its_addresses_fits_in_a_line_of_a_file() -> None:
    text = " ".join(f"[a]{{{number}}}" for number in range(1, 61))
    assert codes("paragraph", text, ("https://x.org/" + "a" * 1_900,) * 60) == ["text-too-long"]


def test_a_text_alternative_is_plain_text() -> None:
    words = read_words("alt", "five *steps*\n<b> [x](y) & more")
    assert words == Words("alt", "five *steps* <b> [x](y) & more")
    assert words_markdown(words) == "five \\*steps\\* \\<b> \\[x\\](y) & more"
    assert words_html(words) == "five *steps* &lt;b&gt; [x](y) &amp; more"
    assert plain_text(words) == words.text


def test_words_as_html_and_as_plain_text() -> None:
    words = read_words(
        "paragraph", '**[a "b"]{1}**\\\n`<c>` & \u00a0x', ("https://x.org/?a=1&b=2",)
    )
    assert words_html(words) == (
        '<strong><a href="https://x.org/?a=1&amp;b=2">a "b"</a></strong><br>\n'
        "<code>&lt;c&gt;</code> &amp; &nbsp;x"
    )
    assert plain_text(words) == 'a "b"\n<c> & \u00a0x'


def test_links_with_their_text_and_target() -> None:
    words = read_words("paragraph", "a [*b* `c`]{2} d [e]{1}", ("https://x.org", "https://y.org"))
    assert links_shown(words) == (("b c", "https://y.org"), ("e", "https://x.org"))


def test_a_number_without_a_target_is_text() -> None:
    assert words_html(Words("paragraph", "[a]{1}")) == "[a]{1}"


@pytest.mark.parametrize(
    ("target", "stored"),
    [
        ("https://x.org", "https://x.org"),
        ("mailto:a@b.org", "mailto:a@b.org"),
        ("https://exämple.org/ü (1)", "https://xn--exmple-cua.org/%C3%BC%20(1)"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("ftp://x.org", None),
        ("//x.org", None),
        ("/path", None),
        ("https:", None),
        ("mailto:", None),
        ("https://x.org/" + "a" * 2_000, None),
    ],
)
def test_links_lead_to_the_web_or_to_mail(target: str, stored: str | None) -> None:
    assert link_target(target) == stored
    if stored is None:
        assert codes("paragraph", "[a]{1}", (target,)) == ["link-target"]


@pytest.mark.parametrize("target", ["https://x.org/a(b", "https://x.org/a)(b", "https://x.org/(a)"])
def test_targets_survive_their_parentheses(target: str) -> None:
    words = Words("paragraph", "[a]{1}", (target,))
    assert from_file(words_markdown(words)) == words


def test_links_of_a_file_become_placeholders() -> None:
    words = from_file("[the *register*](https://x.org/(a)) and <https://y.org/?a=1&copy;>")
    assert words.text == "[the *register*]{1} and [https://y.org/?a=1&copy;]{2}".replace(
        "&copy;", "\\&copy;"
    )
    assert words.links == ("https://x.org/(a)", "https://y.org/?a=1&copy;")


@pytest.mark.parametrize(
    ("source", "code", "line"),
    [
        ("a\n[b](/path)", "link-target", 1),
        ("[b](javascript:alert)", "link-target", 0),
        ('[b](https://x.org "title")', "link-target", 0),
        ("[](https://x.org)", "link-target", 0),
        ("[see](page 12)", "link-target", 0),
        ("[<https://x.org>](https://y.org)", "link-target", 0),
        ("a\\\nb [@mist] c", "citation-misplaced", 1),
        ("a [^1]", "block-not-supported", 0),
        ("a\nb <b>", "html", 1),
        ("a ![b](c.svg)", "image", 0),
    ],
)
def test_text_of_a_file_that_means_something_else_is_refused(
    source: str, code: str, line: int
) -> None:
    assert (code, line) in file_problems(source)


def test_escaped_it_is_text() -> None:
    assert plain_text(from_file(r"\[@mist] \[^1] a\](b) \<b>")) == "[@mist] [^1] a](b) <b>"


def test_a_refusal_reads_as_its_reasons() -> None:
    with pytest.raises(WordsRefused, match="there is no text"):
        read_words("title", "")
