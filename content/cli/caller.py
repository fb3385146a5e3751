"""Who a command acts as. A person shows a token; the hub on this machine is no person's own."""

import inspect
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, Concatenate

import typer
from sqlmodel import Session

from content.cli.hub import Hub, opened
from content.database import reading, writing
from content.errors import PersonNotFound, TokenMissing
from content.people import token
from content.people.actor import Actor
from content.people.role import Permission
from content.publication import due
from content.records.access import may_read, must_read
from content.records.version import Version
from content.review.policy import Policy
from content.settings import Settings

#: Who the ledger names for what is done at the machine itself, without a person's token.
OPERATOR = "operator"

AsPerson = Annotated[
    str | None,
    typer.Option("--as", metavar="PERSON", help="Act as this person of the demonstration."),
]
TokenFile = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        exists=True,
        dir_okay=False,
        readable=True,
        help="Act by the token in this file. [default: MSIF_TOKEN]",
    ),
]


@dataclass(frozen=True)
class Acting:
    """A person at work: the session, who it is, and what the hub is set to. Frozen."""

    session: Session
    actor: Actor
    policy: Policy
    settings: Settings

    def may_see(self, version: Version) -> bool:
        """Whether the person may read this version as it is being worked on."""
        return may_read(self.actor, version)

    def must_see(self, version: Version) -> None:
        """Raises RoleMissing or ScopeMissing."""
        must_read(self.actor, version)

    def reads_sources(self) -> bool:
        """Whoever reads drafts in any language reads source texts: they work from them."""
        return self.actor.may_somewhere(Permission.READ_DRAFTS)


@dataclass(frozen=True)
class Caller:
    """What the command line says about who acts. Frozen."""

    person: str | None
    token_file: Path | None

    @contextmanager
    def writing(self, *, dry_run: bool = False) -> Iterator[Acting]:
        """A transaction in which the person acts; what it makes due is carried out at its end.

        A dry run does all the same, and takes it back.
        """
        with opened() as hub, writing(hub.engine) as session:
            acting = self._acting(hub, session)
            yield acting
            due.carry_out(session, hub.policy)
            if dry_run:
                session.rollback()

    @contextmanager
    def reading(self) -> Iterator[Acting]:
        """One moment of the hub, as far as the person may see it."""
        with opened() as hub, reading(hub.engine) as session:
            yield self._acting(hub, session)

    def _acting(self, hub: Hub, session: Session) -> Acting:
        actor = token.authenticate(session, self._secret(hub.settings))
        return Acting(session, actor, hub.policy, hub.settings)

    def _secret(self, settings: Settings) -> str:
        if self.person is not None:
            return _demo_token(settings.data_dir / "demo" / "people.json", self.person)
        secret = self.token_file.read_text("utf-8").strip() if self.token_file else settings.token
        if not secret:
            raise TokenMissing(
                "Say who acts: `--token-file FILE` or MSIF_TOKEN; in a demonstration `--as PERSON`."
            )
        return secret


def by_person(command: Callable[Concatenate[Caller, ...], None]) -> Callable[..., None]:
    """A command that a person gives: adds `--as` and `--token-file`, and passes the Caller on."""

    @wraps(command)
    def with_caller(*args: Any, **kwargs: Any) -> None:
        as_person, token_file = kwargs.pop("as_person"), kwargs.pop("token_file")
        if as_person is not None and token_file is not None:
            raise typer.BadParameter("--as and --token-file both say who acts; give one of them.")
        command(Caller(as_person, token_file), *args, **kwargs)

    own = list(inspect.signature(command, eval_str=True).parameters.values())[1:]
    with_caller.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [
            *own,
            inspect.Parameter(
                "as_person", inspect.Parameter.KEYWORD_ONLY, default=None, annotation=AsPerson
            ),
            inspect.Parameter(
                "token_file", inspect.Parameter.KEYWORD_ONLY, default=None, annotation=TokenFile
            ),
        ]
    )
    return with_caller


def _demo_token(path: Path, person: str) -> str:
    if not path.is_file():
        raise PersonNotFound(
            f"There is no {path}: `--as` is for the demonstration that `msif demo` prepares."
        )
    tokens = {one["id"]: str(one["token"]) for one in json.loads(path.read_text("utf-8"))}
    if person not in tokens:
        raise PersonNotFound(f"The demonstration has no person `{person}`.", people=sorted(tokens))
    return tokens[person]
