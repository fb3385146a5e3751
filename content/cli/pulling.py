"""Writing catalogues over a working copy without losing what somebody did there."""

from itertools import count
from pathlib import Path

from sqlmodel import Session

from content.errors import CatalogueRefused
from content.records import section as sections
from content.translation import catalogue
from content.translation.incoming import read_catalogue

#: Every message of a catalogue has one; a page whose texts are all drafts has none.
MESSAGE = "msgctxt"


def write_template(session: Session, folder: Path, page: str) -> str:
    """Write PAGE.pot; returns what to say about it."""
    source_locale = sections.find(session, page).source_locale
    text = catalogue.write_template(session, page, source_locale)
    if MESSAGE not in text:
        return f"{page}: nothing to translate yet; submit its sections first"
    return _write(folder / f"{page}.pot", text)


def write(session: Session, folder: Path, page: str, locale: str, base: str | None) -> str:
    """Write one .po; returns what to say about it, nothing where there are no messages."""
    path = folder / catalogue.file_name(page, locale)
    text = catalogue.hand_out(session, page, locale, base)
    if MESSAGE not in text:
        return ""
    kept = _keep(path, text, locale)
    return _write(path, text) + kept


def unsent(session: Session, path: Path, page: str, locale: str, base: str | None) -> int | None:
    """How many translations of a file the hub does not have; None where there is no such file."""
    if not path.is_file():
        return None
    ours = _words(catalogue.write(session, page, locale, base=base).text.encode(), locale)
    return len(_words(path.read_bytes(), locale) - ours)


def _write(path: Path, text: str) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="\n")
    return str(path)


def _free(path: Path) -> Path:
    """A name beside the file that nothing has yet: what was kept before is somebody's work too."""
    names = (f"{path.name}.orig{number or ''}" for number in count())
    return next(aside for name in names if not (aside := path.with_name(name)).exists())


def _keep(path: Path, text: str, locale: str) -> str:
    """Put the file that stands there aside if it says what the hub does not."""
    if not path.is_file():
        return ""
    there = path.read_bytes()
    ours = _words(text.encode(), locale)
    try:
        theirs = _words(there, locale)
    except CatalogueRefused:
        theirs = {("", "")}  # it cannot be read, so nobody knows what is in it
    if theirs <= ours:
        return ""
    aside = _free(path)
    aside.write_bytes(there)
    return f" (it had {len(theirs - ours)} translations of its own; the old file is {aside.name})"


def _words(source: bytes, locale: str) -> set[tuple[str, str]]:
    entries = read_catalogue(source, locale).entries
    return {(one.unit, one.target) for one in entries if one.target}
