"""Own targets of links: where a translation leads its readers, where that is not the source's.

The French page of a register stands in the place of the English one. Each own target is bound to
the target that it replaces, so it stays with the link wherever that goes, and leads nowhere once
the source leads elsewhere. Pure.
"""

from collections.abc import Iterator, Sequence

from content.records.markdown.targets import TARGET_CHARACTERS_MAX, link_target

#: (the source's target, the translation's own). One of each source's target; the latest first.
OwnLinks = tuple[tuple[str, str], ...]

#: Characters of a target that are shown where it is refused.
SHOWN_MAX = 60


def applied(links: Sequence[str], own: OwnLinks) -> tuple[str, ...]:
    """Where the links of a translation lead."""
    if not own:  # which is nearly always
        return tuple(links)
    known = dict(own)
    return tuple(known.get(link, link) for link in links)


def standing(own: OwnLinks, links: Sequence[str]) -> OwnLinks:
    """Those whose link is there."""
    return tuple(pair for pair in own if pair[0] in links)


def lost(own: OwnLinks, links: Sequence[str]) -> OwnLinks:
    """Those whose link is there no more. They lead nowhere, and a translator is told of them."""
    return tuple(pair for pair in own if pair[0] not in links)


def carried(own: OwnLinks, links: Sequence[str]) -> OwnLinks:
    """What is left of them beside these links.

    Of the lost ones as many as there are links without an own target: what they may have become.
    """
    if not own:
        return ()
    stand = standing(own, links)
    return stand + lost(own, links)[: len(set(links)) - len(stand)]


def gathered(parts: Sequence[OwnLinks], links: Sequence[str]) -> OwnLinks:
    """What the parts of a text say together, where no two of them disagree."""
    said: dict[str, set[str]] = {}
    for source, target in (pair for own in parts for pair in standing(own, links)):
        said.setdefault(source, set()).add(target)
    return tuple((source, min(told)) for source, told in said.items() if len(told) == 1)


def changed(own: OwnLinks, source: str, target: str) -> OwnLinks:
    """The same with `target` in the place of `source`; the source's own takes it back."""
    if (source, target) in own:
        return own
    others = tuple(pair for pair in own if pair[0] != source)
    return others if target == source else ((source, target), *others)


def problems(own: OwnLinks, links: Sequence[str]) -> Iterator[tuple[int, str]]:
    """(number of the placeholder, why it must not lead there) of those that stand."""
    known = dict(own)
    for number, link in enumerate(links, start=1):
        if link in known and (wrong := problem(link, known[link])):
            yield number, wrong


def problem(source: str, target: str) -> str:
    """Why a link to `source` must not lead to `target` instead; empty where it may."""
    if len(target) > TARGET_CHARACTERS_MAX:
        return f"The address is longer than {TARGET_CHARACTERS_MAX:,} characters."
    if unseen := next((sign for sign in target if sign == " " or not sign.isprintable()), ""):
        return f"The address has the character U+{ord(unseen):04X}; take it out."
    led = link_target(target)
    if led is None:
        return (
            f"`{target[:SHOWN_MAX]}` is no address that a link may lead to; it begins with "
            f"https://, http:// or mailto:, and has at most {TARGET_CHARACTERS_MAX:,} characters."
        )
    if _scheme(source) == "https" and _scheme(led) == "http":
        return "The source's address is https, and this is only http; give the https address."
    return ""


def _scheme(target: str) -> str:
    return target.partition(":")[0].lower()
