"""A file that comes back is checked where it was changed, and told all the same of the rest."""

from typing import Any

import pytest

from content.translation import findings
from content.translation.checks import Finding, check
from tests.world import World, said, translated

WRONG = "Some people take 2000 mg a day."


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The translations that are checked, in their order."""
    texts: list[str] = []

    def noted(message: Any, target: str, *args: Any, **more: Any) -> tuple[Finding, ...]:
        texts.append(target)
        return check(message, target, *args, **more)

    findings.of_text.cache_clear()
    monkeypatch.setattr(findings, "check", noted)
    return texts


@pytest.mark.begins_with("en")
def test_what_is_unchanged_is_not_checked_again(sqlite_world: World, checked: list[str]) -> None:
    text = translated(sqlite_world.pull("fr"), "fr").replace(said("fr", WRONG), "Prenez 200 mg.")
    first = {taken.unit: taken.findings for taken in sqlite_world.push("fr", text)}
    assert "Prenez 200 mg." in checked
    checked.clear()

    again = sqlite_world.pull("fr").replace("fr – Risks", "Les risques")
    report = sqlite_world.push("fr", again)

    assert checked == ["Les risques"]
    unchanged = {one.unit: one.findings for one in report if one.fate == "unchanged"}
    assert unchanged == {unit: first[unit] for unit in unchanged}
    assert any(unchanged.values())
