"""Which old units a text has its words from, where its id does not say so."""

from content.records.message import Message
from content.translation.lineage import origins

COLLECTED = "Cells are collected from your blood."
FROZEN = "They are frozen and given back later."
BOTH = f"{COLLECTED} {FROZEN}"


def texts(*told: tuple[str, str], kind: str = "paragraph") -> list[Message]:
    return [Message(unit, kind, text) for unit, text in told]


def test_the_words_of_a_unit_that_is_gone() -> None:
    assert origins(texts(("n", "**No**"), ("m", "No")), texts(("a", "No"), ("b", "No"))) == {
        "n": ("a",),
        "m": ("b",),
    }
    assert origins(texts(("n", "No"), ("a", "No")), texts(("a", "No"))) == {}
    assert origins(texts(("n", "No"), kind="cell"), texts(("a", "No"))) == {}


def test_both_parts_of_a_text_that_was_split() -> None:
    assert origins(texts(("n", COLLECTED), ("m", FROZEN)), texts(("a", BOTH))) == {
        "n": ("a",),
        "m": ("a",),
    }
    # Where one of them kept the id, only the other one needs telling.
    assert origins(texts(("a", COLLECTED), ("m", FROZEN)), texts(("a", BOTH))) == {"m": ("a",)}


def test_a_paragraph_that_became_a_list_but_no_title_of_it() -> None:
    items = texts(("n", COLLECTED), kind="list-item")
    assert origins(items, texts(("a", BOTH))) == {"n": ("a",)}
    assert origins(texts(("n", COLLECTED), kind="title"), texts(("a", BOTH))) == {}


def test_words_that_still_stand_where_they_stood_were_not_split_off() -> None:
    now = texts(("a", f"{BOTH} Ask us."), ("n", FROZEN))
    assert origins(now, texts(("a", BOTH))) == {}
    assert origins(texts(("a", BOTH), ("n", FROZEN)), texts(("a", BOTH))) == {}


def test_texts_that_were_merged_in_the_order_of_the_new_one() -> None:
    before = texts(("b", FROZEN), ("a", COLLECTED))
    assert origins(texts(("n", BOTH)), before) == {"n": ("a", "b")}
    assert origins(texts(("b", BOTH)), before) == {"b": ("a", "b")}
    assert origins(texts(("a", BOTH)), before) == {"a": ("a", "b")}


def test_a_text_that_had_the_same_words_before_was_not_merged() -> None:
    before = texts(("a", BOTH), ("b", FROZEN))
    assert origins(texts(("a", f"{BOTH} Ask us.")), before) == {}


def test_a_fact_that_was_edited() -> None:
    for kind in ("audience", "disclaimer"):
        before = texts(("a", "Ask your neurologist."), kind=kind)
        after = texts(("n", "Ask your neurologist or nurse."), kind=kind)
        assert origins(after, before) == {"n": ("a",)}
        assert origins(texts(("n", "Nobody knows."), kind=kind), before) == {}
        assert origins(after, []) == {}


def test_what_only_looks_alike_comes_from_nowhere() -> None:
    before = texts(("a", "What are the benefits?"), ("b", "4 of 10 people had fewer relapses"))
    now = texts(("n", "What are the risks?"), ("m", "4 of 10 people had more relapses"))
    assert origins(now, before) == {}


def test_words_that_everything_has_lead_nowhere() -> None:
    many = texts(*((f"a{number}", f"Of many people {number} had it") for number in range(40)))
    assert origins(texts(("n", "Of many people had")), many) == {}
