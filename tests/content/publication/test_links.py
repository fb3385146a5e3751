"""What an answer links to."""

from content.publication import links
from tests.content.publication.forms.envelopes import envelope


def test_a_licence_that_is_only_a_name_is_no_link() -> None:
    assert 'rel="license"' in links.of_form(envelope(), "html")
    assert 'rel="license"' not in links.of_form(envelope(license="All rights"), "html")
