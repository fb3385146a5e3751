"""A round of reminders: what is due is taken, sent and noted, one letter after the other.

Any number of processes may go round. No transaction is open while something is sent.
"""

import logging

from sqlalchemy import Engine

from content.database import reading, writing
from content.publication import demo
from content.settings import Settings
from content.syndication import mail, off_letter, reminder
from content.syndication.mail import Mail

#: Letters of one round; the next one goes on.
LETTERS_MAX = 20

log = logging.getLogger(__name__)


def go_round(engine: Engine, settings: Settings) -> int:
    """Send what is due, as the settings have it; how many reminders were sent."""
    with reading(engine) as session:
        reminders, others = reminder.anything_due(session), off_letter.anything_due(session)
        way = mail.chosen(settings, is_demo=demo.is_demo(session))
    if others:
        send_off_letters(engine, way, settings.public_url)
    return send_due(engine, way, settings.public_url) if reminders else 0


def send_due(engine: Engine, way: Mail, public_url: str = "") -> int:
    with writing(engine) as session:
        reminder.begin(session)
    sent = 0
    for _ in range(LETTERS_MAX):
        with writing(engine) as session:
            taken = reminder.take(session, public_url)
        if taken is None:
            break
        error = way.send(taken.letter)
        with writing(engine) as session:
            reminder.note(session, taken, error)
        if error:
            log.error("Recall %d: %s was not reminded: %s", taken.recall, taken.member, error)
        if error in mail.OF_THE_SERVER:
            break
        sent += not error
    return sent


def send_off_letters(engine: Engine, way: Mail, public_url: str = "") -> None:
    """Tell of webhooks that the hub switched off."""
    for _ in range(LETTERS_MAX):
        with writing(engine) as session:
            taken = off_letter.take(session, public_url)
        if taken is None:
            break
        error = way.send(taken.letter)
        if error:
            log.error("Webhook %s: %s was not told: %s", taken.webhook, taken.member, error)
            continue
        with writing(engine) as session:
            off_letter.note_sent(session, taken)
