"""What roles are called among people, and which there are to give."""

from collections.abc import Sequence

from api.desk.tongues import called
from api.desk.words import later as N_
from content.people.role import LANGUAGE_ROLES, Grant, Role

NAMES = {
    Role.AUTHOR: N_("Author"),
    Role.TRANSLATOR: N_("Translator"),
    Role.REVISER: N_("Reviser"),
    Role.MEDICAL_REVIEWER: N_("Medical reviewer"),
    Role.LANGUAGE_REVIEWER: N_("Language reviewer"),
    Role.LAY_REVIEWER: N_("Lay reviewer"),
    Role.BOARD: N_("Board member"),
    Role.EDITOR: N_("Editor"),
    Role.DUTY_OFFICER: N_("Duty officer"),
    Role.ADMINISTRATOR: N_("Administrator"),
}
#: Those of all texts, as they are offered.
OF_ALL = tuple(Grant(role) for role in Role if role not in LANGUAGE_ROLES)


def of_languages(tags: Sequence[str], language: str) -> list[tuple[str, str, list[Grant]]]:
    """Each locale with its name, as the reader calls it, and the roles that there are for it."""
    return [
        (tag, called(tag, language), [Grant(role, tag) for role in Role if role in LANGUAGE_ROLES])
        for tag in tags
    ]
