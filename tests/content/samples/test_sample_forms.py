"""One section of the bundled page in each form and four languages, as a reader would get it."""

from collections.abc import Callable

import pytest

from content.publication.forms import FORMS
from content.publication.representation import Representation
from content.samples import bundle
from tests.reader import TODAY
from tests.world import World

pytestmark = [pytest.mark.time_machine(TODAY, tick=False), pytest.mark.snapshot]

SECTION = "msc"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("locale", [bundle.SOURCE_LOCALE, *bundle.TRANSLATIONS])
def test_a_section_reads_as_it_was_reviewed(
    sample: World, snapshot: Callable[[str, str], None], locale: str, form: str
) -> None:
    with sample.reading() as session:
        row = session.get(Representation, f"/v1/sections/{SECTION}/{locale}.{form}")
        assert row is not None
        snapshot(f"forms/{SECTION}.{locale}.{form}", row.body.decode())
