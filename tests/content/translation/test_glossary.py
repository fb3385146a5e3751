"""The glossary: what an import does to it, who may, and what stays on record."""

import json
from collections.abc import Sequence

import pytest
from sqlmodel import col, select

from content.errors import ExchangeRefused, RoleMissing
from content.ledger import LedgerRow
from content.translation import glossary
from content.translation.exchange.term import Status, Term
from content.translation.glossary import Form, TakenTerm
from tests.world import World

HEAD = "source,preferred,forbidden,note,status\n"
RELAPSE = "relapse,poussée,rechute,,\n"


def take(
    world: World, text: str, by: str = "translator-fr", locale: str = "fr"
) -> Sequence[TakenTerm]:
    with world.acting(by) as (session, actor):
        return glossary.import_file(session, actor, locale, (HEAD + text).encode(), "csv")


def terms(world: World, locale: str = "fr") -> list[Term]:
    with world.reading() as session:
        return glossary.terms(session, locale)


def events(world: World) -> list[LedgerRow]:
    with world.reading() as session:
        return list(
            session.exec(
                select(LedgerRow)
                .where(col(LedgerRow.subject) == "glossary/fr")
                .order_by(col(LedgerRow.seq))
            ).all()
        )


def test_each_row_of_a_file_meets_one_outcome(world: World) -> None:
    assert take(world, RELAPSE) == [TakenTerm(2, "relapse", "added")]
    assert take(world, RELAPSE) == [TakenTerm(2, "relapse", "unchanged")]
    report = take(world, "relapse,poussée,,Note,\nMS,SEP,,,\nMS,SP,,,\nlesion,,,,\n")
    before = "Before: poussée; forbidden rechute; agreed"
    assert report == [
        TakenTerm(2, "relapse", "updated", before),
        TakenTerm(3, "MS", "added"),
        TakenTerm(4, "MS", "refused", "It stands on line 3 already."),
        TakenTerm(5, "lesion", "refused", "It has no preferred term."),
    ]
    assert terms(world) == [Term("MS", ("SEP",)), Term("relapse", ("poussée",), note="Note")]
    assert terms(world, "de") == []


def test_what_is_not_in_a_file_stays_and_what_was_is_on_record(sqlite_world: World) -> None:
    world = sqlite_world
    take(world, "relapse,poussée,rechute,Old,proposed\n")
    take(world, "relapse,poussée,,,agreed\n", by="language-1-fr")
    take(world, "MS,SEP,,,\n", by="reviser-fr")
    take(world, "MS,SEP,,,\n", by="editor")
    assert [term.source for term in terms(world)] == ["MS", "relapse"]
    rows = events(world)
    assert [(row.event, row.actor) for row in rows] == [
        ("glossary.imported", "translator-fr"),
        ("glossary.changed", "language-1-fr"),
        ("glossary.imported", "language-1-fr"),
        ("glossary.imported", "reviser-fr"),
    ]
    changed = json.loads(rows[1].detail)
    assert changed["before"]["note"] == "Old"
    assert changed["before"]["forbidden"] == ["rechute"]
    assert changed["now"]["status"] == Status.AGREED
    counted = json.loads(rows[2].detail)
    assert {name: counted[name] for name in ("added", "updated")} == {"added": 0, "updated": 1}
    with world.reading() as session:
        (row,) = [row for row in glossary.rows(session, "fr") if row.source == "relapse"]
        assert row.who == "language-1-fr"
    told = take(world, "relapse,poussée,,New,\n")
    assert told[0].why == "Before: poussée; forbidden none; agreed"
    assert take(world, "relapse,poussée,,,\n")[0].why.endswith("agreed; New")


@pytest.mark.parametrize("by", ["translator-it", "author", "board-1", "administrator"])
def test_who_has_no_part_in_a_language_changes_nothing(sqlite_world: World, by: str) -> None:
    with pytest.raises(RoleMissing):
        take(sqlite_world, RELAPSE, by=by)
    assert terms(sqlite_world) == []


def test_a_file_that_is_none_is_refused_whole(sqlite_world: World) -> None:
    with pytest.raises(ExchangeRefused):
        take(sqlite_world, 'MS,SEP,,,\n"relapse,poussée\n')
    assert terms(sqlite_world) == []
    assert events(sqlite_world) == []


@pytest.mark.parametrize("form", ["csv", "tbx"])
def test_an_export_comes_back_unchanged_and_is_the_same_every_time(
    sqlite_world: World, form: Form
) -> None:
    world = sqlite_world
    take(world, RELAPSE + "Médecin,a|b,c,Note,proposed\nmédecin,d,,,retired\nMS,SEP,,,\n")
    with world.acting("translator-fr") as (session, actor):
        source = glossary.export(session, "fr", form)
        assert source == glossary.export(session, "fr", form)
        report = glossary.import_file(session, actor, "fr", source, form)
    assert [taken.source for taken in report] == ["MS", "Médecin", "médecin", "relapse"]
    assert {taken.outcome for taken in report} == {"unchanged"}
