"""What roles are called among people."""

from api.desk.words import later as N_
from content.people.role import Role

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
