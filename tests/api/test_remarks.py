"""What people at work say to each other about a text, over HTTP."""

from typing import Any

import pytest

from content.review import remark
from tests.api.hubs import Hub, refused, version_path

PATH = "/v1/editing/sections/benefits/{locale}/remarks"
HERE = PATH.format(locale="en")
FRENCH = PATH.format(locale="fr")


def units(hub: Hub, locale: str = "en") -> list[str]:
    told = hub.read(version_path("benefits", locale), by="editor")
    if locale != "en":
        return [one["unit"] for one in told["units"]]
    facts, blocks = told["document"]["units"], told["document"]["blocks"]
    return [facts["title"], *(unit for block in blocks for unit in block["units"])]


def says(hub: Hub, text: str, *, by: str = "lay", unit: str = "", path: str = HERE) -> Any:
    body = {"unit": unit or units(hub, path.split("/")[-2])[0], "text": text}
    return hub.ask("POST", path, body, by=by)


def test_a_thread_over_http(new_hub: Hub) -> None:
    new_hub.world.publish_page()
    made = says(new_hub, "Is it?", unit=units(new_hub)[1])
    assert made.status_code == 201
    assert made.headers["cache-control"] == "no-store"
    thread = made.json()["thread"]
    answered = new_hub.ask("POST", f"{HERE}/{thread}/answers", {"text": "It is."}, by="author")
    assert [one["text"] for one in answered.json()["remarks"]] == ["Is it?", "It is."]
    resolved = new_hub.ask("PUT", f"{HERE}/{thread}/resolution", by="editor").json()
    assert (resolved["resolved"], resolved["turn"]["name"]) == (True, "Editor")
    again = new_hub.ask("PUT", f"{HERE}/{thread}/resolution", by="lay").json()
    assert again == resolved
    refused(
        new_hub.ask("POST", f"{HERE}/{thread}/answers", {"text": "But"}, by="lay"),
        409,
        "thread-resolved",
    )
    opened = new_hub.ask("DELETE", f"{HERE}/{thread}/resolution", by="lay").json()
    assert (opened["resolved"], opened["turn"]["person"]) == (False, "lay")
    told = new_hub.read(HERE, by="translator-it")
    assert (told["open"], told["resolved"], told["version"]) == (1, 0, 1)
    assert told["threads"] == [opened]
    assert not any(one["words_changed"] for one in opened["remarks"])


def test_talking_moves_no_tag_and_holds_nothing_up(busy_hub: Hub) -> None:
    path = "/v1/editing/sections/reviewed/en/remarks"
    tag = busy_hub.etag("reviewed")
    unit = busy_hub.read(version_path("reviewed"), by="lay")["document"]["units"]["title"]
    before = busy_hub.read(version_path("reviewed"), by="lay")["requirements"]
    assert busy_hub.ask("POST", path, {"unit": unit, "text": "?"}, by="lay").status_code == 201
    assert busy_hub.etag("reviewed") == tag
    assert busy_hub.read(version_path("reviewed"), by="lay")["requirements"] == before


def test_a_long_discussion_comes_in_parts(busy_hub: Hub) -> None:
    first, second, *_ = units(busy_hub)
    made = [
        says(busy_hub, str(number), unit=first if number % 2 else second).json()["thread"]
        for number in range(5)
    ]
    busy_hub.ask("PUT", f"{HERE}/{made[0]}/resolution", by="lay")

    def listed(query: str) -> tuple[list[int], int | None]:
        told = busy_hub.read(f"{HERE}?{query}", by="lay")
        assert (told["open"], told["resolved"]) == (4, 1)
        return [one["thread"] for one in told["threads"]], told["next"]

    assert listed("") == (made[1:], None)
    assert listed("limit=3") == (made[1:4], made[3])
    assert listed(f"limit=3&after={made[3]}") == (made[4:], None)
    assert listed("state=resolved") == (made[:1], None)
    assert listed("state=all&limit=5") == (made, None)
    assert listed(f"unit={second}") == ([made[2], made[4]], None)
    assert listed("unit=nothing") == ([], None)
    refused(busy_hub.get(f"{HERE}?state=lost", by="lay"), 422, "bad-input")


def test_one_language_sees_nothing_of_another(busy_hub: Hub) -> None:
    thread = says(busy_hub, "Un mot ?", by="reviser-fr", path=FRENCH).json()["thread"]
    for by in ("translator-it", "reviser-it", "administrator"):
        refused(busy_hub.get(FRENCH, by=by), 403, "role-missing")
        refused(says(busy_hub, "Ecco", by=by, path=FRENCH), 403, "role-missing")
        for method, ending, body in (
            ("POST", "answers", {"text": "x"}),
            ("PUT", "resolution", None),
            ("DELETE", "resolution", None),
        ):
            answer = busy_hub.ask(method, f"{FRENCH}/{thread}/{ending}", body, by=by)
            refused(answer, 403, "role-missing")
            # Through the source text, which they may read, neither.
            answer = busy_hub.ask(method, f"{HERE}/{thread}/{ending}", body, by=by)
            refused(answer, *((403, "role-missing") if by == "administrator" else NOT_HERE))
    assert "Un mot" not in busy_hub.get(HERE, by="translator-it").text


NOT_HERE = (404, "thread-not-found")


def test_what_is_not_there(busy_hub: Hub) -> None:
    refused(says(busy_hub, "?", unit="nothing"), 404, "unit-not-found")
    refused(busy_hub.get(PATH.format(locale="de"), by="lay"), 404, "version-not-found")
    refused(busy_hub.get(PATH.format(locale="x x"), by="lay"), 422, "locale-malformed")
    refused(busy_hub.ask("PUT", f"{HERE}/9/resolution", by="lay"), *NOT_HERE)
    refused(busy_hub.ask("PUT", f"{HERE}/{2**31}/resolution", by="lay"), 422, "bad-input")


@pytest.mark.parametrize("text", ["", "  ", "x" * 5_001, "x" * 10_001, "\u009b", "a\0b"])
def test_what_is_no_remark(busy_hub: Hub, text: str) -> None:
    told = says(busy_hub, text)
    code = told.json()["code"]
    assert (told.status_code, code) in {(422, "remark-refused"), (422, "bad-input")}
    assert busy_hub.read(f"{HERE}?state=all", by="lay")["threads"] == []


def test_when_there_is_no_room(busy_hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remark, "OPEN_MAX", 1)
    assert says(busy_hub, "One").status_code == 201
    refused(says(busy_hub, "Two"), 409, "discussion-full")
