"""Translating at the desk: how far it is, text by text, and handing it in."""

import json
import re
from html import unescape

import polib
import pytest
import time_machine
from httpx2 import Response

from content.database import writing
from content.people import person
from content.people.session import PROOF_MINUTES
from content.records import page_import
from content.settings import Settings
from tests.api.desk.browser import ORIGIN, Browser, as_demo
from tests.api.desk.test_passkey_sign_in import answered, challenge, enters, hidden
from tests.api.hubs import Hub
from tests.keys import SIGNERS
from tests.world import LOCALES, TEXT, page

AT = "/desk/translate/treatment"
SCRIPT = "<script>alert('x')</script>"
#: What a form of the editor has of each text.
FIELD = re.compile(
    r'name="unit" value="([^"]*)">\s*<input type="hidden" name="source" value="([^"]*)">\s*'
    r'<input type="hidden" name="stood" value="([^"]*)">.*?<textarea[^>]*>\n?(.*?)</textarea>',
    re.DOTALL,
)


@pytest.fixture
def hub(busy_hub: Hub) -> Hub:
    as_demo(busy_hub.world)
    return busy_hub


@pytest.fixture
def blank(sqlite_hub: Hub) -> Hub:
    """English and French in force, Italian not begun."""
    as_demo(sqlite_hub.world)
    return sqlite_hub


def signed_in(hub: Hub, who: str, language: str = "en") -> Browser:
    browser = Browser(hub, language)
    browser.signs_in(who)
    return browser


class Form:
    """The form of the editor, as a browser holds it."""

    def __init__(self, browser: Browser, path: str, answer: Response | None = None) -> None:
        self.browser, self.path = browser, path.partition("?")[0]
        self.text = (answer or browser.get(path)).text
        found = [tuple(map(unescape, one)) for one in FIELD.findall(self.text)]
        self.units, self.sources, self.stood, targets = map(list, zip(*found, strict=True))
        self.targets = targets
        self.unsure = set(re.findall(r'name="unsure" value="([^"]*)" checked', self.text))

    def unit(self, source: str) -> str:
        return str(self.units[self.sources.index(source)])

    def put(self, source: str, words: str) -> "Form":
        self.targets[self.sources.index(source)] = words
        return self

    def words(self, source: str) -> str:
        return str(self.targets[self.sources.index(source)])

    def hands_in(self) -> Response:
        """Press the other button, which saves too."""
        return self.browser.post(
            f"{self.path}/hand-in", data=self.fields(), headers={"Origin": ORIGIN}
        )

    def sends(self, **more: str) -> Response:
        return self.browser.post(self.path, data=self.fields() | more, headers={"Origin": ORIGIN})

    def fields(self) -> dict[str, str | list[str]]:
        return {
            "unit": self.units,
            "source": self.sources,
            "stood": self.stood,
            # As browsers send the ends of lines.
            "target": [one.replace("\n", "\r\n") for one in self.targets],
            "unsure": sorted(self.unsure),
            "show": "all",
            "at": "",
        }


def units(hub: Hub, section: str = "benefits", locale: str = "it", by: str = "") -> dict[str, str]:
    """Source to translation, as the interface tells it."""
    told = hub.read(f"/v1/editing/versions?section={section}&locale={locale}", by="editor")
    newest = told["versions"][-1]
    return {one["source"]: one["target"] for one in hub.read(newest["url"], "editor")["units"]}


# How far it is


def test_what_there_is_to_translate_is_told_in_figures(hub: Hub) -> None:
    told = signed_in(hub, "editor").reads("/desk/translate")
    assert "Treatment" in told
    assert re.search(r"Italian .*?100%: \d+ of \d+ texts", told)
    assert re.search(r"French \(Switzerland\) inherits from French", told)


def test_a_language_without_a_name_goes_by_its_tag(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Settings, "locale_tags", ("en", "it", "de-FR"))
    assert " de-FR " in signed_in(hub, "editor").reads("/desk/translate")


def test_a_translator_sees_their_own_language_alone(hub: Hub) -> None:
    browser = signed_in(hub, "translator-it")
    told = browser.reads("/desk/translate")
    assert "Italian" in told
    assert "German" not in told.replace("Deutsch", "")
    assert "French" not in told
    board = browser.get(f"{AT}/it").text
    assert 'text-anchor="middle">it<' in board
    assert 'text-anchor="middle">fr<' not in board


@pytest.mark.parametrize("who", ["translator-it", "reviser-fr", "language-1-de", "editor"])
def test_it_is_a_place_of_those_who_work_in_a_language(hub: Hub, who: str) -> None:
    assert 'href="/desk/translate"' in signed_in(hub, who).get("/desk").text


@pytest.mark.parametrize("who", ["lay", "board-1", "administrator", "author", "medical-1"])
def test_it_is_nobody_elses_place(hub: Hub, who: str) -> None:
    assert 'href="/desk/translate"' not in signed_in(hub, who).get("/desk").text


def test_the_board_says_section_by_section_how_far_it_is(hub: Hub) -> None:
    browser = signed_in(hub, "editor")
    told = browser.reads(f"{AT}/fr")
    assert "Risks, French: Handed in, 100%" in told
    assert "Treatment, French: In force, 100%" in told
    assert "Risks, German: Nothing yet, 0%" in told
    # The table says the same.
    assert re.search(r"Risks ▸ Handed in", told)
    assert re.search(r"Treatment ✓ In force", told)


def test_an_empty_hub_says_what_will_stand_there(empty_hub: Hub) -> None:
    as_demo(empty_hub.world)
    assert "There is no page yet." in signed_in(empty_hub, "editor").reads("/desk/translate")


def test_a_page_that_nobody_handed_in_says_so(empty_hub: Hub) -> None:
    as_demo(empty_hub.world)
    empty_hub.world.write()
    browser = signed_in(empty_hub, "editor")
    assert "Nothing of this page can be translated yet." in browser.reads("/desk/translate")
    told = browser.reads(f"{AT}/it")
    assert "3 sections cannot be translated yet" in told
    assert browser.get(f"{AT}/it/benefits").status_code == 404


def test_long_pages_are_cut(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.desk.translating.progress.SECTIONS_TOGETHER", 2)
    monkeypatch.setattr("api.desk.translating.overview.TOGETHER", 1)
    browser = signed_in(hub, "editor")
    first, second = browser.get(f"{AT}/it").text, browser.get(f"{AT}/it?from=2").text
    assert 'href="/desk/translate/treatment/it?from=2">More sections' in first
    assert f"{AT}/it/risks" not in first
    assert f'{AT}/it/risks"' in second
    assert 'from=0">Sections before' in second
    assert "from=1" in browser.get("/desk/translate").text
    assert "from=0" in browser.get("/desk/translate?from=1").text


# Who may know of it


@pytest.mark.parametrize(
    "path",
    [
        f"{AT}/fr",
        f"{AT}/fr/benefits",
        f"{AT}/fr/uploads/1",
        f"{AT}/fr.po",
        f"{AT}/fr.xlf",
        f"{AT}/fr.pot",
        f"{AT}/en",
        f"{AT}/pt",
        f"{AT}/IT",
        f"{AT}/x_y",
        "/desk/translate/benefits/it",
        "/desk/translate/nothing/it",
        f"{AT}/it/states",
        f"{AT}/it/nothing",
        f"{AT}/it/uploads/99",
    ],
)
def test_what_a_translator_of_italian_may_not_know_of_is_not_there(hub: Hub, path: str) -> None:
    assert signed_in(hub, "translator-it").get(path).status_code == 404


def test_who_may_not_read_drafts_finds_nothing(hub: Hub) -> None:
    browser = signed_in(hub, "administrator")
    for path in ("/desk/translate", f"{AT}/it", f"{AT}/it/benefits", f"{AT}/it.po"):
        assert browser.get(path).status_code == 404, path


@pytest.mark.parametrize("who", ["reviser-it", "language-1-it", "editor", "lay", "board-1"])
def test_who_may_see_but_not_translate_has_no_field_and_writes_nothing(hub: Hub, who: str) -> None:
    browser = signed_in(hub, who)
    shown = browser.get(f"{AT}/it/benefits").text
    assert "it – It may slow MS." in shown
    assert "<textarea" not in shown
    assert "Take the suggestion" not in shown
    form = Form(signed_in(hub, "translator-it"), f"{AT}/it/benefits")
    form.browser = browser
    before = units(hub)
    assert form.put("Benefits", "Vantaggi").sends().status_code == 403
    assert units(hub) == before
    for path, fields in (
        ("uploads/take", {"file": "x", "shown": "0" * 64}),
        ("uploads/1/undo", {"upload": "0" * 64}),
        ("uploads/look", {}),
        ("inherited/acceptance", {}),
        ("benefits/check", {"unit": form.unit("Benefits"), "target": "x"}),
    ):
        assert browser.send_form(f"{AT}/it/{path}", **fields).status_code == 403, path
    assert "See what would become of it" not in browser.get(f"{AT}/it").text


def test_nobody_writes_into_another_language(hub: Hub) -> None:
    form = Form(signed_in(hub, "translator-it"), f"{AT}/it/benefits")
    form.path = f"{AT}/de/benefits"
    assert form.put("Benefits", "Nutzen").sends().status_code == 404
    assert hub.read("/v1/editing/versions?locale=de", by="editor")["versions"] == []


# Text by text


def test_a_translation_is_begun_text_by_text(blank: Hub) -> None:
    browser = signed_in(blank, "translator-it")
    form = Form(browser, f"{AT}/it/benefits")
    assert form.words("Benefits") == ""
    answer = form.put("Benefits", "Benefici").sends(at=form.unit("It may slow MS."), show="todo")
    assert answer.status_code == 303
    unit = form.unit("It may slow MS.")
    assert (
        answer.headers["location"]
        == f"{AT}/it/benefits?show=todo&at={unit}&done=words-saved#u-{unit}"
    )
    assert units(blank)["Benefits"] == "Benefici"
    again = browser.get(answer.headers["location"]).text
    assert "Benefici" not in again  # it is done, and what is to do is shown
    assert re.search(rf'id="t-{unit}"[^>]* autofocus', again)
    told = browser.reads(f"{AT}/it/benefits")
    assert "5 texts have no translation." in told
    assert '/hand-in"' not in browser.get(f"{AT}/it/benefits").text


def test_all_that_was_typed_on_a_page_is_saved_at_once(blank: Hub) -> None:
    browser = signed_in(blank, "translator-it")
    form = Form(browser, f"{AT}/it/benefits")
    form.put("Benefits", "Benefici").put("It may slow MS.", "Può rallentare la SM.")
    form.unsure.add(form.unit("It may slow MS."))
    assert form.sends().status_code == 303
    again = Form(browser, f"{AT}/it/benefits?show=unsure")
    assert again.sources == ["It may slow MS."]
    assert again.unsure == set(again.units)
    assert "One text is marked as unsure." in browser.reads(f"{AT}/it/benefits")
    # The mark is taken off: somebody stands behind it.
    again.unsure.clear()
    assert again.sends().status_code == 303
    assert "marked as unsure" not in browser.reads(f"{AT}/it/benefits")


@pytest.mark.parametrize("unit", ["你", "²", "a#b"])
def test_what_is_no_unit_is_no_place_to_go_on_with(hub: Hub, unit: str) -> None:
    form = Form(signed_in(hub, "translator-it"), f"{AT}/it/benefits")
    answer = form.put("Benefits", "Vantaggi").sends(at=unit)
    assert answer.status_code == 303
    assert answer.headers["location"].endswith("&done=words-saved")


def test_what_was_not_touched_is_not_written(hub: Hub) -> None:
    browser = signed_in(hub, "translator-it")
    before = hub.etag("benefits", "it")
    assert Form(browser, f"{AT}/it/benefits").sends().status_code == 303
    assert hub.etag("benefits", "it") == before


def test_the_same_words_by_a_file_and_on_a_page_come_to_the_same(blank: Hub) -> None:
    browser = signed_in(blank, "translator-it")
    form = Form(browser, f"{AT}/it/benefits")
    form.put("See [the register]{1}.", "Vedi [il registro]{1}.")
    assert form.sends().status_code == 303
    file = polib.pofile(browser.get(f"{AT}/it.po").text)
    told = {one.msgid: one.msgstr for one in file}
    assert told["See [the register]{1}."] == "Vedi [il registro]{1}."


def test_two_who_write_at_once_see_both_and_decide(hub: Hub) -> None:
    mine = Form(signed_in(hub, "translator-it"), f"{AT}/it/benefits")
    theirs = Form(signed_in(hub, "translator-it"), f"{AT}/it/benefits")
    theirs.put("Benefits", "Vantaggi").sends()
    mine.put("Benefits", "Benefici").put("It may slow MS.", "Può rallentare la SM.")
    answer = mine.sends()
    assert answer.status_code == 409
    assert "Meanwhile somebody else changed this translation." in answer.text
    assert "<del>Vantaggi</del><ins>Benefici</ins>" in answer.text
    # What was no conflict is saved; what was is asked.
    assert units(hub)["It may slow MS."] == "Può rallentare la SM."
    assert units(hub)["Benefits"] == "Vantaggi"
    shown = Form(mine.browser, mine.path, answer)
    assert shown.words("Benefits") == "Benefici"
    # Theirs stay, mine waits as a suggestion.
    assert shown.sends(aside=shown.unit("Benefits")).status_code == 303
    assert units(hub)["Benefits"] == "Vantaggi"
    listed = hub.read("/v1/suggestions?page=treatment&locale=it", by="editor")["suggestions"]
    assert "Benefici" in {one["target"] for one in listed}
    # Or mine stand in their place, now that I have seen them.
    assert shown.sends().status_code == 303
    assert units(hub)["Benefits"] == "Benefici"


def test_the_source_changes_under_a_translator(blank: Hub) -> None:
    browser = signed_in(blank, "translator-it")
    form = Form(browser, f"{AT}/it/benefits")
    with blank.world.acting("author") as (session, author):
        changed = page(TEXT.replace("4 of 10", "5 of 10"))
        page_import.import_page(session, author, changed, {}, LOCALES)
    blank.world.submit("benefits")
    answer = form.put("It may help 4 of 10 people.", "Aiuta 4 persone su 10.").sends()
    assert answer.status_code == 409
    assert "Meanwhile the source text changed." in answer.text
    shown = Form(browser, form.path, answer)
    assert shown.words("It may help 5 of 10 people.") == "Aiuta 4 persone su 10."
    shown.put("It may help 5 of 10 people.", "Aiuta 5 persone su 10.")
    assert shown.sends().status_code == 303
    assert units(blank)["It may help 5 of 10 people."] == "Aiuta 5 persone su 10."


def test_what_changed_in_the_source_is_marked(sqlite_hub: Hub) -> None:
    as_demo(sqlite_hub.world)
    with sqlite_hub.world.acting("author") as (session, author):
        changed = page(TEXT.replace("4 of 10", "5 of 10"))
        page_import.import_page(session, author, changed, {}, LOCALES)
    sqlite_hub.world.submit("benefits")
    browser = signed_in(sqlite_hub, "translator-fr")
    told = browser.get(f"{AT}/fr/benefits?show=changed").text
    assert "It may help <del>4</del><ins>5</ins> of 10 people." in told
    assert "A number or a “not” changed" in told
    assert "The source of one text changed: look at it again." in told


def test_words_that_cannot_stand_there_are_still_in_their_field(hub: Hub) -> None:
    form = Form(signed_in(hub, "translator-it"), f"{AT}/it/benefits")
    answer = form.put("See [the register]{1}.", "Vedi il registro.").sends()
    assert answer.status_code == 422
    assert "This cannot stand here as it is." in answer.text
    assert Form(form.browser, form.path, answer).words("See [the register]{1}.") == (
        "Vedi il registro."
    )


def test_a_blank_field_deletes_nothing_and_says_so(hub: Hub) -> None:
    form = Form(signed_in(hub, "translator-it"), f"{AT}/it/benefits")
    answer = form.put("Benefits", " ").sends()
    assert answer.status_code == 200
    assert "An empty text deletes nothing" in answer.text
    assert Form(form.browser, form.path, answer).words("Benefits") == "it – Benefits"


def test_an_unsure_text_does_not_replace_what_was_confirmed(hub: Hub) -> None:
    form = Form(signed_in(hub, "translator-it"), f"{AT}/it/benefits")
    form.put("Benefits", "Vantaggi").unsure.add(form.unit("Benefits"))
    answer = form.sends()
    assert "What stands was confirmed already" in answer.text
    assert units(hub)["Benefits"] == "it – Benefits"
    assert "Vantaggi" in signed_in(hub, "translator-it").reads(f"{AT}/it/benefits")


def test_a_text_that_the_source_lost_is_shown_to_be_copied(hub: Hub) -> None:
    form = Form(signed_in(hub, "translator-it"), f"{AT}/it/benefits")
    form.units[0] = "gonegone"
    form.targets[0] = "Parole mie"
    answer = form.sends()
    assert answer.status_code == 409
    assert "Parole mie" in answer.text
    assert "Meanwhile the source text lost this part." in answer.text


def test_what_the_checks_find_is_said_beside_the_text(hub: Hub) -> None:
    browser = signed_in(hub, "translator-it")
    form = Form(browser, f"{AT}/it/benefits")
    form.put("It may help 4 of 10 people.", "Aiuta 5 persone su 10.").sends()
    told = browser.reads(f"{AT}/it/benefits?show=findings")
    assert "Error" in told
    assert "One text has an error that the checks found." in told
    # And before it is saved.
    unit = form.unit("It may help 4 of 10 people.")
    said = browser.send_form(f"{form.path}/check", unit=unit, target="Aiuta 6 persone su 10.")
    assert said.status_code == 200
    assert "finding error" in said.text
    assert "<html" not in said.text
    fine = browser.send_form(f"{form.path}/check", unit=unit, target="Aiuta 4 persone su 10.")
    assert "finding" not in fine.text
    tag = browser.send_form(f"{form.path}/check", unit=unit, target="<b>Aiuta</b> 4 su 10.")
    assert "finding error" in tag.text
    none = browser.send_form(f"{form.path}/check", unit="gone", target="x")
    assert none.status_code == 404


def test_a_finding_is_named_in_the_language_of_who_reads(sqlite_hub: Hub) -> None:
    as_demo(sqlite_hub.world)
    browser = signed_in(sqlite_hub, "translator-it")
    form = Form(browser, f"{AT}/it/benefits")
    unit = form.unit("It may help 4 of 10 people.")

    def told() -> str:
        wrong = "Aiuta 6 persone su 10."
        return browser.send_form(f"{form.path}/check", unit=unit, target=wrong).text

    assert "A number is not the one of the source." not in told()  # the sentence says it itself
    browser.headers["Accept-Language"] = "it"
    assert "Un numero non è quello del testo originale." in told()
    assert '<span lang="en" class="soft">' in told()


def test_what_is_put_right_is_said_before(sqlite_hub: Hub) -> None:
    as_demo(sqlite_hub.world)
    browser = signed_in(sqlite_hub, "translator-fr")
    form = Form(browser, f"{AT}/fr/benefits")
    unit = form.unit("It may slow MS.")
    said = browser.send_form(f"{form.path}/check", unit=unit, target="Cela ralentit la SEP ?")
    assert "Put right when it is saved" in said.text


def test_a_suggestion_is_taken_or_dismissed(hub: Hub) -> None:
    browser = signed_in(hub, "translator-it")
    shown = browser.get(f"{AT}/it/risks?show=todo").text
    assert "Rischi" in shown
    key = re.findall(r'name="take" value="(\d+)"', shown)[0]
    form = Form(browser, f"{AT}/it/risks")
    # What was typed elsewhere on the page is saved with it.
    form.put("It does not repair nerves.", "Non ripara i nervi.")
    assert form.sends(take=key).status_code == 303
    assert units(hub, "risks")["Risks"] == "Rischi"
    assert units(hub, "risks")["It does not repair nerves."] == "Non ripara i nervi."
    assert "Take the suggestion" not in browser.get(f"{AT}/it/risks").text
    assert Form(browser, f"{AT}/it/risks").sends(take=key).status_code == 409


def test_words_typed_where_a_suggestion_is_taken_are_kept_beside_it(hub: Hub) -> None:
    browser = signed_in(hub, "translator-it")
    key = re.findall(r'name="take" value="(\d+)"', browser.get(f"{AT}/it/risks").text)[0]
    form = Form(browser, f"{AT}/it/risks").put("Risks", "Pericoli")
    assert form.sends(take=key).status_code == 303
    assert units(hub, "risks")["Risks"] == "Rischi"
    listed = hub.read("/v1/suggestions?page=treatment&locale=it", by="editor")["suggestions"]
    assert [one["target"] for one in listed if one["section"] == "risks"] == ["Pericoli"]


def test_a_suggestion_is_dismissed(hub: Hub) -> None:
    browser = signed_in(hub, "translator-it")
    key = re.findall(r'name="dismiss" value="(\d+)"', browser.get(f"{AT}/it/risks").text)[0]
    assert Form(browser, f"{AT}/it/risks").sends(dismiss=key).status_code == 303
    assert units(hub, "risks")["Risks"] == "it – Risks"
    assert "Rischi" not in browser.get(f"{AT}/it/risks").text


@pytest.mark.parametrize("what", ["take", "dismiss"])
def test_a_suggestion_waits_where_something_else_has_to_be_decided_first(
    hub: Hub, what: str
) -> None:
    browser = signed_in(hub, "translator-it")
    key = re.findall(r'name="take" value="(\d+)"', browser.get(f"{AT}/it/risks").text)[0]
    mine, theirs = (Form(browser, f"{AT}/it/risks") for _ in range(2))
    theirs.put("It does not repair nerves.", "Non ripara i nervi.").sends()
    mine.put("It does not repair nerves.", "Non cura i nervi.")
    assert mine.sends(**{what: key}).status_code == 409
    assert units(hub, "risks")["Risks"] == "it – Risks"
    assert "Rischi" in browser.get(f"{AT}/it/risks").text


def test_a_suggestion_for_another_text_is_not_there(hub: Hub) -> None:
    browser = signed_in(hub, "translator-it")
    key = re.findall(r'name="take" value="(\d+)"', browser.get(f"{AT}/it/risks").text)[0]
    for what in ("take", "dismiss"):
        told = [
            Form(browser, f"{AT}/it/benefits").sends(**{what: number}).status_code
            for number in (key, "99999")
        ]
        assert told == [404, 404]


def test_a_section_is_handed_in_with_what_was_just_typed(hub: Hub) -> None:
    browser = signed_in(hub, "translator-it")
    form = Form(browser, f"{AT}/it/benefits")
    assert f'<button formaction="{form.path}/hand-in">Save and hand in' in form.text
    answer = form.put("Benefits", "Benefici").hands_in()
    assert answer.headers["location"] == f"{AT}/it?done=section-handed-in"
    told = hub.read("/v1/editing/versions?section=benefits&locale=it", by="editor")["versions"]
    assert told[-1]["state"] == "in_review"
    assert units(hub)["Benefits"] == "Benefici"
    again = browser.get(f"{AT}/it/benefits").text
    assert "<textarea" not in again
    assert "It was handed in." in again
    # Whoever still has the page open loses nothing.
    late = form.put("Benefits", "Vantaggi").sends()
    assert late.status_code in (409, 422)
    assert "Vantaggi" in late.text


def test_who_hands_in_shows_who_they_are_and_nothing_typed_is_lost(
    hub: Hub, traveller: time_machine.Traveller
) -> None:
    with writing(hub.world.engine) as session:
        SIGNERS.register(session, "translator-it", by="operator")
    browser = enters(hub, "translator-it")
    form = Form(browser, f"{AT}/it/benefits").put("Benefits", "Benefici & “altro”")
    traveller.shift(PROOF_MINUTES * 60 + 1)
    asked = form.hands_in()
    assert asked.status_code == 403
    assert f'action="{form.path}/hand-in"' in asked.text
    assert units(hub)["Benefits"] == "it – Benefits"
    kept: dict[str, list[str]] = {}
    for name, value in hidden(asked.text):
        kept.setdefault(name, []).append(value)
    assert kept["target"] == form.targets
    assert browser.send_form(f"{AT}/it/inherited/acceptance").status_code == 403
    # To save asks nobody.
    assert Form(browser, form.path).sends().status_code == 303
    proof = json.dumps(answered("translator-it", challenge(browser, "/desk/step-up/passkey")))
    told = kept | {"proof-passkey": [proof]}
    answer = browser.post(f"{form.path}/hand-in", data=told, headers={"Origin": ORIGIN})
    assert answer.headers["location"] == f"{AT}/it?done=section-handed-in"
    assert units(hub)["Benefits"] == "Benefici & “altro”"


def test_nothing_is_handed_in_while_something_has_to_be_decided(hub: Hub) -> None:
    mine, theirs = (Form(signed_in(hub, "translator-it"), f"{AT}/it/benefits") for _ in range(2))
    theirs.put("Benefits", "Vantaggi").sends()
    answer = mine.put("Benefits", "Benefici").hands_in()
    assert answer.status_code == 409
    assert hub.world.version("benefits", "it").state == "draft"


def test_an_editor_hands_in_without_a_field(hub: Hub) -> None:
    browser = signed_in(hub, "editor")
    assert '/hand-in"' in browser.get(f"{AT}/it/benefits").text
    answer = browser.send_form(f"{AT}/it/benefits/hand-in")
    assert answer.status_code == 303
    told = hub.read("/v1/editing/versions?section=benefits&locale=it", by="editor")["versions"]
    assert told[-1]["state"] == "in_review"


def test_what_is_not_whole_is_not_handed_in_and_nothing_typed_is_lost(blank: Hub) -> None:
    form = Form(signed_in(blank, "translator-it"), f"{AT}/it/benefits")
    answer = form.put("Benefits", "Benefici").hands_in()
    assert answer.status_code == 409
    assert "Something is still missing, so it was not handed in." in answer.text
    assert Form(form.browser, form.path, answer).words("Benefits") == "Benefici"
    assert blank.read("/v1/editing/versions?locale=it", by="editor")["versions"] == []


def test_long_sections_are_cut(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.desk.translating.editor.TOGETHER", 2)
    browser = signed_in(hub, "translator-it")
    first = browser.get(f"{AT}/it/benefits").text
    assert first.count("<textarea") == 2
    onward = unescape(re.findall(r'href="([^"]*)">More texts', first)[0])
    second = browser.get(onward).text
    assert "Texts before" in second
    assert second.count("<textarea") == 2
    assert not set(FIELD.findall(first)) & set(FIELD.findall(second))
    # Whoever asks for one of them sees it where it stands, with what is beside it.
    asked = Form(browser, f"{AT}/it/benefits").units[1]
    assert FIELD.findall(browser.get(f"{AT}/it/benefits?at={asked}").text) == FIELD.findall(first)


# What people write


def test_a_script_in_any_field_is_a_text(hub: Hub) -> None:
    browser = signed_in(hub, "translator-it")
    form = Form(browser, f"{AT}/it/benefits")
    form.put("Benefits", SCRIPT).put("It may slow MS.", "*Può* & `x` <")
    pages = [form.sends().text]
    form.unsure.add(form.unit("Benefits"))
    pages.append(form.sends().text)
    unit = form.unit("Benefits")
    pages.append(browser.send_form(f"{form.path}/check", unit=unit, target=SCRIPT).text)
    pages += [
        browser.get(f"{AT}/it{path}").text for path in ("/benefits", "", "/benefits?at=" + SCRIPT)
    ]
    for told in pages:
        assert "<script>alert" not in told
    assert "&lt;script&gt;alert" in pages[0]


def test_a_name_that_is_a_script_is_a_name_in_the_history(hub: Hub) -> None:
    with writing(hub.world.engine) as session:
        row = person.find(session, "translator-it")
        row.name = SCRIPT
        session.add(row)
    told = signed_in(hub, "editor").get(f"{AT}/it").text
    assert "<script>alert" not in told
    assert "Sent by &lt;script&gt;" in told


@pytest.mark.parametrize(
    "fields",
    [
        {"target": ["x"]},
        {"unit": ["a"] * 26, "source": ["a"] * 26, "target": ["a"] * 26, "stood": [""] * 26},
        {"unit": ["a"], "source": ["a"], "target": ["a" * 50_001], "stood": [""]},
        {"unit": ["a"], "source": ["a"], "target": ["a"], "stood": ["not-a-digest"]},
        {"unit": ["a" * 81], "source": ["a"], "target": ["a"], "stood": [""]},
        {"take": "0"},
        {"take": "x"},
        {"show": "everything"},
    ],
)
def test_a_form_that_is_none_of_ours_is_refused(hub: Hub, fields: dict[str, object]) -> None:
    browser = signed_in(hub, "translator-it")
    before = hub.etag("benefits", "it")
    answer = browser.post(
        f"{AT}/it/benefits", data=fields, headers={"Origin": "https://testserver"}
    )
    assert answer.status_code == 422
    assert hub.etag("benefits", "it") == before


@pytest.mark.parametrize("query", ["?show=nothing", "?at=" + "a" * 81, "?from=-1"])
def test_an_address_that_is_none_of_ours_is_refused(hub: Hub, query: str) -> None:
    where = f"{AT}/it" if "from" in query else f"{AT}/it/benefits"
    assert signed_in(hub, "translator-it").get(where + query).status_code == 422


# Memory, glossary, variants


def test_what_was_said_before_and_the_terms_stand_beside_the_text(sqlite_hub: Hub) -> None:
    hub = sqlite_hub
    as_demo(hub.world)
    terms = "source,preferred,forbidden,note,status\nnerves,nerfs,fibres,in the body,agreed\n"
    answer = hub.ask("PUT", "/v1/glossary/fr.csv", terms.encode(), by="language-1-fr")
    assert answer.status_code == 200, answer.text
    with hub.world.acting("author") as (session, author):
        more = page(TEXT + "\nIt does not repair the nerves.\n")
        page_import.import_page(session, author, more, {}, LOCALES)
    hub.world.submit("risks")
    told = signed_in(hub, "translator-fr").reads(f"{AT}/fr/risks?show=todo")
    assert "nerves = nerfs (not: fibres)" in told
    assert re.search(
        r"Said before of words that are \d+% alike: risks, version 1, signed by language-2-fr", told
    ), told[-2500:]
    assert "fr – It does not repair nerves." in told


def test_a_variant_says_what_it_inherits_and_accepts_it(sqlite_hub: Hub) -> None:
    hub = sqlite_hub
    as_demo(hub.world)
    hub.world.staff("fr-CH")
    browser = signed_in(hub, "translator-fr-ch")
    told = browser.reads(f"{AT}/fr-CH")
    assert "French (Switzerland) inherits from" in told
    assert "0 inherited, 0 of its own" in told
    editor = f"{AT}/fr-CH/benefits"
    assert "fr – Benefits" in browser.reads(editor)
    form = Form(browser, editor)
    assert form.put("fr – Benefits", "Avantages").sends().status_code == 303
    answer = browser.send_form(f"{AT}/fr-CH/inherited/acceptance")
    assert answer.headers["location"] == f"{AT}/fr-CH?done=inheritance-accepted"
    told = browser.reads(answer.headers["location"])
    assert "5 inherited, 1 of its own" in told
    shown = browser.reads(editor)
    assert "Avantages" in shown
    assert "= Inherited" in shown
    assert units(hub, locale="fr-CH")["fr – Benefits"] == "Avantages"


def test_a_language_that_is_no_variant_inherits_nothing(hub: Hub) -> None:
    answer = signed_in(hub, "translator-it").send_form(f"{AT}/it/inherited/acceptance")
    assert answer.status_code == 422


def test_the_pages_speak_the_readers_language(hub: Hub) -> None:
    told = signed_in(hub, "translator-it", "de").reads(f"{AT}/it/benefits")
    assert "Italienisch" in told
    assert "Save" not in told
