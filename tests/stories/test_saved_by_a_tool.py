"""A catalogue goes out, somebody's tool saves it without a word changed, and it comes back.

Tools fold lines, split references, drop flags they do not know, put their own name and date into
the header and end lines in their own way. None of it is work: nothing may become of it.
"""

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import polib
import pytest

from content.database import writing
from content.translation import catalogue, snapshot, suggestion, upload
from content.translation.exchange.xliff import Version, write_xliff
from content.translation.incoming import read_xliff_catalogue
from tests.reader import TODAY
from tests.world import TEXT, World, page

#: A page with what tools have been seen to damage.
HARD = (
    TEXT
    + r"""
She said "2000 mg", **not** `2\000` mg\
or *4 of 10*; 100% {sure}, %s, $(rm), &amp; [a *very* long link](https://example.org/long) in
a text that is so long that each of these tools has to fold it somewhere, perhaps just here.

| Trial | Result |
|:------|-------:|
| MIST | 4 of 10 |
| A \| B | **5** of 10 |

> 1\. First of all, ask.

3. Third
4. Fourth
   - Inner 💉

::: note
Ask first.
:::
"""
)
CHANGED = HARD.replace("4 of 10 people", "5 of 10 people").replace("- It may slow MS.\n", "")


def with_everything(world: World) -> None:
    """French with everything in it: done, stale, a guess, a blank, gone, and offered twice."""
    world.publish_page(page(HARD))
    world.publish_translation("fr")
    other = world.pull("fr").replace("X-Hub-Snapshot", "X-None")
    world.push("fr", other.replace("fr – Risks", "Les «risques»\u202f!"))
    new = "\n\nA new paragraph, **bold**.\n\nAnother one.\n"
    world.publish_page(page(CHANGED + new))
    half = polib.pofile(world.pull("fr"), wrapwidth=0)
    for entry in half:
        if entry.msgid == "Another one.":
            entry.msgstr, entry.flags = "À moitié", ["fuzzy"]
    world.push("fr", str(half))


pytestmark = [
    pytest.mark.time_machine(TODAY, tick=False),
    pytest.mark.begins_with.with_args(with_everything),
    pytest.mark.skipif(not shutil.which("msgmerge"), reason="gettext is not installed"),
]


@pytest.fixture
def hub(sqlite_world: World) -> World:
    return sqlite_world


def gettext(tmp_path: Path, *command: str) -> bytes:
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True)
    return done.stdout


def by_polib(_hub: World, path: Path) -> bytes:
    return str(polib.pofile(str(path), wrapwidth=78)).encode()


def by_poedit(_hub: World, path: Path) -> bytes:
    """As Poedit saves: known flags alone, a line for each reference, its own header, CR LF."""
    read = polib.pofile(str(path), wrapwidth=79)
    for entry in read:
        entry.flags = [flag for flag in entry.flags if flag == "fuzzy"]
    header = read.metadata
    header["PO-Revision-Date"] = "2027-01-09 10:11+0100"
    header["POT-Creation-Date"] = "2027-01-08 10:11+0100"
    header["Last-Translator"] = "Élodie <elodie@example.org>"
    header["X-Generator"] = "Poedit 3.4.2"
    header["Plural-Forms"] = "nplurals=2; plural=(n > 1);"
    read.metadata = dict(sorted(header.items(), key=lambda field: field[0].startswith("X-")))
    lines = []
    for line in str(read).splitlines():
        lines += [f"#: {word}" for word in line[3:].split()] if line.startswith("#: ") else [line]
    return "\r\n".join(lines).encode()


def by_weblate(_hub: World, path: Path) -> bytes:
    """A byte order mark, no blank behind `#,`, no blank lines, no notes, another generator."""
    read = polib.pofile(str(path), wrapwidth=77)
    read.metadata["X-Generator"] = "Weblate 5.9"
    for entry in read:
        entry.comment, entry.occurrences = "", []
        entry.tcomment = "Checked"
    text = str(read).replace("#, fuzzy", "#,fuzzy")
    return ("\ufeff" + re.sub(r"\n{2,}", "\n", text)).encode()


def by_an_old_mac(_hub: World, path: Path) -> bytes:
    return path.read_bytes().replace(b"\n", b"\r")


def by_msgcat(_hub: World, path: Path) -> bytes:
    return gettext(path.parent, "msgcat", "--width=79", "--add-location=file", path.name)


def by_msgcat_sorted(_hub: World, path: Path) -> bytes:
    return gettext(path.parent, "msgcat", "--sort-output", "--no-wrap", path.name)


def by_msgattrib(_hub: World, path: Path) -> bytes:
    return gettext(path.parent, "msgattrib", "--no-obsolete", "--no-location", path.name)


def by_msgmerge(hub: World, path: Path) -> bytes:
    """As a working copy or Weblate does when the template was pulled again."""
    with hub.reading() as session:
        template = catalogue.write_template(session, "treatment", "en")
    (path.parent / "page.pot").write_text(template, "utf-8")
    command = ("msgmerge", "--quiet", "--previous", path.name, "page.pot")
    return gettext(path.parent, *command)


SAVED_BY: list[Callable[[World, Path], bytes]] = [
    by_polib,
    by_poedit,
    by_weblate,
    by_an_old_mac,
    by_msgcat,
    by_msgcat_sorted,
    by_msgattrib,
    by_msgmerge,
]


def offered(hub: World) -> list[tuple[str, str]]:
    with hub.reading() as session:
        found = suggestion.opened(session, ["treatment", "benefits", "risks"], "fr")
    return [(one.unit, one.target) for one in found]


@pytest.mark.parametrize("save", SAVED_BY)
def test_nothing_becomes_of_a_file_that_was_only_saved(
    hub: World, tmp_path: Path, save: Callable[[World, Path], bytes]
) -> None:
    before = hub.pull("fr")
    states, waiting = hub.states("fr"), offered(hub)
    assert waiting
    path = tmp_path / "treatment.po"
    path.write_text(before, "utf-8")
    gettext(tmp_path, "msgfmt", "-c", "-o", "/dev/null", path.name)
    saved = save(hub, path)
    assert saved != before.encode(), "the tool did something"

    report = hub.upload("fr", saved.decode())

    assert {one.fate for one in report.entries} == {"unchanged", "blank"}
    assert len(report.entries) == len([one for one in polib.pofile(before) if not one.obsolete])
    assert report.before == report.after
    assert (hub.pull("fr"), hub.states("fr"), offered(hub)) == (before, states, waiting)


@pytest.mark.parametrize("save", SAVED_BY)
def test_the_one_text_that_was_changed_is_all_that_changes(
    hub: World, tmp_path: Path, save: Callable[[World, Path], bytes]
) -> None:
    work = polib.pofile(hub.pull("fr"), wrapwidth=0)
    (entry,) = [one for one in work if one.msgid.startswith("She said")]
    entry.msgstr = entry.msgstr.replace("She said", "Elle a dit")
    path = tmp_path / "treatment.po"
    path.write_text(str(work), "utf-8")

    report = hub.upload("fr", save(hub, path).decode())

    (updated,) = [one for one in report.entries if one.fate not in ("unchanged", "blank")]
    assert (updated.fate, updated.unit) == ("updated", entry.msgctxt)
    assert updated.target == entry.msgstr
    now = {one.msgctxt: one.msgstr for one in polib.pofile(hub.pull("fr"))}
    assert now == {one.msgctxt: one.msgstr for one in work}


def indented(xliff: str) -> str:
    """As tools save: other spaces between elements, an id of their own, their dates, CR LF."""
    spaced = re.sub(r"(?<=>)\n *(?=<(?!ph|/?source|/?target|/?data))", "\n\t\t", xliff)
    tool = 'tool-id="a" xmlns:t="urn:t"' if 'version="1.2"' in xliff else 'xmlns:t="urn:t"'
    named = re.sub(r"<file ", f"<file {tool} ", spaced, count=1)
    return named.replace("\n", "\r\n")


def with_a_mark(xliff: str) -> str:
    return "\ufeff" + xliff.replace('"UTF-8"', '"utf-8"', 1)


@pytest.mark.parametrize("version", ["1.2", "2.1"])
@pytest.mark.parametrize("save", [indented, with_a_mark])
def test_nothing_becomes_of_an_xliff_file_that_was_only_saved(
    hub: World, version: Version, save: Callable[[str], str]
) -> None:
    before, states, waiting = hub.pull("fr"), hub.states("fr"), offered(hub)
    with writing(hub.engine) as session:
        export = catalogue.write(session, "treatment", "fr")
        snapshot.keep(session, "treatment", "fr", export.snapshot)
    name = export.snapshot_name
    told = write_xliff(
        "treatment", "fr", "en", export.renderings, snapshot=name, version=version
    ).decode()

    with hub.acting("translator-fr") as (session, actor):
        report = upload.take(
            session, actor, "treatment", "fr", save(told).encode(), read=read_xliff_catalogue
        )

    assert {one.fate for one in report.entries} == {"unchanged", "blank"}
    assert report.before == report.after
    assert (hub.pull("fr"), hub.states("fr"), offered(hub)) == (before, states, waiting)
