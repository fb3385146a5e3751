"""The documentation has everything that the code can say, and nothing that it cannot."""

import re
from pathlib import Path
from typing import get_args

import pytest

from content import schema
from content.people.role import Permission, Role
from content.publication import take_down, withdrawal
from content.publication.waiting import What
from content.review.policy import Policy
from content.review.review import Kind, Verdict
from content.review.workflow import EDGES
from content.settings import Settings
from content.translation.fate import Fate
from tests.docs import promised
from tests.docs.promised import explains, headings, is_documented_event, page
from tests.structure.sources import ROOT

EDGE = re.compile(r"^\| `(\w+)` \| `(\w+)` \|", re.MULTILINE)
CHECKED = re.compile(r'Finding\(\s*"([a-z ]+)"|_private\("([a-z ]+)"')
PAGES = sorted(
    str(path.relative_to(ROOT)) for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
)
LINK = re.compile(r"(?<!!)\[[^\]\n]*\]\(([^)\s]+)\)")
CODE = re.compile(r"^```.*?^```$|`[^`\n]*`", re.MULTILINE | re.DOTALL)


def undocumented(name: str, words: set[str]) -> list[str]:
    return sorted(word for word in words if not explains(name, word))


def test_every_setting_has_its_heading_and_every_heading_its_setting() -> None:
    settings = [f"MSIF_{name.upper()}" for name in Settings.model_fields]
    assert headings(page("docs/settings.md"))[1:] == settings


def test_the_defaults_of_settings_are_those_of_the_code() -> None:
    told = dict(re.findall(r"^## MSIF_(\w+)\n\nDefault: `([^`]+)`", page("docs/settings.md"), re.M))
    for name, field in Settings.model_fields.items():
        if field.default and name != "locales_dir":
            assert told[name.upper()] == str(field.default)


def test_no_page_names_a_setting_that_is_none() -> None:
    known = {f"MSIF_{name.upper()}" for name in Settings.model_fields} | {"MSIF_TEST_POSTGRES"}
    named = {name for one in PAGES for name in re.findall(r"\bMSIF_[A-Z]\w+", page(one))}
    assert named <= known


def test_every_state_is_explained() -> None:
    assert undocumented("docs/workflow.md", {state.value for state in EDGES}) == []


def test_the_edges_are_those_of_the_code() -> None:
    told = EDGE.findall(page("docs/workflow.md"))
    assert len(told) == len(set(told))
    assert set(told) == {(seen, to) for seen, ends in EDGES.items() for to in ends}


def test_every_task_is_explained() -> None:
    assert undocumented("docs/workflow.md", {what.value for what in What}) == []


def test_every_requirement_is_explained() -> None:
    codes = promised.requirement_codes()
    assert {"complete", "source-moved", "no-open-return"} <= codes
    assert undocumented("docs/workflow.md", codes) == []


def test_every_key_of_the_policy_is_explained() -> None:
    text = page("docs/workflow.md")
    for group, field in Policy.model_fields.items():
        assert field.annotation is not None
        if field.annotation is str:  # the pin, which is in no file of the policy
            continue
        for key in field.annotation.model_fields:
            assert re.search(rf"^\| `{group}\..*\b{key}`", text, re.M), f"{group}.{key}"


def test_every_event_of_the_ledger_is_explained_and_no_other() -> None:
    events = promised.ledger_events()
    assert {"person.added", "version.rejected", "statement.signed_off"} <= events
    assert [event for event in sorted(events) if not is_documented_event(event)] == []
    rows = re.findall(r"^\| (`[a-z]+\.[a-z_`, .]+`) \|", page("docs/data.md"), re.M)
    assert {event.strip("`") for row in rows for event in row.split(", ")} == events


def test_every_event_of_the_feed_is_explained() -> None:
    assert undocumented("docs/delivery.md", promised.feed_types()) == []


def test_every_table_is_explained_and_no_other() -> None:
    section = page("docs/data.md").partition("## Tables")[2].partition("\n## ")[0]
    told = re.findall(r"^\| `(\w+)` \|", section, re.M)
    assert sorted(told) == sorted(schema.metadata().tables)


def test_every_role_and_permission_is_explained() -> None:
    text = page("docs/roles.md")
    assert [role for role in Role if not re.search(rf"`{role}(:LOCALE)?`", text)] == []
    assert undocumented("docs/roles.md", {one.value for one in Permission}) == []


def test_every_reason_of_a_withdrawal_is_explained() -> None:
    own = {withdrawal.SOURCE_SAFETY_CHANGE, withdrawal.REVIEW_LAPSED}
    assert undocumented("docs/workflow.md", own | set(take_down.REASONS)) == []


def test_every_finding_of_the_doctor_is_explained() -> None:
    source = "".join(
        (ROOT / "content/cli" / name).read_text() for name in ("checks.py", "doctor.py")
    )
    names = {one or other for one, other in CHECKED.findall(source)}
    assert {"ledger", "database", "database file"} <= names
    assert undocumented("docs/operation.md", names) == []


def test_every_fate_of_a_message_is_explained() -> None:
    assert undocumented("docs/translation.md", set(get_args(Fate))) == []


def test_kinds_and_verdicts_of_reviews_are_those_of_the_examples() -> None:
    text = page("README.md")
    assert set(re.findall(r"--kind (\w+)", text)) <= {kind.value for kind in Kind}
    assert set(re.findall(r"--verdict (\w+)", text)) <= {verdict.value for verdict in Verdict}


def slug(heading: str) -> str:
    """The anchor that is made of a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def links(text: str) -> list[str]:
    """Links within the repository, without those in code."""
    found = LINK.findall(CODE.sub("", text))
    return [link for link in found if not re.match(r"[a-z]+:", link)]


@pytest.mark.parametrize("name", PAGES)
def test_every_link_leads_somewhere(name: str) -> None:
    wrong = []
    for link in links(page(name)):
        path, _, anchor = link.partition("#")
        target = (ROOT / name).parent / path if path else ROOT / name
        if not target.exists() or (anchor and anchor not in anchors(target)):
            wrong.append(link)
    assert wrong == []


def anchors(path: Path) -> list[str]:
    return [slug(heading) for heading in headings(path.read_text("utf-8"))]


def test_links_are_found() -> None:
    text = "[a](b.md#c) `[no](x.md)` ![p](y.svg) [w](https://msif.org)\n```\n[no](z.md)\n```\n"
    assert links(text) == ["b.md#c"]
    assert slug("## What `msif` does, and why".lstrip("# ")) == "what-msif-does-and-why"


def test_decisions_are_numbered_and_short() -> None:
    files = sorted((ROOT / "docs/decisions").glob("*.md"))
    for number, path in enumerate(files, start=1):
        text = path.read_text("utf-8")
        assert path.name.startswith(f"{number:04d}-")
        assert text.startswith(f"# {number}. ")
        assert len(text.splitlines()) < 40
        assert headings(text)[1:] == ["Context", "Options", "Decision", "Consequences"]
