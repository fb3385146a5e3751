"""What happens to a file on its way: bytes lost, doubled, put in or exchanged, lines moved."""

from hypothesis import strategies as st

from content.translation.po import PoEntry
from tests.content.translation.po.plain_files import STYLES, written


@st.composite
def accidents(draw: st.DrawFn, messages: st.SearchStrategy[PoEntry]) -> bytes:
    """A file in which bytes were deleted, doubled, put in or exchanged, or lines changed places."""
    found = draw(st.lists(messages, min_size=1, max_size=3))
    source = written(
        found, draw(st.sampled_from(STYLES)), draw(st.sampled_from(["", " "]))
    ).encode()
    for _ in range(draw(st.integers(1, 3))):
        source = draw(st.sampled_from([delete, double, put_in, swap_lines, drop_line]))(
            draw, source
        )
    return source


def delete(draw: st.DrawFn, source: bytes) -> bytes:
    at = draw(st.integers(0, len(source)))
    return source[:at] + source[at + draw(st.integers(1, 3)) :]


def double(draw: st.DrawFn, source: bytes) -> bytes:
    at = draw(st.integers(0, len(source)))
    end = at + draw(st.integers(1, 20))
    return source[:end] + source[at:]


def put_in(draw: st.DrawFn, source: bytes) -> bytes:
    at = draw(st.integers(0, len(source)))
    odd = [
        b'"',
        b"\\",
        b"\n",
        b"\r",
        b"#",
        b"#~ ",
        b"#| ",
        b" ",
        b'""',
        b"msgid ",
        b"\xc2\xa0",
        b"\0",
    ]
    return source[:at] + draw(st.sampled_from(odd)) + source[at:]


def swap_lines(draw: st.DrawFn, source: bytes) -> bytes:
    lines = source.split(b"\n")
    one, other = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
    lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


def drop_line(draw: st.DrawFn, source: bytes) -> bytes:
    lines = source.split(b"\n")
    del lines[draw(st.integers(0, len(lines) - 1))]
    return b"\n".join(lines)
