"""The bundled translations say what the bundled page says: complete, in their language, and with
the same numbers and links."""

import re
from collections import Counter
from decimal import Decimal

import polib
import pytest

from content.samples import bundle
from content.settings import ROOT
from content.translation import catalogue, snapshot
from content.translation.merge import Rendering
from tests.reader import TODAY
from tests.world import World

pytestmark = pytest.mark.time_machine(TODAY, tick=False)

LOCALES = bundle.TRANSLATIONS

#: Names that are the same in every language, and what French has in common with English.
NAMES = re.compile(
    r"(\[[^\]]*\]\{1\}( \(France\))?|Europe, phase III|Phase III|Alemtuzumab|"
    r"MIST|BEAT-MS|STAR-MS|RAM-MS|"
    r"[A-Z][\w-]+( [A-Z][\w-]+)*)\Z"
)
#: Words of English that are no words of French, Italian or German.
ENGLISH = frozenset(
    re.findall(
        r"\w+",
        "the of and with that this these they their there which are have has not from by or than "
        "does been being more other what when who how it its your you should would could will",
    )
)
#: How a language writes thousands and decimals, as a pattern of each.
SEPARATORS = {
    "en": (r",", r"\."),
    "fr": (r"[\u00a0\u202f ]", r","),
    "it": (r"[.\u00a0\u202f]", r","),
    "de": (r"[.\u00a0\u202f]", r","),
}


def read(locale: str) -> polib.POFile:
    return polib.pofile(str(ROOT / "locales" / catalogue.file_name(bundle.PAGE, locale)))


def without_links(text: str) -> str:
    return re.sub(r"\{\d+\}", "", text)


def numbers(text: str, locale: str) -> Counter[Decimal]:
    """The values of the numbers that are written in digits."""
    thousand, decimal = SEPARATORS[locale]
    number = re.compile(
        rf"(?<![\w.,])\d{{1,3}}(?:{thousand}\d{{3}})+(?:{decimal}\d+)?(?!\d)"
        rf"|\d+(?:{decimal}\d+)?"
    )
    return Counter(
        Decimal(re.sub(decimal, ".", re.sub(rf"{thousand}(?=\d{{3}}(?!\d))", "", one)))
        for one in number.findall(without_links(text))
    )


def english_words(text: str) -> list[str]:
    return [word for word in re.findall(r"[a-z]+", text.lower()) if word in ENGLISH]


def plain(text: str) -> list[str]:
    """The words without what stands in brackets, emphasis or quotes: names and titles do."""
    return english_words(re.sub(r"\[[^\]]*\]|\*[^*]+\*|„[^“]*“|«[^»]*»|\([^)]*\)", " ", text))


@pytest.mark.parametrize("locale", LOCALES)
def test_every_message_has_a_translation_and_none_is_fuzzy(locale: str) -> None:
    entries = read(locale)
    assert entries.percent_translated() == 100
    assert entries.fuzzy_entries() == []
    assert entries.untranslated_entries() == []
    assert entries.obsolete_entries() == []
    assert entries.metadata["Language"] == locale


@pytest.mark.parametrize("locale", LOCALES)
def test_they_translate_the_page_as_it_is_now(sample: World, locale: str) -> None:
    with sample.reading() as session:
        now = polib.pofile(catalogue.write(session, bundle.PAGE, locale).text)
    assert [(one.msgctxt, one.msgid, one.msgstr) for one in read(locale)] == [
        (one.msgctxt, one.msgid, one.msgstr) for one in now
    ]
    template = polib.pofile(str(ROOT / "locales" / f"{bundle.PAGE}.pot"))
    assert [(one.msgctxt, one.msgid, one.msgstr) for one in template] == [
        (one.msgctxt, one.msgid, "") for one in now
    ]


@pytest.mark.snapshot
@pytest.mark.parametrize("locale", LOCALES)
def test_they_can_be_compared_with_the_page_before_it_was_translated(
    sample: World, locale: str, request: pytest.FixtureRequest
) -> None:
    """Whoever pushes them into a new hub pulled them, as it were, from one like it."""
    path = ROOT / "locales" / catalogue.file_name(bundle.PAGE, locale)
    with sample.reading() as session:
        found = catalogue.standings(session, bundle.PAGE, locale)
        blank = (Rendering(one.message) for now in found for one in now.renderings)
        name = snapshot.name_of(snapshot.body_of(bundle.PAGE, locale, blank))
    if request.config.getoption("--rewrite-snapshots"):
        text = re.sub(rf'"{snapshot.HEADER}: .*\n', "", path.read_text("utf-8"))
        end = '"Content-Transfer-Encoding: 8bit\\n"\n'
        path.write_text(text.replace(end, f'{end}"{snapshot.HEADER}: {name}\\n"\n', 1), "utf-8")
    assert read(locale).metadata.get(snapshot.HEADER) == name, "see `make snapshots`"


@pytest.mark.parametrize("locale", LOCALES)
def test_nothing_but_names_is_left_as_it_was(locale: str) -> None:
    same = [one.msgid for one in read(locale) if one.msgstr == one.msgid]
    assert [text for text in same if not NAMES.match(text)] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_no_english_sentence_is_left(locale: str) -> None:
    left = {one.msgid: plain(one.msgstr) for one in read(locale)}
    # One such word may stand in a name: MS Society of Canada.
    assert {text: words for text, words in left.items() if len(words) > 1} == {}


@pytest.mark.parametrize("locale", LOCALES)
def test_every_number_has_the_same_value(locale: str) -> None:
    different = {
        one.msgid: one.msgstr
        for one in read(locale)
        if numbers(one.msgid, "en") != numbers(one.msgstr, locale)
    }
    assert different == {}


@pytest.mark.parametrize("locale", LOCALES)
def test_every_link_is_there_once(locale: str) -> None:
    for one in read(locale):
        assert Counter(re.findall(r"\{\d+\}", one.msgstr)) == Counter(
            re.findall(r"\{\d+\}", one.msgid)
        ), one.msgid


@pytest.mark.parametrize(
    ("locale", "text"),
    [("en", "40,000 in 2005, or 1.4%"), ("fr", "40 000 en 2005, ou 1,4 %"),
     ("it", "40.000 nel 2005, o 1,4%"), ("de", "40.000 im Jahr 2005, oder 1,4 %")],
)  # fmt: skip
def test_numbers_are_read_as_the_language_writes_them(locale: str, text: str) -> None:
    assert numbers(text, locale) == Counter(map(Decimal, ("40000", "2005", "1.4")))


def test_an_english_sentence_and_a_lost_number_would_be_found() -> None:
    assert len(plain("The trial is not over, and they have more of it.")) > 1
    assert plain("La MS Society of Canada informiert") == ["of"]
    assert numbers("2000 mg", "en") != numbers("200 mg", "de")
