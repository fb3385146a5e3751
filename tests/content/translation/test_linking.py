"""An own target is said, stored, carried along and served; the words are left alone."""

import json

import polib
import pytest

from content.errors import BadInput, LinkNotFound, LinkRefused, RoleMissing, SectionIsBusy
from content.records.version import Version
from content.sign_off.block import Meaning
from content.translation import linking, settling, standing, suggestion
from content.translation import locale as locales
from content.translation.linking import Link
from tests.content.translation.test_taking import with_text
from tests.invariants import rows
from tests.reader import TODAY, read, waiting_statement
from tests.world import LOCALES, TEXT, World, page

pytestmark = pytest.mark.time_machine(TODAY, tick=False)

EN, FR = "https://example.org/register", "https://example.org/registre"
NEW = "https://example.org/new"


def links(world: World, locale: str = "fr", section: str = "benefits") -> list[Link]:
    with world.reading() as session:
        base = locales.base(locale, LOCALES)
        return list(linking.links_of(standing.of_section(session, section, locale, base=base)))


def lead(
    world: World,
    target: str | None,
    source: str = EN,
    *,
    locale: str = "fr",
    by: str = "",
    at: str = "",
) -> Version | None:
    with world.acting(by or f"translator-{locale.lower()}") as (session, actor):
        now = standing.of_section(session, "benefits", locale, base=locales.base(locale, LOCALES))
        name = at or next(iter(linking.links_of(now))).unit
        return linking.lead(session, actor, now, name, source, target)


def rewritten(world: World, old: str = EN, new: str = NEW) -> None:
    world.publish_page(page(TEXT.replace(old, new)))


@pytest.mark.begins_with("en", "fr")
def test_it_begins_a_draft_that_says_so_and_is_served_once_it_is_in_force(world: World) -> None:
    (before,) = links(world)
    assert (before.source, before.target, before.present) == (EN, None, True)
    served = read(world, "benefits", "fr")

    version = lead(world, FR)

    assert version is not None
    assert (version.number, version.state) == (2, "draft")
    assert links(world) == [Link(before.unit, EN, FR)]
    world.publish("benefits", locale="fr")
    after = read(world, "benefits", "fr")
    assert after["html"] == served["html"].replace(EN, FR) != served["html"]
    assert after["markdown"] == served["markdown"].replace(EN, FR)
    assert EN in read(world, "benefits", "en")["html"]


def test_saying_it_again_changes_nothing_and_null_takes_it_back(published: World) -> None:
    lead(published, FR)
    said = rows.of(published.engine)
    again = lead(published, FR)
    assert (again and again.number) == 2
    assert rows.of(published.engine) == said
    for back in (None, EN):
        lead(published, FR)
        lead(published, back)
        assert [one.target for one in links(published)] == [None]


@pytest.mark.begins_with("en")
def test_nothing_to_take_back_begins_no_draft(sqlite_world: World) -> None:
    assert lead(sqlite_world, None) is None
    assert sqlite_world.states("fr") == {}
    assert lead(sqlite_world, FR) is not None
    assert not sqlite_world.is_whole("benefits", "fr"), "its words are still to come"
    sqlite_world.translate("fr")
    assert [one.target for one in links(sqlite_world)] == [FR]
    assert sqlite_world.is_whole("benefits", "fr")


def test_a_target_is_stored_as_every_other_is(published: World) -> None:
    lead(published, "https://example.org/dépôt(fr)")
    (one,) = links(published)
    assert one.target == "https://example.org/d%C3%A9p%C3%B4t(fr)"
    published.publish("benefits", locale="fr")
    assert one.target in read(published, "benefits", "fr")["html"]


def test_whose_words_they_are_stays(published: World) -> None:
    before = polib.pofile(published.pull("fr"))
    lead(published, FR)
    po = polib.pofile(published.pull("fr"))
    assert [(one.msgid, one.msgstr) for one in po] == [(one.msgid, one.msgstr) for one in before]
    (noted,) = [one for one in po if FR in one.comment]
    assert f"{{1}} = {EN} (here: {FR})" in noted.comment.splitlines()


def test_a_catalogue_that_goes_out_and_comes_back_changes_nothing(published: World) -> None:
    lead(published, FR)
    text = published.pull("fr")
    assert {one.fate for one in published.push("fr", text)} == {"unchanged"}
    assert published.pull("fr") == text
    assert published.pull("fr") == published.pull("fr")


def test_new_words_and_an_undo_leave_it(published: World) -> None:
    lead(published, FR)
    text = published.pull("fr")
    report = published.upload("fr", with_text(text, "See", "Voir [ici]{1}."))
    assert [one.target for one in links(published)] == [FR]
    published.publish("benefits", locale="fr")
    assert f'<a href="{FR}">ici</a>' in read(published, "benefits", "fr")["html"]

    other = published.upload("fr", with_text(published.pull("fr"), "See", "Voir [là]{1}."))
    published.undo(other)
    assert [one.target for one in links(published)] == [FR]
    assert 'msgstr "Voir [ici]{1}."' in published.pull("fr")
    assert report.counts["updated"] == 1


def test_a_suggestion_that_is_taken_leaves_it(published: World) -> None:
    lead(published, FR)
    text = with_text(published.pull("fr"), "See", "Voir [là]{1}.")
    lines = [line for line in text.splitlines() if "X-Hub-Snapshot" not in line]
    published.upload("fr", "\n".join(lines) + "\n")
    with published.acting("translator-fr") as (session, actor):
        (one,) = suggestion.opened(session, ["benefits"], "fr")
        settling.take(session, actor, one)
    assert [one.target for one in links(published)] == [FR]
    assert 'msgstr "Voir [là]{1}."' in published.pull("fr")


def test_an_upload_that_would_be_too_long_with_it_is_refused_by_itself(published: World) -> None:
    lead(published, f"{FR}/{'a' * 1_900}")
    report = published.push("fr", with_text(published.pull("fr"), "See", "Voir."))
    assert {one.fate for one in report} == {"refused", "unchanged"}


@pytest.mark.begins_with("en", "fr")
def test_the_source_leads_elsewhere_and_the_hub_prepares_the_next_version(world: World) -> None:
    lead(world, FR)
    world.publish("benefits", locale="fr")

    rewritten(world)

    assert world.states("fr")["benefits"] == ["superseded", "in_force", "sign_off"]
    assert [(one.source, one.target, one.present) for one in links(world)] == [
        (NEW, None, True),
        (EN, FR, False),
    ]
    assert f"LINK GONE: {EN} (here: {FR})" in world.pull("fr")
    world.sign(waiting_statement(world, "benefits"), "language-2-fr")
    assert NEW in read(world, "benefits", "fr")["html"]
    assert FR not in read(world, "benefits", "fr")["html"]


def test_what_is_gone_can_be_taken_off_the_list_and_takes_no_new_target(published: World) -> None:
    lead(published, FR)
    rewritten(published)
    with pytest.raises(LinkNotFound) as refused:
        lead(published, FR, EN)
    assert refused.value.context["links"] == [NEW]
    lead(published, None, EN)
    assert [(one.source, one.target) for one in links(published)] == [(NEW, None)]


@pytest.mark.begins_with("en", "fr")
def test_a_variant_leads_to_its_own_page_and_inherits_the_words(world: World) -> None:
    lead(world, FR)
    world.publish("benefits", locale="fr")
    world.staff("fr-CH")
    swiss = "https://example.ch/registre"
    with pytest.raises(LinkNotFound):
        lead(world, swiss, EN, locale="fr-CH")

    lead(world, swiss, FR, locale="fr-CH")

    world.publish_variant("fr-CH")
    base, own = (read(world, "benefits", one) for one in ("fr", "fr-CH"))
    assert own["html"] == base["html"].replace(FR, swiss) != base["html"]
    lead(world, NEW)
    world.publish("benefits", locale="fr")
    assert [(one.source, one.target, one.present) for one in links(world, "fr-CH")] == [
        (NEW, None, True),
        (FR, swiss, False),
    ]


def test_who_may_not_and_where_nothing_can_be_said(published: World) -> None:
    with pytest.raises(RoleMissing):
        lead(published, FR, by="translator-it")
    with pytest.raises(LinkNotFound):
        lead(published, FR, NEW)
    with pytest.raises(LinkNotFound):
        lead(published, FR, at="nowhere")
    with pytest.raises(LinkRefused, match="only http") as refused:
        lead(published, FR.replace("https", "http"))
    assert refused.value.context["source"] == EN
    with published.acting("translator-fr") as (session, actor):
        now = standing.of_section(session, "benefits", "en")
        with pytest.raises(RoleMissing):
            linking.lead(session, actor, now, links(published)[0].unit, EN, FR)
    lead(published, FR)
    published.submit("benefits", "fr")
    with pytest.raises(SectionIsBusy):
        lead(published, NEW)


def test_a_source_text_leads_nowhere_else(published: World) -> None:
    published.staff("en")
    with pytest.raises(BadInput, match="written in"):
        lead(published, FR, locale="en")


def test_a_draft_that_is_given_up_in_sign_off_begins_again_with_it(published: World) -> None:
    lead(published, FR)
    for step in (published.submit, published.review_all):
        step("benefits", "fr")
    digest = published.open_statement("benefits", locale="fr")
    published.sign(digest, "language-2-fr", Meaning.REJECTION)
    assert published.states("fr")["benefits"] == ["in_force", "abandoned", "draft"]
    assert [one.target for one in links(published)] == [FR]


def test_what_is_in_the_column_is_an_object_of_addresses(published: World) -> None:
    version = lead(published, FR)
    assert version is not None
    with published.engine.connect() as connection:
        told = connection.exec_driver_sql(
            f"SELECT own_links FROM unit WHERE version = {version.key} AND own_links <> '{{}}'"
        )
        assert [json.loads(row.own_links) for row in told] == [{EN: FR}]
