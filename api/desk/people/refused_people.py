"""What the hub refuses about people, in words: more closely than `told`, which is for all pages."""

from api.desk import told
from api.desk.words import later as N_
from content import errors
from content.errors import ContentError

REFUSED: dict[type[ContentError], str] = {
    errors.FourEyes: N_(
        "Nobody gives themselves a role or erases themselves, and an administrator holds no other "
        "role. Ask another administrator, or enter a second person for that. Whoever was given a "
        "link for passkeys here gets no role that reviews or decides: ask whoever runs the hub."
    ),
    errors.AlreadyThere: N_("There is somebody with this id already. Choose another one."),
    errors.RoleMalformed: N_("There is no such role. Choose one of the list."),
    errors.ScopeMissing: N_(
        "Tokens and links that are made here decide nothing. Whoever runs the hub makes others."
    ),
    errors.PersonNotFound: N_("This person was erased. Nothing can be given to them."),
    errors.BadInput: N_(
        "Something in the form does not fit. Names have up to 200 characters on one line; an id is "
        "made of lowercase letters, digits and single hyphens."
    ),
}


def refused(error: ContentError) -> str:
    """What happened, and what to do; to be said in the reader's language."""
    return REFUSED.get(type(error)) or told.refused(error)
