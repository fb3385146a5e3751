"""Catalogues at the desk: saved, looked at before they are taken, taken, and taken back."""

import re
import zlib
from base64 import urlsafe_b64encode
from html import unescape
from random import Random

import polib
import pytest
from httpx2 import Response

from api.desk.translating import parcel
from api.desk.translating.sayings import WHYS
from content.errors import BadInput, InputTooLarge
from content.translation import fate, taking
from content.translation.po.limits import PO_BYTES_MAX
from content.translation.undoing import LaterWork
from tests.api.desk.browser import ORIGIN, Browser, as_demo
from tests.api.hubs import Hub, contents
from tests.world import TEXT, page

AT = "/desk/translate/treatment/it"
SCRIPT = "<script>alert('x')</script>"


@pytest.fixture
def hub(busy_hub: Hub) -> Hub:
    as_demo(busy_hub.world)
    return busy_hub


def signed_in(hub: Hub, who: str = "translator-it") -> Browser:
    browser = Browser(hub)
    browser.signs_in(who)
    return browser


def edited(text: str, **targets: str) -> bytes:
    """A catalogue with other translations, by the first word of the source text."""
    file = polib.pofile(text, wrapwidth=0)
    for entry in file:
        for first, words in targets.items():
            if entry.msgid.startswith(first):
                entry.msgstr = words
    return str(file).encode()


def saved(browser: Browser, form: str = "po", query: str = "") -> str:
    answer = browser.get(f"{AT}.{form}{query}")
    assert answer.status_code == 200
    return str(answer.text)


def looked_at(browser: Browser, body: bytes, name: str = "treatment.po", at: str = AT) -> Response:
    return browser.post(
        f"{at}/uploads/look", files={"file": (name, body)}, headers={"Origin": ORIGIN}
    )


def taken(browser: Browser, shown: Response, **more: str) -> Response:
    """Press "Take it"."""
    fields = dict(re.findall(r'type="hidden" name="(file|shown)" value="([^"]*)"', shown.text))
    told = {name: unescape(value) for name, value in fields.items()} | more
    return browser.send_form(f"{AT}/uploads/take", **told)


def words_of(answer: Response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


def stands(hub: Hub, source: str = "Benefits") -> str:
    told = hub.read("/v1/editing/sections/benefits/it/1", by="editor")
    return str(next(one["target"] for one in told["units"] if one["source"] == source))


def waits(hub: Hub) -> set[str]:
    told = hub.read("/v1/suggestions?page=treatment&locale=it", by="editor")["suggestions"]
    return {one["target"] for one in told}


@pytest.mark.parametrize(
    ("form", "begins", "kind"),
    [
        ("po", 'msgid ""', "text/x-gettext-translation; charset=UTF-8"),
        ("xlf", "<?xml", "application/xliff+xml"),
        ("pot", "#, fuzzy", "text/x-gettext-translation; charset=UTF-8"),
    ],
)
def test_files_are_saved_from_the_desk_as_from_the_interface(
    hub: Hub, form: str, begins: str, kind: str
) -> None:
    answer = signed_in(hub).get(f"{AT}.{form}")
    assert (
        answer.text.lstrip("#\n").lstrip().startswith(begins.lstrip("#"))
        or begins in (answer.text[:200])
    )
    assert answer.headers["content-type"] == kind
    assert answer.headers["content-disposition"].startswith('attachment; filename="treatment')
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    theirs = hub.get(f"/v1/catalogues/treatment/it.{form}", by="translator-it")
    assert answer.content == theirs.content


def test_only_what_is_to_do_is_saved_where_that_is_asked(hub: Hub) -> None:
    browser = signed_in(hub)
    assert len(saved(browser, query="?only=todo")) < len(saved(browser))
    assert browser.get(f"{AT}.po?only=some").status_code == 422


@pytest.mark.parametrize(
    "first", [b"\xef\xbb\xbf", b"\xef\xbb\xbf\n"], ids=["mark", "mark-and-line"]
)
def test_xliff_is_known_behind_what_editors_put_first(hub: Hub, first: bytes) -> None:
    browser = signed_in(hub)
    body = saved(browser, "xlf").replace("it – Benefits", "Vantaggi")
    shown = looked_at(browser, first + body.split("?>", 1)[1].lstrip().encode(), "x.xlf")
    assert shown.status_code == 200
    assert re.search(r"Taken: 1 ", words_of(shown))


@pytest.mark.parametrize("form", ["po", "xlf"])
def test_a_file_is_looked_at_then_taken_then_taken_back(hub: Hub, form: str) -> None:
    browser = signed_in(hub)
    before = contents(hub.world.engine)
    words = "Vantaggi & co" if form == "po" else "Vantaggi &amp; co"
    body = saved(browser, form).replace("it – Benefits", words).encode()
    kept = contents(hub.world.engine)
    shown = looked_at(browser, body, f"x.{form}")
    assert shown.status_code == 200
    told = words_of(shown)
    assert "Nothing is changed yet." in told
    assert re.search(r"Taken: 1 ", told)
    # Source, what stands, what the file says.
    assert re.search(r"Benefits\s+it – Benefits\s+Vantaggi &amp; co", told)
    assert contents(hub.world.engine) == kept
    assert before["unit"] == kept["unit"]

    answer = taken(browser, shown)
    assert answer.headers["location"] == f"{AT}?done=file-taken#uploads"
    assert stands(hub) == "Vantaggi & co"
    listed = browser.get(AT).text
    assert listed.count("/uploads/") >= 3
    newest = re.findall(rf'href="({AT}/uploads/\d+)"', listed)[0]
    report = browser.get(newest)
    assert re.search(r"Benefits\s+it – Benefits\s+Vantaggi", words_of(report))
    digest = re.findall(r'name="upload" value="([0-9a-f]{64})"', report.text)[0]

    undone = browser.send_form(f"{newest}/undo", upload=digest)
    assert undone.headers["location"] == f"{AT}?done=file-undone#uploads"
    assert stands(hub) == "it – Benefits"
    again = browser.get(newest).text
    assert "Taken back" in again
    assert "Take the whole file back" not in again
    assert browser.send_form(f"{newest}/undo", upload=digest).status_code == 409


def test_what_the_text_is_now_decides_not_what_it_was_when_it_was_shown(hub: Hub) -> None:
    browser = signed_in(hub)
    body = edited(saved(browser), Benefits="Vantaggi")
    shown = looked_at(browser, body)
    other = edited(saved(browser), Benefits="Benefici")
    assert taken(browser, looked_at(browser, other)).status_code == 303
    anew = taken(browser, shown)
    assert anew.status_code == 200
    assert "Meanwhile something changed, so nothing was taken." in anew.text
    assert "Conflicts: 1" in words_of(anew)
    assert stands(hub) == "Benefici"
    assert "Vantaggi" not in waits(hub)
    # What is shown now may be taken: the words wait as a suggestion.
    assert taken(browser, anew).status_code == 303
    assert stands(hub) == "Benefici"
    assert "Vantaggi" in waits(hub)


def test_another_file_than_the_one_shown_is_not_taken(hub: Hub) -> None:
    browser = signed_in(hub)
    text = saved(browser)
    shown = looked_at(browser, edited(text, Benefits="Vantaggi"))
    other = parcel.pack(edited(text, Benefits="Benefici"))
    answer = taken(browser, shown, file=other)
    assert "Meanwhile something changed, so nothing was taken." in answer.text
    assert stands(hub) == "it – Benefits"


def test_the_same_file_again_changes_nothing_and_says_so(hub: Hub) -> None:
    browser = signed_in(hub)
    body = edited(saved(browser), Benefits="Vantaggi")
    taken(browser, looked_at(browser, body))
    told = looked_at(browser, body)
    assert "This very file was taken before." in told.text
    assert ">Take it<" not in told.text
    unchanged = looked_at(browser, saved(browser).encode())
    assert "Taking this file would change nothing" in unchanged.text


def test_every_fate_is_told_in_words(hub: Hub) -> None:
    browser = signed_in(hub)
    file = polib.pofile(saved(browser), wrapwidth=0)
    by_source = {one.msgid: one for one in file}
    by_source["Benefits"].msgstr = "<b>Vantaggi</b>"
    by_source["Treatment"].msgstr = ""
    by_source["Risks"].flags = ["fuzzy"]
    by_source["Risks"].msgstr = "Rischi?"
    by_source["It may help 4 of 10 people."].msgstr = "Aiuta 5 persone su 10."
    file.append(polib.POEntry(msgctxt="zzzzzzzz", msgid="Strange", msgstr=SCRIPT))
    told = looked_at(browser, str(file).encode())
    words = words_of(told)
    for name in (
        "Refused: 1",
        "Not of this page: 1",
        "Marked as unsure: 1",
        "Taken: 1",
        "Blank: 1",
    ):
        assert name in words, name
    assert "These words cannot stand in their place" in words
    assert "<b>Vantaggi" not in told.text
    assert "<script>alert" not in told.text
    assert "&lt;script&gt;" in told.text
    assert "finding error" in told.text  # five is not four


def test_a_file_without_its_snapshot_waits_as_suggestions(hub: Hub) -> None:
    browser = signed_in(hub)
    body = edited(saved(browser), Benefits="Vantaggi").replace(b"X-Hub-Snapshot", b"X-Nothing")
    told = looked_at(browser, body)
    assert "Conflicts: " in words_of(told)
    assert "its words are kept as suggestions" in told.text
    assert taken(browser, told).status_code == 303
    assert "Vantaggi" in waits(hub)


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        (b"", 422, "This file cannot be read safely"),
        (b'msgid "x\n', 422, "This file cannot be read safely"),
        (b"\x89PNG\r\n", 422, "This file cannot be read safely"),
        (b"<xliff>", 422, "This file cannot be read safely"),
        (
            b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><xliff>&a;</xliff>",
            422,
            "safely",
        ),
        (b"x" * (PO_BYTES_MAX + 1), 413, "This is too large"),
    ],
    ids=["empty", "broken", "picture", "no-xliff", "entity", "large"],
)
def test_what_cannot_be_read_is_refused_on_the_same_page(
    hub: Hub, body: bytes, status: int, words: str
) -> None:
    browser = signed_in(hub)
    answer = looked_at(browser, body)
    assert answer.status_code == status
    assert words in answer.text
    assert 'role="alert"' in answer.text
    assert "How far it is" in answer.text
    assert "root:" not in answer.text


def test_a_file_of_another_language_is_led_to_its_own_page(hub: Hub) -> None:
    browser = signed_in(hub)
    text = saved(browser).replace("Language: it", "Language: fr")
    answer = looked_at(browser, text.encode())
    assert answer.status_code == 422
    assert "The file is for another language" in answer.text
    swiss = looked_at(browser, text.replace("Language: fr", "Language: it-CH").encode())
    assert swiss.status_code == 409
    assert "another variant of the language" in swiss.text


def test_without_a_file_nothing_happens(hub: Hub) -> None:
    browser = signed_in(hub)
    for files in ({"file": ("", b"")}, {"other": ("x.po", b"")}):
        answer = browser.post(f"{AT}/uploads/look", files=files, headers={"Origin": ORIGIN})
        assert answer.status_code == 422
        assert "Choose a file first" in answer.text
    text = browser.post(f"{AT}/uploads/look", data={"file": "x"}, headers={"Origin": ORIGIN})
    assert text.status_code == 422


def test_later_work_keeps_a_file_from_being_taken_back(hub: Hub) -> None:
    browser = signed_in(hub)
    taken(browser, looked_at(browser, edited(saved(browser), Benefits="Vantaggi")))
    taken(browser, looked_at(browser, edited(saved(browser), Benefits="Benefici")))
    listed = re.findall(rf'href="({AT}/uploads/\d+)"', browser.get(AT).text)
    for path in listed:
        report = browser.get(path).text
        if "Vantaggi" in words_of(browser.get(path)).split("In the file")[1][:200]:
            break
    digest = re.findall(r'name="upload" value="([0-9a-f]{64})"', report)[0]
    answer = browser.send_form(f"{path}/undo", upload=digest)
    assert answer.status_code == 409
    assert "Later work stands on this file" in answer.text
    assert "It was changed since." in answer.text
    assert stands(hub) == "Benefici"


def test_why_words_are_not_taken_or_given_back_is_said_in_the_readers_language(hub: Hub) -> None:
    assert set(WHYS) == {fate.PLURAL.why, taking.REPEATED.why, taking.PAST_DRAFT, *LaterWork}
    file = polib.pofile(saved(signed_in(hub)), wrapwidth=0)
    entry = next(one for one in file if one.msgid.startswith("Benefits"))
    entry.msgstr, again = "Vantaggi", polib.POEntry(msgid=entry.msgid, msgctxt=entry.msgctxt)
    again.msgstr = "Benefici"
    file.append(again)
    browser = Browser(hub, "it")
    browser.signs_in("translator-it")
    report = looked_at(browser, str(file).encode()).text
    assert "Il file contiene questo testo più volte" in report
    assert "more than once" not in report


def test_nobody_takes_back_a_file_of_another_language(hub: Hub) -> None:
    french = hub.read("/v1/uploads?page=treatment&locale=fr", by="editor")["uploads"][0]["upload"]
    browser = signed_in(hub)
    told = [
        browser.send_form(f"{AT}/uploads/1/undo", upload=one).status_code
        for one in (french, "0" * 64)
    ]
    assert told == [404, 404]
    assert browser.send_form(f"{AT}/uploads/1/undo", upload="x").status_code == 422


def test_many_files_are_cut_and_counted(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.desk.translating.progress.UPLOADS_TOGETHER", 1)
    browser = signed_in(hub)
    taken(browser, looked_at(browser, edited(saved(browser), Benefits="Vantaggi")))
    first = re.findall(rf'href="{AT}/uploads/(\d+)"', browser.get(AT).text)
    assert f"{AT}?sent=1#uploads" in browser.get(AT).text
    second = re.findall(rf'href="{AT}/uploads/(\d+)"', browser.get(f"{AT}?sent=1").text)
    assert int(second[0]) == int(first[0]) - 1


def test_a_long_report_is_cut(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.desk.translating.account.SHOWN_MAX", 1)
    browser = signed_in(hub)
    body = edited(saved(browser), Benefits="Vantaggi", Risks="Pericoli")
    told = looked_at(browser, body)
    assert "One more is not shown here." in told.text


def test_a_file_travels_with_its_page_and_comes_back_whole() -> None:
    body = 'msgid "é"\n'.encode() * 1_000
    assert parcel.unpack(parcel.pack(body)) == body
    assert len(parcel.pack(body)) < 1_000


def test_a_file_that_hardly_packs_is_taken_too(hub: Hub) -> None:
    browser = signed_in(hub)
    noise = Random(1)
    remarks = "".join(f"# {noise.randbytes(8_000).hex()}\n" for _ in range(150))
    shown = looked_at(browser, remarks.encode() + edited(saved(browser), Benefits="Vantaggi"))
    assert shown.status_code == 200, words_of(shown)
    assert len(shown.content) > 2**20
    assert taken(browser, shown).status_code == 303
    assert stands(hub) == "Vantaggi"


def test_a_parcel_is_never_opened_further_than_its_limit() -> None:
    with pytest.raises(InputTooLarge):
        parcel.pack(b"x" * (PO_BYTES_MAX + 1))
    bomb = urlsafe_b64encode(zlib.compress(b"x" * (PO_BYTES_MAX * 20))).decode()
    with pytest.raises(InputTooLarge):
        parcel.unpack(bomb)
    for broken in ("", "é", "x", "AAAA", parcel.pack(b"words")[:-4]):
        with pytest.raises(BadInput):
            parcel.unpack(broken)


def test_a_parcel_that_is_broken_is_refused_on_the_page(hub: Hub) -> None:
    browser = signed_in(hub)
    answer = browser.send_form(f"{AT}/uploads/take", file="x", shown="0" * 64)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert browser.send_form(f"{AT}/uploads/take", file="x", shown="y").status_code == 422


def test_on_both_databases_a_file_is_taken_as_it_was_shown(new_hub: Hub) -> None:
    as_demo(new_hub.world)
    new_hub.world.publish_page(page(TEXT))
    browser = signed_in(new_hub)
    body = edited(saved(browser), Benefits="Benefici")
    shown = looked_at(browser, body)
    assert new_hub.world.states("it") == {}
    assert taken(browser, shown).status_code == 303
    assert new_hub.world.states("it") == {"benefits": ["draft"]}
    assert stands(new_hub) == "Benefici"
