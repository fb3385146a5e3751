"""A translation that says what the source says reads as the source, whatever is in it."""

import polib
from hypothesis import HealthCheck, given, settings

from content.records.composition import compose
from content.records.document import Document
from content.records.markdown import AuthoredPage
from content.records.message import Message, messages
from content.translation.assembly import assemble
from content.translation.merge import Rendering
from content.translation.po import read_po, require_second_opinion
from tests.content.records.markdown.strategies import pages


def through_a_file(told: tuple[Message, ...]) -> dict[str, str]:
    """Unit to what comes back of its text, out in a .po file and saved with folded lines."""
    catalogue = polib.POFile(wrapwidth=78)
    catalogue.metadata = {"Language": "fr", "Content-Type": "text/plain; charset=UTF-8"}
    for one in told:
        catalogue.append(polib.POEntry(msgctxt=one.unit, msgid=one.text, msgstr=one.text))
    body = f"{catalogue}\n".encode()
    read = read_po(body)
    require_second_opinion(body, read)
    return {entry.context or "": entry.targets[0] for entry in read.entries}


def documents(page: AuthoredPage) -> list[Document]:
    digests = {figure.file: "0" * 64 for figure in page.figures}
    return [
        compose(page, section, number=1, before=(), digests=digests) for section in page.sections
    ]


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(pages())
def test_the_source_in_its_own_words_reads_as_the_source(page: AuthoredPage) -> None:
    for source in documents(page):
        told = messages(source)
        came = through_a_file(told)
        renderings = [Rendering(one, came[one.unit]) for one in told]
        made = assemble(source, "0" * 64, renderings, locale="fr", number=1, summary="Same")
        assert (made.title, made.summary) == (source.title, source.summary)
        assert made.blocks == source.blocks
        assert messages(made) == told
