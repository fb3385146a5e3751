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
│                           TrustFileNotFound, FormNotFound
├── Gone                    Withdrawn
├── Conflict                StateHasMoved, RequirementsOpen, SectionIsBusy, TreeBroken,
│                           AlreadyThere, LocaleMismatch, LaterWorkStands, TrustMissing,
│                           TrustRoleMissing, ExportRefused
├── Precondition            PreconditionMissing, PreconditionStale
└── Broken                  HubIsBusy, TooManyWaiting, SqliteTooOld, NotMigrated, NotSignedOff,
                            LedgerBroken, LogKeyUnusable, TrustBroken, RegistrarKeyUnusable,
                            RegisterBehind, ExportBusy, ExtraMissing, StoreFailed

The docstring of an error says what to do; it is the message when none is given.
"""

from content.errors.broken import (
    ExportBusy as ExportBusy,
)
from content.errors.broken import (
    ExtraMissing as ExtraMissing,
)
from content.errors.broken import (
    HubIsBusy as HubIsBusy,
)
from content.errors.broken import (
    LedgerBroken as LedgerBroken,
)
from content.errors.broken import (
    LogKeyUnusable as LogKeyUnusable,
)
from content.errors.broken import (
    NotMigrated as NotMigrated,
)
from content.errors.broken import (
    NotSignedOff as NotSignedOff,
)
from content.errors.broken import (
    RegisterBehind as RegisterBehind,
)
from content.errors.broken import (
    RegistrarKeyUnusable as RegistrarKeyUnusable,
)
from content.errors.broken import (
    SqliteTooOld as SqliteTooOld,
)
from content.errors.broken import (
    StoreFailed as StoreFailed,
)
from content.errors.broken import (
    TooManyWaiting as TooManyWaiting,
)
from content.errors.broken import (
    TrustBroken as TrustBroken,
)
from content.errors.conflict import (
    AlreadyThere as AlreadyThere,
)
from content.errors.conflict import (
    ExportRefused as ExportRefused,
)
from content.errors.conflict import (
    LaterWorkStands as LaterWorkStands,
)
from content.errors.conflict import (
    LocaleMismatch as LocaleMismatch,
)
from content.errors.conflict import (
    PreconditionMissing as PreconditionMissing,
)
from content.errors.conflict import (
    PreconditionStale as PreconditionStale,
)
from content.errors.conflict import (
    RequirementsOpen as RequirementsOpen,
)
from content.errors.conflict import (
    SectionIsBusy as SectionIsBusy,
)
from content.errors.conflict import (
    StateHasMoved as StateHasMoved,
)
from content.errors.conflict import (
    TreeBroken as TreeBroken,
)
from content.errors.conflict import (
    TrustMissing as TrustMissing,
)
from content.errors.conflict import (
    TrustRoleMissing as TrustRoleMissing,
)
from content.errors.kinds import (
    BadInput as BadInput,
)
from content.errors.kinds import (
    Broken as Broken,
)
from content.errors.kinds import (
    Conflict as Conflict,
)
from content.errors.kinds import (
    ContentError as ContentError,
)
from content.errors.kinds import (
    Gone as Gone,
)
from content.errors.kinds import (
    NotAllowed as NotAllowed,
)
from content.errors.kinds import (
    NotFound as NotFound,
)
from content.errors.kinds import (
    NotSignedIn as NotSignedIn,
)
from content.errors.kinds import (
    Precondition as Precondition,
)
from content.errors.missing import (
    DocumentNotFound as DocumentNotFound,
)
from content.errors.missing import (
    FindingNotFound as FindingNotFound,
)
from content.errors.missing import (
    FormNotFound as FormNotFound,
)
from content.errors.missing import (
    InvitationUnknown as InvitationUnknown,
)
from content.errors.missing import (
    LinkNotFound as LinkNotFound,
)
from content.errors.missing import (
    LogKeyMissing as LogKeyMissing,
)
from content.errors.missing import (
    PasskeyNotFound as PasskeyNotFound,
)
from content.errors.missing import (
    PersonNotFound as PersonNotFound,
)
from content.errors.missing import (
    SectionNotFound as SectionNotFound,
)
from content.errors.missing import (
    StatementNotFound as StatementNotFound,
)
from content.errors.missing import (
    SuggestionNotFound as SuggestionNotFound,
)
from content.errors.missing import (
    TileNotFound as TileNotFound,
)
from content.errors.missing import (
    TranslationNotFound as TranslationNotFound,
)
from content.errors.missing import (
    TrustFileNotFound as TrustFileNotFound,
)
from content.errors.missing import (
    UploadNotFound as UploadNotFound,
)
from content.errors.missing import (
    VersionNotFound as VersionNotFound,
)
from content.errors.missing import (
    WithdrawalNotFound as WithdrawalNotFound,
)
from content.errors.missing import (
    Withdrawn as Withdrawn,
)
from content.errors.refused import (
    BlockMalformed as BlockMalformed,
)
from content.errors.refused import (
    CatalogueRefused as CatalogueRefused,
)
from content.errors.refused import (
    CommentMissing as CommentMissing,
)
from content.errors.refused import (
    DateInThePast as DateInThePast,
)
from content.errors.refused import (
    ExchangeRefused as ExchangeRefused,
)
from content.errors.refused import (
    FigureRefused as FigureRefused,
)
from content.errors.refused import (
    FourEyes as FourEyes,
)
from content.errors.refused import (
    InputTooLarge as InputTooLarge,
)
from content.errors.refused import (
    InterestsMissing as InterestsMissing,
)
from content.errors.refused import (
    LinkRefused as LinkRefused,
)
from content.errors.refused import (
    LocaleMalformed as LocaleMalformed,
)
from content.errors.refused import (
    LocaleUnknown as LocaleUnknown,
)
from content.errors.refused import (
    NotADemonstration as NotADemonstration,
)
from content.errors.refused import (
    PageHasMistakes as PageHasMistakes,
)
from content.errors.refused import (
    PasskeyRefused as PasskeyRefused,
)
from content.errors.refused import (
    PolicyMalformed as PolicyMalformed,
)
from content.errors.refused import (
    ReviewByRefused as ReviewByRefused,
)
from content.errors.refused import (
    RoleMalformed as RoleMalformed,
)
from content.errors.refused import (
    RoleMissing as RoleMissing,
)
from content.errors.refused import (
    ScopeMissing as ScopeMissing,
)
from content.errors.refused import (
    SignatureRefused as SignatureRefused,
)
from content.errors.refused import (
    SlugMalformed as SlugMalformed,
)
from content.errors.refused import (
    StatementEmpty as StatementEmpty,
)
from content.errors.refused import (
    TokenExpired as TokenExpired,
)
from content.errors.refused import (
    TokenMissing as TokenMissing,
)
from content.errors.refused import (
    TokenUnknown as TokenUnknown,
)
from content.errors.refused import (
    TrustRefused as TrustRefused,
)
from content.errors.refused import (
    WordsNotAccepted as WordsNotAccepted,
)
from content.errors.refused import (
    WrongLanguage as WrongLanguage,
)
