"""Texts as they come in nature, and what no file can carry."""

from hypothesis import strategies as st

from content.records.message import Message
from content.translation.exchange.characters import FORBIDDEN
from content.translation.merge import Rendering

_PIECES = [
    *("{1}", "{2}", "{1}", "{12}", "{1234}", "{", "}", "[the register]", "**bold**", "*it*"),
    *("`code`", "\\\n", "\n", "\t", "  ", "\u00a0", "\u202f", "<b>", "&amp;", "]]>", "<!--", "'"),
    *('"', "<ph id='1'/>", "é", "e\u0301", "שלום", "\u200f", "💊", "1.4%", "40’000", "%s", "&#1;"),
    *("|", ";", ",", "\ufeff", "xml:lang"),
]
#: Anything that a message can have in it; never blank.
nasty = (
    st.lists(
        st.sampled_from(_PIECES)
        | st.text(st.characters(exclude_categories=["Cs"]), max_size=8).filter(
            lambda text: not FORBIDDEN.search(text)
        ),
        min_size=1,
        max_size=8,
    )
    .map("".join)
    .filter(lambda text: bool(text.strip()))
)
unit_ids = st.text("abcdefghijklmnopqrstuvwxyz234567", min_size=8, max_size=8)
forbidden = st.sampled_from(
    ["\x00", "\x01", "\x08", "\x0b", "\r", "\x1f", "\x7f", "\x85", "\u2028", "\u202e", "\ufffe"]
)


@st.composite
def renderings(draw: st.DrawFn) -> list[Rendering]:
    """Those of a small page, each unit once: done, fuzzy and blank ones."""
    units = draw(st.lists(unit_ids, min_size=1, max_size=5, unique=True))
    return [_rendering(draw, unit) for unit in units]


def _rendering(draw: st.DrawFn, unit: str) -> Rendering:
    message = Message(unit, "paragraph", draw(nasty))
    target = draw(st.just("") | nasty)
    fuzzy = bool(target) and draw(st.booleans())
    return Rendering(message, target, fuzzy, draw(nasty) if fuzzy else None)
