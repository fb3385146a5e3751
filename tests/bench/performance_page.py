"""Table and chart of docs/performance.md, written anew from what was measured."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"
PAGE, CHART = DOCS / "performance.md", DOCS / "performance.svg"
#: What stands between them is written here.
BEGIN, END = "<!-- measured -->", "<!-- /measured -->"
HEAD = (
    "| case | server | CPU per answer | of nginx | of bare | p99 |",
    "|---|---|---|---|---|---|",
)
#: What the chart shows, from the fastest; nginx is the line at 1.
SHOWN = ("lane", "front", "bare")
#: Pixels.
WIDTH, LABEL, RIGHT, BAR, GAP, TOP = 760, 190, 60, 12, 12, 44


@dataclass(frozen=True)
class Row:
    """A case at a server: medians. Frozen."""

    case: str
    server: str
    cpu_us: float
    p99_ms: float
    #: Answers for the same processor time.
    of_nginx: float
    of_bare: float


def line(row: Row) -> str:
    return (
        f"| {row.case} | {row.server} | {row.cpu_us:.1f} us | {row.of_nginx:.3f} "
        f"| {row.of_bare:.2f} | {row.p99_ms:.1f} ms |"
    )


def write(rows: Sequence[Row]) -> None:
    table = "\n".join([*HEAD, *(line(row) for row in rows)])
    page = PAGE.read_text("utf-8")
    between = f"{BEGIN}\n\n{table}\n\n{END}"
    PAGE.write_text(re.sub(f"{BEGIN}.*{END}", lambda _: between, page, flags=re.DOTALL), "utf-8")
    CHART.write_text("\n".join(_chart(rows)) + "\n", "utf-8")


def _chart(rows: Sequence[Row]) -> Iterator[str]:
    """Bars of answers for the same processor time, by case; no colour alone says which is which."""
    cases = list(dict.fromkeys(row.case for row in rows))
    value = {(row.case, row.server): row.of_nginx for row in rows}
    scale = (WIDTH - LABEL - RIGHT) / max(1.2, *(value[case, "lane"] for case in cases))
    group = BAR * len(SHOWN) + GAP
    height = TOP + group * len(cases) + 10
    title = "Answers for the same processor time; nginx with files is 1"
    yield f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">'
    yield f"<title>{title}</title>"
    yield (
        "<style>svg{background:#fff}text{font:12px system-ui,sans-serif;fill:#1d2733}"
        ".value{font-size:10px}.lane{fill:#0b6e6e}.front{fill:#5aa9a9}.bare{fill:#b9c4cc}"
        ".one{stroke:#a33b20;stroke-dasharray:3 3}"
        "@media(prefers-color-scheme:dark){svg{background:#10161c}text{fill:#e6edf3}"
        ".bare{fill:#5b6872}}</style>"
    )
    yield f'<text x="10" y="18" font-weight="600">{title}</text>'
    at = LABEL
    for name in SHOWN:
        yield f'<rect class="{name}" x="{at}" y="26" width="10" height="10"/>'
        yield f'<text x="{at + 15}" y="35">{name}</text>'
        at += 80
    for number, case in enumerate(cases):
        top = TOP + group * number
        middle = top + BAR * len(SHOWN) / 2 + 4
        yield f'<text x="{LABEL - 8}" y="{middle:.0f}" text-anchor="end">{escape(case)}</text>'
        for place, name in enumerate(SHOWN):
            ratio = value[case, name]
            y, width = top + place * BAR, ratio * scale
            yield (
                f'<rect class="{name}" x="{LABEL}" y="{y}" width="{width:.1f}" '
                f'height="{BAR - 2}"/>'
                f'<text class="value" x="{LABEL + width + 4:.1f}" y="{y + 9}">{ratio:.2f}</text>'
            )
    one = LABEL + scale
    yield f'<line class="one" x1="{one:.1f}" x2="{one:.1f}" y1="{TOP - 6}" y2="{height - 8}"/>'
    yield f'<text class="value" x="{one + 3:.1f}" y="{TOP - 2}">nginx</text>'
    yield "</svg>"
