"""What the pages say of reviews, roles, changes and reasons, in English; desk.po has the rest."""

from content.people.role import Role
from content.translation import phrases

#: By the kind of a review.
REVIEWS = {
    "medical": "Medical review",
    "lay": "Review as a reader",
    "revision": "Comparison with the text it follows",
    "language": "Review by a clinician of this language",
}
#: By the role that signed, without its language.
ROLES = {
    Role.BOARD.value: "for the board",
    Role.LANGUAGE_REVIEWER.value: "as language reviewer",
}
#: By the kind of a change.
CHANGES = {
    "wording": "Only the wording changed.",
    "clinical": "The medical content changed.",
    "safety": "It was changed for the safety of patients.",
}
#: By the reason of a withdrawal.
REASONS = phrases.WITHDRAWN_BECAUSE
#: What a signer declares who has no interest to declare, as it is signed.
NO_INTERESTS = "none declared"
#: The same as it is told.
NONE = "none"
#: Instead of the name of a person who was erased.
ERASED = phrases.ERASED
