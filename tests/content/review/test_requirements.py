"""What still stands between a version and its sign-off, as values."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from content.review import policy
from content.review.requirements import Facts, Requirement, for_sign_off, unmet
from content.review.review import Kind, Review, Verdict

NOW = "0" * 64
BEFORE = "1" * 64
POLICY = policy.load()


def said(
    person: str,
    kind: str,
    verdict: str = "approve",
    *,
    organisation: str = "",
    document: str = NOW,
) -> Review:
    """A review by a person of an organisation of their own, unless another is named."""
    return Review(
        version=1,
        document=document,
        kind=Kind(kind).value,
        verdict=Verdict(verdict).value,
        person=person,
        organisation=organisation or f"Organisation of {person}",
        interests="none declared",
        interests_relevant=False,
        comment="",
        at=datetime(2026, 11, 23, tzinfo=UTC),
    )


ENOUGH = (said("m1", "medical"), said("m2", "medical"), said("l", "lay"))
ENOUGH_TRANSLATED = (said("r", "revision"), said("c", "language"))


def source(*reviews: Review, document: str | None = NOW) -> Facts:
    return Facts(
        is_translation=False,
        carried=False,
        complete=document is not None,
        document=document,
        source_signed_off=False,
        reviews=reviews,
    )


def translation(
    *reviews: Review, document: str | None = NOW, carried: bool = False, signed_off: bool = True
) -> Facts:
    return Facts(
        is_translation=True,
        carried=carried,
        complete=document is not None,
        document=document,
        source_signed_off=signed_off,
        reviews=reviews,
    )


def missing(facts: Facts) -> dict[str, tuple[int, int]]:
    """Code to (needed, have) of what is not met."""
    return {open_.code: (open_.needed, open_.have) for open_ in unmet(for_sign_off(facts, POLICY))}


def test_the_list_is_whole_and_in_one_order() -> None:
    assert for_sign_off(source(*ENOUGH), POLICY) == (
        Requirement("complete", 1, 1),
        Requirement("medical-reviews", 2, 2),
        Requirement("medical-organisations", 2, 2),
        Requirement("lay-reviews", 1, 1),
        Requirement("no-open-return", 1, 1),
    )
    assert [one.code for one in for_sign_off(translation(), POLICY)] == [
        "complete",
        "no-errors",
        "warnings-acknowledged",
        "revisions",
        "language-reviews",
        "no-open-return",
        "source-signed-off",
    ]


@pytest.mark.parametrize(
    ("reviews", "expected"),
    [
        (ENOUGH, {}),
        ((*ENOUGH, said("m3", "medical"), said("l2", "lay")), {}),
        (
            (),
            {"medical-reviews": (2, 0), "medical-organisations": (2, 0), "lay-reviews": (1, 0)},
        ),
        (ENOUGH[:2], {"lay-reviews": (1, 0)}),
        # Two people from one organisation are two reviews and one organisation.
        (
            (
                said("m1", "medical", organisation="MSIF"),
                said("m2", "medical", organisation="MSIF"),
                ENOUGH[2],
            ),
            {"medical-organisations": (2, 1)},
        ),
        # One person twice is one person.
        (
            (said("m1", "medical"), said("m1", "medical"), ENOUGH[2]),
            {"medical-reviews": (2, 1), "medical-organisations": (2, 1)},
        ),
        # A recusal is on record, counts for nothing, and does not make less enough.
        (
            (ENOUGH[0], said("m2", "medical", "recuse"), ENOUGH[2]),
            {"medical-reviews": (2, 1), "medical-organisations": (2, 1)},
        ),
        ((*ENOUGH, said("m3", "medical", "recuse")), {}),
        # The last word of a person is the one that holds.
        (
            (*ENOUGH, said("m2", "medical", "recuse")),
            {"medical-reviews": (2, 1), "medical-organisations": (2, 1)},
        ),
        ((said("l", "lay", "return"), *ENOUGH), {}),
        ((*ENOUGH, said("l", "lay", "return")), {"lay-reviews": (1, 0), "no-open-return": (1, 0)}),
        # Somebody else's approval does not take a return back.
        ((said("m3", "medical", "return"), *ENOUGH), {"no-open-return": (1, 0)}),
        ((said("m3", "medical", "return"), *ENOUGH, said("m3", "medical", "recuse")), {}),
        # What was said of another text is not said of this one, neither for nor against.
        (
            (
                said("m1", "medical", document=BEFORE),
                said("m2", "medical"),
                said("l", "lay"),
                said("m3", "medical", "return", document=BEFORE),
            ),
            {"medical-reviews": (2, 1), "medical-organisations": (2, 1)},
        ),
        ((*ENOUGH, said("m2", "medical", "return", document=BEFORE)), {}),
        # Reviews of the other kind of text do not count here.
        (
            ENOUGH_TRANSLATED,
            {"medical-reviews": (2, 0), "medical-organisations": (2, 0), "lay-reviews": (1, 0)},
        ),
    ],
)
def test_a_source_needs_its_reviewers(
    reviews: tuple[Review, ...], expected: dict[str, tuple[int, int]]
) -> None:
    assert missing(source(*reviews)) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (translation(*ENOUGH_TRANSLATED), {}),
        (translation(), {"revisions": (1, 0), "language-reviews": (1, 0)}),
        (translation(ENOUGH_TRANSLATED[0]), {"language-reviews": (1, 0)}),
        (translation(*ENOUGH), {"revisions": (1, 0), "language-reviews": (1, 0)}),
        (translation(*ENOUGH_TRANSLATED, signed_off=False), {"source-signed-off": (1, 0)}),
        (
            translation(*ENOUGH_TRANSLATED, said("c2", "language", "return")),
            {"no-open-return": (1, 0)},
        ),
        # A half-translated text has no document, so nothing was said of it.
        (
            translation(*ENOUGH_TRANSLATED, document=None),
            {"complete": (1, 0), "revisions": (1, 0), "language-reviews": (1, 0)},
        ),
        # Words taken over were reviewed before; the source still has to be signed off.
        (translation(carried=True), {}),
        (translation(carried=True, signed_off=False), {"source-signed-off": (1, 0)}),
        (translation(carried=True, document=None), {"complete": (1, 0)}),
    ],
)
def test_a_translation_needs_its_reviewers_and_its_source(
    facts: Facts, expected: dict[str, tuple[int, int]]
) -> None:
    assert missing(facts) == expected


def test_a_policy_that_asks_for_less_gets_less() -> None:
    little = POLICY.model_copy(
        update={
            "source": POLICY.source.model_copy(
                update={"medical_reviews": 1, "medical_organisations": 0, "lay_reviews": 0}
            )
        }
    )

    assert unmet(for_sign_off(source(said("m1", "medical")), little)) == ()
    assert [one.code for one in unmet(for_sign_off(source(), little))] == ["medical-reviews"]


def test_an_error_stands_in_the_way_and_a_warning_until_it_is_answered() -> None:
    facts = replace(translation(*ENOUGH_TRANSLATED), errors=2, warnings=3, acknowledged=1)
    assert missing(facts) == {"no-errors": (1, 0), "warnings-acknowledged": (3, 1)}
    assert missing(replace(facts, errors=0, acknowledged=3)) == {}
