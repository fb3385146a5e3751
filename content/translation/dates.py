"""Days as a language writes them."""

from datetime import date
from functools import lru_cache

from babel import Locale
from babel.dates import format_date

#: Days kept as they are written: texts share their dates, and babel reads its patterns each time.
DAYS_MAX = 4_096
#: Whose way of writing dates holds for a language that has several.
_DATES = {"en": "en-GB"}


@lru_cache(DAYS_MAX)
def long_day(locale: str, day: date) -> str:
    """`20 November 2026`; CLDR's long form."""
    return format_date(day, "long", locale=Locale.parse(locale_of(locale), sep="-"))


def locale_of(locale: str) -> str:
    """The locale that dates are written by."""
    return _DATES.get(locale, locale)
