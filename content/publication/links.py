"""What an answer links to in its header (RFC 8288)."""

from content.publication import forms
from content.publication.envelope import Answer as Envelope


def form_path(path: str, form: str) -> str:
    """Where a form of the text at this path stands: for `/fr` and `html`, `/fr.html`."""
    return f"{path}.{form}"


def of_json(told: Envelope) -> str:
    """The same in other languages."""
    return ", ".join(
        f'<{url}>; rel="alternate"; hreflang="{other}"'
        for other, url in told["urls"]["alternates"].items()
    )


def of_form(told: Envelope, form: str) -> str:
    """The same form in other languages, the text as JSON, who stands behind it, the licence."""
    path = told["urls"]["self"]
    listed = [
        f'<{form_path(path, form)}>; rel="canonical"',
        f'<{path}>; rel="alternate"; type="application/json"',
        *(
            f'<{form_path(url, form)}>; rel="alternate"; hreflang="{other}"'
            for other, url in told["urls"]["alternates"].items()
        ),
        f'<{told["urls"]["proof"]}>; rel="describedby"; type="text/html"',
    ]
    if licence := forms.licence_url(told["license"]):
        listed.append(f'<{licence}>; rel="license"')
    return ", ".join(listed)
