"""What stages, fates, kinds and lacks are called among people."""

from dataclasses import dataclass

from api.desk.words import later as N_
from content.review.handing_in import Lack
from content.translation.board import Stage
from content.translation.fate import Fate


@dataclass(frozen=True)
class Look:
    """How a stage is shown: never by its colour alone. Frozen."""

    name: str
    #: A sign that stands in the square.
    mark: str
    #: `good`, `warned` or `bad`.
    tone: str


STAGES: dict[Stage, Look] = {
    Stage.IN_FORCE: Look(N_("In force"), "✓", "good"),
    Stage.ON_ITS_WAY: Look(N_("Handed in"), "▸", "good"),
    Stage.WHOLE: Look(N_("Ready to hand in"), "●", "warned"),
    Stage.BEHIND: Look(N_("Follows an older text"), "↻", "warned"),
    Stage.PART: Look(N_("Partly done"), "◐", "warned"),
    Stage.WRONG: Look(N_("Something is wrong"), "!", "bad"),
    Stage.NOTHING: Look(N_("Nothing yet"), "–", "bad"),
}


@dataclass(frozen=True)
class Outcome:
    """What becomes of words, in words. Frozen."""

    name: str
    #: What that means, in a sentence.
    means: str


#: In the order in which they are told: first what needs somebody.
FATES: dict[Fate, Outcome] = {
    "refused": Outcome(
        N_("Refused"), N_("These words cannot stand in their place, so they are not taken.")
    ),
    "conflict": Outcome(
        N_("Conflicts"),
        N_(
            "Somebody else changed these, or nobody knows what the file was made from. What "
            "stands stays; the words of the file are kept as suggestions."
        ),
    ),
    "outdated": Outcome(
        N_("For an older text"),
        N_("The source text changed since. The words are kept as suggestions."),
    ),
    "unknown": Outcome(N_("Not of this page"), N_("No text of this page is like these.")),
    "retired": Outcome(
        N_("Retired"), N_("The source text has these no more. The words stay in the file.")
    ),
    "fuzzy": Outcome(
        N_("Marked as unsure"),
        N_("Taken where nothing stands yet, otherwise kept as suggestions."),
    ),
    "updated": Outcome(N_("Taken"), N_("These words come into the drafts.")),
    "confirmed": Outcome(
        N_("Confirmed"), N_("The words stood there, and now somebody says that they are right.")
    ),
    "unchanged": Outcome(N_("Unchanged"), N_("They are as they stand.")),
    "blank": Outcome(N_("Blank"), N_("What is blank deletes nothing.")),
}

#: Of one text that was written on a page and did not become what stands.
DECIDE: dict[Fate, str] = {
    "conflict": N_(
        "Meanwhile somebody else changed this translation. Look at both: save yours over "
        "it, or leave theirs and keep yours as a suggestion."
    ),
    "outdated": N_("Meanwhile the source text changed. Look at what is new, then save again."),
    "refused": N_(
        "This cannot stand here as it is. Mend it, or tick that you are unsure to keep it "
        "as a beginning."
    ),
    "unknown": N_(
        "Meanwhile the source text lost this part. Copy your words if you need them elsewhere."
    ),
    "fuzzy": N_(
        "What stands was confirmed already, and an unsure text does not replace it. Yours "
        "is kept as a suggestion, unless it is the same."
    ),
    "blank": N_("An empty text deletes nothing: what stood there stays."),
}

#: Why an entry was refused, and why a file cannot be taken back: as the hub says it.
WHYS = (
    N_("The file has this unit more than once, with different words; leave one. All are kept."),
    N_("The text has no plural forms, and the file gives it several; all kept."),
    N_("Its version is past draft; have it returned first."),
    N_("Its version is past draft."),
    N_("It was changed since."),
    N_("It was sent again since."),
    N_("Its suggestion was taken."),
)

LACKS: dict[Lack, str] = {
    "no-draft": N_("There is no draft: nothing is new since the last version."),
    "past-draft": N_("It was handed in. To change it, have it returned first."),
}

KINDS = {
    "title": N_("Title"),
    "summary": N_("Summary"),
    "paragraph": N_("Paragraph"),
    "list-item": N_("Item of a list"),
    "cell": N_("Cell of a table"),
    "caption": N_("Caption"),
    "alt": N_("Description of a picture"),
    "audience": N_("Who it is for"),
    "disclaimer": N_("Note of caution"),
}

#: Which texts are shown, by the word in `?show=`.
SHOWS = {
    "all": N_("All"),
    "todo": N_("To do"),
    "unsure": N_("Unsure"),
    "changed": N_("Source changed"),
    "findings": N_("With findings"),
}
