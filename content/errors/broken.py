"""What the hub cannot do now."""

from content.errors.kinds import Broken


class HubIsBusy(Broken):
    """Another change is being written; try again in a moment."""


class TooManyWaiting(Broken):
    """So many requests wait for the feed that there is no place for one more; poll instead."""


class NotThatFar(Broken):
    """This server has not come to that number of the feed; try again in a moment."""


class DatabaseUnreachable(Broken):
    """The database does not answer; try again in a moment. Nothing was written."""


class SearchTooSlow(Broken):
    """The search took longer than it may; look for rarer words, or try again in a moment."""


class SqliteTooOld(Broken):
    """This SQLite library can corrupt a database in WAL mode; install pysqlite3 0.6.1 or newer."""


class NotMigrated(Broken):
    """The database is not at this program's schema; run `msif migrate`."""


class NotSignedOff(Broken):
    """The text has no valid sign-off now, so it is not served; show the one you have, or none."""


class LedgerBroken(Broken):
    """The ledger does not verify; keep a copy of the database and run `msif ledger verify`."""


class LogKeyUnusable(Broken):
    """The file with the log's key cannot be used; see that it is whole and for its owner alone."""


class RegistrarKeyUnusable(Broken):
    """The register cannot be signed; see that its key is whole and its owner's alone."""


class RegisterBehind(Broken):
    """The database is older than a register that was signed; see docs/trust.md, after a restore."""


class TrustBroken(Broken):
    """The trust files do not fit the pin, or each other; see docs/trust.md."""


class WebhookKeyUnusable(Broken):
    """The file with the key for webhooks cannot be used; see that it is whole and private."""


class DeskKeyUnusable(Broken):
    """The file with the key of the desk cannot be used; see that it is whole and private."""


class ExportBusy(Broken):
    """Another export into the same place is at work; it takes this one's part."""


class ExtraMissing(Broken):
    """This needs a library that was not installed with the hub; install the extra that is named."""


class StoreFailed(Broken):
    """The store of objects cannot be read or written; see what it says."""
