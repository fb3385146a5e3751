"""A file that travels with the page that shows what would become of it, until somebody takes it.

1. It is kept nowhere meanwhile: it stands in the page's form, packed, and comes back with it. So
   nothing is left to be cleared away, and it does not matter which process answers.
2. With it comes a mark of what was shown. It covers the file by its digest, and what would have
   become of each entry; where either is another now, it is shown anew.
"""

import base64
import binascii
import zlib
from hashlib import sha256

from content.errors import BadInput, InputTooLarge
from content.publication.answer import as_json
from content.translation.po.limits import PO_BYTES_MAX
from content.translation.report import Report

#: Characters of a packed file. What a catalogue may have at most never packs to more than this, but
#: for one that is no text at all.
PACKED_MAX = 12_000_000


def pack(body: bytes) -> str:
    """The file as the value of a field. Raises InputTooLarge."""
    if len(body) > PO_BYTES_MAX:
        raise InputTooLarge(f"A catalogue has at most {PO_BYTES_MAX:,} bytes.")
    return base64.urlsafe_b64encode(zlib.compress(body)).decode()


def unpack(packed: str) -> bytes:
    """The same file. Raises BadInput, InputTooLarge: never unpacked further than its limit."""
    opener = zlib.decompressobj()
    try:
        body = opener.decompress(
            base64.b64decode(packed, altchars=b"-_", validate=True), PO_BYTES_MAX + 1
        )
    except (binascii.Error, ValueError, zlib.error):
        raise BadInput("The file did not come back whole; send it again.") from None
    if len(body) > PO_BYTES_MAX:
        raise InputTooLarge(f"A catalogue has at most {PO_BYTES_MAX:,} bytes.")
    if not opener.eof:
        raise BadInput("The file did not come back whole; send it again.")
    return body


def mark_of(report: Report) -> str:
    """What was shown, in 64 characters. Numbers of drafts that were only tried are left out."""
    written = [
        (one.section, one.unit, one.before.target, one.before.fuzzy) for one in report.written
    ]
    return sha256(as_json([report.told(), written])).hexdigest()
