"""The facts at the beginning of a file, and YAML that would do harm."""

import pytest

from content.records.markdown import PageRefused, read_page, write_page
from content.records.markdown.yaml_tree import YamlRefused, read_yaml

FACTS = """\
locale: en
audience: People with MS
authors:
  - MSIF editorial team
license: CC-BY-4.0
attribution:
  text: MS International Federation
  url: https://www.msif.org/
disclaimer: This page informs.
last_reviewed: 2026-11-20
review_by: 2027-11-20
change:
  kind: clinical
  summary: First edition
"""
EVIDENCE = "evidence:\n  - {id: a, type: trial, title: A, url: 'https://x.org'}\n"
FIGURE = "figures:\n  - {file: a.svg, credit: A, license: B}\n"


def mistakes(facts: str) -> list[tuple[int, str]]:
    """Lines and codes; line 1 is the first line between the two `---`."""
    with pytest.raises(PageRefused) as refused:
        read_page(f"---\n{facts}---\n# A {{#a}}\n\na [@a]\n\n![a](a.svg)".encode())
    known = ("evidence-unknown", "figure-without-credit", "evidence-unused", "figure-unused")
    found = refused.value.mistakes
    return [(mistake.line - 1, mistake.code) for mistake in found if mistake.code not in known]


def changed(old: str, new: str) -> list[tuple[int, str]]:
    facts = FACTS + EVIDENCE + FIGURE
    assert old in facts
    return mistakes(facts.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("locale: en", "locale: english!", [(1, "front-matter-value")]),
        ("locale: en\n", "", [(1, "front-matter-missing-key")]),
        ("locale: en", "locale: en\nlanguage: en", [(2, "front-matter-unknown-key")]),
        ("locale: en", "locale: en\nlocale: de", [(2, "front-matter-broken")]),
        ("audience: People with MS", "audience:", [(2, "front-matter-value")]),
        ("audience: People with MS", "audience: ~", [(2, "front-matter-value")]),
        ("audience: People with MS", "audience: [a]", [(2, "front-matter-value")]),
        ("audience: People with MS", f"audience: {'a' * 2_001}", [(2, "front-matter-value")]),
        ("audience: People with MS", 'audience: "a\\u202eb"', [(2, "front-matter-value")]),
        ("\n  - MSIF editorial team", " MSIF", [(3, "front-matter-value")]),
        ("\n  - MSIF editorial team", " []", [(3, "front-matter-value")]),
        ("  - MSIF editorial team", "  - a\n" * 20 + "  - b", [(3, "front-matter-value")]),
        ("  url: https://www.msif.org/", "  url: www.msif.org", [(8, "front-matter-value")]),
        ("  url: https://www.msif.org/", "  url: 'https://a b'", [(8, "front-matter-value")]),
        ("  url: https://www.msif.org/", "  url: 'https://[a'", [(8, "front-matter-value")]),
        (
            "  url: https://www.msif.org/",
            "  link: x",
            [(7, "front-matter-missing-key")] * 1 + [(8, "front-matter-unknown-key")],
        ),
        ("2026-11-20", "20 November 2026", [(10, "front-matter-value")]),
        ("2026-11-20", "2026-02-30", [(10, "front-matter-value")]),
        ("2026-11-20", "2027-11-20", [(11, "front-matter-value")]),
        ("kind: clinical", "kind: small", [(13, "front-matter-value")]),
        (
            "change:\n  kind: clinical\n  summary: First edition",
            "change: all",
            [(12, "front-matter-value")],
        ),
        ("id: a", "id: A b", [(16, "front-matter-value")]),
        ("type: trial", "type: rumour", [(16, "front-matter-value")]),
        ("  - {id: a", "  - a\n  - {id: a", [(15, "front-matter-value")]),
        ("file: a.svg", "file: a/b.svg", [(18, "front-matter-value")]),
        ("file: a.svg", "file: a.gif", [(18, "front-matter-value")]),
        ("file: a.svg", f"file: {'a' * 252}.svg", [(18, "front-matter-value")]),
        ("figures:", "sections: {a: {colour: red}}\nfigures:", [(17, "front-matter-unknown-key")]),
        (
            "figures:",
            "sections: {a: {review_by: 2020-01-01}}\nfigures:",
            [(17, "front-matter-value")],
        ),
        ("figures:", "sections: {a: b}\nfigures:", [(17, "front-matter-value")]),
        ("figures:", "sections: [a]\nfigures:", [(17, "front-matter-value")]),
        ("figures:", "sections: {b: {}}\nfigures:", [(17, "section-unknown")]),
    ],
)
def test_a_wrong_fact_is_told_with_its_line(
    old: str, new: str, found: list[tuple[int, str]]
) -> None:
    assert changed(old, new) == found


@pytest.mark.parametrize(
    ("facts", "line"),
    [
        ("", 1),
        ("a", 1),
        ("- a", 1),
        ("a: [b", 2),
        ("a: 1\nb: &x 2", 2),
        ("a: *x", 1),
        ("a: !!python/name:os.system x", 1),
        ("a: !x y", 1),
        ("[a]: b", 1),
        ("a: [[[[[[[b]]]]]]]", 1),
        ("a: 1\n...\n---x: 1\n", 3),
        ('a: "\\ud800"', 1),
    ],
)
def test_yaml_that_is_no_list_of_facts_is_refused(facts: str, line: int) -> None:
    assert mistakes(f"{facts}\n") == [(line, "front-matter-broken")]


def test_characters_that_yaml_does_not_know() -> None:
    with pytest.raises(YamlRefused, match="not YAML"):
        read_yaml("a: \x01")


def test_an_alias_bomb_stays_small() -> None:
    bomb = "a: &a [x]\n" + "".join(f"b{n}: [*a, *a]\n" for n in range(100))
    assert mistakes(bomb) == [(1, "front-matter-broken")]


def test_no_front_matter() -> None:
    with pytest.raises(PageRefused) as refused:
        read_page(b"# A {#a}")
    assert [(m.line, m.code) for m in refused.value.mistakes] == [(1, "front-matter-missing")]


def test_front_matter_without_an_end() -> None:
    with pytest.raises(PageRefused) as refused:
        read_page(b"---\nlocale: en\n")
    assert "front-matter-broken" in [mistake.code for mistake in refused.value.mistakes]


def test_too_much_of_it() -> None:
    facts = "".join(f"k{number}: {'v' * 90_000}\n" for number in range(6))
    assert mistakes(facts) == [(1, "too-large")]


def test_words_that_yaml_would_take_for_something_else_stay_words() -> None:
    odd = ["no", "null", "2026-11-20", "1.50", "a: b", "a #b", "- a", "'a'", '"', "é: ü", "a:", "*"]
    quoted = "".join(f"  - '{name.replace(chr(39), chr(39) * 2)}'\n" for name in odd)
    facts = FACTS.replace("  - MSIF editorial team\n", quoted)
    page = read_page(f"---\n{facts}---\n# A {{#a}}\n".encode())
    assert page.facts.authors == tuple(odd)
    assert read_page(write_page(page).encode()) == page


def test_sections_may_have_facts_of_their_own() -> None:
    own = "sections:\n  b:\n    authors: [A]\n    last_reviewed: 2026-01-01\n"
    source = f"---\n{FACTS}{own}---\n\n# A {{#a}}\n\n## B {{#b}}\n"
    page = read_page(source.encode())
    assert page.sections[1].facts.authors == ("A",)
    assert read_page(write_page(page).encode()) == page
