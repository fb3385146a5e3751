"""Everything that `content` refuses, as one tree.

ContentError
├── BadInput                what was sent cannot be taken as it is
│   ├── PageHasMistakes     LocaleUnknown       LocaleMalformed     SlugMalformed
│   ├── InputTooLarge       FigureRefused       WordsNotAccepted    CatalogueRefused
│   ├── InterestsMissing    CommentMissing      ReviewByRefused     DateInThePast
│   ├── RoleMalformed       PolicyMalformed     StatementEmpty
│   ├── WrongLanguage       ExchangeRefused     LinkRefused         PasskeyRefused
│   ├── BlockMalformed      SignatureRefused    TrustRefused
│   ├── NotADemonstration   AddressRefused      SearchRefused       RemarkRefused
│   └── PasswordRefused
├── NotSignedIn             TokenMissing, TokenUnknown, TokenExpired, KeyMissing, KeyUnknown,
│                           KeyRevoked, KeyExpired, SessionOver, TooManyAttempts,
│                           SignInFailed, CeremonyOver, ServiceRefused
├── NotAllowed              RoleMissing, ScopeMissing, FourEyes, OriginRefused
├── NotFound                SectionNotFound, VersionNotFound, DocumentNotFound, StatementNotFound,
│                           PersonNotFound, TranslationNotFound, WithdrawalNotFound,
│                           UploadNotFound, SuggestionNotFound, FindingNotFound, TileNotFound,
│                           LogKeyMissing, LinkNotFound, InvitationUnknown, PasskeyNotFound,
│                           TrustFileNotFound, FormNotFound, MemberNotFound,
│                           MemberKeyNotFound, RecallNotFound, WebhookNotFound,
│                           DeliveryNotFound, WebhookKeyMissing, SessionNotFound,
│                           UnitNotFound, ThreadNotFound
├── Gone                    Withdrawn
├── Conflict                StateHasMoved, RequirementsOpen, SectionIsBusy, TreeBroken,
│                           AlreadyThere, LocaleMismatch, LaterWorkStands, TrustMissing,
│                           TrustRoleMissing, MemberClosed, LimitReached, WebhookOff,
│                           ExportRefused, ThreadResolved, DiscussionFull, LastWayIn
├── Precondition            PreconditionMissing, PreconditionStale
└── Broken                  HubIsBusy, TooManyWaiting, SqliteTooOld, NotMigrated, NotSignedOff,
                            LedgerBroken, LogKeyUnusable, TrustBroken, RegistrarKeyUnusable,
                            RegisterBehind, NotThatFar, DatabaseUnreachable,
                            WebhookKeyUnusable, SearchTooSlow, ExportBusy, ExtraMissing,
                            StoreFailed, DeskKeyUnusable

The docstring of an error says what to do; it is the message when none is given.
"""

# A statement for each module, a line for each error.
# isort: skip_file
from content.errors.broken import (
    DatabaseUnreachable as DatabaseUnreachable,
    DeskKeyUnusable as DeskKeyUnusable,
    ExportBusy as ExportBusy,
    ExtraMissing as ExtraMissing,
    HubIsBusy as HubIsBusy,
    LedgerBroken as LedgerBroken,
    LogKeyUnusable as LogKeyUnusable,
    NotMigrated as NotMigrated,
    NotSignedOff as NotSignedOff,
    NotThatFar as NotThatFar,
    RegisterBehind as RegisterBehind,
    RegistrarKeyUnusable as RegistrarKeyUnusable,
    SearchTooSlow as SearchTooSlow,
    SqliteTooOld as SqliteTooOld,
    StoreFailed as StoreFailed,
    TooManyWaiting as TooManyWaiting,
    TrustBroken as TrustBroken,
    WebhookKeyUnusable as WebhookKeyUnusable,
)
from content.errors.conflict import (
    AlreadyThere as AlreadyThere,
    DiscussionFull as DiscussionFull,
    ExportRefused as ExportRefused,
    LastWayIn as LastWayIn,
    LaterWorkStands as LaterWorkStands,
    LimitReached as LimitReached,
    LocaleMismatch as LocaleMismatch,
    MemberClosed as MemberClosed,
    PreconditionMissing as PreconditionMissing,
    PreconditionStale as PreconditionStale,
    RequirementsOpen as RequirementsOpen,
    SectionIsBusy as SectionIsBusy,
    StateHasMoved as StateHasMoved,
    ThreadResolved as ThreadResolved,
    TreeBroken as TreeBroken,
    TrustMissing as TrustMissing,
    TrustRoleMissing as TrustRoleMissing,
    WebhookOff as WebhookOff,
)
from content.errors.kinds import (
    BadInput as BadInput,
    Broken as Broken,
    Conflict as Conflict,
    ContentError as ContentError,
    Gone as Gone,
    NotAllowed as NotAllowed,
    NotFound as NotFound,
    NotSignedIn as NotSignedIn,
    Precondition as Precondition,
)
from content.errors.missing import (
    DeliveryNotFound as DeliveryNotFound,
    DocumentNotFound as DocumentNotFound,
    FindingNotFound as FindingNotFound,
    FormNotFound as FormNotFound,
    InvitationUnknown as InvitationUnknown,
    LinkNotFound as LinkNotFound,
    LogKeyMissing as LogKeyMissing,
    MemberKeyNotFound as MemberKeyNotFound,
    MemberNotFound as MemberNotFound,
    PasskeyNotFound as PasskeyNotFound,
    PersonNotFound as PersonNotFound,
    RecallNotFound as RecallNotFound,
    SectionNotFound as SectionNotFound,
    SessionNotFound as SessionNotFound,
    StatementNotFound as StatementNotFound,
    SuggestionNotFound as SuggestionNotFound,
    ThreadNotFound as ThreadNotFound,
    TileNotFound as TileNotFound,
    TranslationNotFound as TranslationNotFound,
    TrustFileNotFound as TrustFileNotFound,
    UnitNotFound as UnitNotFound,
    UploadNotFound as UploadNotFound,
    VersionNotFound as VersionNotFound,
    WebhookKeyMissing as WebhookKeyMissing,
    WebhookNotFound as WebhookNotFound,
    WithdrawalNotFound as WithdrawalNotFound,
    Withdrawn as Withdrawn,
)
from content.errors.refused import (
    AddressRefused as AddressRefused,
    BlockMalformed as BlockMalformed,
    CatalogueRefused as CatalogueRefused,
    CeremonyOver as CeremonyOver,
    CommentMissing as CommentMissing,
    DateInThePast as DateInThePast,
    ExchangeRefused as ExchangeRefused,
    FigureRefused as FigureRefused,
    FourEyes as FourEyes,
    InputTooLarge as InputTooLarge,
    InterestsMissing as InterestsMissing,
    KeyExpired as KeyExpired,
    KeyMissing as KeyMissing,
    KeyRevoked as KeyRevoked,
    KeyUnknown as KeyUnknown,
    LinkRefused as LinkRefused,
    LocaleMalformed as LocaleMalformed,
    LocaleUnknown as LocaleUnknown,
    NotADemonstration as NotADemonstration,
    OriginRefused as OriginRefused,
    PageHasMistakes as PageHasMistakes,
    PasskeyRefused as PasskeyRefused,
    PasswordRefused as PasswordRefused,
    PolicyMalformed as PolicyMalformed,
    RemarkRefused as RemarkRefused,
    ReviewByRefused as ReviewByRefused,
    RoleMalformed as RoleMalformed,
    RoleMissing as RoleMissing,
    ScopeMissing as ScopeMissing,
    SearchRefused as SearchRefused,
    ServiceRefused as ServiceRefused,
    SessionOver as SessionOver,
    SignInFailed as SignInFailed,
    SignatureRefused as SignatureRefused,
    SlugMalformed as SlugMalformed,
    StatementEmpty as StatementEmpty,
    TokenExpired as TokenExpired,
    TokenMissing as TokenMissing,
    TokenUnknown as TokenUnknown,
    TooManyAttempts as TooManyAttempts,
    TrustRefused as TrustRefused,
    WordsNotAccepted as WordsNotAccepted,
    WrongLanguage as WrongLanguage,
)
