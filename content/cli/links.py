"""`msif catalogue links` and `link`: where the links of a translation lead."""

from typing import Annotated

import typer

from content.cli.answers import show_table
from content.cli.caller import Acting, Caller, by_person
from content.cli.exchange import known_locale
from content.cli.reference import Reference, read
from content.people.role import Permission
from content.translation import linking, standing
from content.translation import locale as locales
from content.translation.standing import Standing


def _read_place(text: str) -> Reference:
    place = read(text)
    if place.number is not None:
        raise typer.BadParameter("Links are those of the newest text; write section/locale.")
    return place


Place = Annotated[
    Reference,
    typer.Argument(metavar="SECTION/LOCALE", parser=_read_place, help="Like ahsct-evidence/fr."),
]


@by_person
def list_links(caller: Caller, place: Place) -> None:
    """The links of a section: its message, the source's address, and your own."""
    with caller.reading() as acting:
        acting.actor.must(Permission.READ_DRAFTS, place.locale)
        show_table(
            (
                [
                    one.unit,
                    one.source if one.present else f"{one.source} (gone)",
                    one.target or "the same",
                ]
                for one in linking.links_of(_now(acting, place))
            ),
            nothing="There are no links in it.",
        )


@by_person
def lead_link(
    caller: Caller,
    place: Place,
    unit: Annotated[str, typer.Argument(metavar="UNIT", help="The message, by its msgctxt.")],
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="The source's address.")],
    target: Annotated[
        str | None,
        typer.Argument(metavar="TARGET", help="Your own address. [default: the source's again]"),
    ] = None,
) -> None:
    """Let a link lead to a page in your language instead of the source's.

    It stays with that link of the source. Once the source leads elsewhere, so does yours.
    """
    with caller.writing() as acting:
        acting.actor.must(Permission.TRANSLATE, place.locale)
        now = _now(acting, place)
        version = linking.lead(acting.session, acting.actor, now, unit, source, target)
    if version is None:
        typer.echo(f"{place.section}/{place.locale}: nothing to change.")
    else:
        typer.echo(f"{version.reference} is {version.state}: {source} -> {target or source}")


def _now(acting: Acting, place: Reference) -> Standing:
    tag = known_locale(acting, place.locale)
    base = locales.base(tag, acting.settings.locale_tags)
    return standing.of_section(acting.session, place.section, tag, base=base)
