"""The header: the entry without a source, whose text is fields. No formula in it is evaluated."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from content.translation.po import limits
from content.translation.po.entry import PoEntry, Remark
from content.translation.po.refusal import refused, too_large

CHARSET = re.compile(r"charset[ \t]*=[ \t]*([^\s;]+)", re.IGNORECASE)
UTF_8 = {"utf-8", "utf8"}
#: A template's header is filled in by whoever translates it.
NOT_FILLED_IN = {"charset", "integer"}
PLURAL_COUNT = re.compile(r"nplurals[ \t]*=[ \t]*([^\s;]*)")


@dataclass(frozen=True, slots=True)
class Header:
    """The fields, names in lower case, and how many forms a plural has, where that is told."""

    fields: Mapping[str, str]
    plural_forms: int | None
    remarks: tuple[Remark, ...]


def read_header(entry: PoEntry) -> Header:
    """The header of a file from its first entry. Raises CatalogueRefused, InputTooLarge."""
    _require_header(entry)
    fields, remarks = _fields(entry.line, entry.targets[0])
    return Header(
        MappingProxyType(fields),
        _plural_forms(entry.line, fields.get("plural-forms", "")),
        (*remarks, *_about_charset(entry.line, fields.get("content-type", ""))),
    )


def _require_header(entry: PoEntry) -> None:
    if entry.source or entry.context is not None or entry.obsolete:
        raise refused(
            entry.line,
            "header-missing",
            'a .po file begins with a header, msgid "" and its fields; export it again.',
        )
    if entry.plural_source is not None:
        raise refused(entry.line, "header-malformed", "a header has no plural.")


def _fields(line: int, text: str) -> tuple[dict[str, str], list[Remark]]:
    fields: dict[str, str] = {}
    remarks = []
    for name, value in _told(line, text):
        # gettext takes the first, polib the last.
        if fields.get(name, value) != value:
            raise refused(
                line, "header-field-twice", f"the header has two values for {name[:80]!r}."
            )
        if name in fields:
            remarks.append(
                Remark(line, "header-field-twice", f"The header has {name[:80]!r} twice.")
            )
        fields[name] = value
    return fields, remarks


def _told(line: int, text: str) -> list[tuple[str, str]]:
    """Names in lower case and values, in their order."""
    if text.count("\n") > limits.HEADER_LINES_MAX:
        raise too_large(
            line, "header-lines", f"a header has at most {limits.HEADER_LINES_MAX} lines."
        )
    told: list[tuple[str, str]] = []
    for field in text.splitlines():
        name, colon, value = field.partition(":")
        if colon:
            told.append((name.strip().lower(), value.strip()))
        elif told:
            # polib goes on with the field before; gettext does not read such a line at all.
            told[-1] = (told[-1][0], f"{told[-1][1]}\n{field.strip()}".rstrip())
        elif field.strip():
            raise refused(line, "header-malformed", "a header's line is a name, a colon, a value.")
    return told


def _plural_forms(line: int, rule: str) -> int | None:
    """How many plural forms; what stands after `plural=` is a program, and is left alone."""
    counted = PLURAL_COUNT.search(rule)
    if not counted or counted[1].lower() in NOT_FILLED_IN:
        return None
    # A figure of one digit: int() of a million digits takes its time.
    if not re.fullmatch("[0-9]", counted[1]) or not 1 <= int(counted[1]) <= limits.PLURAL_FORMS_MAX:
        raise refused(
            line,
            "plural-forms",
            f"Plural-Forms has an nplurals that is not 1 to {limits.PLURAL_FORMS_MAX}.",
        )
    return int(counted[1])


def _about_charset(line: int, content_type: str) -> list[Remark]:
    """The bytes were UTF-8, whatever is claimed; a tool that believes the claim garbles them."""
    claimed = CHARSET.search(content_type)
    if not claimed:
        return [Remark(line, "charset-missing", "The header does not say charset=UTF-8.")]
    if claimed[1].lower() in UTF_8 | NOT_FILLED_IN:
        return []
    return [
        Remark(
            line,
            "charset-other",
            f"The header says charset={claimed[1][:40]}; the file was read as the UTF-8 it is.",
        )
    ]
