"""What a reviewer looks at twice: no and not, the end of a sentence, its length, doubled words."""

import re
from collections.abc import Iterator
from itertools import islice
from operator import eq

from content.translation.checks.finding import Finding, warning
from content.translation.checks.language import Language
from content.translation.checks.reading import Reading

#: A shorter text may become anything.
LENGTH_CHARACTERS_MIN = 50
#: A translation of a text is between these shares of its length.
LENGTH_MIN, LENGTH_MAX = 0.5, 2.2
#: Characters before a relative pronoun among which its comma stands.
CLAUSE_CHARACTERS = 25
#: Scripts that write a sentence in about as many letters.
_ALPHABETS = frozenset({"Latn", "Cyrl", "Grek"})
_CLOSING = " \u00a0\u202f\n\"'’”“»›«)]}*_`"
_PLACEHOLDER_END = re.compile(r"\{[0-9]{1,4}\}$")
#: Of the longest, and of a line's end behind it.
_PLACEHOLDER_CHARACTERS = 7
_QUESTIONS = frozenset("?？؟;՞")
_ENDS = {**dict.fromkeys(".。।۔։።", "."), **dict.fromkeys("!！", "!"), **dict.fromkeys(":：", ":"),
         **dict.fromkeys("?？؟", "?"), "…": ".", ";": ";", "；": ";"}  # fmt: skip
_WITHOUT_FULL_STOPS = frozenset({"Thai", "Laoo", "Khmr", "Mymr", "Tibt"})
#: `n. a.`, `etc.`, `I.E.)`: the full stop is the abbreviation's.
_ABBREVIATED = re.compile(r"(?<![^\W\d_])[^\W\d_]{1,3}\.[^\w]{0,4}$")
_NOT = re.compile(r"n['’]t\b")
_SENTENCE = re.compile(r"(?<=[.!?…])[\s\u202f\u00a0]+(?=[\"“„«(*]*[^\W\da-z])")


def wording_findings(source: Reading, target: Reading) -> Iterator[Finding]:
    """All warnings of one text, those about numbers and terms apart."""
    same_language = source.language.code == target.language.code
    if not same_language:
        if _may_say_no(source) or _may_say_no(target):
            yield from negation_findings(source, target)
        if source.text.strip() == target.text.strip():
            yield from _same_findings(source, target)
    yield from _length_findings(source, target)
    yield from _end_findings(source.text, target.text, target.language)
    if any(map(eq, target.words, islice(target.words, 1, None))):
        yield from _doubled_findings(source, target)
    if target.language.tag == "de-CH" and "ß" in target.text:
        place = target.text.index("ß")
        yield warning("eszett", "Switzerland writes ss and no ß; write ss.", (place, place + 1))


def negation_findings(source: Reading, target: Reading) -> Iterator[Finding]:
    """A no on one side of which nothing on the other side can be the translation.

    Sentence by sentence where there are as many on both sides, else in the whole text.
    """
    if not (source.language.negation.strong and target.language.negation.strong):
        return
    ours, theirs = _SENTENCE.split(source.plain), _SENTENCE.split(target.plain)
    if len(ours) != len(theirs):
        ours, theirs = [source.plain], [target.plain]
    for one, other in zip(ours, theirs, strict=True):
        here, there = _strong(source, one.lower()), _strong(target, other.lower())
        if here and not there and not _weak(target, other.lower()):
            yield warning(
                "negation", f"The source says {here}, the translation does not; say no there too."
            )
        if there and not here and not _weak(source, one.lower()):
            yield warning(
                "negation", f"The translation says {there}, the source does not; take it out."
            )


def _may_say_no(reading: Reading) -> bool:
    if not reading.language.negation.strong.isdisjoint(reading.words):
        return True
    return ("'t" in reading.lower or "’t" in reading.lower) and bool(_NOT.search(reading.lower))


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text)


def _strong(reading: Reading, text: str) -> str:
    """The first word that says no; turns such as `not only` apart."""
    negation = reading.language.negation
    text = negation.neutral.sub(" ", text)
    found = next((word for word in _words(text) if word in negation.strong), "")
    if not found and reading.language.code == "en" and (match := _NOT.search(text)):
        return match[0]
    return found


def _weak(reading: Reading, text: str) -> bool:
    negation = reading.language.negation
    if negation.neutral.search(text):
        return True
    return any(
        word in negation.weak
        or (len(word) > 5 and word.startswith(negation.prefixes))
        or (len(word) > 5 and word.endswith(negation.endings))
        for word in _words(text)
    )


def _same_findings(source: Reading, target: Reading) -> Iterator[Finding]:
    foreign = source.language.common - target.language.common
    said = zip(source.words, source.written, strict=True)
    low = {word for word, written in said if written.islower()}
    plain = [word for word in {*low, *source.words[:1]} if _is_plain(word, foreign, target)]
    if len(plain) > 1 and not low.isdisjoint(foreign) and not _is_a_name(source):
        yield warning(
            "same-as-source",
            "The translation is the source; translate it, or say why it stays.",
            (0, len(target.text)),
        )


def _is_plain(word: str, foreign: frozenset[str], target: Reading) -> bool:
    return word in foreign or word not in target.language.words


def _is_a_name(reading: Reading) -> bool:
    """`MS Society of Canada`: all words have capitals, but for those that join them."""
    low = [written for written in reading.written if written.islower()]
    return all(len(word) <= 3 for word in low) and len(low) * 2 < len(reading.words)


def _length_findings(source: Reading, target: Reading) -> Iterator[Finding]:
    ours, theirs = len(source.plain.strip()), len(target.plain.strip())
    if ours < LENGTH_CHARACTERS_MIN or target.language.script not in _ALPHABETS:
        return
    if not LENGTH_MIN <= theirs / ours <= LENGTH_MAX:
        yield warning(
            "length",
            f"The source has {ours} characters, the translation {theirs}; see whether it is whole.",
        )


def _end_findings(source: str, target: str, language: Language) -> Iterator[Finding]:
    ours, theirs = end_of(source), end_of(target)
    asked = "?" in source and not _QUESTIONS & set(target)
    if asked or (theirs == "?" and not _QUESTIONS & set(source)):
        says = "asks" if asked else "does not ask"
        yield warning(
            "question-mark", f"The source {says} a question; end the translation likewise.",
            _last_of(target),
        )  # fmt: skip
    elif (
        ours != theirs
        and "?" not in ours + theirs
        and language.script not in _WITHOUT_FULL_STOPS
        and not (ours + theirs == "." and _ABBREVIATED.search(target if theirs else source))
    ):
        yield warning(
            "end-punctuation",
            f"The source ends with {ours or 'no mark'}, the translation with"
            f" {theirs or 'none'}; end it likewise.",
            _last_of(target),
        )


def _last_of(text: str) -> tuple[int, int]:
    """The place of the last character that is no blank."""
    place = max(len(text.rstrip()) - 1, 0)
    return place, place + 1


def end_of(text: str) -> str:
    """The mark at a text's end, quotes, brackets and placeholders taken off; one for each kind."""
    if text[-1:] in _ENDS:
        return _ENDS[text[-1]]
    end = _without_emphasis(text, len(text))
    while match := _PLACEHOLDER_END.search(text, max(0, end - _PLACEHOLDER_CHARACTERS), end):
        end = _without_emphasis(text, match.start())
    return _ENDS.get(text[:end].rstrip(_CLOSING)[-1:], "")


def _without_emphasis(text: str, end: int) -> int:
    while end and text[end - 1] in " *_":
        end -= 1
    return end


def _doubled_findings(source: Reading, target: Reading) -> Iterator[Finding]:
    words = target.words
    for index in range(1, len(words) if target.language.known else 0):
        if words[index] == words[index - 1] and _is_doubled(index, source, target):
            yield warning(
                "doubled-word",
                f"{target.written[index]} is there twice; take one out.",
                (target.spans[index - 1][0], target.spans[index][1]),
            )


def _is_doubled(index: int, source: Reading, target: Reading) -> bool:
    word, (start, _) = target.words[index], target.spans[index]
    end = target.spans[index - 1][1]
    if not target.plain[end:start].isspace() or word in target.language.doubled:
        return False
    clause = target.plain[max(0, start - CLAUSE_CHARACTERS) : start]
    if word in target.language.relatives and "," in clause:
        return False  # `Menschen, die die Therapie erhalten`
    return f"{word} {word}" not in source.lower
