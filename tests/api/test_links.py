"""Links of a translation over HTTP: where they lead, and saying so."""

import json
from typing import Any

import pytest

from tests.api.hubs import Hub, refused, version_path
from tests.invariants import rows

pytestmark = pytest.mark.on_sqlite_first

PATH = "/v1/editing/sections/benefits/fr/links"
BY = "translator-fr"
EN, FR = "https://example.org/register", "https://example.org/registre"


def body(hub: Hub, target: str | None, **more: Any) -> dict[str, Any]:
    (one,) = hub.read(PATH, by=BY)["links"]
    return {"unit": one["unit"], "source": EN, "target": target} | more


def test_a_link_leads_to_the_french_page_in_every_answer_about_the_text(hub: Hub) -> None:
    told = hub.read(PATH, by=BY)
    assert (told["section"], told["locale"], told["version"]["version"]) == ("benefits", "fr", 1)
    unit = told["links"][0]["unit"]
    assert told["links"] == [{"unit": unit, "source": EN, "target": None, "present": True}]

    answer = hub.ask("PUT", PATH, body(hub, FR), by=BY)

    assert answer.status_code == 200, answer.text
    assert answer.headers["etag"] == hub.etag("benefits", "fr", 2)
    said = answer.json()
    assert (said["version"]["version"], said["version"]["state"]) == (2, "draft")
    assert said["links"] == [{"unit": unit, "source": EN, "target": FR, "present": True}]
    assert hub.read(PATH, by="editor") == said

    text = hub.read(version_path("benefits", "fr", 2), by=BY)["document"]
    assert any(FR in block["html"] for block in text["blocks"])
    assert not any(EN in block["html"] for block in text["blocks"])
    path = f"{version_path('benefits', 'fr', 2)}/diff?against=in-force"
    (changed,) = hub.read(path, by=BY)["changes"]
    assert (changed["unlinked"], changed["linked"]) == ([EN], [FR])
    po = hub.get("/v1/catalogues/treatment/fr.po", by=BY).text
    assert f"#. {{1}} = {EN} (here: {FR})\n" in po

    hub.world.publish("benefits", locale="fr")
    served = hub.read("/v1/sections/benefits/fr")
    assert FR in served["html"]
    assert FR in served["markdown"]
    assert FR in json.dumps(served["links"])
    assert EN not in served["html"]
    assert EN in hub.read("/v1/sections/benefits/en")["html"]


@pytest.mark.parametrize("back", [None, EN])
def test_it_is_taken_back(hub: Hub, back: str | None) -> None:
    hub.ask("PUT", PATH, body(hub, FR), by=BY)
    assert hub.ask("PUT", PATH, body(hub, back), by=BY).json()["links"][0]["target"] is None


def test_without_a_translation_there_is_no_version_until_something_is_said(hub: Hub) -> None:
    path = PATH.replace("/fr/", "/it/")
    by = "translator-it"
    assert hub.read(path, by=by)["version"] is None
    answer = hub.ask("PUT", path, body(hub, None), by=by)
    assert answer.json()["version"] is None
    assert "etag" not in answer.headers
    answer = hub.ask("PUT", path, body(hub, FR), by=by)
    assert answer.json()["version"]["version"] == 1


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(document.cookie)",
        "data:text/html;base64,PHNjcmlwdD4=",
        "http://example.org/registre",
        "https://example.org/\u202egro",
        "https://example.org/\n",
        "https://example.org/" + "a" * 10_000_000,
    ],
    ids=lambda value: value[:30],
)
def test_where_no_link_may_lead_is_said_and_nothing_is_written(
    sqlite_hub: Hub, target: str
) -> None:
    sent = body(sqlite_hub, target)
    sqlite_hub.token(BY)
    before = rows.of(sqlite_hub.world.engine)
    told = refused(sqlite_hub.ask("PUT", PATH, sent, by=BY), 422, "link-refused")
    assert (told["unit"], told["source"]) == (sent["unit"], EN)
    assert len(told["detail"]) < 300
    assert rows.of(sqlite_hub.world.engine) == before


def test_what_cannot_be_asked(sqlite_hub: Hub) -> None:
    hub = sqlite_hub
    told = refused(hub.ask("PUT", PATH, body(hub, FR, source=FR), by=BY), 404, "link-not-found")
    assert told["links"] == [EN]
    refused(hub.ask("PUT", PATH, body(hub, FR, unit="nowhere"), by=BY), 404, "link-not-found")
    refused(hub.ask("PUT", PATH, body(hub, FR, words="x"), by=BY), 422, "bad-input")
    refused(hub.ask("PUT", PATH, body(hub, "https://e.org/\0"), by=BY), 422, "bad-input")
    refused(hub.ask("PUT", PATH, body(hub, FR), by="translator-it"), 403, "role-missing")
    nowhere = PATH.replace("benefits", "nowhere")
    refused(hub.get(nowhere, by=BY), 404, "section-not-found")
    refused(hub.ask("PUT", nowhere, body(hub, FR), by=BY), 404, "section-not-found")
    refused(hub.get(PATH.replace("/fr/", "/tlh/"), by="editor"), 422, "locale-unknown")
    hub.ask("PUT", PATH, body(hub, FR), by=BY)
    hub.world.submit("benefits", "fr")
    refused(hub.ask("PUT", PATH, body(hub, None), by=BY), 409, "section-is-busy")
