"""What the desk says, in the reader's language: locales/<locale>/LC_MESSAGES/pages.po."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from babel.dates import format_date, format_datetime
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api import pages
from content.settings import ROOT
from content.translation import locale as locales

TEMPLATES = Path(__file__).parent / "templates"
#: What a reader chose; else Accept-Language counts.
LANGUAGE_COOKIE = "__Host-msif_language"
#: Languages by their own names, in the order they are offered.
LANGUAGES = {"en": "English", "fr": "Français", "it": "Italiano", "de": "Deutsch"}


def later(text: str) -> str:
    """The same text, marked: it is said in the reader's language where it is shown."""
    return text


def language_of(request: Request) -> str:
    """One of LANGUAGES: the one that was chosen, else the first of those that the browser reads."""
    chosen = request.cookies.get(LANGUAGE_COOKIE, "")
    if chosen in LANGUAGES:
        return chosen
    wanted = request.headers.get("accept-language", "")[:1_000]
    return locales.language(next(pages.readable(_tags(wanted))))


def _tags(wanted: str) -> Iterable[str]:
    return (one.partition(";")[0].strip() for one in wanted.split(","))


@lru_cache
def templates(language: str) -> Environment:
    """The desk's templates, in this language. Whatever is put into them is escaped."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]
    made.filters["day"] = lambda when: day(language, when)
    made.filters["month"] = lambda when: month(language, when)
    made.filters["moment"] = lambda when: moment(language, when)
    return made


@lru_cache
def translations(language: str) -> NullTranslations:
    """Of every sentence. In English they stand in the program itself."""
    path = ROOT / "locales" / language / "LC_MESSAGES" / "pages.po"
    if not path.is_file():
        return NullTranslations()
    packed = BytesIO()
    with path.open("rb") as file:
        write_mo(packed, read_po(file, locale=language))
    packed.seek(0)
    return Translations(packed, domain="pages")


def day(language: str, when: date) -> str:
    """`27 November 2026`, as it is written in the language."""
    return format_date(when, "long", locale=_regional(language))


def month(language: str, when: date) -> str:
    """`November 2026`, as a heading."""
    told = format_date(when, "LLLL y", locale=_regional(language))
    return told[:1].upper() + told[1:]


def moment(language: str, when: datetime) -> str:
    """The same with the time, in UTC."""
    told = format_datetime(when, "long", locale=_regional(language))
    return told.replace("\u202fUTC", "\u00a0UTC")


def _regional(language: str) -> str:
    """English dates are written as in Britain: the day comes first."""
    return "en_GB" if language == "en" else language
