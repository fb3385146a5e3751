"""`msif suggestion list`, `take` and `dismiss`, as a translator types them."""

import pytest

from tests.content.cli.terminal import Terminal
from tests.content.translation.test_taking import with_text
from tests.reader import TODAY

pytestmark = pytest.mark.time_machine(TODAY, tick=False)

HERE = ("--page", "treatment", "--locale", "fr")
BY = "translator-fr"


@pytest.fixture
def offered(terminal: Terminal) -> Terminal:
    """French in force, and a file without a snapshot: its words wait."""
    world = terminal.world
    world.publish_page()
    world.publish_translation("fr")
    text = with_text(
        with_text(world.pull("fr"), "Risks", "Les\\\nrisques"), "Benefits", "Bienfaits"
    )
    lines = [line for line in text.splitlines() if "X-Hub-Snapshot" not in line]
    world.upload("fr", "\n".join(lines) + "\n")
    return terminal


def listed(terminal: Terminal) -> list[list[str]]:
    return [row.split() for row in terminal.says("suggestion", "list", *HERE, by=BY).splitlines()]


def test_words_are_listed_taken_and_dismissed(offered: Terminal) -> None:
    benefits, risks = listed(offered)
    assert [benefits[1], *benefits[3:]] == ["benefits", "conflict", BY, "Bienfaits"]
    assert risks[-2:] == ["Les\\", "risques"], "in one line"

    said = offered.says("suggestion", "take", benefits[0], by=BY)
    assert said == f"benefits/fr/2 is draft: {benefits[2]} has these words now.\n"
    assert 'msgstr "Bienfaits"' in offered.world.pull("fr")
    said = offered.says("suggestion", "dismiss", risks[0], by=BY)
    assert said == f"Suggestion {risks[0]} is dismissed.\n"

    assert offered.says("suggestion", "list", *HERE, by="editor") == "Nothing waits.\n"
    told = offered.refuses("suggestion", "take", risks[0], by=BY)
    assert told.startswith("state-has-moved: ")


def test_what_is_refused(offered: Terminal) -> None:
    (number, *_), _ = listed(offered)
    for words in (("list", *HERE), ("take", number), ("dismiss", number)):
        told = offered.refuses("suggestion", *words, by="translator-it")
        assert told.startswith("role-missing: ")
    told = offered.refuses("suggestion", "take", "999999", by=BY)
    assert told.startswith("suggestion-not-found: ")
    offered.refuses("suggestion", "take", "0", by=BY, code=2)
    told = offered.refuses("suggestion", "list", "--page", "nowhere", "--locale", "fr", by=BY)
    assert told.startswith("section-not-found: ")
