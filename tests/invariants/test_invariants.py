"""The eleven invariants of the workflow, each by the verbs that people have.

`test_raw_sql.py` tries the same without the verbs, `test_state_machine.py` at random.
"""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import polib
import pytest
import time_machine
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from content.database import writing
from content.errors import (
    ContentError,
    FourEyes,
    RequirementsOpen,
    SectionIsBusy,
    StateHasMoved,
)
from content.ledger import LedgerRow
from content.people import person
from content.publication import due, take_down, withdrawal
from content.publication.representation import Representation
from content.records import document as documents
from content.records import participation
from content.records.participation import Part
from content.records.version import State, Version
from content.review import submission
from content.review.review import Kind, Verdict
from content.sign_off import statement as statements
from content.sign_off.block import Meaning
from tests.invariants import rows
from tests.invariants.invariants import require
from tests.invariants.pages import Edition
from tests.world import PEOPLE, TEXT, World, page, translated

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
#: An administrator can approve nothing, and holds no other role.
EVERY_ROLE = sorted({role for roles in PEOPLE.values() for role in roles} - {"administrator"})
SECOND = page(TEXT.replace("nerves", "the nerves"), summary="Wording")


def somebody_with_every_role(world: World, name: str = "everybody") -> str:
    with writing(world.engine) as session:
        person.add(session, name=name, organisation=name, by="operator", person_id=name)
        for role in EVERY_ROLE:
            person.grant(session, name, role, by="operator")
    return name


def answer(world: World, path: str) -> dict[str, Any] | None:
    with world.reading() as session:
        row = session.get(Representation, path)
        return json.loads(row.body) if row else None


def state(world: World, section: str = "risks", locale: str = "en") -> str:
    return world.version(section, locale).state


@pytest.mark.begins_with("en")
def test_1_nothing_is_served_whose_document_lacks_a_valid_sign_off(world: World) -> None:
    """1. Nothing is served whose document lacks a valid sign-off."""
    world.write(SECOND)
    first = answer(world, "/v1/sections/risks/en")
    steps: tuple[Callable[[], object], ...] = (
        lambda: world.submit("risks"),
        lambda: world.review_all("risks"),
        lambda: world.sign(world.open_statement("risks"), "board-1"),
    )
    for step in steps:
        step()
        assert answer(world, "/v1/sections/risks/en") == first
        require(world)


@pytest.mark.parametrize("forged", ["a signature is gone", "it says something else"])
def test_1_what_lost_its_signatures_does_not_come_into_force(
    sqlite_world: World, forged: str
) -> None:
    """1. Somebody who may change the schema drops the guards, and is found out on the way out."""
    world = sqlite_world
    world.write(page(TEXT))
    with world.acting("editor") as (session, actor):
        for version in session.exec(select(Version)):
            submission.schedule(session, actor, version, datetime.now(UTC) + timedelta(days=1))
    world.publish("treatment", "benefits", "risks")
    with world.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER signature_no_delete")
        connection.exec_driver_sql("DROP TRIGGER signature_no_update")
        connection.exec_driver_sql(
            "DELETE FROM signature WHERE person = 'board-1'"
            if forged == "a signature is gone"
            else "UPDATE signature SET block = replace(CAST(block AS TEXT), 'approval', 'recusal')"
        )

    with (
        time_machine.travel(datetime.now(UTC) + timedelta(days=2)),
        writing(world.engine) as session,
    ):
        due.carry_out(session, world.policy)

    assert state(world) == State.APPROVED
    assert answer(world, "/v1/sections/risks/en") is None


def test_2_from_submit_on_bytes_never_change(world: World) -> None:
    """2. From submit on, bytes never change; from sign-off on, numbers never reuse."""
    world.write()
    world.submit("risks")
    submitted = world.version("risks").document

    with pytest.raises(SectionIsBusy):
        world.write(SECOND)
    world.review("risks", "lay", Kind.LAY, Verdict.RETURN)
    world.write(SECOND)
    returned = world.version("risks")
    assert (returned.number, returned.document != submitted) == (1, True)

    digest = world.put_to_signature("risks")
    with pytest.raises(SectionIsBusy):
        world.write(page(TEXT))
    world.sign(digest, "board-1", Meaning.REJECTION)

    assert world.states()["risks"] == ["abandoned", "draft"]
    assert world.version("risks", number=1).document == returned.document
    require(world)


def test_3_never_two_versions_in_force_and_rolling_back_is_a_new_number(world: World) -> None:
    """3. Never two versions in force for one section and locale; numbers only rise."""
    for source in (page(), SECOND, page()):
        world.publish_page(source)
        require(world)

    assert world.states()["risks"] == ["superseded", "superseded", "in_force"]


def test_4_a_writer_neither_reviews_nor_signs(world: World) -> None:
    """4. Author, reviewers and signers of one version are different people."""
    everybody = somebody_with_every_role(world)
    world.write(by=everybody)
    for section in ("treatment", "benefits", "risks"):
        world.submit(section)
    for kind in (Kind.MEDICAL, Kind.LAY):
        with pytest.raises(FourEyes):
            world.review("risks", everybody, kind)
    world.review_all("risks")
    digest = world.open_statement("risks")
    for meaning in Meaning:
        with pytest.raises(FourEyes):
            world.sign(digest, everybody, meaning)
    require(world)


def test_4_a_reviewer_has_one_part_and_does_not_sign(world: World) -> None:
    """4. A recused reviewer, too, has had a part."""
    everybody = somebody_with_every_role(world)
    world.write()
    world.submit("risks")
    world.review("risks", everybody, Kind.MEDICAL, relevant=True)
    with pytest.raises(FourEyes):
        world.review("risks", everybody, Kind.LAY)
    world.review_all("risks")
    with pytest.raises(FourEyes):
        world.sign(world.open_statement("risks"), everybody)
    require(world)


def test_4_who_opens_a_statement_does_not_sign_it(world: World) -> None:
    """4. Who opens a statement cannot sign it."""
    everybody = somebody_with_every_role(world)
    world.write()
    digest = world.put_to_signature("risks", by=everybody)
    with pytest.raises(FourEyes):
        world.sign(digest, everybody)
    require(world)


@pytest.mark.begins_with("en")
def test_4_a_translator_neither_revises_nor_reviews_nor_signs(world: World) -> None:
    """4. Translator, reviser, reviewer and signer are different people."""
    everybody = somebody_with_every_role(world)
    world.translate("fr")
    world.submit("risks", "fr", by=everybody)
    with writing(world.engine) as session:
        for granted in ("reviser:fr", "language-reviewer:fr"):
            person.grant(session, "translator-fr", granted, by="operator")
    for kind in (Kind.REVISION, Kind.LANGUAGE):
        with pytest.raises(FourEyes):
            world.review("risks", "translator-fr", kind, locale="fr")
    world.review("risks", everybody, Kind.REVISION, locale="fr")
    with pytest.raises(FourEyes):
        world.review("risks", everybody, Kind.LANGUAGE, locale="fr")
    world.review("risks", "language-1-fr", Kind.LANGUAGE, locale="fr")
    digest = world.open_statement("risks", locale="fr")
    for signer in ("translator-fr", everybody, "language-1-fr"):
        with pytest.raises(FourEyes):
            world.sign(digest, signer)
    require(world)


def test_4_who_wrote_a_text_that_begins_again_is_still_its_writer(world: World) -> None:
    """4. A rejected text is the next draft, and its writer the same person."""
    everybody = somebody_with_every_role(world)
    world.write(by=everybody)
    world.submit("risks")
    world.review_all("risks")
    world.sign(world.open_statement("risks"), "board-1", Meaning.REJECTION)
    world.submit("risks")

    with pytest.raises(FourEyes):
        world.review("risks", everybody, Kind.LAY)
    with world.reading() as session:
        parts = participation.parts(session, world.version("risks").key)
    assert parts == {everybody: Part.WRITER}


@pytest.mark.begins_with("en")
def test_4_a_second_person_confirms_a_withdrawal(world: World) -> None:
    """4. Who withdrew does not confirm."""
    world.withdraw("risks", by="duty-1")
    with pytest.raises(FourEyes), world.acting("duty-1") as (session, actor):
        withdrawal.confirm(session, actor, "risks", "en")
    with world.acting("duty-2") as (session, actor):
        withdrawal.confirm(session, actor, "risks", "en")
    require(world)


def test_5_a_review_counts_only_for_the_document_it_names(world: World) -> None:
    """5. A review or signature counts only for the document it names."""
    world.write()
    world.submit("risks")
    world.review("risks", "medical-1", Kind.MEDICAL)
    world.review("risks", "medical-2", Kind.MEDICAL)
    world.review("risks", "lay", Kind.LAY, Verdict.RETURN)
    world.write(SECOND)
    world.submit("risks")
    world.review("risks", "lay", Kind.LAY)

    with pytest.raises(RequirementsOpen) as open_ones:
        world.open_statement("risks")

    assert "medical-reviews" in open_ones.value.context["requirements"]
    world.review_all("risks")
    world.sign_off("risks")
    assert state(world) == State.IN_FORCE
    require(world)


def test_5_an_open_return_stands_until_its_reviewer_takes_it_back(world: World) -> None:
    """5. The same document again: the reviews count again, and so does the return."""
    world.write()
    world.submit("risks")
    world.review("risks", "medical-1", Kind.MEDICAL)
    world.review("risks", "medical-2", Kind.MEDICAL)
    world.review("risks", "lay", Kind.LAY, Verdict.RETURN)
    world.submit("risks")
    with pytest.raises(RequirementsOpen):
        world.open_statement("risks")
    world.review("risks", "lay", Kind.LAY)
    world.sign_off("risks")
    assert state(world) == State.IN_FORCE


@pytest.mark.begins_with("en", "fr")
def test_6_a_translation_waits_until_its_source_is_in_force(world: World) -> None:
    """6. A translation in force names a source document that was in force."""
    world.write(page(TEXT.replace("4 of 10", "5 of 10")))
    with world.acting("editor") as (session, actor):
        version = session.exec(select(Version).where(col(Version.state) == State.DRAFT)).one()
        submission.schedule(session, actor, version, datetime.now(UTC) + timedelta(days=9))
    world.publish("benefits")
    world.publish_translation("fr")
    assert (state(world, "benefits"), state(world, "benefits", "fr")) == ("approved", "approved")
    require(world)

    with time_machine.travel(datetime.now(UTC) + timedelta(days=10)):
        with writing(world.engine) as session:
            due.carry_out(session, world.policy)
        assert (state(world, "benefits"), state(world, "benefits", "fr")) == (
            "in_force",
            "in_force",
        )
        require(world)


def test_6_a_translation_of_a_text_given_up_does_not_go_on(world: World) -> None:
    """6. Nor of one that went back to draft and is another document now."""
    world.write()
    world.submit("risks")
    world.translate("fr")
    with world.acting("editor") as (session, actor):
        submission.abandon(
            session, actor, session.get_one(Version, world.version("risks").key), "Not wanted"
        )
    with pytest.raises(RequirementsOpen):
        world.submit("risks", "fr")


@pytest.mark.begins_with("en")
def test_6_an_older_translation_does_not_follow_a_withdrawn_text(world: World) -> None:
    """6. What a translation says may be what was wrong with the text that was withdrawn."""
    world.translate("fr")
    world.publish_page(SECOND)
    world.withdraw("risks")
    with pytest.raises(RequirementsOpen):
        world.submit("risks", "fr")
    assert answer(world, "/v1/sections/risks/fr") is None
    require(world)


@pytest.mark.begins_with("en")
def test_6_an_approved_older_translation_does_not_follow_a_withdrawn_text(world: World) -> None:
    """6. The same for one that was approved before and waited for its hour."""
    world.translate("fr")
    with world.acting("editor") as (session, actor):
        for version in session.exec(select(Version).where(col(Version.locale) == "fr")):
            submission.schedule(session, actor, version, datetime.now(UTC) + timedelta(days=9))
    world.publish("risks", locale="fr")
    world.publish_page(SECOND)
    world.withdraw("risks")

    with time_machine.travel(datetime.now(UTC) + timedelta(days=10)):
        with writing(world.engine) as session:
            due.carry_out(session, world.policy)
        assert state(world, "risks", "fr") == State.APPROVED
        require(world)


def test_6_a_source_whose_review_lapsed_takes_its_translations_along(world: World) -> None:
    """6. Also where the translation's own date, that of an older source, lies later."""
    world.publish_page(Edition(review_by=NOW.date() + timedelta(days=900)).source())
    world.publish_translation("fr")
    world.publish_page(
        Edition(
            review_by=NOW.date() + timedelta(days=90), numbers=(2001, 5, 4), summary="Sooner"
        ).source()
    )
    with time_machine.travel(NOW + timedelta(days=400)):
        with writing(world.engine) as session:
            due.carry_out(session, world.policy)
        require(world)
        assert {state(world, "risks", locale) for locale in ("en", "fr")} == {State.WITHDRAWN}


def rows_of_other_locales(world: World, locale: str) -> dict[str, list[tuple[Any, ...]]]:
    """What belongs to a locale by its version, in every table that says so, but for this one."""
    found = rows.of(world.engine)
    others = {row[0] for row in found["version"] if row[2] != locale}
    return {
        "version": [row for row in found["version"] if row[0] in others],
        "release": [row for row in found["release"] if row[3] != locale],
        **{
            table: [row for row in found[table] if row[place] in others]
            for table, place in {
                "unit": 0,
                "review": 1,
                "participation": 0,
                "statement_entry": 1,
                "withdrawal": 0,
            }.items()
        },
    }


@pytest.mark.begins_with("en", "it", "fr")
def test_7_touching_one_locale_changes_no_row_of_another(world: World) -> None:
    """7. Touching one locale changes no row of another."""
    before = rows_of_other_locales(world, "fr")

    changed = world.pull("fr").replace("fr – It may slow MS.", "fr – It can slow MS.")
    world.push("fr", changed)
    world.publish("benefits", locale="fr")
    world.withdraw("risks", "fr")

    assert rows_of_other_locales(world, "fr") == before
    assert world.states("fr")["benefits"] == ["superseded", "in_force"]
    assert world.states("fr")["risks"] == ["withdrawn"]


@pytest.mark.begins_with("en", "it", "fr")
def test_7_but_for_the_marks_that_the_sources_change_makes(world: World) -> None:
    """7. A source's change appends a mark to each translation, and changes no row of it."""
    before = rows_of_other_locales(world, "en")

    world.publish_page(page(TEXT.replace("4 of 10", "5 of 10")))

    after = rows_of_other_locales(world, "en")
    marks = after["release"][len(before["release"]) :]
    assert [(row[1], row[2], row[3]) for row in marks] == [
        ("outdated", "benefits", "fr"),
        ("outdated", "benefits", "it"),
    ]
    assert after | {"release": before["release"]} == before


@pytest.mark.begins_with("en", "fr")
def test_8_withdrawal_needs_nobody_else(world: World) -> None:
    """8. Withdrawal needs nobody else; it holds in every language at once."""
    world.withdraw("risks", by="duty-1")
    assert {state(world, "risks", locale) for locale in ("en", "fr")} == {State.WITHDRAWN}
    require(world)


@pytest.mark.parametrize("missing", ["medical-1", "medical-2", "lay"])
def test_8_coming_into_force_needs_every_reviewer(sqlite_world: World, missing: str) -> None:
    """8. Coming into force needs everybody."""
    world = sqlite_world
    world.write()
    world.submit("risks")
    for by, kind in (("medical-1", Kind.MEDICAL), ("medical-2", Kind.MEDICAL), ("lay", Kind.LAY)):
        world.review("risks", by, kind, relevant=by == missing)
    with pytest.raises(RequirementsOpen):
        world.open_statement("risks")


def test_8_coming_into_force_needs_every_signer(world: World) -> None:
    """8. A recusal does not count, and the threshold does not shrink."""
    world.write()
    digest = world.put_to_signature("risks")
    world.sign(digest, "board-1")
    world.sign(digest, "board-2", Meaning.RECUSAL)
    world.sign(digest, "board-3", relevant=True)
    assert state(world) == State.SIGN_OFF
    world.sign(digest, "board-4")
    assert state(world) == State.SIGN_OFF
    require(world)


def test_8_one_version_given_up_does_not_hold_up_those_signed_with_it(world: World) -> None:
    """8. And a statement of nothing but given-up versions lapses in peace."""
    world.write()
    for section in ("risks", "benefits"):
        world.submit(section)
        world.review_all(section)
    digest = world.open_statement("risks", "benefits")
    give_up(world, "risks")
    for by in ("board-1", "board-2", "board-3"):
        world.sign(digest, by)
    assert state(world, "benefits") == State.IN_FORCE
    require(world)

    digest = world.put_to_signature("treatment")
    give_up(world, "treatment")
    with pytest.raises(StateHasMoved):
        world.sign(digest, "board-1")
    with time_machine.travel(datetime.now(UTC) + timedelta(days=31)):
        with writing(world.engine) as session:
            due.carry_out(session, world.policy)
        require(world)


def give_up(world: World, section: str) -> None:
    with world.acting("editor") as (session, actor):
        version = session.get_one(Version, world.version(section).key)
        submission.abandon(session, actor, version, "Not wanted")


def test_9_each_transition_writes_exactly_one_ledger_row(world: World) -> None:
    """9. Each transition writes exactly one ledger row in its own transaction."""

    def written(step: Callable[[], object]) -> list[str]:
        with world.reading() as session:
            before = len(session.exec(select(LedgerRow.seq)).all())
        step()
        with world.reading() as session:
            events = session.exec(select(LedgerRow.event).order_by(col(LedgerRow.seq))).all()
        return list(events[before:])

    world.write()
    assert written(lambda: world.submit("risks")) == ["version.submitted"]
    assert written(lambda: world.review("risks", "lay", Kind.LAY)) == ["version.reviewed"]
    returned = written(lambda: world.review("risks", "medical-1", Kind.MEDICAL, Verdict.RETURN))
    assert returned == ["version.returned"]
    world.submit("risks")
    world.review_all("risks")
    assert written(lambda: world.open_statement("risks")) == [
        "version.put_to_signature",
        "statement.opened",
    ]
    digest = statement_of(world, "risks")
    assert written(lambda: world.sign(digest, "board-1")) == ["statement.signed"]
    world.sign(digest, "board-2")
    assert written(lambda: world.sign(digest, "board-3")) == [
        "statement.signed",
        "statement.signed_off",
        "version.approved",
        "version.in_force",
    ]
    assert written(lambda: world.withdraw("risks")) == ["version.withdrawn"]
    require(world)


def statement_of(world: World, section: str) -> str:
    with world.reading() as session:
        found = statements.newest_for(session, world.version(section).key)
        assert found is not None
        return found.sha256


@pytest.mark.begins_with("en", "fr")
def test_9_a_refused_verb_leaves_no_row_in_any_table(world: World) -> None:
    """9. A refused transition writes none."""
    world.write(SECOND)
    digest = world.put_to_signature("risks")
    world.sign(digest, "board-1")
    half = world.pull("fr").replace('msgstr "fr – Risks"', 'msgstr "fr – Risks')
    refusals: dict[str, Callable[[], object]] = {
        "submit twice": lambda: world.submit("risks"),
        "review too late": lambda: world.review("risks", "medical-1", Kind.MEDICAL),
        "sign without the role": lambda: world.sign(digest, "lay"),
        "sign twice": lambda: world.sign(digest, "board-1"),
        "the author signs": lambda: world.sign(digest, "author"),
        "open it again": lambda: world.open_statement("risks"),
        "a page with mistakes": lambda: world.write(b"# No front matter"),
        "a busy section": lambda: world.write(page(TEXT)),
        "a broken catalogue": lambda: world.push("fr", half),
        "a catalogue of another language": lambda: world.push("it", world.pull("fr")),
        "withdraw what never was": lambda: world.withdraw("risks", "it"),
        "withdraw without the role": lambda: world.withdraw("risks", by="author"),
    }
    for name, refused in refusals.items():
        before = rows.of(world.engine)
        with pytest.raises(ContentError):
            refused()
        assert rows.changed(before, rows.of(world.engine)) == set(), name


@pytest.mark.begins_with("en")
def test_10_sequence_numbers_are_dense_and_never_go_back(world: World) -> None:
    """10. Also after a transaction that did not end well."""

    def take_out_and_fail() -> None:
        with world.acting("duty-1") as (session, _):
            version = session.get_one(Version, world.version("risks").key)
            withdrawal.take_out(session, version, reason="x", text="x")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        take_out_and_fail()
    world.withdraw("risks", by="duty-1")
    require(world)


def fuzzy(po: str, unit_text: str, target: str) -> str:
    """The catalogue with one entry translated so, and marked fuzzy."""
    read = polib.pofile(po, wrapwidth=0)
    for entry in read:
        if entry.msgid == unit_text:
            entry.msgstr, entry.flags = target, ["fuzzy"]
    return str(read)


@pytest.mark.begins_with("en")
@pytest.mark.parametrize("target", ["fr: it does", ""])
def test_11_a_half_translated_or_fuzzy_text_is_not_submitted(world: World, target: str) -> None:
    """11. A half-translated or fuzzy text cannot come into force, by any path."""
    whole = translated(world.pull("fr"), "fr")
    world.push("fr", fuzzy(whole, "It does not repair nerves.", target))
    with pytest.raises(RequirementsOpen):
        world.submit("risks", "fr")
    assert state(world, "risks", "fr") == State.DRAFT
    require(world)


@pytest.mark.begins_with("en")
@pytest.mark.parametrize("undone", ["fuzzy = true", "target = ''", "target = ' '"])
def test_11_nor_by_a_script_at_the_database(world: World, undone: str) -> None:
    """11. The text was whole, and a script made its units less than that and moved it on."""
    world.translate("fr")
    move = (
        "UPDATE version SET document = source, state = 'in_review' "
        "WHERE section = 'risks' AND locale = 'fr'"
    )
    with world.engine.connect() as connection:
        connection.exec_driver_sql(f"UPDATE unit SET {undone} WHERE source = 'Risks'")
        with pytest.raises(IntegrityError, match="whole before it is reviewed"):
            connection.exec_driver_sql(move)
    with world.engine.begin() as connection:
        connection.exec_driver_sql(move)
    assert state(world, "risks", "fr") == State.IN_REVIEW, "what stopped it was the unit"


@pytest.mark.begins_with("en")
def test_11_what_is_reviewed_is_what_stands_in_the_units(world: World) -> None:
    """11. A version was returned, and a script changed its words behind the text it has."""
    world.translate("fr")
    world.submit("risks", "fr")
    world.review("risks", "reviser-fr", Kind.REVISION, Verdict.RETURN, "fr")
    before = world.version("risks", "fr").document
    with world.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE unit SET target = 'Dangers' WHERE source = 'Risks'")
    world.submit("risks", "fr")
    digest = world.version("risks", "fr").document
    assert digest not in (None, before)
    with world.reading() as session:
        assert documents.load(session, digest).title == "Dangers"


@pytest.mark.begins_with("en", "fr")
def test_11_a_source_that_goes_back_does_not_confirm_what_was_fuzzy(world: World) -> None:
    """11. Half-done words were made for no source that could come back and confirm them."""
    five = page(TEXT.replace("4 of 10", "5 of 10"), kind="wording", summary="5")
    world.publish_page(five)
    world.push("fr", fuzzy(world.pull("fr"), "It may help 5 of 10 people.", "fr – 5, I think"))

    world.publish_page(page(TEXT.replace("4 of 10", "6 of 10"), kind="wording", summary="6"))
    world.push("fr", world.pull("fr"))
    world.publish_page(five)
    world.push("fr", world.pull("fr"))
    with pytest.raises(RequirementsOpen):
        world.submit("benefits", "fr")
    world.publish_page(page(kind="wording", summary="4 again"))
    world.push("fr", world.pull("fr"))
    with pytest.raises(RequirementsOpen):
        world.submit("benefits", "fr")
    require(world)


def test_11_a_change_of_words_is_never_carried_forward(world: World) -> None:
    """11. Only structure, evidence and dates carry a translation forward."""
    world.publish_page(Edition().source())
    world.publish_translation("fr")
    world.publish_page(Edition(bold=True, numbers=(2001, 4, 3)).source())

    assert world.states("fr") == {
        "treatment": ["in_force"],
        "benefits": ["in_force", "sign_off"],
        "risks": ["in_force"],
    }
    require(world)


def test_1_a_tombstone_points_to_what_is_in_force(world: World) -> None:
    """1. Also after the text that it points to left force, or came into force in its language."""

    def instead() -> object:
        told = answer(world, "/v1/sections/risks/fr")
        assert told is not None
        return told["replacement"]["locale"]

    world.publish_page()
    world.publish_translation("fr")
    with world.acting("duty-1") as (session, actor):
        take_down.withdraw(
            session,
            actor,
            "risks",
            "fr",
            world.policy,
            reason="error",
            text="A number was wrong.",
            replacement="benefits",
        )
    assert instead() == "fr"
    world.withdraw("benefits", "fr")
    require(world)
    assert instead() == "en"
    world.push("fr", world.pull("fr").replace("fr – Benefits", "fr – Les bienfaits"))
    world.publish("benefits", locale="fr")
    require(world)
    assert instead() == "fr"
