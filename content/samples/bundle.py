"""What comes with the program: the page, its figures, its translations, the fictitious people."""

import csv
import tomllib
from dataclasses import dataclass
from pathlib import Path

from content.settings import ROOT

#: Slug of the bundled page.
PAGE = "stem-cell-therapy"
FOLDER = Path(__file__).parent
GLOSSARY_FILE = (FOLDER / "glossary").with_suffix(".csv")
POLICY_FILE = FOLDER / "demo_policy.toml"
SOURCE_LOCALE = "en"
TRANSLATIONS = ("fr", "it", "de")
#: Where a row of glossary.csv says which language it is for.
LOCALE_COLUMN = 1
#: Regional variants, and the locale that each inherits from.
VARIANTS = {"en-AU": "en", "fr-CH": "fr", "de-CH": "de", "it-CH": "it"}


@dataclass(frozen=True)
class DemoPerson:
    """A fictitious person. Nobody of that name reviewed or signed anything."""

    id: str
    name: str
    organisation: str
    roles: tuple[str, ...]


def people() -> list[DemoPerson]:
    read = tomllib.loads((FOLDER / "people.toml").read_text("utf-8"))["people"]
    return [
        DemoPerson(one["id"], one["name"], one["organisation"], tuple(one["roles"])) for one in read
    ]


def page() -> bytes:
    return (FOLDER / f"{PAGE}.md").read_bytes()


def catalogue(locale: str) -> bytes:
    """The bundled translation, wherever `msif catalogue` writes."""
    return (ROOT / "locales" / locale / "LC_MESSAGES" / f"{PAGE}.po").read_bytes()


def glossary(locale: str) -> bytes:
    """The rows of the bundled glossary that are for a locale, as a table of their own."""
    header, *rows = GLOSSARY_FILE.read_text("utf-8").splitlines(keepends=True)
    mine = [row for row in rows if next(csv.reader([row]))[LOCALE_COLUMN] == locale]
    return "".join([header, *mine]).encode("utf-8")


def pictures() -> dict[str, bytes]:
    """Figure files by name."""
    return {path.name: path.read_bytes() for path in sorted((FOLDER / "figures").iterdir())}
