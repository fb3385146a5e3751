"""Own targets of links: where a translation leads must be as safe as where its source does."""

from collections.abc import Iterator, Sequence

from content.translation import own_links
from content.translation.checks.finding import Finding, error
from content.translation.own_links import OwnLinks


def link_findings(links: Sequence[str], own: OwnLinks) -> Iterator[Finding]:
    """What is wrong with where the links of a text lead here."""
    for number, wrong in own_links.problems(own, links):
        yield error("link-target", f"{{{number}}}: {wrong}")
