"""Which file an address is written to, and which files an export can have made."""

import pytest

from content.publication.export import layout

JSON = "application/json"
DIGEST = "0" * 64


@pytest.mark.parametrize(
    ("url", "file"),
    [
        ("/v1", "v1/index.json"),
        ("/v1/sections", "v1/sections/index.json"),
        ("/v1/sections/risks", "v1/sections/risks/index.json"),
        ("/v1/sections/risks/fr-CH", "v1/sections/risks/fr-CH/index.json"),
        ("/v1/sections/risks/fr/versions", "v1/sections/risks/fr/versions/index.json"),
        ("/v1/sections/risks/fr/versions/3", "v1/sections/risks/fr/versions/3"),
        ("/v1/sections/risks/fr.html", "v1/sections/risks/fr.html"),
        ("/v1/pages/risks/fr", "v1/pages/risks/fr"),
        ("/v1/trust", "v1/trust/index.json"),
        ("/v1/trust/2", "v1/trust/2"),
        (f"/v1/content/{DIGEST}", f"v1/content/{DIGEST}"),
        (f"/v1/sign-offs/{DIGEST}", f"v1/sign-offs/{DIGEST}"),
        ("/v1/register", "v1/register"),
        ("/v1/changes.json", "v1/changes.json"),
        ("/log/checkpoint", "log/checkpoint"),
        ("/log/tile/entries/x001/234.p/8", "log/tile/entries/x001/234.p/8"),
    ],
)
def test_an_address_has_a_file(url: str, file: str) -> None:
    assert layout.in_folder(url, 200, JSON) == file
    assert layout.in_store(url, 200, JSON) == url[1:]
    assert layout.is_ours(file)
    assert layout.is_ours(url[1:])


def test_what_is_not_in_force_does_not_stand_under_its_address() -> None:
    for where in (layout.in_folder, layout.in_store):
        assert where("/v1/sections/risks/fr", 410, JSON) == "v1/sections/risks/fr.410.json"
        assert where("/v1/pages/risks/fr.html", 503, JSON) == "v1/pages/risks/fr.html.503.json"
    assert layout.is_ours("v1/sections/risks/fr.410.json")
    assert layout.is_ours("v1/pages/risks/fr.html.503.json")


@pytest.mark.parametrize("media_type", layout.PICTURES)
def test_a_picture_has_the_ending_of_its_type(media_type: str) -> None:
    file = layout.in_folder(f"/v1/figures/{DIGEST}", 200, media_type)
    assert file == f"v1/figures/{DIGEST}{layout.PICTURES[media_type]}"
    assert layout.in_store(f"/v1/figures/{DIGEST}", 200, media_type) == f"v1/figures/{DIGEST}"
    assert layout.is_ours(file)


@pytest.mark.parametrize(
    "file",
    [
        "index.html",
        "v1/index.html",
        "v1/sections/risks/index.html",
        "v1/sections/risks/fr.html~",
        "v1/content/readme",
        "v1/../etc/passwd",
        "v2/index.json",
        "log/access",
        "manifest.json",
    ],
)
def test_what_no_export_makes_is_somebody_elses(file: str) -> None:
    assert not layout.is_ours(file)
