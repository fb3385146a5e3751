"""What is wrong with a text that was typed, in words: by the code that its reader gives it."""

from api.desk.words import later as N_

_HEADING = N_("A text has no further headings. New sections come with the file of the page.")

#: A code that is not here is told by its English message alone.
MISTAKE_NAMES: dict[str, str] = {
    "blank": N_("There is no text here."),
    "block-not-supported": N_("Nothing like this can stand here."),
    "citation-misplaced": N_("Works are named at the end of a paragraph, and nowhere else."),
    "control-character": N_("There is a character here that is no part of a text."),
    "evidence-duplicate": N_("The same work is named twice here."),
    "evidence-unknown": N_("This work is not one of the page's."),
    "evidence-unused": N_("No paragraph names this work."),
    "figure-unknown": N_("A picture names its file."),
    "figure-unused": N_("This picture is shown nowhere."),
    "figure-without-alt": N_("A picture needs a description for those who do not see it."),
    "figure-without-credit": N_("This picture is not one of the section's."),
    "front-matter-value": N_("Something cannot stand here as it is."),
    "heading-jump": _HEADING,
    "html": N_("There is HTML in the text."),
    "image": N_("A picture stands in a paragraph of its own."),
    "link-target": N_("A link is not written as it has to be, or leads where it must not."),
    "markup": N_("Nothing here can be emphasised, strong or a link."),
    "root-missing": N_("The title is missing."),
    "root-second": _HEADING,
    "slug-duplicate": _HEADING,
    "slug-invalid": _HEADING,
    "slug-missing": _HEADING,
    "summary-misplaced": N_("The summary has a field of its own."),
    "text-too-long": N_("This is too long."),
    "too-large": N_("There is more here than a text may have."),
}
