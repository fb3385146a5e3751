"""The interface as a page: it is whole, its links lead somewhere, and it needs nothing else."""

import re
from html.parser import HTMLParser

from tests.api.hubs import Hub, refused


class Links(HTMLParser):
    """Where a page leads, what in it can be led to, and its elements."""

    def __init__(self) -> None:
        super().__init__()
        self.leads_to: set[str] = set()
        self.ids: list[str] = []
        self.elements: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        assert "style" not in told
        self.elements.add(tag)
        self.leads_to |= {told[name] or "" for name in ("href", "src") if name in told}
        if found := told.get("id"):
            self.ids.append(found)


def read(hub: Hub) -> tuple[str, Links]:
    text = hub.get("/reference").text
    found = Links()
    found.feed(text)
    return text, found


def test_every_operation_has_its_place_and_is_in_the_contents(empty_hub: Hub) -> None:
    text, found = read(empty_hub)
    for path, operations in empty_hub.read("/openapi.json")["paths"].items():
        for method, told in operations.items():
            assert told["operationId"] in found.ids, (method, path)
            assert f"#{told['operationId']}" in found.leads_to
            assert text.count(f"</span> {path}<") >= 2


def test_every_link_leads_somewhere_on_this_hub(empty_hub: Hub) -> None:
    _, found = read(empty_hub)
    assert len(found.ids) == len(set(found.ids))
    assert len([one for one in found.leads_to if one.startswith("/problems/")]) > 50
    for one in found.leads_to:
        if one.startswith("#"):
            assert one[1:] in found.ids
        else:
            assert one.startswith("/"), one
            assert empty_hub.get(one).status_code == 200, one


def test_the_page_runs_nothing_and_fetches_nothing_from_elsewhere(empty_hub: Hub) -> None:
    answer = empty_hub.get("/reference")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    _, found = read(empty_hub)
    assert not found.elements & {"script", "img", "iframe", "style"}
    style = empty_hub.get("/reference/reference.css")
    assert style.headers["content-type"] == "text/css; charset=utf-8"
    assert not re.search(r"url\(|@import", style.text)
    refused(empty_hub.get("/reference/pages.py"), 404, "not-found")


def test_the_page_says_what_an_operation_takes_gives_and_refuses(empty_hub: Hub) -> None:
    text, _ = read(empty_hub)
    told = text.partition('<h3 id="set_effective_time">')[2].partition("</article>")[0]
    for part in ("if-match", "What is sent", "Answer 200", "person", "#shape-VersionSummary"):
        assert part in told, part
    assert re.findall(r'href="#refusal-(\d+)"', told) == [
        *("400", "401", "403", "404", "409", "412", "413", "422", "428", "503")
    ]


def test_examples_are_escaped(empty_hub: Hub) -> None:
    text, _ = read(empty_hub)
    assert "&lt;!doctype html&gt;" in text
    assert text.count("<!doctype html>") == 1


def test_a_client_that_has_the_page_is_told_so(empty_hub: Hub) -> None:
    tag = empty_hub.get("/reference").headers["etag"]
    assert empty_hub.get("/reference", If_None_Match=tag).status_code == 304
