"""A service that says who people are: a small OpenID provider in the process of a test."""

import json
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, cast
from urllib.parse import parse_qs, unquote_plus, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, OctKey
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from content import clock

CLIENT, SECRET = "hub", "a secret: with signs"


@dataclass
class Provider:
    """What it says can be bent, to see what the hub makes of it."""

    server: HTTPServer
    #: What it signs with, and what it says that it signs with.
    key: ECKey | OctKey = field(default_factory=lambda: ECKey.generate_key("P-256"))
    publishes: ECKey = field(init=False)
    #: What was asked for, by the code that was given for it.
    asked: dict[str, dict[str, str]] = field(default_factory=dict)
    #: Claims that differ, and parts of what it says of itself.
    claims: dict[str, Any] = field(default_factory=dict)
    tells: dict[str, Any] = field(default_factory=dict)
    algorithm: str = "ES256"
    calls: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.publishes = cast(ECKey, self.key)
        self.server.expect_request("/.well-known/openid-configuration").respond_with_handler(
            self._describe
        )
        self.server.expect_request("/keys").respond_with_handler(
            lambda _: _json({"keys": [self.publishes.as_dict(private=False, use="sig")]})
        )
        self.server.expect_request("/token", method="POST").respond_with_handler(self._token)

    @property
    def issuer(self) -> str:
        return f"http://localhost:{self.server.port}"

    def consent(self, address: str, subject: str) -> str:
        """Somebody signs in there; the query with which they are sent back."""
        told = {name: one[0] for name, one in parse_qs(urlsplit(address).query).items()}
        assert address.startswith(f"{self.issuer}/authorize?")
        assert (told["response_type"], told["client_id"]) == ("code", CLIENT)
        assert told["code_challenge_method"] == "S256"
        code = f"code-{len(self.asked)}"
        self.asked[code] = told | {"sub": subject}
        return f"code={code}&state={told['state']}"

    def _describe(self, _request: Request) -> Response:
        told = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
        }
        return _json(told | self.tells)

    def _token(self, request: Request) -> Response:
        form = request.form
        given = request.authorization
        named = (
            (unquote_plus(given.username or ""), unquote_plus(given.password or ""))
            if given
            else (form.get("client_id"), form.get("client_secret"))
        )
        asked = self.asked.pop(form["code"], None)
        verifier = sha256(form["code_verifier"].encode()).digest()
        challenge = urlsafe_b64encode(verifier).decode().rstrip("=")
        if named != (CLIENT, SECRET) or asked is None or asked["code_challenge"] != challenge:
            return _json({"error": "invalid_grant"}, 400)
        self.calls.append(form["redirect_uri"])
        now = int(clock.seconds())
        claims = {
            "iss": self.issuer,
            "sub": asked["sub"],
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
        }
        claims = {name: one for name, one in (claims | self.claims).items() if one is not None}
        token = jwt.encode({"alg": self.algorithm}, claims, self.key, algorithms=[self.algorithm])
        return _json({"access_token": "x", "token_type": "Bearer", "id_token": token})


def _json(told: object, status: int = 200) -> Response:
    return Response(json.dumps(told), status, content_type="application/json")
