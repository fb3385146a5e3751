"""Which words of a text went and which came."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from content.records.word_change import (
    PARTNERS_MAX,
    WordChange,
    between,
    changed,
    long_words,
    words_of,
)

TEXTS = st.lists(
    st.sampled_from(["cells", "cell", "may", "help", "0", "l’eau", "don't", "(of", "it),", "", "ß"])
).map(" ".join)


def change(old: str, new: str) -> WordChange:
    return WordChange.of(*changed(old, new), len(words_of(old)), len(words_of(new)))


@given(TEXTS, TEXTS)
def test_what_went_and_came_is_what_the_other_has_not(old: str, new: str) -> None:
    went, came = changed(old, new)
    was, now = Counter(words_of(old)), Counter(words_of(new))
    assert Counter(went) == was - now
    assert Counter(came) == now - was


@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_like_ends_are_left_out_in_whole_words(head: str, old: str, new: str, tail: str) -> None:
    gone, come = between(f"{head} {old} {tail}", f"{head} {new} {tail}")
    for text, part in ((old, gone), (new, come)):
        rest = Counter(words_of(f"{head} {text} {tail}")) - Counter(words_of(part))
        assert rest.total() + len(words_of(part)) == len(words_of(f"{head} {text} {tail}"))


def test_what_is_between_like_ends() -> None:
    assert between("in trial 0 they", "in study 0 they") == ("trial", "study")
    assert between("uncommon effects", "common effects") == ("uncommon", "common")
    assert between("a b", "a b") == ("b", "b")
    assert between("they help", "they helped") == ("help", "helped")
    assert between("", "new") == ("", "new")


def test_words_of_any_alphabet() -> None:
    assert words_of("It's l’eau, déjà 0") == ("It's", "l’eau", "déjà", "0")
    assert words_of("it's a_b (0-0)") == ("it's", "a_b", "0", "0")
    assert long_words(["cells", "cell", "don't"]) == ("cells", "don't")


def test_a_word_has_one_partner_each() -> None:
    assert change("relapses relapsed", "relapse").shared == 1
    assert change("relapses relapsed", "relapse relapser").shared == 2
    assert change("treated", "treatment").shared == 0, "they begin alike, and are not alike enough"
    assert change("hypertension", "hypotension").shared == 0
    assert (change("cells help", "cells may help").share, change("", "").share) == (2 / 3, 0)


def test_words_that_were_only_added_or_only_taken() -> None:
    assert change("it may help", "it may not help").only_added
    assert change("it may not help", "it may help").only_added
    assert change("it may", "may it").only_added
    assert not change("it may help", "it can help").only_added
    assert not change("", "it may help").only_added


def test_a_partner_is_looked_for_among_few_of_many_words_that_begin_alike() -> None:
    others = " ".join(f"cell{'xyz'[row % 3] * (row + 5)}" for row in range(PARTNERS_MAX))
    assert change("cellular", f"{others[: others.rindex(' ')]} cellulars").shared == 1
    assert change("cellular", f"{others} cellulars").shared == 0
