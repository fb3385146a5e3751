"""The `msif` command: a second way in, of the same rank as the HTTP interface.

| file | what it holds |
|---|---|
| `main.py` | the command itself, put together from the files below |
| `hub.py`, `caller.py` | the hub a command works on, and the person it acts as |
| `refusal.py`, `answers.py` | how it says no, and how it shows lists |
| `reference.py` | `ahsct-evidence/fr/3`, read |
| `serve.py`, `demonstration.py`, `demo_journey.py` | running it |
| `migration.py`, `upkeep.py`, `doctor.py`, `checks.py` | keeping it in order |
| `page.py`, `catalogue.py`, `pulling.py` | files in and out |
| `version.py`, `difference.py`, `writing.py`, `judging.py` | the way of a version |
| `statement.py`, `withdrawal.py` | its sign-off, and its end |
| `people.py`, `ledger.py` | who, and what happened |
"""

from content.cli.main import app, main

__all__ = ["app", "main"]
