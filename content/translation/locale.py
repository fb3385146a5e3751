"""Locales: language tags, their names, and where to look when one is not there."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import langcodes
from babel import Locale as CldrLocale
from babel import UnknownLocaleError
from babel.core import get_global
from babel.messages.plurals import get_plural

from content.errors import LocaleMalformed

#: Characters in a language tag that anybody uses.
TAG_MAX = 35
#: Letters of a script within a tag: `Hant`.
SCRIPT_LENGTH = 4
#: Tags whose parent is remembered: readers ask for few.
TAGS_MAX = 1_024


@dataclass(frozen=True)
class Locale:
    """One locale as readers meet it."""

    tag: str
    #: Its name in English and in its own language.
    name: str
    native_name: str
    #: `ltr` or `rtl`.
    dir: str
    #: The tag one step more general, by CLDR; None for a bare language.
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


@lru_cache(maxsize=TAGS_MAX)
def parent(tag: str) -> str | None:
    """The tag one step more general: `fr` for `fr-CH`, `en-001` for `en-AU`; None at the end.

    By CLDR where it names one, in the same language; else by leaving out the last subtag (RFC 4647,
    3.4). `zh-Hant` has none: who reads it does not read `zh`, which is written in another script.
    """
    named = get_global("parent_exceptions").get(tag.replace("-", "_"))
    if named is not None:
        above = str(named).replace("_", "-")
        return above if language(above) == language(tag) else None
    shorter, _, _ = tag.rpartition("-")
    while len(shorter.rpartition("-")[2]) == 1 and "-" in shorter:
        shorter, _, _ = shorter.rpartition("-")  # a single letter never ends a range
    return shorter if shorter and _same_script(tag, shorter) else None


def _same_script(tag: str, shorter: str) -> bool:
    last = tag.removeprefix(f"{shorter}-")
    if len(last) != SCRIPT_LENGTH or not last.isalpha():
        return True
    return langcodes.Language.get(shorter).maximize().script in (last, None)


def language(tag: str) -> str:
    """`fr` of `fr-CH`."""
    return tag.partition("-")[0]


def ancestors(tag: str) -> Iterator[str]:
    """Its parents, nearest first."""
    above = parent(tag)
    while above is not None:
        yield above
        above = parent(above)


def base(tag: str, configured: Collection[str]) -> str | None:
    """The locale whose text a regional variant inherits: its nearest parent among those of the hub.

    None where there is none: then it is translated from the source, as any other locale.
    """
    return next((above for above in ancestors(tag) if above in configured), None)


def is_variant(tag: str, of: str) -> bool:
    """Whether `tag` is a regional variant of `of`: `fr-CH` of `fr`, `en-AU` of `en`."""
    return of in ancestors(tag)


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
