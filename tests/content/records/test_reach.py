"""Which texts cannot be any of those that went: what has no words of theirs."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from content.records.likeness import Place, is_edited, read
from content.records.reach import Reach

WORDS = ["cells", "cell", "may", "help", "helped", "4", "relapse", "relapses", "relapsed", "?", "-"]
TEXTS = st.tuples(
    st.sampled_from(["paragraph", "title"]),
    st.lists(st.sampled_from(WORDS), max_size=7).map(" ".join),
)


@given(st.lists(TEXTS, min_size=1, max_size=4), st.lists(TEXTS, max_size=4))
def test_what_is_out_of_reach_is_no_text_edited(
    old: list[tuple[str, str]], new: list[tuple[str, str]]
) -> None:
    before = [read(*text) for text in old]
    reach = Reach([one.shape for one in before])
    for text in [read(*told) for told in new]:
        if not reach.has(text):
            for one, place in product(before, (Place.ALONE, Place.AMONG)):
                assert not is_edited(one, text, place)


def has(text: str, *old: str) -> bool:
    return Reach(old).has(read("paragraph", text))


def test_half_of_the_words_or_of_the_long_ones_are_known() -> None:
    assert not has("nurses collect blood of 5", "doctors measured 0 relapses")
    assert has("doctors collect blood", "doctors measured 0 relapses", "doctors")
    assert has("doctors of his", "doctors measured 0 relapses in 0 trials")
    assert has("measurements of 5 by us all", "doctors measured 0 relapses"), "long words alone"
    assert not has("", "doctors")
    assert has("doctors", "-"), "nothing is known of texts without words"
