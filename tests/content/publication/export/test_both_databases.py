"""The export of a hub on PostgreSQL is that of the same hub on SQLite."""

from pathlib import Path

from tests.exporting import Exporter, files
from tests.world import World


def test_an_export_is_brought_up_to_date(world: World, tmp_path: Path) -> None:
    exporter = Exporter(world, tmp_path / "keys").with_log()
    world.publish_page()
    world.publish_translation("fr")
    exporter.export(tmp_path / "site")
    world.withdraw("benefits", "fr")
    outcome = exporter.export(tmp_path / "site")
    assert outcome.removed
    assert outcome.left_out == []
    exporter.export(tmp_path / "fresh")
    assert files(tmp_path / "site") == files(tmp_path / "fresh")
    assert exporter.export(tmp_path / "site").written == 0
