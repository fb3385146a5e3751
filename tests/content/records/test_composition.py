"""From an authored section to its document."""

from content.records.composition import compose
from content.records.document import Attribution, Document
from content.records.markdown import AuthoredPage, read_page
from content.records.message import messages

PAGE = """---
locale: en
audience: People with MS
authors: [MSIF, Second author]
license: CC-BY-4.0
attribution: {text: MSIF, url: "https://www.msif.org/"}
disclaimer: Ask your neurologist.
last_reviewed: 2026-11-20
review_by: 2027-11-20
change: {kind: clinical, summary: First edition}
evidence:
  - {id: beat-ms, type: trial, title: BEAT-MS, url: "https://example.org/beat"}
  - {id: mist, type: trial, title: MIST, url: "https://example.org/mist", registry: NCT00273364}
figures:
  - {file: steps.svg, credit: MS Australia, license: CC-BY-4.0}
sections:
  evidence: {audience: Clinicians, review_by: 2027-05-20}
---

# Cells {#cells}

::: summary
What *is known*
:::

Text. [@beat-ms]

## Evidence {#evidence}

Fewer relapses. [@mist; @beat-ms]

![Five steps](steps.svg "The *steps*")
"""
DIGESTS = {"steps.svg": "ab" * 32}


def read() -> AuthoredPage:
    return read_page(PAGE.encode())


def composed(place: int, number: int = 1) -> Document:
    page = read()
    return compose(page, page.sections[place], number=number, before=(), digests=DIGESTS)


def test_a_section_takes_the_facts_of_the_page_or_its_own() -> None:
    root, evidence = composed(0), composed(1)

    assert (root.audience, root.review_by.isoformat()) == ("People with MS", "2027-11-20")
    assert (evidence.audience, evidence.review_by.isoformat()) == ("Clinicians", "2027-05-20")
    for document in (root, evidence):
        assert document.authors == ("MSIF", "Second author")
        assert document.attribution == Attribution(text="MSIF", url="https://www.msif.org/")
        assert document.translation_of is None
    assert (root.children, evidence.children) == (("evidence",), ())


def test_a_section_lists_the_evidence_it_cites_in_the_order_of_the_page() -> None:
    assert [entry.id for entry in composed(0).evidence] == ["beat-ms"]
    assert [entry.id for entry in composed(1).evidence] == ["beat-ms", "mist"]
    assert composed(1).evidence[1].registry == "NCT00273364"
    assert composed(1).blocks[0].evidence == ("mist", "beat-ms")


def test_a_figure_is_named_by_where_the_hub_serves_it() -> None:
    document = composed(1)
    address = f"/v1/figures/{'ab' * 32}"

    (figure,) = document.figures
    assert (figure.file, figure.url, figure.alt) == ("steps.svg", address, "Five steps")
    assert (figure.credit, figure.license) == ("MS Australia", "CC-BY-4.0")
    assert f'src="{address}"' in document.blocks[1].html
    assert address in document.blocks[1].markdown
    assert composed(0).figures == ()


def test_a_fact_of_the_page_is_one_unit_in_all_its_sections() -> None:
    root, evidence = composed(0), composed(1)

    assert root.units.disclaimer == evidence.units.disclaimer
    assert root.units.audience != evidence.units.audience  # it says something else here


def test_every_text_has_a_unit_of_its_own() -> None:
    for document in (composed(0), composed(1)):
        units = [found.unit for found in messages(document)]
        assert len(units) == len(set(units))
        assert sum(len(block.units) for block in document.blocks) + 3 + (
            document.summary is not None
        ) == len(units)


def test_the_next_number_keeps_the_units_of_the_text_before() -> None:
    page, before = read(), composed(1)

    after = compose(page, page.sections[1], number=2, before=messages(before), digests=DIGESTS)

    assert after.same_text(before)
    assert after.version == 2
