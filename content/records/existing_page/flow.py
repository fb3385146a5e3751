"""The blocks read from one element, in order, and the paragraph that is still open."""

import re
from dataclasses import dataclass, field, replace

from content.records.existing_page.credit import credit_of
from content.records.existing_page.findings import Findings
from content.records.existing_page.lists import merged
from content.records.existing_page.page import BREAK, Block, Figure, Listing, Paragraph, Run, plain
from content.records.existing_page.runs import tidy
from content.records.existing_page.wording import sound

_SPACE_ONLY = re.compile(r"[ \n]*")


@dataclass
class Flow:
    """Grows while an element is read; whoever reads it closes it."""

    findings: Findings
    blocks: list[Block] = field(default_factory=list)
    _runs: list[Run] = field(default_factory=list)
    _figures: list[Figure] = field(default_factory=list)
    _place: str = ""

    @property
    def is_open(self) -> bool:
        """Whether text stands in the open paragraph."""
        return any(not _SPACE_ONLY.fullmatch(run.text) for run in self._runs)

    def write(self, run: Run, place: str) -> None:
        """Adds to the open paragraph."""
        self._place = self._place or place
        self._runs.append(run)

    def break_line(self, place: str) -> None:
        """A line break; two of them, as pages often write it, are a new paragraph."""
        last = next((run.text for run in reversed(self._runs) if run.text != " "), "")
        if last == BREAK:
            self.close()
        else:
            self.write(Run(BREAK), place)

    def place_figure(self, figure: Figure) -> None:
        """A figure stands alone: in the middle of a paragraph it waits for the end of it."""
        if self.is_open:
            self.findings.note("A picture inside a text stands after it", figure.place)
            self._figures.append(figure)
        else:
            self.add(figure)

    def add(self, block: Block) -> None:
        """Ends the open paragraph and adds a block after it."""
        self.close()
        self._append(block)

    def close(self) -> None:
        """Ends the open paragraph."""
        runs, figures = tidy(self._runs), self._figures
        self._runs, self._figures = [], []
        if runs:
            self._append(Paragraph(sound(runs, self._place, self.findings)))
        self._place = ""
        for figure in figures:
            self._append(figure)

    def _append(self, block: Block) -> None:
        last = self.blocks[-1] if self.blocks else None
        if (
            isinstance(last, Listing)
            and isinstance(block, Listing)
            and last.ordered == block.ordered
        ):
            self.findings.note("Lists that follow each other without text between them are one")
            self.blocks[-1] = merged(last, block)
            return
        if isinstance(last, Figure) and isinstance(block, Paragraph) and last.credit is None:
            self.blocks[-1] = replace(last, credit=credit_of(plain(block.runs), whole=True))
        self.blocks.append(block)
