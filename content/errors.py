"""Everything that `content` refuses, as one tree.

ContentError
├── BadInput                what was sent cannot be taken as it is
│   ├── PageHasMistakes     LocaleUnknown       LocaleMalformed     SlugMalformed
│   ├── InputTooLarge       FigureRefused       WordsNotAccepted    CatalogueRefused
│   ├── InterestsMissing    CommentMissing      ReviewByRefused     DateInThePast
│   ├── RoleMalformed       PolicyMalformed     StatementEmpty
│   ├── WrongLanguage       ExchangeRefused     LinkRefused         PasskeyRefused
│   ├── BlockMalformed      SignatureRefused    TrustRefused
│   └── NotADemonstration
├── NotSignedIn             TokenMissing, TokenUnknown, TokenExpired
├── NotAllowed              RoleMissing, ScopeMissing, FourEyes
├── NotFound                SectionNotFound, VersionNotFound, DocumentNotFound, StatementNotFound,
│                           PersonNotFound, TranslationNotFound, WithdrawalNotFound,
│                           UploadNotFound, SuggestionNotFound, FindingNotFound, TileNotFound,
│                           LogKeyMissing, LinkNotFound, InvitationUnknown, PasskeyNotFound,
│                           TrustFileNotFound
├── Gone                    Withdrawn
├── Conflict                StateHasMoved, RequirementsOpen, SectionIsBusy, TreeBroken,
│                           AlreadyThere, LocaleMismatch, LaterWorkStands, TrustMissing,
│                           TrustRoleMissing
├── Precondition            PreconditionMissing, PreconditionStale
└── Broken                  HubIsBusy, SqliteTooOld, NotMigrated, NotSignedOff, LedgerBroken,
                            LogKeyUnusable, TrustBroken, RegistrarKeyUnusable, RegisterBehind

The docstring of an error says what to do; it is the message when none is given.
"""

import re
from collections.abc import Mapping
from typing import Any, ClassVar


class ContentError(Exception):
    """The hub refused this. Nothing was changed."""

    #: The class's name in lower case with hyphens. Clients know it: renaming a class breaks them.
    code: ClassVar[str] = "content-error"

    def __init_subclass__(cls) -> None:
        cls.code = re.sub(r"(?<!^)(?=[A-Z])", "-", cls.__name__).lower()

    def __init__(self, message: str | None = None, **context: Any) -> None:
        self.message = message or " ".join((type(self).__doc__ or "").split())
        self.context: Mapping[str, Any] = context
        super().__init__(self.message)


class BadInput(ContentError):
    """What was sent cannot be taken as it is; correct it and send it again."""


class PageHasMistakes(BadInput):
    """The file has mistakes, so nothing of it was taken; mend the lines that are listed."""


class LocaleUnknown(BadInput):
    """This hub is not set up for that locale; use one that /v1/locales lists."""


class LocaleMalformed(BadInput):
    """That is not a language tag; write it like `fr` or `fr-CH` (BCP 47)."""


class SlugMalformed(BadInput):
    """A slug is lowercase letters, digits and single hyphens, at most 80 characters."""


class InputTooLarge(BadInput):
    """What was sent is larger than the limit; send less at a time."""


class FigureRefused(BadInput):
    """A figure is an SVG without scripts, a PNG, JPEG or WebP of at most 2,000,000 bytes."""


class WordsNotAccepted(BadInput):
    """A text is blank, has HTML or control characters, or its links differ from the source's."""


class CatalogueRefused(BadInput):
    """The .po file cannot be read safely; mend the line that is named."""


class PasskeyRefused(BadInput):
    """What the browser sent is no new passkey for this hub; begin again."""


class BlockMalformed(BadInput):
    """A block is RFC 8785 JSON of kind `msif.signature/1` with exactly its seven strings."""


class SignatureRefused(BadInput):
    """The key's answer is no valid signature under the trust file; sign again on the page."""


class TrustRefused(BadInput):
    """A trust file like this could not hold; see what is said."""


class NotADemonstration(BadInput):
    """Keys in software sign in a demonstration alone."""


class WrongLanguage(BadInput):
    """The file names another language than its address; send it to the address of its own."""


class ExchangeRefused(BadInput):
    """The XLIFF, TMX, TBX or CSV file cannot be taken; mend the line that is named."""


class LinkRefused(BadInput):
    """A link leads to https, http or mailto, and never to http where the source's is https."""


class InterestsMissing(BadInput):
    """Every review and signature declares interests; write "none declared" if there are none."""


class CommentMissing(BadInput):
    """Say why, in the comment: a return or a rejection without a reason helps nobody."""


class ReviewByRefused(BadInput):
    """The review-by date is too far ahead, or not after the date of the last review."""


class DateInThePast(BadInput):
    """The effective time must lie ahead; leave it out to publish at once."""


class RoleMalformed(BadInput):
    """There is no such role, or a language role came without its locale (`translator:fr`)."""


class PolicyMalformed(BadInput):
    """The policy file cannot be used; correct the key that is named."""


class StatementEmpty(BadInput):
    """A statement lists at least one version, all to be signed by the same role."""


class NotSignedIn(ContentError):
    """Say who you are: send `Authorization: Bearer` with a token."""


class TokenMissing(NotSignedIn):
    """This needs a token: send `Authorization: Bearer` with one that `msif people token` made."""


class TokenUnknown(NotSignedIn):
    """That token is not known here, or it was revoked; ask for a new one."""


class TokenExpired(NotSignedIn):
    """That token has expired; ask for a new one."""


class NotAllowed(ContentError):
    """You may not do this."""


class RoleMissing(NotAllowed):
    """None of your roles allows this; an administrator grants roles."""


class ScopeMissing(NotAllowed):
    """Your roles allow this, but the token was made for less; use a token with that scope."""


class FourEyes(NotAllowed):
    """You had another part in this version already; somebody else has to do this."""


class NotFound(ContentError):
    """There is nothing here."""


class SectionNotFound(NotFound):
    """There is no section with that slug."""


class TranslationNotFound(NotFound):
    """The section is not in force in that locale; `available` lists those it is in force in."""


class VersionNotFound(NotFound):
    """There is no such version."""


class DocumentNotFound(NotFound):
    """There is no document with that digest."""


class StatementNotFound(NotFound):
    """There is no statement with that digest."""


class PersonNotFound(NotFound):
    """There is no such person."""


class WithdrawalNotFound(NotFound):
    """Nothing was withdrawn here."""


class InvitationUnknown(NotFound):
    """This link does not work any more; ask whoever sent it for a new one."""


class PasskeyNotFound(NotFound):
    """There is no such passkey."""


class UploadNotFound(NotFound):
    """Nothing with that digest was uploaded."""


class SuggestionNotFound(NotFound):
    """There is no such suggestion."""


class FindingNotFound(NotFound):
    """There is no such warning in this text; an error is mended, not acknowledged."""


class TileNotFound(NotFound):
    """The log has not grown that far; ask for what the size in its checkpoint allows."""


class LogKeyMissing(NotFound):
    """The log has no key yet; whoever runs the hub makes it with `msif log init`."""


class LinkNotFound(NotFound):
    """The text has no link to that address; `links` lists those it has."""


class TrustFileNotFound(NotFound):
    """There is no such trust file."""


class Gone(ContentError):
    """This was served once and is no longer."""


class Withdrawn(Gone):
    """This text was withdrawn; take it off your site."""


class Conflict(ContentError):
    """The hub is not in a state where this can be done."""


class StateHasMoved(Conflict):
    """The version is no longer in the state this needs; look at it again."""


class RequirementsOpen(Conflict):
    """Something still stands between this version and its next state; `requirements` lists it."""


class SectionIsBusy(Conflict):
    """The section has an open version that is past draft; have it returned or wait for its end."""


class TreeBroken(Conflict):
    """A section may have one parent only, and may not stand below itself."""


class AlreadyThere(Conflict):
    """This exists already."""


class LocaleMismatch(Conflict):
    """The file is for another variant of the language; send it to the address of that one."""


class LaterWorkStands(Conflict):
    """Later work stands on this upload, so it cannot be undone; `works` lists it."""


class TrustMissing(Conflict):
    """There is no trust file, so nothing can be signed; the operator runs `msif trust init`."""


class TrustRoleMissing(Conflict):
    """Nobody can sign this under the trust file; the operator prepares the next one."""


class Precondition(ContentError):
    """The request's condition does not hold."""


class PreconditionMissing(Precondition):
    """Send `If-Match` with the ETag you read, so that nobody's work is overwritten."""


class PreconditionStale(Precondition):
    """It changed since you read it; read it again and decide anew."""


class Broken(ContentError):
    """The hub cannot do this now."""


class HubIsBusy(Broken):
    """Another change is being written; try again in a moment."""


class SqliteTooOld(Broken):
    """This SQLite library can corrupt a database in WAL mode; install pysqlite3 0.6.1 or newer."""


class NotMigrated(Broken):
    """The database is not at this program's schema; run `msif migrate`."""


class NotSignedOff(Broken):
    """The document has no valid sign-off, so it is not served; run `msif doctor`."""


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
