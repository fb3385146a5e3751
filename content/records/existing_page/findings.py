"""What the author must be told beside the draft itself."""

from dataclasses import dataclass, field

PLACES_SHOWN_MAX = 5


@dataclass(frozen=True)
class Unplaced:
    """Something of the page that the draft does not hold, with its text. Frozen."""

    line_or_path: str
    what: str
    text: str


@dataclass
class Findings:
    """Everything found while one page is read, in reading order. It only grows."""

    unplaced: list[Unplaced] = field(default_factory=list)
    _places: dict[str, list[str]] = field(default_factory=dict)

    def leave_out(self, place: str, what: str, text: str = "") -> None:
        """Lists what the draft does not hold."""
        self.unplaced.append(Unplaced(place, what, " ".join(text.split())))

    def note(self, sentence: str, place: str = "") -> None:
        """Says what was changed; a sentence said before only gains a place."""
        places = self._places.setdefault(sentence, [])
        if place and place not in places[-1:]:
            places.append(place)

    @property
    def notes(self) -> tuple[str, ...]:
        """Each sentence once, with the first places it holds for."""
        return tuple(sentence + _shown(places) for sentence, places in self._places.items())


def _shown(places: list[str]) -> str:
    if not places:
        return ""
    rest = len(places) - PLACES_SHOWN_MAX
    more = f" and {rest} more" if rest > 0 else ""
    return f" ({'; '.join(places[:PLACES_SHOWN_MAX])}{more})"
