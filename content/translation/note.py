"""What a translator reads beside an entry: where it stands, what changed, what others offered.

Pure; each note is one line of the file (`#.`).
"""

from collections.abc import Iterator, Sequence

from content.records import likeness
from content.records.message import Message, bare
from content.records.word_diff import Run, is_critical, runs
from content.translation.checks.terms import terms_in
from content.translation.exchange.term import Term
from content.translation.merge import BETWEEN_TEXTS, Rendering
from content.translation.own_links import applied, lost
from content.translation.suggestion import Suggestion

#: What a placeholder means, for whoever opens the file.
PLACEHOLDER_NOTE = "Keep {1}, {2} ... right behind the link text: they stand for the addresses."
#: Changes of one text that are told one by one; the file has both texts for the rest.
CHANGES_MAX = 6
#: Words told behind a change: so many, or until one of so many letters.
CONTEXT_WORDS_MAX = 3
CONTEXT_WORD = 4
#: Characters that a part has at most of the whole it was split off.
SPLIT_SHARE_MAX = 0.75
#: Suggestions shown with an entry: the newest ones.
SUGGESTIONS_MAX = 3
#: Terms of the glossary shown with an entry.
TERMS_MAX = 8
#: Characters of a note.
SHOWN_MAX = 1_000


def of_message(section: str, rendering: Rendering) -> list[str]:
    """Kind and place, and what the placeholders stand for, in the source and here."""
    message = rendering.message
    found = [f"{message.kind} · {section}"]
    if message.links:
        found.append(PLACEHOLDER_NOTE)
        here = applied(message.links, rendering.own_links)
        found += [
            f"{{{number}}} = {link}" + (f" (here: {own})" if own != link else "")
            for number, (link, own) in enumerate(zip(message.links, here, strict=True), start=1)
        ]
    return found + [
        f"LINK GONE: {link} (here: {own}); say anew where the link leads here"
        for link, own in lost(rendering.own_links, message.links)
    ]


def of_terms(message: Message, terms: Sequence[Term]) -> list[str]:
    """How the glossary says what stands in the source text, and how not."""
    found = []
    for term in list(terms_in(message.text, terms))[:TERMS_MAX]:
        words = " | ".join(term.preferred)
        forbidden = f" (not: {' | '.join(term.forbidden)})" if term.forbidden else ""
        found.append(_on_one_line(f"TERM: {term.source} = {words}{forbidden}"))
    return found


def of_change(rendering: Rendering, source_locale: str) -> list[str]:
    """What became of the text that a suggestion was made for; nothing where there is none."""
    old, message = rendering.previous_source, rendering.message
    if not rendering.fuzzy or old is None:
        return []
    if BETWEEN_TEXTS in old:
        texts = old.split(BETWEEN_TEXTS)
        critical = is_critical(" ".join(texts), message.text, source_locale)
        return [_line("MERGED", f"{len(texts)} texts are one now", critical)]
    plain = bare(message.kind, old)
    if plain == message.plain:
        return [_line("LINKS", "the words are the same, the links are not", critical=False)]
    found = runs(plain, message.plain)
    if _is_part(message, plain):
        come = " ".join(run.text for run in found if run.what == "insert")
        return [_line("SPLIT", "this was part of a longer text", _says(come, source_locale))]
    return [_line("CHANGED", _told(found), is_critical(plain, message.plain, source_locale))]


def of_suggestions(offered: Sequence[Suggestion]) -> list[str]:
    """Words that wait for somebody to take or dismiss them, newest first, and why they wait."""
    newest = sorted(offered, key=lambda one: one.key, reverse=True)[:SUGGESTIONS_MAX]
    return [f"SUGGESTED: {_on_one_line(one.target)} ({one.reason})" for one in newest]


def _line(what: str, told: str, critical: bool) -> str:
    return f"{what} (critical): {told}" if critical else f"{what}: {told}"


def _says(come: str, locale: str) -> bool:
    """Whether a number or a negation is in it."""
    return is_critical("", come, locale)


def _is_part(message: Message, whole: str) -> bool:
    kind = message.kind
    return likeness.is_part(likeness.read(kind, message.plain), likeness.read(kind, whole)) and (
        len(message.plain) <= SPLIT_SHARE_MAX * len(whole)
    )


def _told(found: Sequence[Run]) -> str:
    changes = list(_changes(found))
    more = ["..."] if len(changes) > CHANGES_MAX else []
    return _on_one_line("; ".join(changes[:CHANGES_MAX] + more))


def _changes(found: Sequence[Run]) -> Iterator[str]:
    gone = ""
    for run, following in zip(found, [*found[1:], Run("equal", "")], strict=True):
        if run.what == "delete" and following.what == "insert":
            gone = run.text.strip()
        elif run.what == "insert" and gone:
            yield f"{gone} -> {run.text.strip()} {_context(following)}".strip()
            gone = ""
        elif run.what != "equal" and run.text.strip():
            yield f"{'added' if run.what == 'insert' else 'removed'}: {run.text.strip()}"


def _context(following: Run) -> str:
    """The words behind a change, up to one that says what it is about."""
    words: list[str] = []
    for word in following.text.split()[:CONTEXT_WORDS_MAX]:
        words.append(word)
        if len(word) >= CONTEXT_WORD:
            break
    return " ".join(words).rstrip(".,;:!?")


def _on_one_line(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= SHOWN_MAX else f"{flat[:SHOWN_MAX]} ..."
