"""What still stands between a text and its sign-off, in sentences."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.desk.words import later as N_
from content.review.requirements import Requirement

#: By code: what has to be so. Where it is counted, how many there are is said beside it.
SENTENCES = {
    "complete": N_("Every part of the text is there"),
    "medical-reviews": N_("Physicians have approved it"),
    "medical-organisations": N_("These physicians are from different organisations"),
    "lay-reviews": N_("Readers have approved it"),
    "revisions": N_("Another linguist has compared it with the source text"),
    "language-reviews": N_("Clinicians of the language have approved it"),
    "no-errors": N_("The checks find no error"),
    "warnings-acknowledged": N_("For each warning somebody has said why it is no fault"),
    "no-open-return": N_("Nobody wants it returned"),
    "source-signed-off": N_("The source text is signed"),
}
#: Those that are yes or no.
SINGLE = frozenset({"complete", "no-errors", "no-open-return", "source-signed-off"})


@dataclass(frozen=True)
class Line:
    """One thing that is needed, as it is shown. Frozen."""

    sentence: str
    met: bool
    #: How many there are, and how many it takes; None where it is not counted.
    counted: tuple[int, int] | None


def lines(requirements: Sequence[Requirement]) -> list[Line]:
    """These in words, without those that ask for nothing."""
    return [
        Line(
            SENTENCES[one.code],
            one.met,
            None if one.code in SINGLE else (min(one.have, one.needed), one.needed),
        )
        for one in requirements
        if one.needed
    ]
