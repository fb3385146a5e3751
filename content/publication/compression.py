"""Content codings (RFC 9110, 8.4.1): bytes smaller on the way, and back.

The same body gives the same bytes. What comes out of a database is hostile: undoing a coding never
makes more than was asked for.
"""

import gzip
import zlib
from collections.abc import Callable, Mapping

import brotli
from backports import zstd

#: How hard each tries; made once and sent often.
BROTLI_QUALITY, GZIP_LEVEL, ZSTD_LEVEL = 11, 9, 19
#: What zlib calls a stream in gzip's own frame.
GZIP_FRAME = 31


def _brotli(body: bytes) -> bytes:
    made: bytes = brotli.compress(body, mode=brotli.MODE_TEXT, quality=BROTLI_QUALITY)
    return made


def _gzip(body: bytes) -> bytes:
    return gzip.compress(body, GZIP_LEVEL, mtime=0)


def _zstd(body: bytes) -> bytes:
    return zstd.compress(body, ZSTD_LEVEL)


def _from_brotli(coded: bytes, bytes_max: int) -> tuple[bytes, bool]:
    stream = brotli.Decompressor()
    body: bytes = stream.process(coded, output_buffer_limit=bytes_max)
    return body, stream.is_finished()


def _from_gzip(coded: bytes, bytes_max: int) -> tuple[bytes, bool]:
    stream = zlib.decompressobj(GZIP_FRAME)
    return stream.decompress(coded, bytes_max), stream.eof and not stream.unused_data


def _from_zstd(coded: bytes, bytes_max: int) -> tuple[bytes, bool]:
    stream = zstd.ZstdDecompressor()
    return stream.decompress(coded, bytes_max), stream.eof and not stream.unused_data


_MAKE: Mapping[str, Callable[[bytes], bytes]] = {"br": _brotli, "zstd": _zstd, "gzip": _gzip}
_UNDO: Mapping[str, Callable[[bytes, int], tuple[bytes, bool]]] = {
    "br": _from_brotli,
    "zstd": _from_zstd,
    "gzip": _from_gzip,
}
#: As `Accept-Encoding` names them, the best first where two are of one size.
NAMES = tuple(_MAKE)


def compress(name: str, body: bytes) -> bytes | None:
    """The body in this coding; None where that is not smaller."""
    coded = _MAKE[name](body)
    return coded if len(coded) < len(body) else None


def holds(name: str, coded: bytes, body: bytes) -> bool:
    """Whether these bytes are the body in this coding, and nothing else."""
    try:
        # One byte more than there should be: what has more than the body shows itself.
        found, ended = _UNDO[name](coded, len(body) + 1)
    except (KeyError, brotli.error, zlib.error, zstd.ZstdError):
        return False
    return ended and found == body
