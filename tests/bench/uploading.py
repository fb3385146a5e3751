"""What taking a whole catalogue costs, against reading the same bytes with polib and no more.

Once as it comes back for the first time, every message new; and once as it comes back every week,
a hundred messages changed. The text is of one of two kinds: `usual` has half a number in each
message, which is more than the sample page (a fifth of a number in each); `dense` has four in each,
all of which the checks read.
"""

import random
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import polib
from sqlmodel import Session

from content.database import writing
from content.people import person
from content.people.actor import Actor
from content.records import page_import
from content.records import version as versions
from content.review import submission
from content.translation import collector, upload
from content.translation.report import Report
from tests.bench.hubs import new_hub
from tests.bench.reading import Ratio
from tests.world import FRONT_MATTER, LOCALES, World

#: Sections of the page, and messages of each: a title, paragraphs and list items.
SECTIONS = 500
PARAGRAPHS = 12
ITEMS = 7
#: Every so many paragraphs have a link: a fifth of all messages. Plain words are read faster.
MARKED_EVERY = 3
#: Each file is taken once, by a locale of its own.
LOCALES_TAKEN = ("fr", "it", "de")
PAGE = "large-catalogue"
PER_CHAPTER = 33

Kind = Literal["usual", "dense"]
#: What sentences of the usual kind are made of, by chance and always the same.
WORDS = """
    treatment relapse nerve damage immune system clinic doctor family people study evidence risk
    benefit team hospital blood cells fatigue walking vision balance memory work travel sleep
    infection vaccine pregnancy scan result question answer plan support
""".split()  # noqa: SIM905 (a text is read more easily)
#: The paragraph of a section that has numbers, in the usual kind.
NUMBERED = 5

BLANK = 'msgstr ""\n'
#: Messages that are changed in the file of a week, at least.
CHANGED = 100


@dataclass(frozen=True)
class File:
    """A catalogue that came back."""

    locale: str
    path: Path

    @property
    def body(self) -> bytes:
        return self.path.read_bytes()


def page(sections: int, kind: Kind) -> bytes:
    """An authored page with that many sections of about twenty messages each."""
    section = _dense if kind == "dense" else _usual
    texts = [section("#", PAGE, 0)]
    for number in range(1, sections):
        marks = "##" if (number - 1) % (PER_CHAPTER + 1) == 0 else "###"
        texts.append(section(marks, f"section-{number}", number))
    facts = FRONT_MATTER.format(review_by="2027-11-20", kind="clinical", summary="Large")
    return (facts + "".join(texts)).encode()


def _usual(marks: str, slug: str, number: int) -> str:
    chance = random.Random(number)

    def words(count: int) -> str:
        return " ".join(chance.choice(WORDS) for _ in range(count))

    def paragraph(place: int) -> str:
        if place == NUMBERED:
            return f"Of {number + 2} people, 4 of 10 had fewer relapses, 1.4% had more {words(3)}."
        if place % MARKED_EVERY:
            return f"The {words(8)}, and {words(6)} for {words(4)}."
        link = f"[this](https://example.org/{number}/{place})"
        return f"The {words(5)} may help, see {link}, and {words(6)} for the {words(3)}."

    items = "\n".join(f"- Ask your neurologist about {words(4)}." for _ in range(ITEMS))
    return _section(marks, slug, number, [paragraph(place) for place in range(PARAGRAPHS)], items)


def _dense(marks: str, slug: str, number: int) -> str:
    paragraphs = [
        f"Of {number} people in trial {place}, 4 of 10 had fewer relapses, and 1.4% had more; "
        + ("as" if place % MARKED_EVERY else f"see [this](https://example.org/{number}/{place})")
        + f" told by those who read the files of register {place}."
        for place in range(PARAGRAPHS)
    ]
    items = "\n".join(f"- Ask your neurologist {number} about {item}." for item in range(ITEMS))
    return _section(marks, slug, number, paragraphs, items)


def _section(marks: str, slug: str, number: int, paragraphs: list[str], items: str) -> str:
    told = "\n\n".join(paragraphs)
    return f"\n{marks} Section {number} {{#{slug}}}\n\n{told}\n\n{items}\n"


def hub(folder: Path, kind: Kind, sections: int = SECTIONS) -> World:
    """A hub whose page waits to be translated."""
    world = World(new_hub(folder / "hub.db"))
    world.people()
    with world.acting("author") as (session, actor):
        page_import.import_page(session, actor, page(sections, kind), {}, LOCALES)
    with writing(world.engine) as session:
        author = person.actor(session, "author")
        for slug in (PAGE, *(f"section-{number}" for number in range(1, sections))):
            _submit(session, author, slug, world)
    return world


def _submit(session: Session, author: Actor, slug: str, world: World) -> None:
    version = versions.opened(session, slug, "en")
    assert version is not None
    submission.submit(session, author, version, world.policy)


def file(world: World, locale: str, folder: Path) -> File:
    """The catalogue as it goes out, every message translated: its text put behind a mark."""
    lines = world.pull(locale, PAGE).splitlines(keepends=True)
    header = lines.index("\n") + 1
    source = ""
    for number, line in enumerate(lines[header:], start=header):
        if line.startswith("msgid "):
            source = line.removeprefix('msgid "')
        elif line == BLANK:
            lines[number] = f'msgstr "{locale}: {source}'
    return _written(locale, folder / f"{locale}.po", lines)


def file_of_a_week(world: World, locale: str, folder: Path) -> File:
    """The catalogue as it goes out once all is translated, with so many other translations."""
    lines = world.pull(locale, PAGE).splitlines(keepends=True)
    begin = f'msgstr "{locale}'
    told = [number for number, line in enumerate(lines) if line.startswith(begin)]
    for number in told[:: len(told) // CHANGED]:
        lines[number] = lines[number].replace(begin, f"{begin} {locale}")
    return _written(locale, folder / f"{locale}-week.po", lines)


def _written(locale: str, path: Path, lines: list[str]) -> File:
    path.write_text("".join(lines), encoding="utf-8", newline="\n")
    return File(locale, path)


def take(world: World, came: File) -> Report:
    """Bytes to committed."""
    with writing(world.engine) as session:
        actor = person.actor(session, f"translator-{came.locale}")
        return upload.take(session, actor, PAGE, came.locale, came.body)


def measured(world: World, folder: Path) -> Ratio:
    """A file in which every message is new."""

    def first(came: File) -> None:
        counts = take(world, came).counts
        assert set(counts) == {"updated"}, counts

    files = (file(world, locale, folder) for locale in LOCALES_TAKEN)
    return _compared("upload against polib's reading", files, first)


def measured_weekly(world: World, folder: Path) -> Ratio:
    """A file with a hundred changes, of locales whose first file was taken by this process."""

    def again(came: File) -> None:
        counts = take(world, came).counts
        assert set(counts) == {"updated", "unchanged"}, counts
        assert CHANGED <= counts["updated"] < 2 * CHANGED, counts

    files = (file_of_a_week(world, locale, folder) for locale in LOCALES_TAKEN)
    return _compared("weekly upload against the same", files, again)


def _compared(what: str, files: Iterable[File], taking: Callable[[File], None]) -> Ratio:
    """Each file in turn, so that whatever else the machine does meets both.

    The collector waits for polib too, as it does when a file is taken: it looks at all that this
    process holds, which would make polib's reading seem twice as dear.
    """
    plain, taken = [], []
    for came in files:
        plain.append(_timed(lambda one=came: _read(one)))  # type: ignore[misc]
        taken.append(_timed(lambda one=came: taking(one)))  # type: ignore[misc]
        plain.append(_timed(lambda one=came: _read(one)))  # type: ignore[misc]
    return Ratio(what, statistics.median(plain), statistics.median(taken))


@collector.paused()
def _read(came: File) -> None:
    polib.pofile(str(came.path))


def _timed(work: Callable[[], object]) -> float:
    """In milliseconds of processor time: what others do on the machine is not ours."""
    begun = time.process_time()
    work()
    return (time.process_time() - begun) * 1_000
