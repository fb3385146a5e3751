"""What the desk says is said in every language, and what was taken from others is as it was."""

import re
import tomllib
from hashlib import sha256
from io import BytesIO

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

from tests.structure.sources import ROOT

VENDOR = ROOT / "api/desk/static/vendor"
LOCALES = ROOT / "locales"
GAP = re.compile(r"%\(\w+\)s")


def extracted() -> set[str | tuple[str, ...]]:
    """Every sentence, as `make words` finds it."""
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    found = extract_from_dir(ROOT / "api/desk", methods, options)
    return {message for _, _, message, _, _ in found}


def several(told: object) -> list[str]:
    """A sentence, or one and what it is for more."""
    return [str(one or "") for one in told] if isinstance(told, tuple | list) else [str(told or "")]


def test_what_the_templates_say_is_in_the_template_of_the_catalogues() -> None:
    with (LOCALES / "pages.pot").open("rb") as file:
        listed = {message.id for message in read_po(file) if message.id}
    assert listed == extracted()


@pytest.mark.parametrize("language", ["fr", "it", "de"])
def test_every_sentence_is_said_in_every_language(language: str) -> None:
    with (LOCALES / language / "LC_MESSAGES/pages.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    told = {message.id: message for message in catalogue if message.id}
    assert set(told) == extracted()
    assert not catalogue.obsolete
    for message in told.values():
        sources, words = several(message.id), several(message.string)
        assert all(words), message.id
        assert not message.fuzzy, message.id
        gaps = set(GAP.findall(sources[-1]))
        # One of something may go without its number.
        assert set(GAP.findall(words[-1])) == gaps, message.id
        if language == "fr":
            assert not re.search(r"(?<![\u00a0\u202f])[:;!?](?!\S)", " ".join(words)), message.id


def test_a_sentence_that_is_missing_would_be_found() -> None:
    written = BytesIO()
    catalogue = Catalog()
    catalogue.add("Sign in")
    write_po(written, catalogue)
    written.seek(0)
    assert {one.id for one in read_po(written) if one.id} != extracted()


def test_what_was_taken_from_others_is_as_it_was() -> None:
    told = tomllib.loads((VENDOR / "versions.toml").read_text("utf-8"))["files"]
    assert set(told) == {one.name for one in VENDOR.iterdir()} - {"versions.toml"}
    for name, one in told.items():
        assert sha256((VENDOR / name).read_bytes()).hexdigest() == one["sha256"], name
        if "min." in name:
            assert f"{one['package'].rpartition('/')[2].partition('.')[0]}.LICENSE" in told
