"""Checks of translations: pure functions from a message and its translation to findings.

| file | what it holds |
|---|---|
| `finding.py` | Finding and Severity |
| `check.py` | all checks of one text |
| `together.py` | checks of many texts at once |
| `terms.py` | the glossary |
| `links.py` | where links lead in this translation alone |
| `tidy.py` | slips that are put right without asking |
| `language.py`, `words.py`, `units.py` | a language; `languages/` holds its words |
| `reading.py` | a text read: its words and names |
| `numbers.py`, `digits.py`, `literals.py`, `number_words.py`, `roman.py` | its numbers |
| `attached_units.py` | their units |
| `kept.py` | what is known of a word once it was met |
| `matching.py`, `quantities.py`, `measures.py`, `codes.py` | all these against the source |
| `markup.py`, `characters.py`, `wording.py` | the rest |

docs/checks.md has a heading for each code.
"""

from content.translation.checks.check import check
from content.translation.checks.finding import Finding, Severity
from content.translation.checks.terms import check_terms
from content.translation.checks.tidy import Fix, tidy
from content.translation.checks.together import check_together

__all__ = ["Finding", "Fix", "Severity", "check", "check_terms", "check_together", "tidy"]
