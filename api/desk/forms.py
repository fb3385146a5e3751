"""What a form sends, before a route reads it: looked at, and parted from what is no route's."""

from fastapi import Request
from starlette.datastructures import FormData

from api.limits import BODY_BYTES_MAX
from content.errors import BadInput

#: What the names of fields begin with that say who sends a form. No route takes them.
PROOF = "proof-"
#: Whose form it is, where its page knew that; nobody else sends it by mistake.
OWNER = PROOF + "person"


async def read(request: Request) -> FormData:
    """What was sent, whole; nothing where it is no form. Raises BadInput.

    No database keeps NUL or half a character, so that no route has to think of it.
    """
    # By itself the framework takes fields of 1 MiB; a long text in another script has more, and a
    # packed catalogue too.
    form = await request.form(max_part_size=BODY_BYTES_MAX)
    for name, value in form.multi_items():
        said = value if isinstance(value, str) else value.filename or ""
        if not (_is_text(name) and _is_text(said)):
            await form.close()
            raise BadInput("There is a character in the form that no text has.")
    return form


def _is_text(said: str) -> bool:
    return "\0" not in said and not any("\ud800" <= one <= "\udfff" for one in said)


async def part(request: Request) -> None:
    """Leave to the route what is its own."""
    form = await request.form()
    # Where Starlette keeps a form that was read; the route finds it there.
    request._form = FormData(
        [(name, value) for name, value in form.multi_items() if not name.startswith(PROOF)]
    )


def is_of(form: FormData, person: str) -> bool:
    """Whether this person may send it: the one who filled it in, where that is known."""
    return form.get(OWNER) in (None, "", person)
