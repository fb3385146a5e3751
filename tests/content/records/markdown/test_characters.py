"""What is not looked at closely holds nothing that a close look would find."""

import sys
import unicodedata

from content.records.markdown import characters
from content.records.markdown.characters import character_problem


def test_an_ordinary_character_is_none_that_is_refused_or_counted() -> None:
    ordinary = [
        chr(code) for code in range(sys.maxunicode + 1) if characters._ORDINARY.fullmatch(chr(code))
    ]
    assert "é" in ordinary
    assert "\u202f" in ordinary
    assert [one for one in ordinary if characters.FORBIDDEN.match(one)] == []
    assert [one for one in ordinary if unicodedata.combining(one)] == []
    assert characters.TAB not in ordinary


def test_a_text_of_another_script_is_looked_at_closely() -> None:
    assert character_problem("Спросите врача.") is None
    assert character_problem("Спросите\u202eврача.") is not None
