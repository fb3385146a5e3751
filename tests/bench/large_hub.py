"""A hub with many sections, taken into force in four languages as the people of a demo would."""

import time
from collections.abc import Callable
from functools import partial

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from content.database import writing
from content.people import person
from content.people.actor import Actor
from content.publication import due
from content.records import page_import
from content.records.version import State, Version
from content.review import policy as policies
from content.review import review, submission
from content.review.policy import Policy
from content.review.review import Kind, Verdict
from content.samples import bundle
from content.sign_off import statement as statements
from tests.keys import SIGNERS
from tests.world import FRONT_MATTER, LOCALES, World, translated

#: Sections below one chapter.
PER_CHAPTER = 33
PAGE = "large-page"

SECTION = """
{marks} Section {number} {{#{slug}}}

::: summary
What section {number} is about.
:::

Of {number} people, 4 of 10 had fewer relapses in trial {number}, and 1.4% had more.

- It may slow down the disease in year {number}.
- It does not repair nerves; see [register {number}](https://example.org/{number}).
- Ask your neurologist about question {number}.
"""


def large_page(sections: int) -> bytes:
    """An authored page with that many sections, the root and its chapters counted."""
    texts = [SECTION.format(marks="#", number=0, slug=PAGE)]
    for number in range(1, sections):
        marks = "##" if (number - 1) % (PER_CHAPTER + 1) == 0 else "###"
        texts.append(SECTION.format(marks=marks, number=number, slug=f"section-{number}"))
    facts = FRONT_MATTER.format(review_by="2027-11-20", kind="clinical", summary="Large")
    return (facts + "".join(texts)).encode()


class LargeHub:
    """Takes a large page into force and keeps how long each step took, in seconds."""

    def __init__(self, engine: Engine) -> None:
        self.world = World(engine, policies.load(bundle.POLICY_FILE))
        self.seconds: dict[str, float] = {}

    def fill(self, sections: int) -> None:
        self.world.people()
        self._timed("import", partial(self._import, sections))
        self._timed("English in force", partial(self._walk, "en"))
        for locale in LOCALES[1:]:
            self._timed(f"{locale} pushed", partial(self._push, locale))
            self._timed(f"{locale} in force", partial(self._walk, locale))

    def _timed(self, step: str, work: Callable[[], None]) -> None:
        begun = time.process_time()
        work()
        self.seconds[step] = time.process_time() - begun

    def _import(self, sections: int) -> None:
        with self.world.acting("author") as (session, actor):
            page_import.import_page(session, actor, large_page(sections), {}, LOCALES)

    def _push(self, locale: str) -> None:
        self.world.push(
            locale, _well_said(translated(self.world.pull(locale, PAGE), locale), locale), PAGE
        )

    def _walk(self, locale: str) -> None:
        steps = _steps(locale)
        with writing(self.world.engine) as session:
            drafts = list(
                session.exec(
                    select(Version).where(
                        col(Version.locale) == locale, col(Version.state) == State.DRAFT
                    )
                )
            )
            writer = person.actor(session, steps[0])
            reviewers = [(person.actor(session, who), kind) for who, kind in steps[1]]
            for version in drafts:
                submission.submit(session, writer, version, self.world.policy)
                for actor, kind in reviewers:
                    _approve(session, actor, version, kind)
            self._sign(session, drafts, steps[2])
            due.carry_out(session, self.world.policy)

    def _sign(self, session: Session, drafts: list[Version], signers: list[str]) -> None:
        policy: Policy = self.world.policy
        editor = person.actor(session, "editor")
        statement = statements.open_statement(session, editor, drafts, policy)
        for signer in signers:
            SIGNERS.sign(session, person.actor(session, signer), statement, policy)


#: What a translator would not leave as it is: the checks would ask for a reason each time.
WELL_SAID = {
    "fr": (("1.4%", "1,4\u00a0%"), ("It does not repair", "Cela ne répare pas")),
    "it": (("1.4%", "1,4%"), ("It does not repair", "Non ripara")),
    "de": (("1.4%", "1,4\u00a0%"), ("It does not repair", "Sie repariert nicht")),
}


def _well_said(po: str, locale: str) -> str:
    lines = po.splitlines(keepends=True)
    for place, line in enumerate(lines):
        if line.startswith('msgstr "'):
            for was, now in WELL_SAID[locale]:
                line = line.replace(was, now)
            lines[place] = line
    return "".join(lines)


def _steps(locale: str) -> tuple[str, list[tuple[str, Kind]], list[str]]:
    if locale == "en":
        return (
            "author",
            [("medical-1", Kind.MEDICAL), ("lay", Kind.LAY)],
            ["board-1", "board-2"],
        )
    return (
        f"translator-{locale}",
        [(f"reviser-{locale}", Kind.REVISION), (f"language-1-{locale}", Kind.LANGUAGE)],
        [f"language-2-{locale}"],
    )


def _approve(session: Session, actor: Actor, version: Version, kind: Kind) -> None:
    review.give(
        session, actor, version, kind=kind, verdict=Verdict.APPROVE, interests="none declared"
    )
