"""What the page marks is what the hub's own comparison tells: the two are written twice."""

import pytest
from playwright.sync_api import Page

from content.records import word_diff
from tests.browser.ceremonies import Ceremony, origin

TEXTS = [
    ("Some people take 2000 mg a day.", "Some people take 1000 mg a day."),
    ("It helps 4-5 of 10, or 1,4 %.", "It helps 4–5 of 10, or 1.4%."),
    ("The dose is <5 mg; never more.", "The dose is ≥5 mg; more."),
    ("Talk with your neurologist soon.", "Soon, talk with a doctor."),
    ("", "New."),
    ("Old.", ""),
    ("the same", "the same"),
    ("a b c d e f g", "a x c y z f g"),
    ("40\u00a0000 people, −3 points", "40\u202f000 people, +3 points"),
    ("L’eau n’est pas chaude, 3 fois.", "L’eau est chaude, trois fois."),
    ("Non è mai così; né oggi.", "È così; oggi."),
    ("Es gibt keine Gefahr – nicht jetzt.", "Es gibt eine Gefahr – jetzt."),
    ("Ärzte über 40\u202f% dafür", "Ärzte über 50\u202f% dafür"),
    ("emoji 👩‍⚕️ and é combined", "emoji 👨‍⚕️ and é combined"),
]
COMPARED = """
async ([listed, locales]) => {
  const { isCritical, pieces, steps } = await import("/signing/compare.js");
  return listed.map(([was, now]) => {
    const [old, young] = [pieces(was), pieces(now)];
    const found = steps(old, young);
    const text = (dropped) => found.filter(([what]) => what !== dropped)
      .map(([what, i, j]) => what === "delete" ? old[i] : young[j]).join("");
    return {
      pieces: [old, young], was: text("insert"), now: text("delete"),
      critical: locales.map((locale) => isCritical(was, now, locale)),
    };
  });
}
"""
LOCALES = ["en", "fr", "it-CH", "de", "pt"]


@pytest.fixture
def page(beginning: Ceremony) -> Page:
    shown = beginning.comes().page
    shown.goto(f"{origin()}/signing/register")
    return shown


def test_words_are_compared_as_the_hub_does(page: Page) -> None:
    told = page.evaluate(COMPARED, [TEXTS, LOCALES])
    for (was, now), one in zip(TEXTS, told, strict=True):
        assert one["pieces"] == [word_diff.pieces(was), word_diff.pieces(now)]
        assert (one["was"], one["now"]) == (was, now)
        assert one["critical"] == [word_diff.is_critical(was, now, each) for each in LOCALES]


def test_blocks_that_moved_are_told_from_those_that_stayed(page: Page) -> None:
    told = page.evaluate(
        """async () => {
          const { matched, stayed } = await import("/signing/compare.js");
          const block = (...units) => ({ units, markdown: units.join() });
          const was = [block("a"), block("b", "c"), block("d"), block(), block("e")];
          const now = [block("d"), block("a"), block("c", "x"), block("b"), block(), block("n")];
          const match = matched(was, now).map((one) => one ?? null);
          return [match, [...stayed(match.filter((one) => one !== null))].sort(),
            [...stayed([])], [...stayed([4, 0, 1, 5, 2, 3])].sort()];
        }"""
    )
    assert told == [[2, 0, 1, None, 3, None], [0, 1, 3], [], [0, 1, 2, 3]]


def test_what_is_too_long_to_compare_is_shown_as_exchanged(page: Page) -> None:
    told = page.evaluate(
        """async () => {
          const { pieces, steps } = await import("/signing/compare.js");
          const was = pieces("a ".repeat(4000)), now = pieces("b ".repeat(4000));
          const found = steps(was, now);
          return [found.length, found[0], found.at(-2)];
        }"""
    )
    assert told == [15999, ["delete", 0, 0], ["insert", 7999, 7998]]
