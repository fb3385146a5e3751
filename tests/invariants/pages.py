"""Small pages that differ in the ways that real editions differ."""

from dataclasses import dataclass
from datetime import date

from tests.world import page

#: Words that an edit changes: the dose, the benefit, the risk.
NUMBERS = (2000, 4, 3)


@dataclass(frozen=True)
class Edition:
    """One state of the page. Each field is a kind of change that authors make."""

    numbers: tuple[int, int, int] = NUMBERS
    #: Formatting alone.
    bold: bool = False
    #: The address of a link alone.
    register: str = "https://example.org/register"
    #: A list item that comes and goes.
    item: bool = False
    #: Whether the risks stand below the benefits; structure alone.
    nested: bool = False
    #: A section that comes and goes.
    living: bool = False
    summary: str = "First edition"
    kind: str = "clinical"
    review_by: date = date(2027, 11, 20)

    def source(self) -> bytes:
        dose, benefit, risk = self.numbers
        marked = "**slow MS**" if self.bold else "slow MS"
        lines = [
            "# Treatment {#treatment}",
            f"Some people take {dose} mg a day.",
            "## Benefits {#benefits}",
            f"It may help {benefit} of 10 people.",
            f"- It may {marked}.\n- See [the register]({self.register})."
            + ("\n- It may help for years." if self.item else ""),
            f"{'###' if self.nested else '##'} Risks {{#risks}}",
            f"It harms {risk} of 10 people.",
        ]
        if self.living:
            lines += ["## Living with it {#living-with-it}", "You may work."]
        return page(
            "\n\n".join(lines) + "\n",
            kind=self.kind,
            summary=self.summary,
            review_by=self.review_by.isoformat(),
        )
