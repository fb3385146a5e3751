"""What is said about members, their texts, keys and webhooks, in words."""

from babel import Locale

from api.desk import told
from api.desk.words import later as N_
from content import errors
from content.errors import ContentError
from content.syndication.member_key import Scope
from content.syndication.standing import State

#: By how a shown text stands: what it is called, and what is to be done.
STATES = {
    State.WITHDRAWN: (N_("Withdrawn"), N_("Has to be taken down.")),
    State.BEHIND: (N_("Behind"), N_("There is a newer version.")),
    State.OUTDATED: (N_("Outdated"), N_("The newest there is; its source has moved on.")),
    State.UNKNOWN: (N_("Never in force"), N_("Such a version was never in force.")),
    State.CURRENT: (N_("Current"), N_("As it should be.")),
}
SCOPES = {
    Scope.READ: N_("Read the texts in force"),
    Scope.SHOWING: N_("Tell the hub what the site shows"),
    Scope.WEBHOOKS: N_("Enter and change webhooks"),
}
#: By kind of event of the feed.
EVENTS = {
    "in_force": N_("A version comes into force"),
    "outdated": N_("A translation becomes outdated"),
    "current": N_("A translation is current again"),
    "review_due": N_("A text is due for review"),
    "withdrawn": N_("A text is withdrawn"),
    "notice": N_("A notice is attached or removed"),
    "trust": N_("The trust file changes"),
}
SPAN = N_("A span has at most 1,000 events; the last one does not come before the first.")
#: What the hub refuses of a form, by (error, field).
WRONG: dict[tuple[type[ContentError], str], str] = {
    (errors.BadInput, "id"): N_(
        "The short name has lowercase letters, digits and single hyphens, like ms-example."
    ),
    (errors.AlreadyThere, "id"): N_(
        "There is a member with this short name already. Choose another."
    ),
    (errors.BadInput, "name"): N_("The name has 1 to 200 characters, on one line."),
    (errors.BadInput, "country"): N_("The country is two capital letters, like CH."),
    (errors.BadInput, "contact"): N_("The contact is one e-mail address, like web@example.org."),
    (errors.BadInput, "site"): N_("The site is an address like https://www.example.org."),
    (errors.BadInput, "locales"): N_("Name up to 50 languages, the one to write in first: fr, de"),
    (errors.LocaleMalformed, "locales"): N_(
        "A language is written like fr or de-CH, several with commas between them."
    ),
    (errors.BadInput, "days"): N_("A key works for 1 to 3,660 days, or without an end."),
    (errors.BadInput, "scope"): N_("Choose at least one thing that the key is good for."),
    (errors.BadInput, "types"): N_("Choose from the events that are listed."),
    (errors.BadInput, "pages"): N_(
        "Pages go by their names in addresses, like stem-cell-therapy, several with commas."
    ),
    (errors.AddressRefused, "url"): N_(
        "The address begins with https://, then a name in small letters and a path; no port."
    ),
    (errors.BadInput, "reason"): N_("Say why, in at most 1,000 characters."),
    (errors.BadInput, "span"): SPAN,
}
#: The same of the name of a key.
KEY_NAME = N_("The name has lowercase letters, digits and single hyphens, like cms-2026.")
KEY_TAKEN = N_("This member has, or had, a key of this name. Choose another.")
#: The field of an error that names none.
FIELDS: dict[type[ContentError], str] = {
    errors.LocaleMalformed: "locales",
    errors.AddressRefused: "url",
}
#: What a form is shown again after, with what was typed.
KEPT = (errors.BadInput, errors.Conflict, errors.Precondition, errors.Broken)


def wrong(error: ContentError) -> tuple[str, str]:
    """(field, what to say): the field is empty where it is not about one."""
    field = str(FIELDS.get(type(error)) or error.context.get("field", ""))
    return field, WRONG.get((type(error), field)) or told.refused(error)


def wrong_key(error: ContentError) -> tuple[str, str]:
    """The same of a key that is to be made."""
    field, said = wrong(error)
    if field == "name":
        said = KEY_TAKEN if isinstance(error, errors.AlreadyThere) else KEY_NAME
    return field, said


def country(language: str, code: str) -> str:
    """A country's name in a reader's language."""
    return str(Locale(language).territories.get(code, code))
