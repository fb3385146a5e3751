"""What proves an approval: sign-offs, trust files, the register, the log."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from sqlmodel import Session, col, select

from content.log import checkpoint, hashes
from content.log import tile as tiles
from content.log.note import SigningKey
from content.log.tile import WIDTH, Tile
from content.publication import caching, register
from content.publication.answer import JSON_TYPE
from content.publication.export.exported import Exported, of_value
from content.publication.register import Register
from content.sign_off import signature, trust_file
from content.sign_off.registrar import Registrar
from content.sign_off.statement import Statement, StatementState
from content.sign_off.trust_file import TrustFile


def sign_offs(session: Session) -> Iterator[Exported]:
    """Statements that have enough signatures."""
    query = (
        select(Statement.sha256)
        .where(col(Statement.state) == StatementState.SIGNED_OFF)
        .order_by(col(Statement.sha256))
    )
    for digest in session.exec(query).all():
        load = partial(_sign_off, session, digest)
        yield of_value(f"/v1/sign-offs/{digest}", caching.IMMUTABLE_YEAR, load)


def _sign_off(session: Session, digest: str) -> dict[str, object]:
    return signature.served(session, session.get_one(Statement, digest))


def trust_files(session: Session) -> Iterator[Exported]:
    """Each by its number, and the one that holds."""
    rows = trust_file.accepted(session)
    for row in rows:
        yield _trust(session, f"/v1/trust/{row.version}", row, caching.IMMUTABLE_YEAR)
    # There is one: without it there is no register, and no export.
    yield _trust(session, "/v1/trust", rows[-1], caching.MINUTE)


def _trust(session: Session, url: str, row: TrustFile, cache: str) -> Exported:
    told = {"Content-Type": JSON_TYPE, "Cache-Control": cache}
    return Exported(url, told, partial(trust_file.served, session, row))


def registers(found: Register, signer: Registrar) -> Iterator[Exported]:
    """The register of everything. Whoever asks for a part of it gets this one, and is told so."""
    hour = register.this_hour()
    told = {"Content-Type": register.MEDIA_TYPE, "Cache-Control": caching.MINUTE}
    load = partial(_signed, found, signer, hour)
    yield Exported("/v1/register", told, load)


def _signed(found: Register, signer: Registrar, hour: datetime) -> bytes:
    return register.sign(found, found.all(), signer, hour).encode()


def log(session: Session, key: SigningKey | None) -> Iterator[Exported]:
    """The checkpoint, and the tiles of its size; nothing where the log has no key."""
    if key is None:
        return
    told = {"Content-Type": checkpoint.MEDIA_TYPE, "Cache-Control": caching.FEW_SECONDS}
    yield Exported("/log/checkpoint", told, lambda: checkpoint.sign(session, key).encode())
    size = hashes.size(session)
    for tile in _tiles(size, 0):
        yield _tile("entries", tile, partial(hashes.bundle, session, tile.first, tile.width))
    level = 0
    while there := hashes.many_of_level(size, level):
        for tile in _tiles(there, level):
            yield _tile(str(level), tile, partial(_hashes, session, tile))
        level += 1


def _tiles(there: int, level: int) -> Iterator[Tile]:
    for number in range(-(-there // WIDTH)):
        yield Tile(level, number, min(WIDTH, there - number * WIDTH))


def _hashes(session: Session, tile: Tile) -> bytes:
    return b"".join(hashes.of_level(session, tile.level, tile.first, tile.width))


def _tile(name: str, tile: Tile, load: partial[bytes]) -> Exported:
    told = {"Content-Type": tiles.MEDIA_TYPE, "Cache-Control": caching.IMMUTABLE_YEAR}
    return Exported(f"/log/tile/{name}/{tiles.write_index(tile)}", told, load)
