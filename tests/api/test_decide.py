"""The one function that decides what is sent: codings, validators, methods; whatever is asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.decide import ACCEPT_ENCODING_BYTES_MAX, Answer, Entry, decide
from api.delivery import entry
from content.publication import coding as coding_table
from content.publication import compression
from tests.api.hubs import Hub

BODY = b'{"title":"Treatment"}' * 10
#: Sizes that tell them apart: brotli is the smallest, and zstd smaller than gzip.
CODINGS = {"gzip": b"g" * 30, "br": b"b" * 10, "zstd": b"z" * 20}
TOLD = {"Content-Type": "application/json", "Content-Location": "/here", "Link": "<x>"}
PATH = "/v1/sections/benefits/fr"
TARGET = b"/v1/sections/benefits/fr"


def made(status: int = 200, codings: dict[str, bytes] | None = None) -> dict[bytes, Entry]:
    return {
        TARGET: entry.build(status, TOLD, BODY, '"tag"', CODINGS if codings is None else codings, 7)
    }


def ask(
    *headers: tuple[str, str],
    method: str = "GET",
    target: bytes = TARGET,
    table: dict[bytes, Entry] | None = None,
) -> Answer | None:
    sent = [(name.encode(), value.encode("latin-1")) for name, value in headers]
    return decide(made() if table is None else table, method, target, sent)


def told(answer: Answer | None) -> dict[str, str]:
    assert answer is not None
    assert len({name for name, _ in answer.headers}) == len(answer.headers)
    return {name.decode(): value.decode() for name, value in answer.headers}


def coding(accepted: str, table: dict[bytes, Entry] | None = None) -> str:
    """What is sent to who accepts this; and that it is whole."""
    answer = ask(("accept-encoding", accepted), table=table)
    assert answer is not None
    headers = told(answer)
    name = headers.get("content-encoding", "")
    assert answer.body == (CODINGS[name] if name else BODY)
    assert headers["content-length"] == str(len(answer.body))
    assert headers["etag"] == (f'"tag-{name}"' if name else '"tag"')
    return name


@pytest.mark.parametrize(
    ("accepted", "sent"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate, zstd", "zstd"),
        ("GZIP", "gzip"),
        ("x-gzip", "gzip"),
        ("gzip;q=1.0, br;q=0.5", "gzip"),
        ("gzip;q=0.5, br;q=0.5", "br"),
        ("br ; q=0.001", "br"),
        ("br;Q=0.5", "br"),
        ("br;q=0, gzip", "gzip"),
        ("*", "br"),
        ("*;q=0.1, gzip", "gzip"),
        ("br;q=0, *", "zstd"),
        ("*;q=0", ""),
        ("*;q=0, gzip;q=0.2", "gzip"),
        ("gzip;q=0.5, identity", ""),
        ("gzip;q=0.5, identity;q=0.4", "gzip"),
        ("identity;q=0, gzip;q=0.001", "gzip"),
        ("identity;q=0", ""),
        ("identity", ""),
        ("", ""),
        (",", ""),
        (" , gzip ,", "gzip"),
        ("deflate", ""),
        # What cannot be read does not count.
        ("br;q=2, gzip", "gzip"),
        ("br;q=0.1234, gzip;q=0.1", "gzip"),
        ("br;level=11, gzip", "gzip"),
        ("br;q=, gzip", "gzip"),
        ("br gzip", ""),
        ("br\u00e9, gzip", "gzip"),
        ("gzip" + ", gzip" * ACCEPT_ENCODING_BYTES_MAX, ""),
    ],
)
def test_the_coding_the_client_likes_best_and_the_smallest_of_these(
    accepted: str, sent: str
) -> None:
    assert coding(accepted) == sent


def test_without_the_header_and_without_codings_it_is_sent_as_it_is() -> None:
    answer = ask()
    assert answer is not None
    assert answer.body == BODY
    assert "content-encoding" not in told(answer)
    assert coding("br, gzip", made(codings={})) == ""
    assert coding("br, gzip;q=0.1", made(codings={"gzip": CODINGS["gzip"]})) == "gzip"


def test_lines_of_one_header_are_one_list() -> None:
    answer = ask(("accept-encoding", "br;q=0.5"), ("accept-encoding", "gzip"))
    assert told(answer)["content-encoding"] == "gzip"
    answer = ask(("if-none-match", '"a"'), ("if-none-match", '"tag"'))
    assert answer is not None
    assert answer.status == 304


@pytest.mark.parametrize(
    ("held", "status"),
    [
        ('"tag"', 304),
        ('W/"tag"', 304),
        ('"a", "tag", "b"', 304),
        ('"a","tag"', 304),
        ("*", 304),
        (" * ", 304),
        ('"tag-br"', 200),
        ('"TAG"', 200),
        ("tag", 200),
        ('w/"tag"', 200),
        ('"a", *', 200),
        ("", 200),
    ],
)
def test_who_has_it_gets_nothing(held: str, status: int) -> None:
    answer = ask(("if-none-match", held))
    assert answer is not None
    assert answer.status == status
    assert bool(answer.body) == (status == 200)


def test_a_304_is_of_the_coding_that_would_be_sent() -> None:
    brotli = ("accept-encoding", "br")
    answer = ask(brotli, ("if-none-match", '"tag-br"'))
    assert answer is not None
    assert answer.status == 304
    assert told(answer) == {
        "content-location": "/here",
        "link": "<x>",
        "cache-control": "public, max-age=60, stale-while-revalidate=30, stale-if-error=86400",
        "vary": "Accept-Encoding",
        "content-seq": "7",
        "access-control-allow-origin": "*",
        "access-control-expose-headers": told(answer)["access-control-expose-headers"],
        "etag": '"tag-br"',
    }
    answer = ask(brotli, ("if-none-match", '"tag"'))
    assert answer is not None
    assert answer.status == 200


def test_head_is_the_head_of_get() -> None:
    for headers in ([], [("accept-encoding", "gzip")]):
        whole, head = ask(*headers), ask(*headers, method="HEAD")
        assert whole is not None
        assert head == Answer(200, whole.headers, b"")
    held = ("if-none-match", "*")
    assert ask(held, method="HEAD") == ask(held)


def test_a_condition_on_what_is_no_200_is_not_looked_at() -> None:
    answer = ask(("if-none-match", "*"), table=made(410))
    assert answer is not None
    assert answer.status == 410
    assert told(answer)["cache-control"].startswith("public")
    assert told(ask(table=made(503)))["cache-control"] == "no-store"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "get", ""])
def test_other_methods_go_the_ordinary_way(method: str) -> None:
    assert ask(method=method) is None


@pytest.mark.parametrize(
    "target", [TARGET + b"?", TARGET + b"?fallback=en", TARGET + b"/", b"", b"*"]
)
def test_other_addresses_go_the_ordinary_way(target: bytes) -> None:
    assert ask(target=target) is None


def test_who_waits_for_a_number_goes_the_ordinary_way() -> None:
    assert ask(("min-content-seq", "7")) is None


names = st.sampled_from(["accept-encoding", "if-none-match", "range", "origin", "cookie"])
words = st.text('brgzipstd-identity*;q=0.19, "tagW/\t\xff', max_size=40) | st.text(
    st.characters(max_codepoint=255), max_size=40
)


@given(st.lists(st.tuples(names, words), max_size=5), st.sampled_from(["GET", "HEAD"]))
def test_whatever_is_sent_gets_one_whole_answer(
    headers: list[tuple[str, str]], method: str
) -> None:
    (found,) = made().values()
    answer = ask(*headers, method=method, table={TARGET: found})
    sent = {id(answer) for one in found.codings for answer in (one.whole, one.head, one.unchanged)}
    assert id(answer) in sent
    assert answer == ask(*headers, method=method)


@given(st.permutations(["gzip", "br", "zstd", "identity"]), st.data())
def test_no_order_of_codings_changes_what_is_sent(order: list[str], data: st.DataObject) -> None:
    weights = {name: data.draw(st.integers(0, 1000)) for name in sorted(order)}
    listed = ", ".join(f"{name};q={weights[name] / 1000:.3f}" for name in order)
    size = {name: len(CODINGS.get(name, BODY)) for name in order}
    liked = [name for name in order if weights[name]]
    best = min(liked, key=lambda name: (-weights[name], size[name]), default="identity")
    assert coding(listed) == ("" if best == "identity" else best)


def test_the_route_sends_what_was_compressed(hub: Hub) -> None:
    plain = hub.get(PATH, accept_encoding="identity")
    assert hub.get(PATH, accept_encoding="br, gzip").headers["etag"] == plain.headers["etag"]
    coding_table.fill_all(hub.world.engine)
    for name in compression.NAMES:
        answer = hub.get(PATH, accept_encoding=name)
        tag = plain.headers["etag"].removesuffix('"') + f'-{name}"'
        assert (answer.headers["content-encoding"], answer.headers["etag"]) == (name, tag)
        assert answer.headers["vary"] == plain.headers["vary"] == "Accept-Encoding"
        assert int(answer.headers["content-length"]) < len(plain.content)
        again = hub.get(PATH, accept_encoding=name, if_none_match=tag)
        assert (again.status_code, again.content) == (304, b"")
        assert hub.get(PATH, accept_encoding=name, if_none_match='"x"').status_code == 200


def test_answers_say_how_far_the_feed_had_come_and_are_open_to_every_site(hub: Hub) -> None:
    listed = ("/v1/sections", "/v1/changes?after=3", "/v1/sections/benefits/fr/versions", PATH)
    for path in listed:
        answer = hub.get(path)
        assert answer.headers["content-seq"] == "6", path
        for headers in ({}, {"origin": "https://example.org", "cookie": "a=b"}):
            answer = hub.get(path, **headers)
            assert answer.headers["access-control-allow-origin"] == "*"
            assert "Content-Seq" in answer.headers["access-control-expose-headers"]
            assert answer.headers["vary"] == "Accept-Encoding"
