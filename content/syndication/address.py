"""Where the hub may send to: what an address may look like, and which places a name may lead to.

Whoever enters a webhook chooses where the hub connects to, and could have it knock at doors inside
the operator's network. So, unless the operator allows anything (MSIF_WEBHOOK_TARGETS=any):

1. an address is https, at port 443, and names a host by a name of DNS, not by a number;
2. a name is resolved once for each attempt, and all that it leads to is looked at;
3. what is no public address of the internet is refused, and all of the attempt with it;
4. the connection is made to an address that was looked at, not to the name again.
"""

import re
import socket
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Network, ip_address
from typing import Any, Literal

from content.errors import AddressRefused

#: Characters of an address.
URL_MAX = 500
PORT_MAX = 65_535
HTTPS_PORT = 443
#: Places of one name that are tried in turn.
PLACES_MAX = 4

Targets = Literal["public", "any"]
#: (family, address as the socket takes it): ("AF_INET", ("192.0.2.1", 443)).
Place = tuple[int, Any]
Resolve = Callable[[str, int], list[Place]]

URL = re.compile(
    r"(?P<scheme>https?)://(?P<host>[a-z0-9.-]{1,253}|\[[0-9a-f:.]{2,45}\])"
    r"(:(?P<port>[0-9]{1,5}))?(?P<path>/[A-Za-z0-9._~!$&'()*+,;=:@%/?-]*)?\Z"
)
_LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
#: The last part begins with a letter, so that no form of a number is a name (127.1, 0x7f.1).
NAME = re.compile(rf"({_LABEL}\.)+(?=[a-z]){_LABEL}\Z")

#: IPv4 that is not somebody's on the internet (RFC 6890 and what came after it).
NOT_PUBLIC_4 = tuple(
    IPv4Network(one)
    for one in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"),
        *("172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24"),
        *("192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24"),
        *("198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3"),
    )
)
#: The part of IPv6 that is given out. What is mapped, compatible, translated (NAT64), unique-local,
#: link-local, multicast, loopback or unspecified lies outside of it.
GIVEN_OUT_6 = IPv6Network("2000::/3")
#: In it: protocols (Teredo among them), documentation, and IPv4 within (6to4).
NOT_PUBLIC_6 = tuple(
    IPv6Network(one) for one in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
)


@dataclass(frozen=True)
class Address:
    """An address, taken apart. Frozen."""

    scheme: str
    host: str
    port: int
    #: With what stands behind the `?`.
    path: str

    @property
    def authority(self) -> str:
        """As `Host` has it (RFC 9110, 7.2)."""
        usual = HTTPS_PORT if self.scheme == "https" else 80
        return self.host if self.port == usual else f"{self.host}:{self.port}"

    @property
    def name(self) -> str:
        """The host as DNS and certificates have it."""
        return self.host.strip("[]")


def read(url: str, targets: Targets) -> Address:
    """The address of a webhook (rule 1). Raises AddressRefused."""
    found = URL.match(url) if len(url) <= URL_MAX else None
    if found is None:
        raise AddressRefused
    scheme = found["scheme"]
    port = int(found["port"] or (HTTPS_PORT if scheme == "https" else 80))
    if not 1 <= port <= PORT_MAX:
        raise AddressRefused
    if targets == "public" and not (
        scheme == "https" and port == HTTPS_PORT and NAME.match(found["host"])
    ):
        raise AddressRefused
    return Address(scheme, found["host"], port, found["path"] or "/")


def resolve(host: str, port: int) -> list[Place]:
    """The places of a name, by the machine's own means. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [(family, place) for family, _, _, _, place in found]


def is_public(text: str) -> bool:
    """Whether this is the number of somebody on the internet (rule 3)."""
    try:
        address = ip_address(text)
    except ValueError:
        return False
    if isinstance(address, IPv4Address):
        return not any(address in network for network in NOT_PUBLIC_4)
    return address in GIVEN_OUT_6 and not any(address in network for network in NOT_PUBLIC_6)


def all_public(places: list[Place]) -> bool:
    """Whether a name leads to the internet alone: one place that is none is enough to refuse."""
    return all(is_public(str(place[0])) for _, place in places)
