"""What was sent, or who sent it."""

from content.errors.kinds import BadInput, NotAllowed, NotSignedIn


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


class PasswordRefused(BadInput):
    """This password would be guessed; take a longer one, like four words that are not about you."""


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


class AddressRefused(BadInput):
    """A webhook's address is https://, a name of DNS in small letters, and a path: no port."""


class InterestsMissing(BadInput):
    """Every review and signature declares interests; write "none declared" if there are none."""


class CommentMissing(BadInput):
    """Say why, in the comment: a return or a rejection without a reason helps nobody."""


class RemarkRefused(BadInput):
    """A remark has 1 to 5,000 characters of plain text."""


class ReviewByRefused(BadInput):
    """The review-by date is too far ahead, or not after the date of the last review."""


class DateInThePast(BadInput):
    """The effective time must lie ahead; leave it out to publish at once."""


class RoleMalformed(BadInput):
    """There is no such role, or a language role came without its locale (`translator:fr`)."""


class PolicyMalformed(BadInput):
    """The policy file cannot be used; correct the key that is named."""


class SearchRefused(BadInput):
    """A search has 1 to 12 words, in at most 200 characters, and one of them must be there."""


class StatementEmpty(BadInput):
    """A statement lists at least one version, all to be signed by the same role."""


class TokenMissing(NotSignedIn):
    """This needs a token: send `Authorization: Bearer` with one that `msif people token` made."""


class TokenUnknown(NotSignedIn):
    """That token is not known here, or it was revoked; ask for a new one."""


class TokenExpired(NotSignedIn):
    """That token has expired; ask for a new one."""


class KeyMissing(NotSignedIn):
    """This needs a member's key: send `Authorization: Bearer` with one that an editor made."""


class KeyUnknown(NotSignedIn):
    """That key is not known here; send the one you were given, whole, or none."""


class KeyRevoked(NotSignedIn):
    """That key was revoked, or its member closed; ask the hub's editors for a new one."""


class KeyExpired(NotSignedIn):
    """That key has expired; ask the hub's editors for a new one."""


class SessionOver(NotSignedIn):
    """Nobody is signed in in this browser, or not any more; sign in at the desk."""


class TooManyAttempts(NotSignedIn):
    """Too many attempts to sign in failed; wait ten minutes."""


class SignInFailed(NotSignedIn):
    """Name, password, code and key do not belong together; try again, or another way to sign in."""


class CeremonyOver(NotSignedIn):
    """That took too long, or was begun in another browser; begin again."""


class ServiceRefused(NotSignedIn):
    """The other service did not say who you are; try again, or another way to sign in."""


class OriginRefused(NotAllowed):
    """This was sent from a page of another site; open the desk and do it there."""


class RoleMissing(NotAllowed):
    """None of your roles allows this; an administrator grants roles."""


class ScopeMissing(NotAllowed):
    """Your roles allow this, but the token was made for less; use a token with that scope."""


class FourEyes(NotAllowed):
    """You had another part in this version already; somebody else has to do this."""
