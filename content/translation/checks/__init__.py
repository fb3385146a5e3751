"""Checks of translations: pure functions from a message and its translation to findings.

| file | what it holds |
|---|---|
| `finding.py` | Finding and Severity |
| `check.py` | all checks of one text |
| `together.py` | checks of many texts at once |
| `terms.py` | the glossary |
| `tidy.py` | slips that are put right without asking |
| `language.py`, `words.py`, `units.py` | what is known of a language; `languages/` holds its words |
| `reading.py`, `numbers.py`, `literals.py` | a text read: its words, numbers and units |
| `quantities.py`, `codes.py` | numbers, units and names against the source |
| `markup.py`, `characters.py`, `wording.py` | the rest |

docs/checks.md has a heading for each code.
"""

from content.translation.checks.check import check
from content.translation.checks.finding import Finding, Severity
from content.translation.checks.terms import Term, check_terms
from content.translation.checks.tidy import Fix, tidy
from content.translation.checks.together import check_together

__all__ = ["Finding", "Fix", "Severity", "Term", "check", "check_terms", "check_together", "tidy"]
