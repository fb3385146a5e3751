"""Regional variants over HTTP: what is inherited, and the touch that accepts it."""

import pytest

from tests.api.hubs import Hub, refused

pytestmark = pytest.mark.on_sqlite_first

PATH = "/v1/editing/overlays/treatment/fr-CH"
BY = "translator-fr-ch"


@pytest.fixture
def swiss(hub: Hub) -> Hub:
    """English and French in force, and a Swiss society that has not begun."""
    hub.world.staff("fr-CH")
    return hub


def test_a_page_is_seen_accepted_and_served(swiss: Hub) -> None:
    told = swiss.read(PATH, by=BY)
    assert (told["page"], told["locale"], told["base"]) == ("treatment", "fr-CH", "fr")
    assert {one["state"] for one in told["messages"]} == {"to-accept"}
    assert told["messages"][0] == {
        "section": "treatment",
        "unit": told["messages"][0]["unit"],
        "kind": "title",
        "base": "fr – Treatment",
        "state": "to-accept",
        "target": "",
        "proposal": None,
    }

    answer = swiss.ask("PUT", f"{PATH}/acceptance", by=BY)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    sections = answer.json()["sections"]
    assert [(one["section"], one["outcome"], one["stale"]) for one in sections] == [
        ("treatment", "submitted", []),
        ("benefits", "submitted", []),
        ("risks", "submitted", []),
    ]
    assert sections[1]["version"]["state"] == "in_review"
    again = swiss.ask("PUT", f"{PATH}/acceptance", by=BY).json()["sections"]
    assert {one["outcome"] for one in again} == {"current"}
    assert {one["state"] for one in swiss.read(PATH, by=BY)["messages"]} == {"inherited"}

    before = swiss.get("/v1/sections/benefits/fr-CH")
    assert before.headers["content-language"] == "fr"
    swiss.world.judge("treatment", "benefits", "risks", locale="fr-CH")
    after = swiss.get("/v1/sections/benefits/fr-CH")
    assert after.headers["content-language"] == "fr-CH"
    assert after.json()["html"] == swiss.read("/v1/sections/benefits/fr")["html"]
    listed = {one["locale"]: one for one in swiss.read("/v1/locales")}
    assert (listed["fr-CH"]["parent"], listed["fr-CH"]["in_force"]) == ("fr", 3)
    assert listed["en-AU"]["parent"] == "en"


def test_nothing_to_accept_is_an_empty_list(swiss: Hub) -> None:
    swiss.world.staff("de-CH")
    told = swiss.ask("PUT", PATH.replace("fr-CH", "de-CH") + "/acceptance", by="translator-de-ch")
    assert told.json()["sections"] == []


def test_what_cannot_be_asked(swiss: Hub) -> None:
    path = PATH.replace("fr-CH", "fr")
    refused(swiss.get(path, by="translator-fr"), 422, "bad-input")
    refused(swiss.ask("PUT", f"{path}/acceptance", by="translator-fr"), 422, "bad-input")
    refused(swiss.get(PATH.replace("treatment", "nowhere"), by=BY), 404, "section-not-found")
    refused(swiss.get(PATH.replace("fr-CH", "french, please"), by=BY), 422, "locale-malformed")
    refused(swiss.get(PATH, by="translator-it"), 403, "role-missing")


def test_a_token_that_may_not_submit_makes_drafts(swiss: Hub) -> None:
    answer = swiss.ask("PUT", f"{PATH}/acceptance", by=BY, scope="translate")
    assert {one["outcome"] for one in answer.json()["sections"]} == {"drafted"}
    assert {one["version"]["state"] for one in answer.json()["sections"]} == {"draft"}
    answer = swiss.ask("PUT", f"{PATH}/acceptance", by=BY)
    assert {one["outcome"] for one in answer.json()["sections"]} == {"submitted"}
