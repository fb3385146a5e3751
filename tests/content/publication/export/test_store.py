"""A store of objects: the same export, under the addresses themselves."""

import builtins
import json
from collections.abc import Callable
from typing import Any

import pytest
from obstore.exceptions import GenericError
from obstore.store import MemoryStore

from content.errors import BadInput, ExportRefused, ExtraMissing, StoreFailed
from content.publication.export import store
from content.publication.export.store import Store
from tests.exporting import Exporter

PREFIX = "public/hub"
FRENCH = "v1/sections/benefits/fr"


@pytest.fixture
def objects() -> MemoryStore:
    return MemoryStore()


def names(objects: MemoryStore) -> set[str]:
    return {one["path"] for part in objects.list() for one in part}


def manifest(objects: MemoryStore, prefix: str = f"{PREFIX}/") -> Any:
    return json.loads(bytes(objects.get(f"{prefix}manifest.json").bytes()))


def test_an_address_is_the_name_of_an_object(exporter: Exporter, objects: MemoryStore) -> None:
    outcome = exporter.export(Store(objects, f"/{PREFIX}/"))
    told = manifest(objects)["answers"]
    assert len(told) == outcome.written
    assert {f"{PREFIX}{url}" for url in told} == names(objects) - {f"{PREFIX}/manifest.json"}
    found = objects.get(f"{PREFIX}/{FRENCH}.html")
    assert found.attributes == {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Language": "fr",
        "Cache-Control": told[f"/{FRENCH}.html"]["headers"]["Cache-Control"],
    }
    assert objects.get(f"{PREFIX}/{FRENCH}").attributes["Content-Type"] == "application/json"


def test_only_what_differs_is_put_and_what_is_gone_is_removed(
    exporter: Exporter, objects: MemoryStore
) -> None:
    exporter.export(Store(objects))
    objects.put("robots.txt", b"User-agent: *")
    assert exporter.export(Store(objects)).written == 0
    exporter.world.withdraw("benefits", "fr")
    outcome = exporter.export(Store(objects))
    assert 0 < outcome.removed < outcome.kept
    assert FRENCH not in names(objects)
    assert {f"{FRENCH}.410.json", "robots.txt"} < names(objects)
    assert manifest(objects, "")["answers"][f"/{FRENCH}"]["status"] == 410
    fresh = MemoryStore()
    exporter.export(Store(fresh))
    assert names(objects) - {"robots.txt"} == names(fresh)
    for name in names(fresh) - {"manifest.json"}:
        assert bytes(objects.get(name).bytes()) == bytes(fresh.get(name).bytes())


def test_a_prefix_of_somebody_elses_is_refused(exporter: Exporter, objects: MemoryStore) -> None:
    objects.put(f"{PREFIX}/thesis.tex", b"years of work")
    with pytest.raises(ExportRefused):
        exporter.export(Store(objects, PREFIX))
    assert names(objects) == {f"{PREFIX}/thesis.tex"}


class Failing:
    """A store that fails at the nth put."""

    def __init__(self, objects: MemoryStore, puts: int) -> None:
        self.objects, self.left = objects, puts

    def __getattr__(self, name: str) -> Any:
        return getattr(self.objects, name)

    def put(self, *given: Any, **more: Any) -> None:
        self.left -= 1
        if self.left < 0:
            raise GenericError("the network is gone\nand much more")
        self.objects.put(*given, **more)


@pytest.mark.parametrize("puts", [0, 1, 5, 30])
def test_a_store_that_failed_is_made_good_by_the_next_run(
    exporter: Exporter, objects: MemoryStore, puts: int
) -> None:
    with pytest.raises(StoreFailed, match=r"^the network is gone$"):
        exporter.export(Store(Failing(objects, puts)))
    exporter.export(Store(objects))
    fresh = MemoryStore()
    exporter.export(Store(fresh))
    assert names(objects) == names(fresh)


def test_the_address_of_a_store() -> None:
    found = store.at("s3://bucket/some/prefix")
    assert found.prefix == "some/prefix/"
    assert store.at("s3://bucket").prefix == ""
    for wrong in ("s3://", "gs://bucket", "https://bucket"):
        with pytest.raises(BadInput):
            store.at(wrong)


def test_without_the_library_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builtins, "__import__", without_obstore(builtins.__import__))
    with pytest.raises(ExtraMissing, match=r'pip install "msif-hub\[s3\]"'):
        store.at("s3://bucket")


def without_obstore(original: Callable[..., Any]) -> Callable[..., Any]:
    def imported(name: str, *given: Any, **more: Any) -> Any:
        if name.startswith("obstore"):
            raise ImportError(name)
        return original(name, *given, **more)

    return imported
