"""How the command says no: `code: message` and what goes with it, on standard error."""

import errno
from collections.abc import Iterator, Mapping
from typing import Any

import typer
from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError
from typer.core import TyperGroup

from content.errors import ContentError
from content.records.existing_page import DraftRefused


class Refusing(TyperGroup):
    """The commands; what they cannot do is told in one line, not as a traceback."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except (ContentError, DraftRefused, ValidationError, DBAPIError, OSError) as error:
            if isinstance(error, OSError) and error.errno == errno.EPIPE:
                raise  # whoever read our answer has seen enough
            tell(error)
            raise typer.Exit(1) from None


def tell(error: Exception) -> None:
    """Show an error with everything it carries."""
    for line in lines(error):
        typer.echo(line, err=True)


def lines(error: Exception) -> Iterator[str]:
    match error:
        case ContentError():
            yield f"{error.code}: {error.message}"
            yield from _context(error.context)
        case ValidationError():
            yield "settings-malformed: correct these settings."
            for one in error.errors():
                yield f"  {'.'.join(map(str, one['loc']))}: {one['msg']}"
        case DraftRefused():
            yield f"draft-refused: {error}"
        case DBAPIError():
            yield f"database-failed: {str(error.orig).splitlines()[0]}"
        case _:
            yield f"file-failed: {error}"


def _context(context: Mapping[str, Any]) -> Iterator[str]:
    """Mistakes with their lines, lists entry by entry, single values by name."""
    for name, value in context.items():
        if name == "mistakes":
            yield from (f"  line {one['line']}: {one['message']}" for one in value)
        elif isinstance(value, list | tuple):
            yield f"  {name}: {', '.join(map(str, value))}"
        elif value not in (None, ""):
            yield f"  {name}: {value}"
