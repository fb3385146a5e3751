"""Pictures: which file of which name, and the texts that belong to it."""

from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from bs4.element import Tag

from content.records.existing_page.address import is_web_address, resolved
from content.records.existing_page.characters import readable
from content.records.existing_page.credit import CREDIT_CHARACTERS_MAX, credit_of
from content.records.existing_page.elements import attribute, classes, place_of, text_of
from content.records.existing_page.findings import Findings
from content.records.existing_page.front_matter import TODO
from content.records.existing_page.page import Figure
from content.records.existing_page.slug import unique_slug

ENDINGS = ("svg", "png", "jpg", "jpeg", "webp")

_SOURCES = ("src", "data-src", "data-lazy-src", "data-original")
_CREDIT_ATTRIBUTES = ("data-credit", "data-copyright", "data-image-credit")
_CREDIT_CLASSES = frozenset(
    [
        "credit",
        "credits",
        "image-credit",
        "photo-credit",
        "img-credit",
        "caption-credit",
        "media-credit",
        "copyright",
    ]
)
_CAPTION_CLASSES = frozenset({"wp-caption-text", "caption", "image-caption"})


@dataclass
class Pictures:
    """The pictures met so far, each file name once."""

    findings: Findings
    base: str | None
    _names: dict[str, str] = field(default_factory=dict)
    _taken: dict[str, int] = field(default_factory=dict)

    def figure(self, image: Tag, caption: str, credit: str | None) -> Figure | None:
        """The figure of an <img>; None when it was listed instead."""
        place = place_of(image)
        alt = readable(attribute(image, "alt") or "", place, self.findings).strip()
        if not alt and not caption and image.has_attr("alt"):
            self.findings.leave_out(place, "picture without a text (decoration)", _source(image))
            return None
        file = self._file(image, place)
        if file is None:
            text = " ".join(filter(None, (alt, caption, credit, _source(image)[:200])))
            self.findings.leave_out(place, "picture that is no SVG, PNG, JPEG or WebP file", text)
            return None
        if not alt:
            self.findings.leave_out(place, "text alternative of a picture, not given", file)
        return Figure(file, alt or TODO, caption, credit or credit_of(caption), place)

    def _file(self, image: Tag, place: str) -> str | None:
        source = _source(image)
        try:
            path = urlsplit(source).path
        except ValueError:
            return None
        stem, _, ending = unquote(path).rsplit("/", 1)[-1].rpartition(".")
        if source.startswith("data:") or ending.lower() not in ENDINGS:
            return None
        if source not in self._names:
            name = unique_slug(stem, self._taken, otherwise="figure")
            self._names[source] = f"{name}.{ending.lower()}"
            self._say_where(source, self._names[source], place)
        return self._names[source]

    def _say_where(self, source: str, file: str, place: str) -> None:
        address = resolved(source, self.base).href or source
        kept = address if is_web_address(address) else f"“{address}” of the page"
        self.findings.note(f"Save {kept} as figures/{file}", place)


def is_caption(tag: Tag) -> bool:
    """Whether an element of a figure is its caption or credit."""
    return tag.name == "figcaption" or bool(classes(tag) & (_CAPTION_CLASSES | _CREDIT_CLASSES))


def named_credit(figure: Tag, image: Tag, findings: Findings) -> str | None:
    """The credit that an attribute or an element of its own gives."""
    text = readable(_credit_text(figure, image), place_of(image), findings).strip()
    return credit_of(text, whole=True) or text[:CREDIT_CHARACTERS_MAX] or None


def _credit_text(figure: Tag, image: Tag) -> str:
    for tag in (image, figure):
        for name in _CREDIT_ATTRIBUTES:
            if value := attribute(tag, name):
                return value
    marked = figure.find(lambda tag: bool(classes(tag) & _CREDIT_CLASSES))
    return text_of(marked) if marked else ""


def _source(image: Tag) -> str:
    """Where the picture is; pages that load late keep it in an attribute of their own."""
    found = [value for name in _SOURCES if (value := (attribute(image, name) or "").strip())]
    real = [value for value in found if not value.startswith("data:")]
    return next(iter(real + found), "")
