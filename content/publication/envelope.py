"""The answers that member sites read, as plain values: one section, one page, one overview."""

from dataclasses import asdict
from typing import Any

from content import clock
from content.publication.shelf import Served, Shelf
from content.records.message import links_of
from content.translation import locale as locales
from content.translation import phrases

Answer = dict[str, Any]


def section_path(slug: str, locale: str) -> str:
    return f"/v1/sections/{slug}/{locale}"


def page_path(slug: str, locale: str) -> str:
    return f"/v1/pages/{slug}/{locale}"


def proof_path(slug: str, locale: str) -> str:
    return f"/proof/{slug}/{locale}"


def status(served: Served) -> str:
    """`current`, `outdated` or `review-due`. A change of wording alone carries no banner."""
    if any(step.kind != "wording" for step in served.moved):
        return "outdated"
    return "review-due" if served.version.review_by < clock.today() else "current"


def section(shelf: Shelf, slug: str, locale: str) -> Answer:
    """The envelope of one section."""
    made = shelf.envelopes.get((slug, locale))
    if made is None:
        made = shelf.envelopes[slug, locale] = _section(shelf, slug, locale)
    return dict(made)


def _section(shelf: Shelf, slug: str, locale: str) -> Answer:
    """The contract's fields, in its order."""
    served = shelf.served[slug, locale]
    document = served.document
    body = document.model_dump(mode="json")
    return {
        "section": slug,
        "locale": locale,
        "version": document.version,
        "status": status(served),
        "title": document.title,
        "summary": document.summary,
        "html": "\n".join(block.html for block in document.blocks),
        "markdown": "\n\n".join(block.markdown for block in document.blocks),
        "blocks": body["blocks"],
        "children": _children(shelf, slug, locale),
        "page": shelf.root(slug),
        "evidence": body["evidence"],
        "figures": body["figures"],
        "links": _links(served),
        "dir": locales.describe(locale).dir,
        "audience": document.audience,
        "authors": body["authors"],
        "translation_of": _translation_of(served),
        "last_reviewed": body["last_reviewed"],
        "review_by": body["review_by"],
        "change": body["change"],
        "approval": {
            "sign_off": served.sign_off,
            "signed_by": [asdict(signed) for signed in served.signed_by],
            "reviewed_by": [
                {"name": one.name, "kind": one.kind, "organisation": one.organisation}
                for one in served.reviewed_by
            ],
        },
        "attribution": body["attribution"],
        "license": document.license,
        "disclaimer": document.disclaimer,
        "notice": None,
        "sha256": served.version.document,
        "seq": served.seq,
        "urls": _urls(shelf, slug, locale),
        **demo_mark(shelf.demo, locale),
    }


def page(shelf: Shelf, root: str, locale: str) -> Answer:
    """The envelope of the root with its sections nested in order, and what is missing."""
    missing: list[str] = []
    answer = _nested(shelf, root, locale, missing, {root})
    answer["missing"] = missing
    answer["seq"] = max(_seqs(answer))
    answer["urls"] = answer["urls"] | {
        "self": page_path(root, locale),
        "alternates": {
            other: page_path(root, other) for other in shelf.locales(root) if other != locale
        },
    }
    return answer


def overview(shelf: Shelf, slug: str) -> Answer:
    """A section without language: where it is in force, and where it stands in the tree."""
    source_locale = shelf.sections[slug].source_locale
    return {
        "section": slug,
        "source_locale": source_locale,
        "page": shelf.root(slug),
        "parent": shelf.parents.get(slug),
        "children": list(shelf.children.get(slug, ())),
        "locales": [_in_locale(shelf, slug, locale) for locale in shelf.locales(slug)],
        "withdrawn": shelf.withdrawn_locales(slug),
        **demo_mark(shelf.demo, source_locale),
    }


def demo_mark(is_demo: bool, locale: str) -> Answer:
    """What every answer of a demonstration says."""
    if not is_demo:
        return {}
    return {"demo": True, "demo_notice": phrases.say(locale, phrases.DEMO_NOTICE)}


def _nested(shelf: Shelf, slug: str, locale: str, missing: list[str], seen: set[str]) -> Answer:
    answer = section(shelf, slug, locale)
    answer["sections"] = []
    for child in _below(shelf, slug, locale):
        if child in seen:
            continue  # it moved, and this text is of before that
        seen.add(child)
        if (child, locale) in shelf.served:
            answer["sections"].append(_nested(shelf, child, locale, missing, seen))
        else:
            missing.append(child)
    return answer


def _below(shelf: Shelf, slug: str, locale: str) -> list[str]:
    """What the text lists below itself, without what has left the page since."""
    page = shelf.root(slug)
    listed = shelf.served[slug, locale].document.children
    return [child for child in listed if shelf.root(child) == page]


def _seqs(answer: Answer) -> list[int]:
    return [answer["seq"], *(seq for below in answer["sections"] for seq in _seqs(below))]


def _in_locale(shelf: Shelf, slug: str, locale: str) -> Answer:
    served = shelf.served[slug, locale]
    return {
        "locale": locale,
        "version": served.version.number,
        "sha256": served.version.document,
        "status": status(served),
        "title": served.document.title,
        "url": section_path(slug, locale),
    }


def _children(shelf: Shelf, slug: str, locale: str) -> list[Answer]:
    return [
        {
            "section": child,
            "title": shelf.served[child, locale].document.title,
            "url": section_path(child, locale),
        }
        for child in _below(shelf, slug, locale)
        if (child, locale) in shelf.served
    ]


def _links(served: Served) -> list[Answer]:
    return [{"text": text, "url": url} for text, url in links_of(served.document)]


def _translation_of(served: Served) -> Answer | None:
    source = served.document.translation_of
    if source is None:
        return None
    moved = served.moved
    strongest = next((step for step in moved if step.kind != "wording"), next(iter(moved), None))
    return {
        "locale": source.locale,
        "version": source.version,
        "sha256": source.sha256,
        "current_version": served.newest_followed,
        "outdated_since": moved[0].since if moved else None,
        "change": {"kind": strongest.kind, "summary": strongest.summary} if strongest else None,
    }


def _urls(shelf: Shelf, slug: str, locale: str) -> Answer:
    served = shelf.served[slug, locale]
    return {
        "self": section_path(slug, locale),
        "content": f"/v1/content/{served.version.document}",
        "sign_off": f"/v1/sign-offs/{served.sign_off}",
        "history": f"{section_path(slug, locale)}/versions",
        # For people: who stands behind it.
        "proof": proof_path(slug, locale),
        "page": page_path(shelf.root(slug), locale),
        "alternates": {
            other: section_path(slug, other) for other in shelf.locales(slug) if other != locale
        },
    }
