"""Locales: language tags, their names, and where to look when one is not there."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import langcodes
from babel import Locale as CldrLocale
from babel import UnknownLocaleError
from babel.messages.plurals import get_plural

from content.errors import LocaleMalformed

#: Characters in a language tag that anybody uses.
TAG_MAX = 35


@dataclass(frozen=True)
class Locale:
    """One locale as readers meet it."""

    tag: str
    #: Its name in English and in its own language.
    name: str
    native_name: str
    #: `ltr` or `rtl`.
    dir: str
    #: The tag without its last subtag; None for a bare language.
    parent: str | None
    #: What a .po header says (`nplurals=2; plural=(n > 1);`).
    plural_forms: str


def read_tag(text: str) -> str:
    """`FR_ch` as `fr-CH` (BCP 47, 2.1.1). Raises LocaleMalformed."""
    if not text.isascii() or len(text) > TAG_MAX or not langcodes.tag_is_valid(text):
        raise LocaleMalformed(locale=text[:TAG_MAX])
    return langcodes.standardize_tag(text)


def describe(tag: str) -> Locale:
    """Names, direction and plurals of a locale, from CLDR. Raises LocaleMalformed."""
    try:
        cldr = CldrLocale.parse(read_tag(tag), sep="-")
    except (UnknownLocaleError, ValueError):
        raise LocaleMalformed(locale=tag) from None
    plural = get_plural(cldr.language)
    return Locale(
        tag=tag,
        name=cldr.get_display_name("en") or tag,
        native_name=cldr.get_display_name() or tag,
        dir="rtl" if cldr.character_order == "right-to-left" else "ltr",
        parent=parent(tag),
        plural_forms=f"nplurals={plural.num_plurals}; plural={plural.plural_expr};",
    )


def parent(tag: str) -> str | None:
    """The tag one step more general: `fr` for `fr-CH`; None at the end (RFC 4647, 3.4)."""
    shorter, _, _ = tag.rpartition("-")
    while len(shorter.rpartition("-")[2]) == 1 and "-" in shorter:
        shorter, _, _ = shorter.rpartition("-")  # a single letter never ends a range
    return shorter or None


def look_up(requested: str, available: Collection[str]) -> str | None:
    """The locale to answer with: the exact one, else its nearest parent (RFC 4647, 3.4)."""
    tag: str | None = requested
    while tag is not None:
        if tag in available:
            return tag
        tag = parent(tag)
    return None


def listed(tags: Sequence[str]) -> list[Locale]:
    return [describe(tag) for tag in tags]
