"""`msif catalogue accept` and `proposals`: what a regional variant inherits."""

from typing import Annotated

import typer

from content.cli.answers import show_table
from content.cli.caller import Caller, by_person
from content.people.role import Permission
from content.records import section as sections
from content.review import acceptance
from content.translation import catalogue, overlay
from content.translation.locale import read_tag

Page = Annotated[str, typer.Option("--page", metavar="PAGE", help="The page.")]
Locale = Annotated[
    str, typer.Option("--locale", metavar="LOCALE", help="A regional variant, like fr-CH.")
]


@by_person
def accept(caller: Caller, page: Page, locale: Locale) -> None:
    """Accept the base text of every section that has a newer one than the variant follows.

    Each gets a draft that inherits what has no words of its own; one that is whole is submitted.
    """
    with caller.writing() as acting:
        tag = read_tag(locale)
        acting.actor.must(Permission.TRANSLATE, tag)
        base = overlay.require_base(tag, acting.settings.locale_tags)
        accepted = acceptance.accept_page(
            acting.session, acting.actor, page, tag, base, acting.policy
        )
        show_table(
            (
                [
                    one.outcome,
                    one.version.reference if one.version else one.section,
                    f"look at {', '.join(one.stale)}" if one.stale else "",
                ]
                for one in accepted
            ),
            nothing=f"`{page}` has no text in {base} yet.",
        )


@by_person
def proposals(caller: Caller, page: Page, locale: Locale) -> None:
    """What the variant demands of the text that it inherits. Nothing is written.

    Numbers, ß, quotation marks, no-break spaces, spelling and dates; take or leave each by hand.
    """
    with caller.reading() as acting:
        tag = read_tag(locale)
        acting.actor.must(Permission.READ_DRAFTS, tag)
        base = overlay.require_base(tag, acting.settings.locale_tags)
        sections.find(acting.session, page)
        found = catalogue.standings(acting.session, page, tag, base)
        show_table(
            (
                [row.section, row.unit, ",".join(row.proposal.what), row.proposal.text]
                for row in overlay.matrix(found)
                if row.proposal is not None
            ),
            nothing="Nothing to propose.",
        )
