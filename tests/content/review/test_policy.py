"""The policy: what is counted, and how a file that cannot be used is told from one that can."""

from pathlib import Path

import pytest

from content.errors import PolicyMalformed
from content.review import policy
from content.review.policy import DEFAULT_FILE
from content.settings import ROOT

DEFAULT = DEFAULT_FILE.read_text(encoding="utf-8")


def test_the_policy_of_the_program_is_the_one_that_was_agreed() -> None:
    agreed = policy.load()

    assert agreed.source.medical_reviews == agreed.source.medical_organisations == 2
    assert (agreed.source.lay_reviews, agreed.source.quorum) == (1, 3)
    assert (agreed.translation.revisions, agreed.translation.language_reviews) == (1, 1)
    assert (agreed.review_by.months_max, agreed.review_by.treatment_months_max) == (36, 12)
    assert agreed.withdrawal.confirm_hours == 24


def test_another_file_is_taken_for_it(tmp_path: Path) -> None:
    file = tmp_path / "policy.toml"
    file.write_text(DEFAULT.replace("quorum = 3 ", "quorum = 5 "), encoding="utf-8")

    assert policy.load(file).source.quorum == 5
    assert policy.load(file) != policy.load()


def test_the_policy_of_the_demonstration_can_be_used() -> None:
    assert policy.load(ROOT / "content" / "samples" / "demo_policy.toml").source.quorum >= 1


@pytest.mark.parametrize(
    ("whole", "broken", "words"),
    [
        ("quorum = 3 ", "quorum = 0 ", "key source.quorum: .*greater than or equal to 1"),
        ("quorum = 3 ", "quorum = 21 ", "key source.quorum: .*less than or equal to 20"),
        ("quorum = 3 ", 'quorum = "3" ', "key source.quorum: .*valid integer"),
        ("quorum = 3 ", "quorum = 3.0 ", "key source.quorum: .*valid integer"),
        ("quorum = 3 ", "quorum = true ", "key source.quorum: .*valid integer"),
        ("quorum = 3 ", "quorum = 2026-11-23 ", "key source.quorum: .*valid integer"),
        ("quorum = 3 ", "quorum = nan ", "key source.quorum: .*valid integer"),
        ("lay_reviews = 1 ", "", "key source.lay_reviews: Field required"),
        ("lay_reviews = 1 ", "lay_review = 1 ", "key source.lay_reviews: Field required"),
        ("[statement]", "[statements]", "key statement: Field required"),
        ("[statement]", "[notice]\n[statement]", "key notice: Extra inputs are not permitted"),
        ("open_days = 30 ", "open_days = 366 ", "key statement.open_days: "),
        ("confirm_hours = 24 ", "confirm_hours = -1 ", "key withdrawal.confirm_hours: "),
        ('["stem-cell-therapy"]', "[1]", r"key review_by.treatments.0: .*valid string"),
        ("[source]", "[source", "cannot be read"),
        ("quorum = 3 ", "quorum = 3\nquorum = 4 ", "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_used_names_the_key(
    tmp_path: Path, whole: str, broken: str, words: str
) -> None:
    assert whole in DEFAULT
    file = tmp_path / "policy.toml"
    file.write_text(DEFAULT.replace(whole, broken, 1), encoding="utf-8")

    with pytest.raises(PolicyMalformed, match=words):
        policy.load(file)


def test_a_file_that_is_not_there_or_no_text_is_named(tmp_path: Path) -> None:
    latin = tmp_path / "latin.toml"
    latin.write_bytes(b"# \xe9")

    for file in (tmp_path / "nowhere.toml", tmp_path, latin):
        with pytest.raises(PolicyMalformed, match="cannot be read") as refused:
            policy.load(file)
        assert str(file) in refused.value.message
