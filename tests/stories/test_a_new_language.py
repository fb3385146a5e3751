"""Arabic, as an operator adds it: one setting, grants, and no code. It is written from right to
left, with six plural forms and digits of its own."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polib
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from content.settings import Settings
from content.translation.locale import describe
from tests.reader import TODAY, read_page, wrong_answers
from tests.world import World

pytestmark = pytest.mark.time_machine(TODAY, tick=False)

WORDS = {
    "Treatment": "العلاج",
    "Some people take 2000 mg a day.": "يتناول بعض الأشخاص ٢٠٠٠ ملغ يوميًا.",
    "Benefits": "الفوائد",
    "It may help 4 of 10 people.": "قد يساعد ٤ من كل ١٠ أشخاص.",
    "It may slow MS.": "قد يبطئ التصلب المتعدد.",
    "See [the register]{1}.": "انظر [السجل]{1}.",
    "Risks": "المخاطر",
    "It does not repair nerves.": "لا يُصلح الأعصاب.",
    "People with MS": "الأشخاص المصابون بالتصلب المتعدد",
    "Ask your neurologist.": "اسأل طبيب الأعصاب.",
}


@pytest.fixture
def reader(sqlite_world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """The hub with `ar` in MSIF_LOCALES; that is all that is set."""
    database = sqlite_world.engine.url.render_as_string()
    monkeypatch.setenv("MSIF_LOCALES", "en,ar")
    monkeypatch.setenv("MSIF_DATABASE_URL", database)
    with TestClient(create_app(Settings())) as client:
        yield client


def in_arabic(po: str) -> str:
    catalogue = polib.pofile(po, wrapwidth=0)
    for entry in catalogue:
        entry.msgstr = WORDS[entry.msgid]
    return str(catalogue)


@pytest.mark.begins_with("en")
def test_arabic_is_one_setting_and_no_code(
    sqlite_world: World, reader: TestClient, tmp_path: Path
) -> None:
    world = sqlite_world
    listed = {one["locale"]: one for one in reader.get("/v1/locales").json()}
    assert listed["ar"]["in_force"] == 0

    world.staff("ar")
    po = world.pull("ar")
    assert "nplurals=6" in po
    assert "Language: ar\\n" in po
    report = world.upload("ar", in_arabic(po))
    assert report.counts == {"updated": len(WORDS)}
    world.publish("treatment", "benefits", "risks", locale="ar")

    told = reader.get("/v1/pages/treatment/ar")
    assert told.status_code == 200
    assert told.headers["Content-Language"] == "ar"
    page = told.json()
    assert (page["dir"], page["title"], page["missing"]) == ("rtl", "العلاج", [])
    assert {one["dir"] for one in page["sections"]} == {"rtl"}
    benefits, risks = page["sections"]
    assert "٤ من كل ١٠" in benefits["html"]
    assert 'href="https://example.org/register"' in benefits["html"]
    assert risks["html"] == "<p>لا يُصلح الأعصاب.</p>"
    assert "العلاج".encode() in told.content

    listed = {one["locale"]: one for one in reader.get("/v1/locales").json()}
    assert list(listed) == ["en", "ar"]
    assert listed["ar"] == {
        "locale": "ar",
        "name": "Arabic",
        "native_name": "العربية",
        "dir": "rtl",
        "parent": None,
        "in_force": 3,
        "coverage": 1,
    }
    assert read_page(world, "en")["urls"]["alternates"] == {"ar": "/v1/pages/treatment/ar"}
    assert wrong_answers(world) == []


@pytest.mark.begins_with("en")
def test_a_reader_in_cairo_gets_arabic(sqlite_world: World, reader: TestClient) -> None:
    sqlite_world.staff("ar")
    sqlite_world.publish_translation("ar")
    found: Any = reader.get("/v1/sections/risks/ar-EG")
    assert found.status_code == 200
    assert found.headers["Content-Language"] == "ar"
    assert json.loads(found.content)["dir"] == "rtl"


def test_what_cldr_says_of_arabic() -> None:
    arabic = describe("ar")
    assert arabic.dir == "rtl"
    assert arabic.plural_forms.startswith("nplurals=6;")
