"""A corpus of hostile and odd files, each with what has to become of it (outcomes.toml)."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from content.errors import CatalogueRefused, InputTooLarge
from content.translation.po import PoEntry, read_po, require_second_opinion

CORPUS = Path(__file__).parent / "corpus"
OUTCOMES: dict[str, dict[str, Any]] = tomllib.loads((CORPUS / "outcomes.toml").read_text("utf-8"))
READ = [name for name, outcome in OUTCOMES.items() if "entries" in outcome]
REFUSED = [name for name, outcome in OUTCOMES.items() if "refused" in outcome]
TOO_LARGE = [name for name, outcome in OUTCOMES.items() if "too_large" in outcome]


def source(name: str) -> bytes:
    return (CORPUS / f"{name}.po").read_bytes()


def entry(told: dict[str, Any]) -> PoEntry:
    whole: dict[str, Any] = {"context": None, "plural_source": None, **told}
    lists = {name: tuple(value) for name, value in whole.items() if isinstance(value, list)}
    return PoEntry(**(whole | lists))


def test_every_file_has_its_outcome() -> None:
    assert sorted(OUTCOMES) == sorted(path.stem for path in CORPUS.glob("*.po"))
    assert sorted(OUTCOMES) == sorted(READ + REFUSED + TOO_LARGE)


@pytest.mark.parametrize("name", REFUSED)
def test_a_malformed_file_is_refused_with_its_line(name: str) -> None:
    with pytest.raises(CatalogueRefused) as refused:
        read_po(source(name))
    outcome = OUTCOMES[name]
    assert refused.value.context == {"line": outcome["line"], "mistake": outcome["refused"]}
    assert refused.value.message.startswith(f"Line {outcome['line']}: ")


@pytest.mark.parametrize("name", TOO_LARGE)
def test_a_file_beyond_a_limit_is_refused_with_its_line(name: str) -> None:
    with pytest.raises(InputTooLarge) as refused:
        read_po(source(name))
    outcome = OUTCOMES[name]
    assert refused.value.context == {"line": outcome["line"], "mistake": outcome["too_large"]}


@pytest.mark.parametrize("name", READ)
def test_a_legal_file_is_read_whole_and_polib_agrees(name: str) -> None:
    read = read_po(source(name))
    assert read.entries == tuple(entry(told) for told in OUTCOMES[name]["entries"])
    assert [remark.code for remark in read.warnings] == OUTCOMES[name].get("warnings", [])
    require_second_opinion(source(name), read)
