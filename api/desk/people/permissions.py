"""What roles are for and what they may do, in words."""

from api.desk.words import later as N_
from content.people.role import ALLOWED, LANGUAGE_ROLES, Permission, Role

#: Who somebody with the role is.
WHO = {
    Role.AUTHOR: N_("Writes the source texts."),
    Role.TRANSLATOR: N_("Translates into one language."),
    Role.REVISER: N_("Another linguist, who compares a translation with its source."),
    Role.MEDICAL_REVIEWER: N_("Knows the medicine."),
    Role.LANGUAGE_REVIEWER: N_(
        "A clinician of one language, who reviews and signs its translations."
    ),
    Role.LAY_REVIEWER: N_("Reads as a reader would."),
    Role.BOARD: N_("Signs the source texts."),
    Role.EDITOR: N_("Leads a text through its way, opens statements and sets dates."),
    Role.DUTY_OFFICER: N_("Can take a text down at any hour."),
    Role.ADMINISTRATOR: N_(
        "Manages people; writes, approves and signs nothing, and holds no other role."
    ),
}
#: What is allowed by each.
MAY = {
    Permission.READ_DRAFTS: N_("see texts that are not in force, and their reviews"),
    Permission.DISCUSS: N_("say something about a text, and resolve what was said"),
    Permission.READ_LEDGER: N_("see who did what, and when"),
    Permission.WRITE_SOURCE: N_("write source texts"),
    Permission.TRANSLATE: N_("write translations"),
    Permission.EDIT_GLOSSARY: N_("edit the glossary and the translation memory"),
    Permission.SUBMIT_SOURCE: N_("hand in source texts for review"),
    Permission.SUBMIT_TRANSLATION: N_("hand in translations for review"),
    Permission.ABANDON_SOURCE: N_("give up a source text that is not in force yet"),
    Permission.ABANDON_TRANSLATION: N_("give up a translation that is not in force yet"),
    Permission.REVIEW_MEDICAL: N_("give a medical review"),
    Permission.REVIEW_LAY: N_("give a review as a reader"),
    Permission.REVISE: N_("compare a translation with its source, and judge it"),
    Permission.REVIEW_LANGUAGE: N_("review the medical language of a translation"),
    Permission.SCHEDULE: N_("say when a text comes into force"),
    Permission.OPEN_STATEMENT: N_("put texts to signature"),
    Permission.SIGN_BOARD: N_("sign source texts"),
    Permission.SIGN_LANGUAGE: N_("sign translations"),
    Permission.OBJECT: N_("stop an approved text before it is in force"),
    Permission.WITHDRAW: N_("take a text out of force, and confirm it"),
    Permission.MANAGE_PEOPLE: N_("enter and erase people, give roles and make tokens"),
    Permission.MANAGE_MEMBERS: N_("manage members, their keys and webhooks"),
    Permission.READ_SHOWING: N_("see which member shows what"),
    Permission.FOLLOW_RECALLS: N_("end what is expected of a member in a recall"),
}


def table() -> list[tuple[Role, bool, str, list[str]]]:
    """Of each role: whether it is of one language, who that is, and what they may do."""
    return [
        (role, role in LANGUAGE_ROLES, WHO[role], [MAY[one] for one in MAY if one in ALLOWED[role]])
        for role in Role
    ]
