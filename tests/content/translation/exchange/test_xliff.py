"""XLIFF: what is written comes back, valid files of other tools are read, hostile ones are not."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from content.errors import ExchangeRefused, InputTooLarge, LocaleMalformed
from content.records.message import Message
from content.translation.exchange import hardened_xml, xliff
from content.translation.exchange.entry import Entry
from content.translation.exchange.xliff import Version, read_xliff, write_xliff
from content.translation.merge import Rendering
from tests.content.translation.exchange.texts import forbidden, nasty, renderings

ONE = "urn:oasis:names:tc:xliff:document:1.2"
TWO = "urn:oasis:names:tc:xliff:document:2.0"
TEXT = "See [the register]{1} and [more]{2}.\nThe end."
GIVEN = [
    Rendering(
        Message("2bcdefgh", "paragraph", TEXT, ("https://a.org", "https://b.org")),
        "Voir [le registre]{1}, [etc.]{2}.\nFin.",
    ),
    Rendering(Message("bbbbbbbb", "title", "Risks"), "Risque", True, "Risk"),
    Rendering(Message("cccccccc", "title", "Benefits")),
]
versions = pytest.mark.parametrize("version", ["1.2", "2.1"])


def written(version: Version, snapshot: str = "8f3a") -> bytes:
    return write_xliff("treatment", "fr", "en", GIVEN, snapshot=snapshot, version=version)


def one(body: str, file: str = "", root: str = "") -> bytes:
    """A file of XLIFF 1.2 with these units; the first stands on line 3."""
    return (
        f'<xliff version="1.2" xmlns="{ONE}" {root}>\n'
        f'<file original="t" source-language="en" target-language="fr" datatype="x" {file}><body>\n'
        f"{body}</body></file></xliff>"
    ).encode()


def two(body: str, attributes: str = 'version="2.1" trgLang="fr"') -> bytes:
    """A file of XLIFF 2 with these units; the first stands on line 3."""
    return (
        f'<xliff xmlns="{TWO}" srcLang="en" {attributes}>\n<file id="f">\n{body}</file></xliff>'
    ).encode()


def target_one(target: str, source: str = "<source>S</source>", unit: str = "") -> Entry:
    return read_xliff(one(f'<trans-unit id="u" {unit}>{source}{target}</trans-unit>')).entries[0]


def target_two(inside: str) -> Entry:
    return read_xliff(two(f'<unit id="u">{inside}</unit>')).entries[0]


@versions
@given(renderings(), st.sampled_from(["", "8f3a", "a-b.c"]))
def test_what_is_written_comes_back(
    version: Version, given: list[Rendering], snapshot: str
) -> None:
    source = write_xliff("page", "fr-CH", "en", given, snapshot=snapshot, version=version)
    assert source == write_xliff("page", "fr-CH", "en", given, snapshot=snapshot, version=version)
    read = read_xliff(source)
    assert (read.version, read.source_locale, read.target_locale) == (version, "en", "fr-CH")
    assert read.snapshot == snapshot
    assert [(one.unit, one.source, one.target, one.fuzzy) for one in read.entries] == [
        (one.message.unit, one.message.text, one.target, one.fuzzy) for one in given
    ]


@versions
@given(nasty, forbidden, nasty)
def test_what_no_file_can_carry_is_refused_by_name(
    version: Version, before: str, character: str, behind: str
) -> None:
    text = before + character + behind
    for rendering in (
        Rendering(Message("aaaaaaaa", "title", text)),
        Rendering(Message("aaaaaaaa", "title", "x"), text),
        Rendering(Message("aaaaaaaa", "title", "x"), "x", True, text),
    ):
        with pytest.raises(ExchangeRefused, match=f"aaaaaaaa.*{ord(character):04X}") as refused:
            write_xliff("page", "fr", "en", [rendering], version=version)
        assert refused.value.context["character"] == f"U+{ord(character):04X}"


@versions
def test_nothing_is_no_file_and_a_shared_unit_is_written_once(version: Version) -> None:
    with pytest.raises(ExchangeRefused, match="nothing to translate"):
        write_xliff("page", "fr", "en", [], version=version)
    source = write_xliff("page", "fr", "en", [*GIVEN, *GIVEN], version=version)
    assert source == write_xliff("page", "fr", "en", GIVEN, version=version)


@versions
def test_each_entry_has_the_line_of_its_unit(version: Version) -> None:
    source = written(version)
    lines = source.decode().splitlines()
    for entry in read_xliff(source).entries:
        assert f'id="{entry.unit}"' in lines[entry.line - 1]


@versions
def test_the_snapshot_survives_where_a_tool_drops_notes(version: Version) -> None:
    without = re.sub(rb"\s*<note(s?)\b.*?</note\1>", b"", written(version), flags=re.DOTALL)
    assert b"<note" not in without
    assert read_xliff(without).snapshot == "8f3a"


@versions
def test_notes_of_others_are_no_snapshot(version: Version) -> None:
    source = written(version).replace(b'"X-Hub-Snapshot">8f3a', b'"PM">Hurry!')
    assert b"Hurry!" in source
    assert read_xliff(source).snapshot == "8f3a"
    assert read_xliff(source.replace(b"#8f3a", b"")).snapshot == ""


# The structure that the OASIS schemas ask for


def children(element: etree._Element) -> list[str]:
    return [etree.QName(child).localname for child in element]


def test_1_2_has_the_structure_of_the_schema() -> None:
    root = etree.fromstring(written("1.2"))
    assert (root.tag, dict(root.attrib.items())) == (f"{{{ONE}}}xliff", {"version": "1.2"})
    assert {etree.QName(each).namespace for each in root.iter()} == {ONE}
    (file,) = root
    assert set(file.attrib) == {"original", "source-language", "target-language", "datatype"}
    assert children(file) == ["header", "body"]
    units = list(file[1])
    assert [children(unit) for unit in units] == [
        ["source", "target", "note", "note"],
        ["source", "target", "note", "note"],
        ["source", "note"],
    ]
    assert [unit[1].get("state") for unit in units[:2]] == [
        "translated",
        "needs-review-translation",
    ]
    for unit in units:
        assert unit.get("id") == unit.get("resname")
        assert unit.get(hardened_xml.XML_SPACE) == "preserve"
        for text in list(unit)[: children(unit).index("note")]:
            identities = [part.get("id") for part in text]
            assert len(set(identities)) == len(identities)


NMTOKEN = re.compile(r"[\w.:-]+")


def test_2_1_has_the_structure_of_the_schema() -> None:
    root = etree.fromstring(written("2.1"))
    assert root.tag == f"{{{TWO}}}xliff"
    assert dict(root.attrib.items()) == {"version": "2.1", "srcLang": "en", "trgLang": "fr"}
    assert {etree.QName(each).namespace for each in root.iter()} == {TWO}
    (file,) = root
    assert children(file) == ["notes", "unit", "unit", "unit"]
    units = list(file)[1:]
    assert [children(unit) for unit in units] == [
        ["notes", "originalData", "segment"],
        ["notes", "segment"],
        ["notes", "segment"],
    ]
    segments = [unit[-1] for unit in units]
    assert [children(one) for one in segments] == [["source", "target"]] * 2 + [["source"]]
    assert [dict(one.attrib) for one in segments] == [
        {"state": "translated"},
        {"state": "initial", "subState": "msif:suggestion"},
        {},
    ]
    for each in root.iter():
        assert each.get("id") is None or NMTOKEN.fullmatch(str(each.get("id")))
    known = {data.get("id") for data in units[0][1]}
    source, target = segments[0]
    assert {part.get("dataRef") for part in (*source, *target)} == known == {"d1", "d2"}
    assert [part.get("id") for part in source] == [part.get("id") for part in target] == ["1", "2"]


# Files of other tools


def test_the_text_of_every_known_element_comes_back() -> None:
    told = target_one(
        "<target>a<g id='1'>b<mrk mtype='term'>c</mrk></g><x id='2'/><bpt id='3'>**</bpt>d"
        "<ept id='3'>**</ept><x id='4' equiv-text='{7}'/><it id='5' pos='open'>*</it>"
        "<bx id='6' equiv-text='`'/><x id='lb' ctype='lb'/><g id='8' ctype='bold'>e</g></target>",
        "<source>s<ph id='2'>{2}</ph></source>",
    )
    assert told.source == "s{2}"
    assert told.target == "abc{2}**d**{7}*`\n**e**"


def test_a_placeholder_without_text_is_its_sources_or_its_number() -> None:
    assert target_one("<target><x id='1'/></target>").target == "{1}"
    source = "<source><ph id='1'>{9}</ph></source>"
    assert target_one("<target><x id='1'/></target>", source).target == "{9}"
    with pytest.raises(ExchangeRefused, match=r"Line 3: .* `bx` 1 stands for"):
        target_one("<target><bx id='1'/></target>")


@pytest.mark.parametrize(
    ("inside", "name"),
    [
        ("<target><blink>x</blink></target>", "blink"),
        ("<target><ph id='1'>{1}<sub>x</sub></ph></target>", "sub"),
        ("<target><b xmlns='http://www.w3.org/1999/xhtml'>x</b></target>", "xhtml}b"),
    ],
)
def test_an_unknown_element_is_refused_by_name(inside: str, name: str) -> None:
    with pytest.raises(ExchangeRefused, match=f"Line 3: .*{name}"):
        target_one(inside)


def test_every_known_element_of_2_x_comes_back() -> None:
    told = target_two(
        "<originalData><data id='d1'>{1}</data><data id='b'>**</data></originalData>"
        "<segment state='final'><source>s<ph id='1' dataRef='d1'/></source>"
        "<target><ph id='1' dataRef='d1'/><pc id='2' dataRefStart='b' dataRefEnd='b'>x</pc>"
        "<pc id='3' type='fmt' subType='xlf:i'>y</pc><sc id='4' equiv='`'/>z<ec startRef='4' "
        "equiv='`'/><mrk id='m' type='term'>t</mrk><sm id='n'/>u<em startRef='n'/>"
        "<ph id='5' subType='xlf:lb'/><ph id='6' disp='{3}'/></target></segment>"
    )
    assert (told.source, told.target) == ("s{1}", "{1}**x***y*`z`tu\n{3}")
    assert not told.fuzzy
    with pytest.raises(ExchangeRefused, match=r"Line 3: .*`cp`"):
        target_two("<segment><source>s</source><target><cp hex='0001'/></target></segment>")


def test_segments_are_joined_as_okapi_and_trados_split_them() -> None:
    told = target_one(
        "<seg-source><mrk mtype='seg' mid='0'>One.</mrk> <mrk mtype='seg' mid='1'>Two.</mrk>"
        "</seg-source><target><mrk mtype='seg' mid='0'>Un.</mrk> <mrk mtype='seg' mid='1'>Deux."
        "</mrk></target>",
        "<source>One. Two.</source>",
    )
    assert (told.source, told.target, told.fuzzy) == ("One. Two.", "Un. Deux.", False)
    half = target_one(
        "<target><mrk mtype='seg' mid='0'>Un.</mrk> <mrk mtype='seg' mid='1'/></target>"
    )
    assert (half.target, half.fuzzy) == ("Un. ", True)


def test_segments_of_2_x_are_joined_in_the_order_of_the_target() -> None:
    told = target_two(
        "<segment state='translated'><source>One.</source><target order='3'>Un.</target></segment>"
        "<ignorable><source> </source></ignorable>"
        "<segment state='final'><source>Two.</source><target order='1'>Deux.</target></segment>"
    )
    assert (told.source, told.target, told.fuzzy) == ("One. Two.", "Deux. Un.", False)
    half = target_two(
        "<segment state='final'><source>One.</source><target>Un.</target></segment>"
        "<segment><source>Two.</source></segment>"
    )
    assert (half.target, half.fuzzy) == ("Un.", True)
    blank = target_two("<segment><source>One.</source><target> </target></segment>")
    assert (blank.target, blank.fuzzy) == ("", False)


@pytest.mark.parametrize(
    ("attributes", "unit", "fuzzy"),
    [
        ("", "", False),
        ("state='translated'", "", False),
        ("state='final'", "", False),
        ("state='signed-off'", "", False),
        ("state='new'", "", True),
        ("state='needs-review-translation'", "", True),
        ("state='needs-adaptation'", "", True),
        ("state='x-checked'", "", True),
        ("state='needs-translation'", "approved='yes'", False),
        ("state-qualifier='fuzzy-match'", "", True),
        ("state-qualifier='leveraged-mt'", "", True),
        ("state='translated' state-qualifier='leveraged-mt'", "", False),
        ("state='translated'", "xmlns:m='MQXliff' m:status='PartiallyEdited'", True),
        ("", "xmlns:m='MQXliff' m:status='ManuallyConfirmed'", False),
        ("", "xmlns:m='MQXliff' m:status='Pretranslated'", True),
    ],
)
def test_who_stands_behind_a_target(attributes: str, unit: str, fuzzy: bool) -> None:
    assert target_one(f"<target {attributes}>T</target>", unit=unit).fuzzy is fuzzy
    assert target_one(f"<target {attributes}/>", unit=unit).fuzzy is False


@pytest.mark.parametrize(
    ("conf", "fuzzy"),
    [("conf='Translated'", False), ("conf='Draft'", True), ("", True)],
)
def test_trados_says_in_its_own_words_what_is_done(conf: str, fuzzy: bool) -> None:
    source = one(
        "<group><sdl:cxts/><trans-unit id='a1'><source>S</source><target><mrk mtype='seg' mid='1'>T"
        f"</mrk></target><sdl:seg-defs><sdl:seg id='1' {conf}/></sdl:seg-defs></trans-unit>"
        "</group>",
        root="xmlns:sdl='http://sdl.com/FileTypes/SdlXliff/1.0'",
    )
    assert read_xliff(source).entries == (Entry("a1", "S", "T", fuzzy, 3),)


@pytest.mark.parametrize(
    ("state", "fuzzy"),
    [
        ("", False),
        ("state='initial'", True),
        ("state='translated' subState='msif:suggestion'", False),
        ("state='reviewed'", False),
    ],
)
def test_who_stands_behind_a_segment(state: str, fuzzy: bool) -> None:
    inside = f"<segment {state}><source>S</source><target>T</target></segment>"
    assert target_two(inside).fuzzy is fuzzy


def test_what_a_tool_renumbers_is_found_by_its_name_and_its_suggestions_are_not_taken() -> None:
    source = one(
        "<trans-unit id='1' resname='aaaaaaaa'><source>S</source><target>T</target>"
        "<alt-trans><source>S</source><target>Other</target></alt-trans></trans-unit>"
    )
    assert read_xliff(source).entries == (Entry("aaaaaaaa", "S", "T", False, 3),)


def test_2_0_is_read_and_its_language_may_be_missing() -> None:
    body = "<group id='g'><unit id='u'><segment><source>S</source></segment></unit></group>"
    read = read_xliff(two(body, 'version="2.0"'))
    assert (read.version, read.target_locale, read.snapshot) == ("2.0", "", "")
    assert read.entries == (Entry("u", "S", "", False, 3),)


def test_utf_16_carriage_returns_and_comments_are_read() -> None:
    text = one("<!-- c --><trans-unit id='u'>\r\n<source>S<!-- c -->S</source></trans-unit>\r\n")
    declared = '<?xml version="1.0" encoding="utf-16"?>\r\n<!-- c -->\r\n<?x y?>' + text.decode()
    for source in (declared.encode("utf-16"), b"\xef\xbb\xbf" + text):
        assert read_xliff(source).entries[0].source == "SS"
    assert read_xliff(declared.encode("utf-16")).entries[0].line == 5


def test_lines_are_right_in_a_long_file() -> None:
    entry = read_xliff(one("\n" * 70_000 + "<trans-unit id='u'><source>S</source></trans-unit>"))
    assert entry.entries[0].line == 70_003


# What is not read


BILLION = (
    '<!DOCTYPE x [<!ENTITY a "lol">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)


@pytest.mark.parametrize(
    ("line", "why", "source"),
    [
        (1, "declares nothing", BILLION.encode() + one("").replace(b"\n", b"&i;", 1)),
        (1, "declares", b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + one("&e;")),
        (2, "declares", b'\n<!DOCTYPE x SYSTEM "a.dtd" [<!ENTITY % p SYSTEM "h">]>' + one("")),
        (1, "declares nothing", b"<!DOCTYPE a><!DOCTYPE a [<!ENTITY e 'x'>]>" + one("&e;")),
        (2, "declares nothing", b"<!DOCTYPE a>\n<!DOCTYPE a>" + one("")),
        (1, "declares", b"<!DOCTYPE " + b"x" * 200 + b">" + one("")),
        (3, "not defined", b'<!DOCTYPE xliff SYSTEM "x.dtd">' + one("&e;")),
        (3, "not well-formed", one("<trans-unit>")),
        (1, "no XML", b'msgid ""\n'),
        (1, "no XML", b"\x1f\x8b\x08\x00".replace(b"\x8b", b"")),
        (1, "no XML", b""),
        (2, "not UTF-8", b"<a>\n\xe9</a>"),
        (1, "not UTF-16", b"\xff\xfe<"),
        (1, "says it is iso-8859-1", b'<?xml version="1.0" encoding="iso-8859-1"?>' + one("")),
        (1, "its root is `html`", b"<html/>"),
        (1, "its root is `xliff`", b'<xliff version="1.2"/>'),
        (1, "version 1.2", f'<xliff xmlns="{ONE}" version="1.1"><file/></xliff>'.encode()),
        (1, "version 1.2", f'<xliff xmlns="{ONE}" version="1.2"/>'.encode()),
        (1, "version 2.0 or 2.1", f'<xliff xmlns="{TWO}" version="3"><file/></xliff>'.encode()),
        (3, "id and a source", one("<trans-unit><source>S</source></trans-unit>")),
        (3, "id and a source", one("<trans-unit id='u'/>")),
        (3, "has an id and segments", two("<unit id='u'/>")),
        (3, "has an id and segments", two("<unit id='u'><segment/></unit>")),
        (3, "no state", two("<unit id='u'><segment state='x'><source>S</source><target>T</target>"
            "</segment></unit>")),
        (3, "U+202E", one("<trans-unit id='u'><source>&#x202e;</source></trans-unit>")),
        (4, "stands on line 3 already", one(
            "<trans-unit id='u'><source>S</source></trans-unit>\n"
            "<trans-unit id='u'><source>S</source><target>T</target></trans-unit>")),
        (1, "not well-formed", b"<!-- "),
        (1, "not well-formed", b"<?xml "),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_refused_with_its_line(line: int, why: str, source: bytes) -> None:
    with pytest.raises(ExchangeRefused, match=re.escape(why)) as refused:
        read_xliff(source)
    assert refused.value.context["line"] == line
    assert refused.value.message.startswith(f"Line {line}")


def test_the_languages_of_a_file_are_one_pair_of_tags() -> None:
    file = (
        "<file original='o' source-language='en' target-language='{}' datatype='x'><body/></file>"
    )
    mixed = f"<xliff version='1.2' xmlns='{ONE}'>{file}\n{file}</xliff>"
    with pytest.raises(ExchangeRefused, match=r"Line 2: .*same languages"):
        read_xliff(mixed.format("fr", "de").encode())
    with pytest.raises(LocaleMalformed):
        read_xliff(mixed.format("x_", "x_").encode())
    assert read_xliff(mixed.format("FR_ch", "FR_ch").encode()).target_locale == "fr-CH"


def test_the_same_unit_twice_with_one_text_counts_once() -> None:
    unit = "<trans-unit id='u'><source>S</source></trans-unit>\n"
    assert read_xliff(one(unit * 2)).entries == (Entry("u", "S", "", False, 3),)


def test_size_has_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputTooLarge, match="8,000,000 bytes"):
        read_xliff(b"<" * (hardened_xml.XML_BYTES_MAX + 1))
    with pytest.raises(InputTooLarge, match="300,000 tags"):
        read_xliff(b"<a/>" * (hardened_xml.TAGS_MAX + 1))
    monkeypatch.setattr(xliff, "UNITS_MAX", 2)
    with pytest.raises(InputTooLarge, match="at most 2 units"):
        read_xliff(written("2.1"))
    deep = b"<a>" * 300 + b"</a>" * 300
    with pytest.raises(ExchangeRefused, match="not well-formed"):
        read_xliff(deep)
