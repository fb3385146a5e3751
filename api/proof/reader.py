"""A reader of these pages: their language, and how dates and languages are written in it."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from babel import Locale

from api import pages
from api.proof import words
from content.errors import LocaleMalformed
from content.people import person
from content.translation import locale as locales
from content.translation import phrases
from content.translation.dates import locale_of, long_day

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Reader:
    """Frozen; `locale` is one that the pages are written in, or a regional one of its language."""

    locale: str

    @classmethod
    def of(cls, *wanted: str) -> "Reader":
        """Who reads the first of these tags that the pages are written in; English at the end."""
        return cls(next(filter(_can_be_written, pages.readable(wanted))))

    def read(self, template: str, **values: Any) -> str:
        """A page in this language."""
        found = pages.templates(TEMPLATES).get_template(template)
        return found.render(
            **values,
            reader=self,
            words_of=words,
            written=[(tag, self._own_name(tag)) for tag in pages.WRITTEN],
            say=partial(phrases.say, self.locale),
            demo_notice=phrases.say(self.locale, phrases.DEMO_NOTICE),
            direction=locales.describe(self.locale).dir,
            direction_of=lambda tag: locales.describe(tag).dir,
            own_name=self._own_name,
        )

    @property
    def dates(self) -> str:
        """The locale that dates are written by."""
        return locale_of(self.locale)

    def day(self, at: str | date) -> str:
        """`2026-11-20` or a moment, as a day."""
        day = date.fromisoformat(at[:10]) if isinstance(at, str) else at
        return long_day(self.locale, day)

    def moment(self, at: str | datetime) -> str:
        """A day and a time of it, in UTC."""
        time = datetime.fromisoformat(at) if isinstance(at, str) else at
        return f"{self.day(time.date())}, {time:%H:%M}\u00a0UTC"

    def language(self, tag: str) -> str:
        """The name of a language in the reader's."""
        here = Locale.parse(self.locale, sep="-")
        return Locale.parse(tag, sep="-").get_display_name(here) or tag

    def name(self, name: str) -> str:
        """Of a person, unless they were erased."""
        return phrases.say(self.locale, words.ERASED) if name == person.ERASED_NAME else name

    def interests(self, declared: str) -> str:
        """As they were declared; that there are none is said in the reader's language."""
        if declared == words.NO_INTERESTS:
            return phrases.say(self.locale, words.NONE)
        return declared

    def _own_name(self, tag: str) -> str:
        name = locales.describe(tag).native_name
        return name[:1].upper() + name[1:]


def _can_be_written(tag: str) -> bool:
    """Whether it is known how dates and names are written there: `fr-US` is a tag, and no more."""
    try:
        locales.describe(tag)
    except LocaleMalformed:
        return False
    return True
