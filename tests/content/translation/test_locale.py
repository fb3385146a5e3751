"""Language tags: read, described, and looked up from the exact one to its parents."""

import pytest

from content.errors import LocaleMalformed
from content.translation import phrases
from content.translation.locale import describe, listed, look_up, parent, read_tag


@pytest.mark.parametrize(
    ("text", "tag"), [("fr", "fr"), ("FR_ch", "fr-CH"), ("zh-hant-tw", "zh-Hant-TW")]
)
def test_a_tag_is_read_in_its_one_form(text: str, tag: str) -> None:
    assert read_tag(text) == tag


@pytest.mark.parametrize(
    "text", ["", "f", "french, please", "fr--CH", "ﬁ", "fr-" + "a" * 40, "../fr", "fr\n"]
)
def test_what_is_no_tag_is_refused(text: str) -> None:
    with pytest.raises(LocaleMalformed) as refused:
        read_tag(text)
    assert len(refused.value.context["locale"]) <= 35


def test_a_locale_as_readers_meet_it() -> None:
    french, arabic = listed(["fr-CH", "ar"])
    assert (french.name, french.native_name) == ("French (Switzerland)", "français (Suisse)")
    assert (french.dir, french.parent) == ("ltr", "fr")
    assert french.plural_forms == "nplurals=2; plural=(n > 1);"
    assert (arabic.dir, arabic.parent) == ("rtl", None)


@pytest.mark.parametrize("tag", ["tlh", "qaa", "x-private"])
def test_a_language_that_cldr_does_not_know_is_refused(tag: str) -> None:
    with pytest.raises(LocaleMalformed):
        describe(tag)


@pytest.mark.parametrize(
    ("tag", "above"),
    [
        ("fr", None),
        ("fr-CH", "fr"),
        ("zh-Hant-TW", "zh-Hant"),
        ("zh-Hant", None),
        ("en-AU", "en-001"),
        ("en-001", "en"),
        ("de-CH-x-phonebk", "de-CH"),
        ("en-a-bbb-x-y-ccc", "en-a-bbb"),
        ("en-a-b-ccc", "en"),
    ],
)
def test_the_next_more_general_tag(tag: str, above: str | None) -> None:
    assert parent(tag) == above


@pytest.mark.parametrize(
    ("requested", "found"),
    [("fr", "fr"), ("fr-CH", "fr"), ("de-CH", "de-CH"), ("de-CH-1996", "de-CH"), ("es", None)],
)
def test_the_exact_locale_or_its_nearest_parent(requested: str, found: str | None) -> None:
    assert look_up(requested, {"fr", "de", "de-CH"}) == found


PHRASES = (
    phrases.TRANSLATION_OF,
    phrases.VARIANT_OF,
    phrases.CARRIED_FORWARD,
    phrases.DEMO_NOTICE,
    phrases.SAFETY_CHANGE,
    phrases.REVIEW_LAPSED,
)


@pytest.mark.parametrize("locale", ["fr", "it", "de"])
@pytest.mark.parametrize("phrase", PHRASES)
def test_the_hub_says_everything_in_every_language(locale: str, phrase: str) -> None:
    said = phrases.say(locale, phrase, number=4711)
    assert said != phrase.format(number=4711)
    assert ("4711" in said) == ("{number}" in phrase)
    assert "{" not in said


def test_a_language_without_words_of_its_own_borrows_its_parents_or_english() -> None:
    assert phrases.say("fr-CH", phrases.REVIEW_LAPSED) == phrases.say("fr", phrases.REVIEW_LAPSED)
    assert phrases.say("es", phrases.REVIEW_LAPSED) == phrases.REVIEW_LAPSED
    assert phrases.say("de", "A phrase nobody translated") == "A phrase nobody translated"
