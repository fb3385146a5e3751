"""Another service that says who people are: OpenID Connect Core 1.0, the code flow, by authlib.

1. The service is the one that is set, and says so itself (OpenID Connect Discovery 1.0, 4.3).
2. What comes back belongs to a request of this very browser: `state` (RFC 6749, 10.12).
3. The code is of use to the hub alone: PKCE, S256 (RFC 7636).
4. The token is signed by the service, by a key that it publishes, never by none or a shared one.
5. It is for the hub, not old, and answers this request: `iss`, `aud`, `exp`, `nonce` (3.1.3.7).
"""

import hmac
import json
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPException
from types import MappingProxyType
from typing import Any, cast
from urllib.error import URLError
from urllib.parse import quote_plus, urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, KeySetSerialization

from content import clock
from content.errors import ServiceRefused
from content.people import ceremony
from content.people.oidc_link import SUBJECT_MAX
from content.settings import ISSUER

#: Where a service tells of itself, below its name.
DISCOVERY = "/.well-known/openid-configuration"
ALGORITHMS = ("RS256", "PS256", "ES256", "Ed25519", "EdDSA")
SCOPE = "openid"
TIMEOUT_SECONDS = 7
ANSWER_BYTES_MAX = 1_000_000
#: How far the clocks of the service and the hub may differ.
LEEWAY_SECONDS = 60


class _NoRedirects(HTTPRedirectHandler):
    """A service answers where it says that it does."""

    def redirect_request(self, *_told: Any) -> None:
        return None


@dataclass(frozen=True)
class Service:
    """One service, and what the hub is called there. Frozen."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    #: Where the service sends people back to.
    back: str

    def address(self, secret: str) -> str:
        """Where to send whoever began the ceremony with this secret. Raises ServiceRefused."""
        address: str = prepare_grant_uri(
            self._endpoint(self._told(), "authorization_endpoint"),
            self.client_id,
            "code",
            redirect_uri=self.back,
            scope=SCOPE,
            state=ceremony.word(secret, "state"),
            nonce=ceremony.word(secret, "nonce"),
            code_challenge=create_s256_code_challenge(ceremony.word(secret, "verifier")),
            code_challenge_method="S256",
        )
        return address

    def subject(self, secret: str, code: str) -> str:
        """Who the service says that came back with this code. Raises ServiceRefused."""
        told = self._told()
        token = self._token(told, secret, code)
        keys = cast(KeySetSerialization, _asked(self._endpoint(told, "jwks_uri")))
        try:
            read = jwt.decode(str(token["id_token"]), KeySet.import_key_set(keys), [*ALGORITHMS])
            claims = CodeIDToken(
                read.claims,
                read.header,
                {
                    "iss": {"essential": True, "value": self.issuer},
                    "aud": {"essential": True, "value": self.client_id},
                },
                {
                    "nonce": ceremony.word(secret, "nonce"),
                    "client_id": self.client_id,
                    "access_token": token.get("access_token"),
                },
            )
            claims.validate(int(clock.seconds()), LEEWAY_SECONDS)  # 5
            subject = claims["sub"]
        except (JoseError, ValueError, TypeError, KeyError, AttributeError):
            raise ServiceRefused from None
        if not isinstance(subject, str) or not 0 < len(subject) <= SUBJECT_MAX:
            raise ServiceRefused
        return subject

    def _told(self) -> dict[str, Any]:
        told = _asked(self.issuer.rstrip("/") + DISCOVERY)
        if told.get("issuer") != self.issuer:  # 1
            raise ServiceRefused
        return told

    def _endpoint(self, told: dict[str, Any], name: str) -> str:
        address = told.get(name)
        if not isinstance(address, str) or not ISSUER.match(address):
            raise ServiceRefused
        return address

    def _token(self, told: dict[str, Any], secret: str, code: str) -> dict[str, Any]:
        fields = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.back,
            "code_verifier": ceremony.word(secret, "verifier"),  # 3
        }
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        methods = told.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        if "client_secret_basic" in methods:
            # RFC 6749, 2.3.1: each part is escaped as in a form.
            named = f"{quote_plus(self.client_id)}:{quote_plus(self.client_secret)}"
            headers["Authorization"] = f"Basic {b64encode(named.encode()).decode()}"
        else:
            fields |= {"client_id": self.client_id, "client_secret": self.client_secret}
        body = urlencode(fields).encode()
        return _asked(self._endpoint(told, "token_endpoint"), body, headers)


def is_of(secret: str, state: str) -> bool:
    """Whether what came back belongs to the ceremony with this secret."""
    return hmac.compare_digest(ceremony.word(secret, "state").encode(), state.encode())  # 2


def _asked(
    address: str, body: bytes | None = None, headers: Mapping[str, str] = MappingProxyType({})
) -> dict[str, Any]:
    """What a service answers. Raises ServiceRefused for anything but a JSON object.

    Its address was compared with ISSUER: https, or this machine.
    """
    asked = Request(address, body, {"Accept": "application/json", **headers})  # noqa: S310
    try:
        with build_opener(_NoRedirects).open(asked, timeout=TIMEOUT_SECONDS) as answer:
            told = json.loads(answer.read(ANSWER_BYTES_MAX))
    except (URLError, HTTPException, OSError, ValueError, RecursionError):
        raise ServiceRefused from None
    if not isinstance(told, dict):
        raise ServiceRefused
    return told
