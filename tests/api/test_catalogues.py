"""Catalogues over HTTP, as a translator with curl or a CAT tool meets them."""

import polib
import pytest

from tests.api.hubs import PROBLEM, Hub, contents, refused
from tests.world import TEXT, page

pytestmark = pytest.mark.on_sqlite_first

PATH = "/v1/catalogues/treatment/fr.po"


def changed(po: str, was: str = "fr – Risks", now: str = "Les risques") -> bytes:
    assert was in po
    return po.replace(was, now).encode()


def form(body: bytes) -> tuple[bytes, dict[str, str]]:
    """The body as `curl -F file=@treatment.po` sends it."""
    lines = (
        b"--edge",
        b'Content-Disposition: form-data; name="file"; filename="treatment.po"',
        b"Content-Type: application/octet-stream",
        b"",
        body,
        b"--edge--",
        b"",
    )
    return b"\r\n".join(lines), {"Content-Type": "multipart/form-data; boundary=edge"}


def test_out_and_back(hub: Hub) -> None:
    answer = hub.get(PATH, by="translator-fr")
    assert answer.headers["content-type"] == "text/x-gettext-translation; charset=UTF-8"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-disposition"] == 'attachment; filename="treatment.fr.po"'
    again = hub.get(PATH, by="translator-fr", If_None_Match=answer.headers["etag"])
    assert again.status_code == 304

    sent = hub.ask("PUT", PATH, changed(answer.text), by="translator-fr")
    told = sent.json()
    assert sent.status_code == 200
    assert told["counts"] == {"unchanged": 9, "updated": 1}
    (updated,) = [one for one in told["entries"] if one["class"] == "updated"]
    assert updated["section"] == "risks"
    assert updated["stands"] == "Les risques"
    assert "msgctxt" in answer.text.splitlines()[updated["line"] - 1]
    assert told["coverage"]["before"] == told["coverage"]["after"]

    shown = hub.read(sent.headers["location"], by="reviser-fr")
    assert shown["report"]["entries"] == told["entries"]
    file = hub.get(f"{sent.headers['location']}/file", by="reviser-fr")
    assert file.content == changed(answer.text)


def test_a_form_is_as_good_as_a_body(sqlite_hub: Hub) -> None:
    po = hub_po(sqlite_hub)
    body, headers = form(changed(po))
    sent = sqlite_hub.ask("PUT", PATH, body, by="translator-fr", headers=headers)
    assert sent.json()["counts"] == {"unchanged": 9, "updated": 1}
    empty = b'--edge\r\nContent-Disposition: form-data; name="x"\r\n\r\n1\r\n--edge--\r\n'
    answer = sqlite_hub.ask("PUT", PATH, empty, by="translator-fr", headers=headers)
    refused(answer, 422, "bad-input")


def hub_po(hub: Hub, path: str = PATH) -> str:
    return hub.get(path, by="editor").text


def test_a_dry_run_tells_the_same_and_changes_nothing(hub: Hub) -> None:
    body = changed(hub_po(hub))
    hub.token("translator-fr")
    before = contents(hub.world.engine)
    dry = hub.ask("PUT", f"{PATH}?dry_run=true", body, by="translator-fr").json()
    assert contents(hub.world.engine) == before
    wet = hub.ask("PUT", PATH, body, by="translator-fr").json()
    assert dry.pop("dry_run") is True
    assert wet.pop("dry_run") is False
    assert dry == wet


def test_a_person_at_a_terminal_reads_a_table(sqlite_hub: Hub) -> None:
    po = hub_po(sqlite_hub)
    text = sqlite_hub.ask(
        "PUT", PATH, changed(po), by="translator-fr", headers={"Accept": "text/plain"}
    )
    assert text.headers["content-type"].startswith("text/plain")
    assert "updated    risks" in text.text
    assert "9 unchanged, 1 updated" in text.text
    digest = text.text.split("upload ")[1].split()[0]
    again = sqlite_hub.get(f"/v1/uploads/{digest}", by="translator-fr", Accept="text/plain")
    assert "9 unchanged, 1 updated" in again.text


def test_only_what_is_left_to_do(sqlite_hub: Hub) -> None:
    assert len(polib.pofile(hub_po(sqlite_hub, f"{PATH}?only=todo"))) == 0
    sqlite_hub.world.publish_page(page(TEXT.replace("4 of 10", "5 of 10")))
    todo = hub_po(sqlite_hub, f"{PATH}?only=todo")
    (one,) = polib.pofile(todo)
    assert one.msgid == "It may help 5 of 10 people."
    sent = changed(todo.replace("#, fuzzy\n", ""), "4 of 10", "5 of 10")
    assert sent.decode().count("5 of 10") >= 2
    told = sqlite_hub.ask("PUT", PATH, sent, by="translator-fr").json()
    assert told["counts"] == {"updated": 1}


def test_the_template_is_for_everybody_who_reads_drafts(sqlite_hub: Hub) -> None:
    answer = sqlite_hub.get("/v1/catalogues/treatment/fr.pot", by="translator-fr")
    assert {one.msgstr for one in polib.pofile(answer.text)} == {""}


def test_an_upload_is_undone_by_its_address(hub: Hub) -> None:
    po = hub_po(hub)
    url = hub.ask("PUT", PATH, changed(po), by="translator-fr").headers["location"]
    refused(hub.ask("DELETE", url, by="translator-it"), 403, "role-missing")
    undone = hub.ask("DELETE", url, by="translator-fr").json()
    assert undone["undone_by"] == "translator-fr"
    (given_up,) = undone["abandoned"]
    assert (given_up["section"], given_up["version"]) == ("risks", 2)
    assert given_up["state"] == "abandoned"
    assert hub_po(hub) == po
    listed = hub.read("/v1/uploads?page=treatment&locale=fr", by="editor")["uploads"]
    assert {one["url"]: one["undone_by"] for one in listed}[url] == "translator-fr"

    url = hub.ask("PUT", PATH, changed(po), by="translator-fr").headers["location"]
    hub.ask("PUT", PATH, changed(hub_po(hub), "Les risques", "Risques"), by="translator-fr")
    told = refused(hub.ask("DELETE", url, by="translator-fr"), 409, "later-work-stands")
    assert [work["section"] for work in told["works"]] == ["risks"]


def test_what_is_sent_to_the_wrong_place(sqlite_hub: Hub) -> None:
    body = changed(hub_po(sqlite_hub))
    for path, by, status, code in (
        (PATH, "translator-it", 403, "role-missing"),
        ("/v1/catalogues/treatment/it.po", "translator-it", 422, "wrong-language"),
        ("/v1/catalogues/nowhere/fr.po", "translator-fr", 404, "section-not-found"),
        ("/v1/catalogues/treatment/es.po", "translator-fr", 422, "locale-unknown"),
        ("/v1/catalogues/treatment/f_.po", "translator-fr", 422, "locale-malformed"),
    ):
        refused(sqlite_hub.ask("PUT", path, body, by=by), status, code)
    swiss = body.replace(b"Language: fr", b"Language: fr-CH")
    refused(sqlite_hub.ask("PUT", PATH, swiss, by="translator-fr"), 409, "locale-mismatch")
    refused(sqlite_hub.get(f"/v1/uploads/{'0' * 64}", by="editor"), 404, "upload-not-found")
    refused(
        sqlite_hub.ask("PUT", "/v1/suggestions/1/dismissal", by="translator-fr"),
        404,
        "suggestion-not-found",
    )


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 422, "catalogue-refused"),
        (b"<html></html>", 422, "catalogue-refused"),
        (b'msgid ""\nmsgstr "Language: fr\\n"\n\nmsgid "a\nmsgstr ""\n', 422, "catalogue-refused"),
    ],
    ids=["empty", "a web page", "a missing quote"],
)
def test_a_file_that_cannot_be_read(sqlite_hub: Hub, body: bytes, status: int, code: str) -> None:
    sqlite_hub.token("translator-fr")
    before = contents(sqlite_hub.world.engine)
    answer = sqlite_hub.ask("PUT", PATH, body, by="translator-fr")
    assert answer.headers["content-type"] == PROBLEM
    told = refused(answer, status, code)
    assert told["line"] >= 1
    assert contents(sqlite_hub.world.engine) == before
    answer = sqlite_hub.ask("PUT", PATH, b"#" * 9_000_000, by="translator-fr")
    refused(answer, 413, "input-too-large")


def test_a_suggestion_is_taken_or_dismissed(hub: Hub) -> None:
    po = hub_po(hub)
    for words in ("Les risques", "Des risques", "Dangers"):
        hub.ask("PUT", PATH, changed(po, now=words), by="translator-fr")
    path = "/v1/suggestions?page=treatment&locale=fr"
    first, second = hub.read(path, by="translator-fr")["suggestions"]
    assert [first["target"], second["target"]] == ["Des risques", "Dangers"]
    taken = hub.ask("PUT", f"/v1/suggestions/{first['suggestion']}/acceptance", by="translator-fr")
    assert taken.json()["state"] == "draft"
    assert 'msgstr "Des risques"' in hub_po(hub)
    ended = f"/v1/suggestions/{second['suggestion']}/dismissal"
    assert hub.ask("PUT", ended, by="translator-fr").json()["state"] == "dismissed"
    refused(hub.ask("PUT", ended, by="translator-fr"), 409, "state-has-moved")
    assert hub.read(path, by="translator-fr")["suggestions"] == []


def test_coverage_says_what_is_behind_and_who_works(hub: Hub) -> None:
    (cell,) = hub.read("/v1/coverage?page=treatment&locale=fr", by="editor")["coverage"]
    assert (cell["messages"], cell["done"], cell["sections_behind"]) == (10, 10, 0)
    assert cell["working"] == []
    hub.world.publish_page(page(TEXT.replace("4 of 10", "5 of 10")))
    hub.ask("PUT", PATH, changed(hub_po(hub)), by="translator-fr")
    (cell,) = hub.read("/v1/coverage?page=treatment&locale=fr", by="editor")["coverage"]
    assert (cell["done"], cell["stale"], cell["sections_behind"]) == (9, 1, 1)
    assert cell["working"] == ["Translator-Fr"]
    locales = {one["locale"] for one in hub.read("/v1/coverage", by="editor")["coverage"]}
    assert locales == {"fr", "it", "de", "fr-CH", "it-CH", "de-CH", "en-AU"}
    mine = hub.read("/v1/coverage", by="translator-it")["coverage"]
    assert {one["locale"] for one in mine} == {"it"}


def test_an_error_keeps_a_text_from_review_and_a_warning_wants_a_reason(hub: Hub) -> None:
    po = hub_po(hub)
    wrong = changed(po, "fr – It may help 4 of 10 people.", "Cela aide 40 personnes sur 10.")
    (entry,) = [
        one
        for one in hub.ask("PUT", PATH, wrong, by="translator-fr").json()["entries"]
        if one["class"] == "updated"
    ]
    assert [one["severity"] for one in entry["findings"]] == ["error"]
    number = hub.read("/v1/editing/versions?section=benefits&locale=fr", by="editor")["versions"][
        -1
    ]["version"]
    answer = hub.change("submission", "benefits", "fr", number, by="translator-fr")
    told = refused(answer, 409, "requirements-open")
    assert told["requirements"] == ["no-errors"]
    code = told["findings"][0]["code"]
    path = f"findings/{told['findings'][0]['unit']}/{code}/acknowledgement"
    answer = hub.change(
        path, "benefits", "fr", number, {"reason": "It is right."}, by="language-1-fr"
    )
    refused(answer, 404, "finding-not-found")


@pytest.mark.parametrize("version", ["1.2", "2.1"])
def test_an_xliff_file_goes_out_and_comes_back(hub: Hub, version: str) -> None:
    path = "/v1/catalogues/treatment/fr.xlf"
    answer = hub.get(f"{path}?version={version}", by="translator-fr")
    assert answer.headers["content-type"] == "application/xliff+xml"
    same = hub.ask("PUT", path, answer.content, by="translator-fr").json()
    assert set(same["counts"]) == {"unchanged"}
    sent = changed(answer.text)
    told = hub.ask("PUT", path, sent, by="translator-fr").json()
    assert told["counts"] == {"unchanged": 9, "updated": 1}
    assert told["snapshot"] is not None
    wrong = sent.replace(b'"fr"', b'"it"')
    refused(hub.ask("PUT", path, wrong, by="translator-fr"), 422, "wrong-language")
    refused(hub.ask("PUT", path, b"<xliff/>", by="translator-fr"), 422, "exchange-refused")
    refused(hub.ask("PUT", path, b" " * 9_000_000, by="translator-fr"), 413, "input-too-large")
