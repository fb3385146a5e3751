"""What languages are called among people."""

from functools import lru_cache

from babel import Locale, UnknownLocaleError


@lru_cache(maxsize=1_024)
def called(tag: str, language: str) -> str:
    """`fr-CH` as `French (Switzerland)`, or what the reader's language has for it.

    The tag where there is no name: a role may be given in a language that CLDR does not know.
    """
    try:
        return Locale.parse(tag, sep="-").get_display_name(language) or tag
    except (UnknownLocaleError, ValueError):
        return tag
