"""Other forms of an answer: the envelope of a text written as HTML, Markdown, JSON-LD, plain text.

Pure: values in, bytes out. A form stands behind the locale in the address: `/fr.html`.

| file | what it holds |
|---|---|
| `surroundings.py` | what stands around a text, in the reader's language |
| `fragment.py`, `markdown.py`, `plain.py`, `schema_org.py` | one form each |
| `licence.py` | the address of a licence |
"""

from collections.abc import Callable
from dataclasses import dataclass

from content.publication.forms import fragment, markdown, plain, schema_org
from content.publication.forms.licence import licence_url
from content.publication.forms.surroundings import Envelope, Outside, Title

__all__ = ["FORMS", "GUARDS", "Envelope", "Form", "Outside", "Title", "licence_url"]

#: A browser that is led to a form shows it and does nothing else, whatever it holds.
GUARDS = {
    "Content-Security-Policy": (
        "default-src 'none'; img-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
}


@dataclass(frozen=True)
class Form:
    """One way to write a text. Frozen."""

    #: Behind the locale in the address, after a point.
    name: str
    media_type: str
    #: The envelope, and what is known beside it, as the text of the answer.
    render: Callable[[Envelope, Outside], str]


FORMS = {
    form.name: form
    for form in (
        Form("html", "text/html; charset=utf-8", fragment.render),
        # RFC 7763, 2 and RFC 7764, 3.5.
        Form("md", "text/markdown; charset=utf-8; variant=CommonMark", markdown.render),
        Form("jsonld", "application/ld+json", schema_org.render),
        Form("txt", "text/plain; charset=utf-8", plain.render),
    )
}
