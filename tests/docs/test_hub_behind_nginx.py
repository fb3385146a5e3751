"""The hub behind a real nginx, by the configuration of docs/operation.md."""

import re
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from content import clock
from content.publication.caching import IN_FORCE
from tests import nginx

pytestmark = pytest.mark.skipif(not nginx.NGINX, reason="there is no nginx on this machine")

PATH = "/v1/sections/risks/fr"
TLS = (
    "    ssl_certificate /etc/ssl/hub.example.org.pem;\n"
    "    ssl_certificate_key /etc/ssl/hub.example.org.key;\n"
)


@contextmanager
def in_front_of(folder: Path, upstream: int) -> Iterator[str]:
    """nginx as documented, without TLS."""
    port = nginx.free_port()
    changes = {
        "/var/cache/nginx/msif": f"{folder}/cache",
        "listen 443 ssl;": f"listen 127.0.0.1:{port};",
        TLS: "",
        "127.0.0.1:8000": f"127.0.0.1:{upstream}",
    }
    conf = nginx.configured(folder / "nginx", nginx.documented("operation.md"), changes)
    assert nginx.checked(conf) == ""
    with nginx.running(conf, port) as address:
        yield address


def get(address: str, path: str, **headers: str) -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection(address.removeprefix("http://"), timeout=10)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


@pytest.fixture
def hub() -> Iterator[HTTPServer]:
    """Stands for a hub whose answers a test chooses."""
    with HTTPServer(threaded=True) as server:
        yield server


def saying(body: str, cache: str = IN_FORCE, status: int = 200) -> Response:
    headers = {"Cache-Control": cache, "ETag": f'"{body}"'}
    return Response(body, status=status, headers=headers, content_type="application/json")


def test_what_may_be_kept_is_kept(hub: HTTPServer, tmp_path: Path) -> None:
    asked: Counter[str] = Counter()

    def answer(request: Request) -> Response:
        asked[request.path] += 1
        private = request.path.startswith("/v1/editing")
        return saying("{}", "no-store" if private else IN_FORCE)

    hub.expect_request(re.compile("/.*")).respond_with_handler(answer)
    with in_front_of(tmp_path, hub.port) as address:
        asked.clear()
        for path in (PATH, "/log/checkpoint", "/v1/editing/waiting", "/proof/risks/fr"):
            for _ in range(3):
                assert get(address, path)[0].status == 200
        get(address, PATH, Authorization="Bearer secret")
        assert get(address, PATH)[0].getheader("X-Cache") == "HIT"
        assert get(address, "/metrics")[0].status == 403
    assert asked == {
        PATH: 2,
        "/log/checkpoint": 1,
        "/v1/editing/waiting": 3,
        "/proof/risks/fr": 3,
    }


def test_many_who_ask_at_once_are_one_question(hub: HTTPServer, tmp_path: Path) -> None:
    asked: Counter[str] = Counter()
    everybody = threading.Event()

    def answer(request: Request) -> Response:
        asked[request.path] += 1
        everybody.wait(5)
        return saying("{}")

    hub.expect_request(PATH).respond_with_handler(answer)
    with in_front_of(tmp_path, hub.port) as address:
        told: list[int] = []
        readers = [
            threading.Thread(target=lambda: told.append(get(address, PATH)[0].status))
            for _ in range(20)
        ]
        for reader in readers:
            reader.start()
        everybody.set()
        for reader in readers:
            reader.join()
    assert told == [200] * 20
    assert asked[PATH] == 1


OLD = "public, max-age=1, stale-if-error={}"


@pytest.mark.slow
@pytest.mark.parametrize(("seconds", "status"), [(60, 200), (1, 502)])
def test_when_the_hub_is_away_an_old_answer_does_for_as_long_as_it_says(
    tmp_path: Path, seconds: int, status: int
) -> None:
    hub = HTTPServer()
    hub.start()
    hub.expect_request(PATH).respond_with_response(saying("{}", OLD.format(seconds)))
    with in_front_of(tmp_path, hub.port) as address:
        assert get(address, PATH)[0].status == 200
        hub.stop()
        threading.Event().wait(3.1)
        assert get(address, PATH)[0].status == status


@pytest.mark.slow
def test_a_withdrawal_is_never_answered_with_what_is_kept(hub: HTTPServer, tmp_path: Path) -> None:
    told = [saying("{}", OLD.format(60)), saying('{"code":"withdrawn"}', "no-store", 410)]
    hub.expect_request(PATH).respond_with_handler(lambda _: told.pop(0))
    with in_front_of(tmp_path, hub.port) as address:
        assert get(address, PATH)[0].status == 200
        threading.Event().wait(2.1)
        assert get(address, PATH)[0].status == 410


def test_it_is_whole_with_tls(tmp_path: Path) -> None:
    """Only the certificate is another: that of the documentation is nobody's."""
    certificate(tmp_path / "hub.pem", tmp_path / "hub.key")
    changes = {
        "/var/cache/nginx/msif": f"{tmp_path}/cache",
        "/etc/ssl/hub.example.org.pem": str(tmp_path / "hub.pem"),
        "/etc/ssl/hub.example.org.key": str(tmp_path / "hub.key"),
        "listen 443 ssl;": f"listen 127.0.0.1:{nginx.free_port()} ssl;",
    }
    conf = nginx.configured(tmp_path / "nginx", nginx.documented("operation.md"), changes)
    assert nginx.checked(conf) == ""


def certificate(pem: Path, key: Path) -> None:
    private = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "hub.example.org")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(1)
        .not_valid_before(clock.now())
        .not_valid_after(clock.now() + timedelta(days=1))
        .sign(private, hashes.SHA256())
    )
    pem.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    key.write_bytes(
        private.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    )


@pytest.mark.slow
def test_neither_is_a_refusal(hub: HTTPServer, tmp_path: Path) -> None:
    told = [saying("{}", OLD.format(60)), saying('{"code":"not-signed-off"}', "no-store", 503)]
    hub.expect_request(PATH).respond_with_handler(lambda _: told.pop(0))
    with in_front_of(tmp_path, hub.port) as address:
        assert get(address, PATH)[0].status == 200
        threading.Event().wait(2.1)
        assert get(address, PATH)[0].status == 503
