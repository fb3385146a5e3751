"""The source changes, in each of eight ways, and two translators open their files again.

English is in force, and so are the French and the German text. What a translator is asked to do,
what they are told, and what readers of their language see meanwhile.
"""

import polib
import pytest

from tests.reader import TODAY, ask, read, waiting_statement
from tests.world import World, page, said, translated

BOTH = ("fr", "de")
COLLECTED = "Stem cells are collected from your blood."
FROZEN = "They are frozen and given back after chemotherapy."
WHOLE = f"""{COLLECTED} {FROZEN}"""
TEXT = f"""# Treatment {{#treatment}}

The treatment began 5 years ago.

{WHOLE}

It does not repair damaged nerves.

## Risks {{#risks}}

Most people feel tired for several weeks.

- Infections are treated in hospital.
- See [the register of all trials](https://example.org/register).
"""


def the_page(world: World) -> None:
    world.publish_page(page(TEXT))


pytestmark = [
    pytest.mark.time_machine(TODAY, tick=False),
    pytest.mark.begins_with(the_page, *BOTH),
]


@pytest.fixture
def hub(sqlite_world: World) -> World:
    """The page in force in three languages."""
    return sqlite_world


def author_changes(hub: World, old: str, new: str, text: str = TEXT) -> None:
    assert old in text
    hub.publish_page(page(text.replace(old, new), summary="What the author changed"))


def opened(hub: World, locale: str) -> dict[str, polib.POEntry]:
    """The file as the translator sees it, by source text."""
    return {one.msgid: one for one in polib.pofile(hub.pull(locale)) if not one.obsolete}


def asked(hub: World, locale: str) -> list[str]:
    """The source texts that the translator has something to do for."""
    return [text for text, one in opened(hub, locale).items() if not one.translated()]


def told(entry: polib.POEntry) -> str:
    """What the file says of the change."""
    return str(entry.comment.splitlines()[-1])


def translators_finish(hub: World, section: str) -> None:
    """They go through what is open, reviewers and signers follow; readers see it."""
    for locale in BOTH:
        assert hub.publish_translation(locale) == [section]
        assert read(hub, section, locale)["status"] == "current"


def nobody_has_work(hub: World, section: str) -> None:
    """No entry is open, no banner is shown, and the hub prepared the next version by itself."""
    for locale in BOTH:
        assert asked(hub, locale) == []
        assert read(hub, section, locale)["status"] == "current"
        assert read(hub, section, locale)["version"] == 1
        hub.sign(waiting_statement(hub, section, locale), f"language-2-{locale}")
        assert read(hub, section, locale)["version"] == 2


@pytest.mark.parametrize(
    ("old", "new", "note"),
    [
        pytest.param("5 years ago", "4 years ago", "CHANGED (critical): 5 -> 4 years", id="number"),
        pytest.param("does not repair", "does repair", "CHANGED (critical): removed: not", id="no"),
        pytest.param("damaged nerves", "injured nerves", "CHANGED: damaged -> injured nerves"),
    ],
)
def test_a_number_a_negation_or_a_word_changes(hub: World, old: str, new: str, note: str) -> None:
    author_changes(hub, old, new)

    for locale in BOTH:
        (text,) = asked(hub, locale)
        entry = opened(hub, locale)[text]
        assert new in text
        assert old in entry.previous_msgid
        assert entry.fuzzy
        assert entry.msgstr == said(locale, entry.previous_msgid)
        assert told(entry) == note
        assert read(hub, "treatment", locale)["status"] == "outdated"
    translators_finish(hub, "treatment")


def test_a_paragraph_moves(hub: World) -> None:
    moved = TEXT.replace(f"{WHOLE}\n\n", "").replace("nerves.\n", f"nerves.\n\n{WHOLE}\n")
    author_changes(hub, "", "", moved)

    nobody_has_work(hub, "treatment")

    german = read(hub, "treatment", "de")["markdown"]
    assert german.index("nerves") < german.index("Stem cells")


def test_a_paragraph_is_split_in_two(hub: World) -> None:
    author_changes(hub, WHOLE, f"{COLLECTED}\n\n{FROZEN}")

    for locale in BOTH:
        assert asked(hub, locale) == [COLLECTED, FROZEN]
        for text in (COLLECTED, FROZEN):
            entry = opened(hub, locale)[text]
            assert entry.previous_msgid == WHOLE
            assert entry.msgstr == f"{locale} – {WHOLE}"
            assert told(entry) == "SPLIT: this was part of a longer text"
    translators_finish(hub, "treatment")


def test_two_paragraphs_become_one(hub: World) -> None:
    author_changes(hub, WHOLE, f"{COLLECTED}\n\n{FROZEN}")
    translators_finish(hub, "treatment")
    author_changes(hub, "", "")

    for locale in BOTH:
        assert asked(hub, locale) == [WHOLE]
        entry = opened(hub, locale)[WHOLE]
        assert entry.msgstr == f"{locale} – {COLLECTED} {locale} – {FROZEN}"
        assert entry.previous_msgid == f"{COLLECTED}\n\n{FROZEN}"
        assert told(entry) == "MERGED: 2 texts are one now"
    translators_finish(hub, "treatment")


def test_a_section_gets_another_title(hub: World) -> None:
    author_changes(hub, "## Risks", "## Known risks")

    for locale in BOTH:
        assert asked(hub, locale) == ["Known risks"]
        entry = opened(hub, locale)["Known risks"]
        assert (entry.previous_msgid, entry.msgstr) == ("Risks", f"{locale} – Risks")
        assert told(entry) == "CHANGED: Risks -> Known risks"
    translators_finish(hub, "risks")


def test_a_title_that_names_another_thing_is_translated_anew(hub: World) -> None:
    author_changes(hub, "## Risks", "## Benefits")

    for locale in BOTH:
        assert opened(hub, locale)["Benefits"].msgstr == ""


def test_a_link_gets_another_address(hub: World) -> None:
    author_changes(hub, "https://example.org/register", "https://example.org/new")

    nobody_has_work(hub, "risks")

    for locale in BOTH:
        assert "https://example.org/new" in read(hub, "risks", locale)["html"]


def test_a_link_is_added(hub: World) -> None:
    linked = "[Infections](https://example.org/infections) are treated in hospital."
    author_changes(hub, "Infections are treated in hospital.", linked)

    for locale in BOTH:
        (text,) = asked(hub, locale)
        entry = opened(hub, locale)[text]
        assert entry.msgstr == f"{locale} – Infections are treated in hospital."
        assert told(entry) == "LINKS: the words are the same, the links are not"
        # Readers were told the same words, so no banner; the next version waits for the link.
        assert read(hub, "risks", locale)["status"] == "current"
        assert hub.states(locale)["risks"] == ["in_force"]


def test_the_source_goes_back_to_its_earlier_words(hub: World) -> None:
    author_changes(hub, "5 years ago", "4 years ago")
    hub.push("fr", translated(hub.pull("fr"), "fr"))
    author_changes(hub, "", "")

    assert asked(hub, "de") == []
    assert opened(hub, "de")["The treatment began 5 years ago."].msgstr == (
        "de – The treatment began 5 Jahre ago."
    )
    # The French draft was made for the other number.
    assert asked(hub, "fr") == ["The treatment began 5 years ago."]


def test_a_sentence_is_dropped_and_comes_back(hub: World) -> None:
    dropped = "- Infections are treated in hospital.\n"
    author_changes(hub, dropped, "")
    for locale in BOTH:
        assert asked(hub, locale) == []
        (obsolete,) = polib.pofile(hub.pull(locale)).obsolete_entries()
        assert obsolete.msgstr == f"{locale} – Infections are treated in hospital."
        hub.sign(waiting_statement(hub, "risks", locale), f"language-2-{locale}")
        assert "Infections" not in read(hub, "risks", locale)["html"]

    author_changes(hub, "", "")

    for locale in BOTH:
        assert asked(hub, locale) == ["Infections are treated in hospital."]


def test_sections_do_not_lend_each_other_words(hub: World) -> None:
    author_changes(
        hub, "## Risks {#risks}\n", f"## Risks {{#risks}}\n\n{WHOLE.replace('your', 'the')}\n"
    )

    for locale in BOTH:
        (text,) = asked(hub, locale)
        assert opened(hub, locale)[text].msgstr == ""
    assert ask(hub, "/v1/sections/risks/fr").status == 200


TWINS = (
    ("What are the benefits?", "What are the risks?"),
    ("Before treatment", "After treatment"),
    ("Common effects", "Rare effects"),
    ("Common side effects", "Uncommon side effects"),
    ("The benefits are small.", "The risks are small."),
    (
        "What are the benefits of stem cells for people?",
        "What are the risks of stem cells for people?",
    ),
)


@pytest.mark.parametrize("marks", ["", "- "])
def test_nothing_gets_the_words_of_what_it_only_looks_like(hub: World, marks: str) -> None:
    old = "\n\n".join(f"{marks}{one}" for one, _ in TWINS)
    new = "\n\n".join(f"{marks}{other}" for _, other in TWINS)
    anchor = "Most people feel tired for several weeks."
    fewer, more = "4 of 10 people had fewer relapses", "4 of 10 people had more relapses"
    twins = TEXT.replace(anchor, f"{old}\n\n{anchor}\n\n- {fewer}")
    hub.publish_page(page(twins))
    for locale in BOTH:
        hub.publish_translation(locale)

    changed = twins.replace(old, new).replace(f"- {fewer}", f"- {more}\n- 5{fewer[1:]}")
    hub.publish_page(page(changed))

    for locale in BOTH:
        entries = opened(hub, locale)
        assert {entries[text].msgstr for text in (more, *(other for _, other in TWINS))} == {""}
        assert entries[f"5{fewer[1:]}"].msgstr == f"{locale} – {fewer}"
