"""The letter that reminds a member of a recall: plain text, in the member's language.

What stands in it was written by others: names and titles are put on one line, the words of the
withdrawal are indented, and nothing reaches a header but what this program made itself.
"""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from content.publication import envelope
from content.publication.withdrawal import Withdrawal
from content.records import document
from content.records import version as versions
from content.syndication import progress
from content.syndication.member import Member
from content.syndication.recall import Recall, RecallLine
from content.translation import dates, phrases

#: Characters of a name or title that are repeated.
LINE_MAX = 200
#: Addresses that are listed; the member has them all itself.
PAGES_MAX = 50
INDENT = "    "


@dataclass(frozen=True)
class Letter:
    """What is written to one member. Frozen."""

    #: An address of mail, as the member's row has it.
    to: str
    #: The language of the hub's own words.
    locale: str
    #: The same for the same reminder, however often it is sent: `recall-12.ms.0`.
    name: str
    subject: str
    body: str


def write(session: Session, line: RecallLine, member: Member, step: int, public_url: str) -> Letter:
    """The reminder of this step, from what stands in the database now.

    Links begin with `public_url`; where it is empty they are paths.
    """
    recall = session.get_one(Recall, line.recall)
    locale = phrases.spoken(member.locale_tags[0])
    subject = phrases.REMINDER_SUBJECT if step else phrases.RECALL_SUBJECT
    reference = f"{recall.section}/{recall.locale}/{recall.version}"
    withdrawal = progress.withdrawal_of(session, recall)
    parts = [
        phrases.say(locale, phrases.RECALL_GREETING, name=one_line(member.name)),
        phrases.say(
            locale,
            phrases.RECALL_WHAT,
            title=_title(session, recall),
            section=recall.section,
            language=recall.locale,
            version=recall.version,
            day=dates.long_day(locale, recall.at.date()),
        ),
        _why(locale, withdrawal),
        _where(locale, line),
        _what_to_do(locale, recall, withdrawal, public_url),
        phrases.say(locale, phrases.RECALL_END, seq=recall.seq),
    ]
    return Letter(
        to=member.contact,
        locale=locale,
        name=f"recall-{recall.seq}.{member.id}.{step}",
        subject=phrases.say(locale, subject, reference=reference),
        body="\n\n".join(parts) + "\n",
    )


def _why(locale: str, withdrawal: Withdrawal) -> str:
    reason = phrases.WITHDRAWN_BECAUSE.get(withdrawal.reason, phrases.WITHDRAWN_BECAUSE["other"])
    told = [one_line(line, len(line)) for line in withdrawal.text.splitlines()]
    return "\n".join([phrases.say(locale, reason), *(INDENT + line for line in told if line)])


def _where(locale: str, line: RecallLine) -> str:
    shown = [
        "- "
        + phrases.say(
            locale,
            phrases.RECALL_PAGE,
            version=page["version"],
            url=page["url"],
            day=dates.long_day(locale, date.fromisoformat(page["since"][:10])),
        )
        for page in line.pages[:PAGES_MAX]
    ]
    if len(line.pages) > PAGES_MAX:
        shown.append("- …")
    return "\n".join([phrases.say(locale, phrases.RECALL_WHERE), *shown])


def _what_to_do(locale: str, recall: Recall, withdrawal: Withdrawal, public_url: str) -> str:
    def url(section: str) -> str:
        return public_url + envelope.section_path(section, recall.locale)

    showing = f"PUT {public_url}/v1/members/me/showing"
    lines = [
        phrases.say(locale, phrases.RECALL_TAKE_OFF, url=url(recall.section)),
        phrases.say(locale, phrases.RECALL_TELL, request=showing),
    ]
    if withdrawal.replacement:
        instead = url(withdrawal.replacement)
        lines.append(phrases.say(locale, phrases.RECALL_INSTEAD, url=instead))
    return "\n".join(lines)


def _title(session: Session, recall: Recall) -> str:
    found = versions.find(session, recall.section, recall.locale, recall.version)
    return one_line(document.load(session, found.document or "").title)


def one_line(words: str, most: int = LINE_MAX) -> str:
    """Without line ends and control characters, which could pass for lines of ours."""
    return "".join(one if one.isprintable() else " " for one in words)[:most].strip()
