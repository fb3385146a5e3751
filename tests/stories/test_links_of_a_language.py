"""A French reader follows a link to the French page of the register, as long as English has it."""

import polib
import pytest

from content.translation import linking, standing
from tests.reader import TODAY, read, waiting_statement
from tests.world import World, page

REGISTER = "https://example.org/register"
REGISTRE = "https://example.org/fr/registre"
TRIALS = "https://example.org/trials"
FIRST = "Ask a centre near you."
SECOND = f"Trials are listed in [the register]({REGISTER}) of the society."


def text(*paragraphs: str) -> str:
    return "\n\n".join(("# Treatment {#treatment}", "## Trials {#trials}", *paragraphs)) + "\n"


def with_links(world: World) -> None:
    world.publish_page(page(text(FIRST, SECOND)))


pytestmark = [
    pytest.mark.time_machine(TODAY, tick=False),
    pytest.mark.begins_with(with_links, "fr"),
    pytest.mark.on_sqlite_first,
]


@pytest.fixture
def hub(world: World) -> World:
    """The page in force in English and French."""
    return world


def author_writes(hub: World, *paragraphs: str) -> None:
    hub.publish_page(page(text(*paragraphs), summary="What the author changed"))


def translator_gives_the_french_address(hub: World, source: str, own: str) -> None:
    with hub.acting("translator-fr") as (session, actor):
        now = standing.of_section(session, "trials", "fr")
        (unit,) = {one.unit for one in linking.links_of(now)}
        linking.lead(session, actor, now, unit, source, own)
    hub.publish("trials", locale="fr")


def note(hub: World) -> list[str]:
    """What the translator reads beside the paragraph with the link."""
    (entry,) = [one for one in polib.pofile(hub.pull("fr")) if "[the register]{1}" in one.msgid]
    return str(entry.comment).splitlines()[2:]


def french(hub: World) -> str:
    return str(read(hub, "trials", "fr")["html"])


def carried_forward(hub: World) -> None:
    """The words are the same, so the hub prepared the next version, and somebody signs it."""
    hub.sign(waiting_statement(hub, "trials"), "language-2-fr")


def test_the_french_address_stays_with_its_link_and_goes_with_it(hub: World) -> None:
    translator_gives_the_french_address(hub, REGISTER, REGISTRE)
    assert f'href="{REGISTRE}"' in french(hub)
    assert f'href="{REGISTER}"' in read(hub, "trials")["html"]
    assert note(hub) == [f"{{1}} = {REGISTER} (here: {REGISTRE})"]

    author_writes(hub, SECOND, FIRST)  # the paragraphs change places
    carried_forward(hub)
    assert f'href="{REGISTRE}"' in french(hub)

    author_writes(hub, SECOND.replace("Trials are", "All 40 trials are"), FIRST)
    assert note(hub)[0] == f"{{1}} = {REGISTER} (here: {REGISTRE})", "while the words are open"
    hub.publish_translation("fr")
    assert f'href="{REGISTRE}"' in french(hub)

    author_writes(hub, SECOND.replace(REGISTER, TRIALS), FIRST)  # English leads elsewhere
    hub.publish_translation("fr")
    assert f'href="{TRIALS}"' in french(hub)
    assert REGISTRE not in french(hub)
    assert note(hub) == [
        f"{{1}} = {TRIALS}",
        f"LINK GONE: {REGISTER} (here: {REGISTRE}); say anew where the link leads here",
    ]

    translator_gives_the_french_address(hub, TRIALS, f"{REGISTRE}/essais")
    assert f'href="{REGISTRE}/essais"' in french(hub)
    assert note(hub) == [f"{{1}} = {TRIALS} (here: {REGISTRE}/essais)"]


def test_only_the_address_changes_and_the_hub_carries_the_words_by_itself(hub: World) -> None:
    translator_gives_the_french_address(hub, REGISTER, REGISTRE)

    author_writes(hub, FIRST, SECOND.replace(REGISTER, TRIALS))
    assert f'href="{REGISTRE}"' in french(hub), "until somebody signed what comes next"
    carried_forward(hub)

    assert f'href="{TRIALS}"' in french(hub)
    assert note(hub)[1].startswith(f"LINK GONE: {REGISTER}")
    author_writes(hub, FIRST, SECOND)
    carried_forward(hub)
    assert f'href="{REGISTRE}"' in french(hub), "it was said of this very address"


def test_the_link_goes_and_the_words_with_it(hub: World) -> None:
    translator_gives_the_french_address(hub, REGISTER, REGISTRE)
    author_writes(hub, FIRST, "Trials are listed in the register of the society.")
    (entry,) = [one for one in polib.pofile(hub.pull("fr")) if one.fuzzy]
    assert entry.comment.splitlines()[-1].startswith("LINKS: ")
    hub.publish_translation("fr")
    assert REGISTRE not in french(hub)
