"""What stands around a text in every form: its label, its credit, its dates, its proof.

Said in the reader's language where the hub speaks it, else in English.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from content.people import person
from content.publication.forms.licence import licence_url
from content.translation import dates, phrases
from content.translation import locale as locales

Envelope = dict[str, Any]


@dataclass(frozen=True)
class Title:
    """The title of a section in the language it has one in. Frozen."""

    text: str
    locale: str
    url: str


@dataclass(frozen=True)
class Outside:
    """What an envelope does not say of its text and some form does. Frozen."""

    changed_at: datetime
    #: Of the sections that the page lacks in this language, by slug.
    titles: Mapping[str, Title] = field(default_factory=dict)


@dataclass(frozen=True)
class Notice:
    """What a reader has to know before the text: a few words, and a sentence. Frozen."""

    word: str
    sentence: str


@dataclass(frozen=True)
class Fact:
    """One line under a text. Frozen."""

    name: str
    text: str
    url: str = ""
    #: `2026-11-20` where the text is a day.
    day: str = ""
    #: The language of `text`, where it is the text's own and not the one the hub speaks.
    locale: str = ""


@dataclass(frozen=True)
class Voice:
    """The language in which the hub speaks beside a text. Frozen."""

    locale: str

    @classmethod
    def beside(cls, told: Envelope) -> "Voice":
        return cls(phrases.spoken(told["locale"]))

    def say(self, phrase: str) -> str:
        return phrases.say(self.locale, phrase)

    def named(self, name: str, text: str) -> str:
        """`name: text`, as the language writes a colon."""
        colon = "\u00a0: " if locales.language(self.locale) == "fr" else ": "
        return f"{name}{colon}{text}"

    def label(self, phrase: str) -> str:
        """A phrase that ends in a colon, without it."""
        return self.say(phrase).rstrip(": \u00a0\u202f")


def notices(told: Envelope, voice: Voice) -> Iterator[Notice]:
    """Whether it is a demonstration, and what its label means."""
    if told.get("demo"):
        yield Notice("", told["demo_notice"])
    yield from label(told, voice)


def label(told: Envelope, voice: Voice) -> Iterator[Notice]:
    """What the status means; of a text that is current there is nothing to say."""
    if told["status"] == "outdated":
        yield Notice(voice.say(phrases.OUT_OF_DATE), voice.say(phrases.SOURCE_MOVED))
    if told["status"] == "review-due":
        yield Notice(voice.say(phrases.DUE_FOR_REVIEW), voice.say(phrases.REVIEW_PASSED))


def facts(told: Envelope, voice: Voice) -> list[Fact]:
    """What holds for a text, without the sections below it."""
    people = (_person(one, voice) for one in told["approval"]["reviewed_by"])
    reviewed = " · ".join(dict.fromkeys(people))
    credited = told["attribution"]
    found = [
        Fact(voice.say("Written by"), ", ".join(told["authors"])),
        Fact(voice.say("Reviewed by"), reviewed),
        _day(voice.say("Last reviewed"), told["last_reviewed"], voice),
        _day(voice.say("Next review by"), told["review_by"], voice),
        Fact(voice.label("Source:"), credited["text"], credited["url"]),
        Fact(voice.label("Licence:"), told["license"], licence_url(told["license"])),
        *(
            Fact(voice.say(phrases.PICTURE), f"{one['credit']}, {one['license']}")
            for one in told["figures"]
        ),
        Fact(voice.say("Please note"), told["disclaimer"], locale=told["locale"]),
    ]
    return [fact for fact in found if fact.text]


def proof(told: Envelope, voice: Voice) -> Fact:
    """The page that shows who stands behind the text."""
    path = told["urls"]["proof"]
    return Fact(voice.say("Where this text comes from"), path, path)


def own_facts(told: Envelope, voice: Voice, page: list[Fact]) -> list[Fact]:
    """What of a section is otherwise than of the page it stands on."""
    return [fact for fact in facts(told, voice) if fact not in page]


def references(told: Envelope) -> list[dict[str, Any]]:
    """What the text and all below it rests on, each once, in reading order."""
    seen = {(one["title"], one["url"]): one for one in _evidence(told)}
    return list(seen.values())


def registry(cited: Mapping[str, Any]) -> str:
    """` (NCT00273364)`, where the title does not say it already."""
    number = cited["registry"]
    return f" ({number})" if number and number not in cited["title"] else ""


def missing(told: Envelope, outside: Outside) -> list[Title]:
    """The sections that a page lacks in this language, by the titles they have elsewhere."""
    return [outside.titles[slug] for slug in told.get("missing", ())]


def _evidence(told: Envelope) -> Iterator[dict[str, Any]]:
    yield from told["evidence"]
    for below in told.get("sections", ()):
        yield from _evidence(below)


def _day(name: str, day: str, voice: Voice) -> Fact:
    return Fact(name, dates.long_day(voice.locale, date.fromisoformat(day)), day=day)


def _person(reviewer: dict[str, str], voice: Voice) -> str:
    if reviewer["name"] == person.ERASED_NAME:
        return voice.say(phrases.ERASED)
    return f"{reviewer['name']}, {reviewer['organisation']}"
