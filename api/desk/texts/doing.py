"""Doing something with a text by a form: it is done and the page says so, or the page comes back
with everything that was typed.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import Depends, Request, Response
from sqlmodel import Session

from api.dependencies import CurrentHub, Hub
from api.desk import told
from api.desk.doors import CurrentVisitor
from api.desk.pages import Visitor, go_to
from api.desk.texts import text
from api.desk.texts.chosen import Number, Slug, Tag, address, choose
from api.desk.texts.sent import Sent, require_seen
from api.problems import status_of
from content.database import reading
from content.errors import ContentError
from content.people.actor import Actor
from content.records.version import Version
from content.review.policy import Policy

#: What is done: it may give another version to go on to.
Verb = Callable[[Session, Version, Policy], Version | None]


@dataclass(frozen=True)
class Place:
    """Whose form it is, and of which text. Frozen."""

    request: Request
    visitor: Visitor
    hub: Hub
    slug: str
    locale: str
    number: int

    @property
    def actor(self) -> Actor:
        return self.visitor.actor

    def chosen(self, session: Session) -> Version:
        """The text. Raises VersionNotFound."""
        return choose(session, self.actor, self.slug, self.locale, self.number).version

    def again(self, sent: Sent) -> Response:
        """The page of the text, with what was sent."""
        self.hub.catch_up()
        with reading(self.hub.engine) as session:
            chosen = choose(session, self.actor, self.slug, self.locale, self.number)
            return text.page(self.request, self.visitor, self.hub, session, chosen, sent=sent)


def _place(
    request: Request,
    visitor: CurrentVisitor,
    hub: CurrentHub,
    slug: Slug,
    locale: Tag,
    number: Number,
) -> Place:
    return Place(request, visitor, hub, slug, locale, number)


#: The text that the path of a form names, and whose form it is.
Where = Annotated[Place, Depends(_place)]


def carry_out(place: Place, sent: Sent, verb: Verb, done: str) -> Response:
    """Do it, and lead to the page that says so; where it is refused, show the form again."""
    try:
        with place.hub.writing() as session:
            version = place.chosen(session)
            require_seen(version, sent.values["seen"])
            onward = verb(session, version, place.hub.policy(session)) or version
            onward_to = address(onward)
    except ContentError as error:
        return place.again(replace(sent, told=told.refused(error), status=status_of(error)))
    return go_to(f"{onward_to}&done={done}")
