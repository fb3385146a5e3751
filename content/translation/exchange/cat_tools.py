"""What Trados and memoQ say of a translation in words of their own, beside the states of XLIFF."""

from lxml import etree

TRADOS = "{http://sdl.com/FileTypes/SdlXliff/1.0}"
MEMOQ = "{MQXliff}"
#: Values of `conf` and `mq:status` for a text that somebody stands behind.
CONFIRMED = frozenset(
    {
        *("Translated", "ApprovedTranslation", "ApprovedSignOff"),
        *("ManuallyConfirmed", "Reviewer1Confirmed", "Reviewer2Confirmed", "Proofread"),
    }
)


def says_unconfirmed(unit: etree._Element) -> bool:
    """Whether one of these tools says that the text, or a part of it, is not done."""
    told = [one.get("conf", "Draft") for one in unit.iter(f"{TRADOS}seg")]
    status = unit.get(f"{MEMOQ}status")
    return any(one not in CONFIRMED for one in [*told, *([status] if status else [])])
