"""What reading a .po file costs: against polib's plain reading, and as a file grows."""

import gc
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import polib

from content.errors import ContentError
from content.translation.po import read_po, require_second_opinion
from tests.bench.reading import Ratio

MESSAGES = 10_000
ROUNDS = 5
HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
MESSAGE = 'msgctxt "aaaaaaaa"\nmsgid "Dose"\nmsgstr "Dose"\n'
WORDS = "the dose of the treatment was measured in patients with relapsing disease"

#: A file of `n` times something that a reader can take quadratic time for.
GROWING: dict[str, Callable[[int], str]] = {
    "messages": lambda n: HEADER + MESSAGE * (n * 50),
    "the same message": lambda n: HEADER + (MESSAGE * 3 + "\n") * (n * 15),
    "comments": lambda n: HEADER + ("# comment\n" * 190 + MESSAGE) * n,
    "comments of one message": lambda n: HEADER + "# comment\n" * (n * 4_000) + MESSAGE,
    "lines of one string": lambda n: HEADER + 'msgid ""\n' + f'"{WORDS}"\n' * (n * 9),
    "lines of long strings": lambda n: (
        HEADER + ('msgid "x"\n' + f'"{WORDS}"\n' * 1_900 + 'msgstr ""\n') * (n // 4)
    ),
    "strings on one line": lambda n: HEADER + ('msgid "a" ' + '""' * 10_000 + '\nmsgstr ""\n') * n,
    "backslashes": lambda n: HEADER + ('msgid "x' + "\\\\" * 2_000 + '"\nmsgstr ""\n') * n,
    "one long line": lambda n: HEADER + 'msgid "' + "x" * (n * 40_000),
    "lines of header": lambda n: 'msgid ""\nmsgstr ""\n' + '"X: y\\n"\n' * (n * 2_000),
    "isolates in references": lambda n: HEADER + ("#: " + "\u2068" * 10_000 + "\n") * n + MESSAGE,
    "isolates in one reference": lambda n: HEADER + "#: " + "\u2068" * (n * 13_000),
    "blank lines": lambda n: HEADER + ('msgid "a"\n' + " \n" * 100 + 'msgstr ""\n') * (n * 10),
}


def ordinary(messages: int) -> bytes:
    """Messages with notes, places and, one in ten, a previous source, as the hub writes them."""
    parts = [HEADER]
    for number in range(messages):
        text = " ".join([WORDS] * (1 + number % 4))
        fuzzy = f'#, fuzzy\n#| msgid "{WORDS}"\n' if number % 10 == 0 else ""
        parts.append(
            f"#. paragraph · section-{number}\n#: /v1/sections/section-{number}\n{fuzzy}"
            f'msgctxt "{number:08}"\nmsgid "{text} {number}"\n'
            f'msgstr "«{text}» \\"{number}\\"\\n"\n\n'
        )
    return "".join(parts).encode()


def against_polib(messages: int = MESSAGES) -> Ratio:
    """polib's plain reading of a file, and both our readings of the same bytes, in turn."""
    source = ordinary(messages)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ordinary.po"
        path.write_bytes(source)
        return _compare(
            f"{messages} messages, polib and ours",
            lambda: polib.pofile(str(path)),
            lambda: _take(source),
        )


def as_it_grows(what: str, times: int) -> Ratio:
    """The same kind of file at one size and at twice that."""
    small, large = (GROWING[what](size).encode() for size in (times, 2 * times))
    return _compare(what, lambda: _take(small), lambda: _take(large))


def _take(source: bytes) -> None:
    try:
        require_second_opinion(source, read_po(source))
    except ContentError:
        return


def _compare(what: str, small: Callable[[], object], large: Callable[[], object]) -> Ratio:
    """Processor time, both in turn; the best of each, for chance only ever adds.

    Without the garbage collector, as `timeit` does: it runs when others have filled the memory.
    """
    times: tuple[list[float], list[float]] = ([], [])
    gc.collect()
    gc.disable()
    try:
        for _ in range(ROUNDS):
            for work, kept in zip((small, large), times, strict=True):
                begun = time.process_time()
                work()
                kept.append((time.process_time() - begun) * 1_000)
    finally:
        gc.enable()
    return Ratio(what, min(times[0]), min(times[1]))
