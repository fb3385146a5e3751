"""The transparency log as C2SP's tlog-tiles has it: checkpoint, tiles, bundles of entries.

Digests only, the same for everybody. What is served at an address of a tile never changes.
"""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from sqlmodel import Session

from api.conditional import IMMUTABLE_YEAR, respond
from api.dependencies import CurrentHub, Hub
from api.keys import KeyIfSent
from api.problems import RESPONSES
from content.database import reading
from content.errors import TileNotFound
from content.log import checkpoint, hashes, key
from content.log import tile as tiles
from content.log.tile import Tile
from content.publication.caching import FEW_SECONDS

router = APIRouter(prefix="/log", tags=["log"], responses=RESPONSES, route_class=KeyIfSent)

TEXT = {"Content-Type": checkpoint.MEDIA_TYPE}
BYTES = {"Content-Type": tiles.MEDIA_TYPE}

Index = Annotated[
    str,
    Path(examples=["x001/x234/067.p/8"], description="Which of the level, as tlog-tiles writes it"),
]
Level = Annotated[str, Path(description="Which level of the tree; 0 has the entries")]


@router.get("/checkpoint")
def read_log_checkpoint(request: Request, hub: CurrentHub) -> Response:
    """Read the checkpoint of the log.

    The size of the log and the root of its tree, signed with the log's key.
    """
    signer = key.load(hub.settings.log_key)
    hashes.catch_up(hub.engine)
    with reading(hub.engine) as session:
        signed = checkpoint.sign(session, signer)
    return respond(request, signed.encode(), cache=FEW_SECONDS, headers=TEXT)


@router.get("/tile/entries/{index:path}")
def read_log_entries(request: Request, hub: CurrentHub, index: Index) -> Response:
    """Read entries of the log.

    A bundle of up to 256, each the 32 bytes of a ledger row's hash.
    """
    body = _read(hub, tiles.read("0", index), _bundle)
    return respond(request, body, cache=IMMUTABLE_YEAR, headers=BYTES)


@router.get("/tile/{level}/{index:path}")
def read_log_tile(request: Request, hub: CurrentHub, level: Level, index: Index) -> Response:
    """Read a tile of the log.

    Up to 256 hashes of a level of the tree, one behind the other.
    """
    body = _read(hub, tiles.read(level, index), _hashes)
    return respond(request, body, cache=IMMUTABLE_YEAR, headers=BYTES)


def _bundle(session: Session, tile: Tile) -> bytes:
    return hashes.bundle(session, tile.first, tile.width)


def _hashes(session: Session, tile: Tile) -> bytes:
    return b"".join(hashes.of_level(session, tile.level, tile.first, tile.width))


def _read(hub: Hub, tile: Tile, read: Callable[[Session, Tile], bytes]) -> bytes:
    with reading(hub.engine) as session:
        if _is_there(session, tile):
            return read(session, tile)
    hashes.catch_up(hub.engine)
    with reading(hub.engine) as session:
        if _is_there(session, tile):
            return read(session, tile)
        raise TileNotFound(size=hashes.size(session))


def _is_there(session: Session, tile: Tile) -> bool:
    return tile.first + tile.width <= hashes.many_of_level(hashes.size(session), tile.level)
