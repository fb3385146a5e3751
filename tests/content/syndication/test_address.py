"""Where webhooks may lead: to the internet alone, whatever a name or a number looks like."""

import socket

import pytest

from content.errors import AddressRefused
from content.syndication import address
from content.syndication.address import Targets, is_public, read


def test_an_address_is_taken_apart() -> None:
    told = read("https://hooks.ms.example/msif/in?of=fr&x=%C3%A9", "public")
    assert (told.authority, told.name, told.port) == ("hooks.ms.example", "hooks.ms.example", 443)
    assert told.path == "/msif/in?of=fr&x=%C3%A9"
    assert read("https://ms.example:443", "public").path == "/"
    here = read("http://[::1]:8080/x", "any")
    assert (here.authority, here.name, here.port) == ("[::1]:8080", "::1", 8080)
    assert read("http://localhost/x", "any").authority == "localhost"


@pytest.mark.parametrize(
    "url",
    [
        *("http://ms.example/", "https://ms.example:8443/", "https://ms.example:0443x/"),
        *("https://localhost/", "https://127.0.0.1/", "https://2130706433/", "https://0x7f.1/"),
        *("https://0177.0.0.1/", "https://127.1/", "https://[::1]/", "https://[::ffff:7f00:1]/"),
        *("https://0x7f000001/", "https://1.2.3.4/", "https://8.8.8.8/", "https://ms.0x7f/"),
    ],
)
def test_in_earnest_only_https_to_a_name_at_the_usual_port(url: str) -> None:
    with pytest.raises(AddressRefused):
        read(url, "public")


@pytest.mark.parametrize(
    "url",
    [
        *("", "ms.example", "ftp://ms.example/", "https:///x", "https://a@ms.example/"),
        *("https://ms.example:99999/", "https://ms.example:0/", "https://ms.example/a b"),
        *("https://ms.example/\r\nHost: x", "https://ms.example/#x", "https://ms.example?x"),
        *(
            "https://MS.example/",
            "https://mş.example/",
            "https://ms.example/ü",
            "https://ms.example\n",
        ),
        *("javascript:alert(1)", f"https://ms.example/{'a' * 500}", "https://ms.example/\0"),
        *("https://ms.example\\@127.0.0.1/", "https://[fe80::1%25eth0]/"),
    ],
)
def test_what_is_no_address_is_refused_everywhere(url: str) -> None:
    both: tuple[Targets, ...] = ("public", "any")
    for targets in both:
        with pytest.raises(AddressRefused):
            read(url, targets)


@pytest.mark.parametrize(
    "number",
    [
        *("0.0.0.0", "10.1.2.3", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.0.1"),
        *("169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.2.1"),
        *("192.88.99.1", "192.168.1.1", "198.18.0.1", "198.51.100.7", "203.0.113.9"),
        *("224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255"),
        *("::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::8.8.8.8"),
        *("64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::1", "100::1", "fc00::1", "fd00::1"),
        *("fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "2001::1", "2001:0:53aa:64c:0:0:0:1"),
        *("2001:db8::1", "2002:7f00:1::", "2002:808:808::1", "3fff::1", "5f00::1", "4000::1"),
        *("localhost", "2130706433", "0x7f.1", ""),
    ],
)
def test_what_is_not_of_the_internet_is_not_public(number: str) -> None:
    assert not is_public(number)


@pytest.mark.parametrize(
    "number",
    ["8.8.8.8", "100.63.255.255", "100.128.0.1", "172.32.0.1", "2606:4700::1111", "2a00::1"],
)
def test_what_is_of_the_internet_is(number: str) -> None:
    assert is_public(number)


@pytest.mark.parametrize(
    "name", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "localhost", "127.0.0.1", "::1"]
)
def test_what_the_machine_makes_of_a_number_is_looked_at(name: str) -> None:
    try:
        places = address.resolve(name, 443)
    except OSError:  # not every resolver takes every form, which is as good
        return
    assert places
    assert not address.all_public(places)


def test_one_place_that_is_not_public_is_enough() -> None:
    good = (socket.AF_INET, ("8.8.8.8", 443))
    bad = (socket.AF_INET6, ("fd00::1", 443, 0, 0))
    assert address.all_public([good])
    assert not address.all_public([good, bad])
