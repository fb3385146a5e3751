"""What waits for somebody, in words: what to do with which text, until when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from api.desk.titles import Text, statements_of
from api.desk.words import later as N_
from content.publication.waiting import Task, What

#: By what there is to do: what it is, and how it is done. The words for who reads.
WORDS = {
    What.WRITE_AND_SUBMIT: (
        N_("Write and hand in"),
        N_("A draft. When it is whole, hand it in for review."),
    ),
    What.TRANSLATE: (
        N_("Translate"),
        N_("The source text has something that your translation does not follow yet."),
    ),
    What.REVIEW_MEDICAL: (
        N_("Review as a physician"),
        N_("Is every sentence true and up to date? Approve it, or return it and say why."),
    ),
    What.REVIEW_LAY: (
        N_("Review as a reader"),
        N_("Is every sentence clear to somebody with MS? Approve it, or return it and say why."),
    ),
    What.REVIEW_REVISION: (
        N_("Compare with the source text"),
        N_("Does the translation say what the source says, no more and no less?"),
    ),
    What.REVIEW_LANGUAGE: (
        N_("Review the medical language"),
        N_("Would you say it so to a patient in this language?"),
    ),
    What.OPEN_STATEMENT: (
        N_("Put to signature"),
        N_("All reviews are there. List it in a statement, so that it can be signed."),
    ),
    What.SIGN: (
        N_("Sign"),
        N_("Read the texts and sign with your passkey, by the link that an editor sends you."),
    ),
    What.ABANDON_TRANSLATION: (
        N_("Give up the translation"),
        N_("The text that it follows will not come into force. Give this one up to make room."),
    ),
    What.CONFIRM_WITHDRAWAL: (
        N_("Confirm the withdrawal"),
        N_("Somebody took this text out of force. A second person has to confirm it."),
    ),
    What.ANSWER: (
        N_("Answer"),
        N_("Others said something about it and wait for a word of yours. It holds nothing up."),
    ),
    What.RENEW: (
        N_("Review again"),
        N_("The date for its next review is near or has passed. Begin a new version."),
    ),
}


@dataclass(frozen=True)
class Line:
    """One thing that waits, as it is shown. Frozen."""

    what: str
    how: str
    #: What it is about; for a statement its name and how many texts it lists.
    text: Text | None
    statement: tuple[str, int] | None
    due: date | None
    is_late: bool
    #: Where it is done.
    address: str


def about(tasks: Sequence[Task]) -> list[str]:
    """References to the texts that they are about."""
    return [one.subject for one in tasks if one.what is not What.SIGN]


def lines(
    session: Session, tasks: Sequence[Task], texts: Mapping[str, Text], today: date
) -> list[Line]:
    """These tasks in words, in their order. `texts` are by reference."""
    statements = statements_of(session, [one.subject for one in tasks if one.what is What.SIGN])
    return [
        Line(
            *WORDS[one.what],
            text=texts.get(one.subject),
            statement=statements.get(one.subject),
            due=one.due,
            is_late=one.due is not None and one.due < today,
            address=_address(one),
        )
        for one in tasks
    ]


def _address(task: Task) -> str:
    """Where it is done: on the page of a text, of a statement, or where a page is translated."""
    if task.what is What.SIGN:
        return f"/desk/statements/{task.subject}"
    if task.what is What.TRANSLATE:
        return f"/desk/translate/{task.subject}"
    if task.what is What.ANSWER:
        return f"/desk/sections/{task.subject}/discussion"
    section, locale, number = task.subject.split("/")
    return f"/desk/sections/{section}/{locale}?version={number}"
