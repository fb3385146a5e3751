"""What a script at the database could try, as lists of SQL statements in both dialects.

The hub they are tried on: `risks` 2 is a draft, `treatment` 2 in review, and `benefits` 2 waits for
signatures with one of three. All of number 1 are in force in English and French.
"""

from collections.abc import Mapping

AT = "'2026-11-23 09:00:00+00:00'"
#: Before anything happened: a time that stays what it was is no change to refuse.
BEFORE = "'2026-11-22 09:00:00+00:00'"
DRAFT = "(SELECT id FROM version WHERE section = 'risks' AND locale = 'en' AND number = 2)"
IN_REVIEW = "(SELECT id FROM version WHERE section = 'treatment' AND locale = 'en' AND number = 2)"
WAITING = "(SELECT id FROM version WHERE section = 'benefits' AND locale = 'en' AND number = 2)"
STANDING = "(SELECT id FROM version WHERE section = 'risks' AND locale = 'en' AND number = 1)"
FRENCH = "(SELECT id FROM version WHERE section = 'risks' AND locale = 'fr' AND number = 1)"
OPEN = "(SELECT sha256 FROM statement WHERE state = 'open')"
CLOSED = "(SELECT min(sha256) FROM statement WHERE state = 'signed_off')"


def document_of(version: str) -> str:
    return f"(SELECT document FROM version WHERE id = {version})"


def participation(version: str, person: str, part: str) -> str:
    return f"INSERT INTO participation VALUES ({version}, '{person}', '{part}')"


def review(version: str, person: str, kind: str) -> str:
    return (
        f"INSERT INTO review VALUES (9999, {version}, {document_of(version)}, '{kind}', 'approve', "
        f"'{person}', 'MSIF', 'none', false, '', {AT})"
    )


def signature(statement: str, person: str) -> str:
    return (
        f"INSERT INTO signature VALUES ({statement}, '{person}', 'MSIF', 'approval', false, "
        f"CAST('{{}}' AS {{bytes}}), '{{{{}}}}', '', {AT})"
    )


def statement(name: str, state: str = "open") -> str:
    return (
        f"INSERT INTO statement VALUES ('{name}', '{name}', CAST('{{}}' AS {{bytes}}), 'board', 1, "
        f"'editor', {AT}, {AT}, '{state}')"
    )


def entry(statement: str, version: str) -> str:
    return f"INSERT INTO statement_entry VALUES ({statement}, {version}, {document_of(version)})"


def state(version: str, to: str) -> str:
    return f"UPDATE version SET state = '{to}' WHERE id = {version}"


ACKNOWLEDGED = (
    "INSERT INTO acknowledgement VALUES ('risks', 'fr', 'u', 'numbers', 'x', 'translator-fr', "
    f"'It is so.', {AT})"
)

REMARK = (
    "INSERT INTO remark (id, section, locale, unit, thread, version, document, words, person, "
    "text, at) VALUES ({id}, '{section}', 'en', 'u', {thread}, 1, NULL, "
    f"'{'0' * 64}', 'lay', '{{text}}', {AT})"
)


def remark(number: int = 1, thread: str = "NULL", section: str = "risks", text: str = "So?") -> str:
    return REMARK.format(id=number, thread=thread, section=section, text=text)


def resolved(thread: int = 1, turn: int = 1) -> str:
    return f"INSERT INTO resolution VALUES ({thread}, {turn}, 'lay', {AT})"


KEPT = "INSERT INTO log_hash VALUES (1, 0, 'x')"

#: Four eyes, name to the statements that would break them. The last one has to be refused.
FOUR_EYES: Mapping[str, list[str]] = {
    "a second part": [participation(DRAFT, "author", "signer")],
    "a changed part": ["UPDATE participation SET part = 'signer' WHERE person = 'author'"],
    "a part taken back": ["DELETE FROM participation WHERE person = 'author'"],
    "a writer after the draft": [participation(WAITING, "board-4", "writer")],
    "the author reviews": [review(IN_REVIEW, "author", "medical")],
    "somebody without a part reviews": [review(IN_REVIEW, "board-4", "medical")],
    "a reviewer reviews as another": [review(IN_REVIEW, "medical-1", "lay")],
    "the author signs": [signature(OPEN, "author")],
    "a reviewer signs": [signature(OPEN, "medical-1")],
    "somebody without a part signs": [signature(OPEN, "board-4")],
    "the opener signs": [
        participation(WAITING, "editor", "signer"),
        signature(OPEN, "editor"),
    ],
    "one person signs twice": [signature(OPEN, "board-1")],
    "a signature on a closed statement": [signature(CLOSED, "board-1")],
    "a signature is changed": ["UPDATE signature SET person = 'board-4' WHERE person = 'board-1'"],
    "a signature is deleted": ["DELETE FROM signature"],
    "a review is changed": ["UPDATE review SET verdict = 'approve'"],
    "a review is deleted": ["DELETE FROM review"],
    "a statement before its quorum": [
        f"UPDATE statement SET state = 'signed_off' WHERE sha256 = {OPEN}"
    ],
    "a lower threshold": [f"UPDATE statement SET threshold = 1 WHERE sha256 = {OPEN}"],
    "another opener": [f"UPDATE statement SET opened_by = 'editor-2' WHERE sha256 = {OPEN}"],
    "a statement that begins signed": [statement("forged", "signed_off")],
    "a statement that is opened again": [
        f"UPDATE statement SET state = 'open' WHERE sha256 = {CLOSED}"
    ],
    "the list grows after it was signed": [entry(CLOSED, WAITING)],
    "the list grows while it is signed": [
        state(IN_REVIEW, "sign_off"),
        entry(OPEN, IN_REVIEW),
    ],
    "a second, lower statement": [statement("forged"), entry("'forged'", WAITING)],
    "signed first, listed later": [
        statement("forged"),
        state(IN_REVIEW, "sign_off"),
        signature("'forged'", "author"),
        entry("'forged'", IN_REVIEW),
    ],
    "a list of what is not waiting": [statement("forged"), entry("'forged'", IN_REVIEW)],
    "the author signs alone": [
        statement("forged"),
        state(IN_REVIEW, "sign_off"),
        entry("'forged'", IN_REVIEW),
        signature("'forged'", "author"),
    ],
    "approved without a statement": [state(WAITING, "approved")],
    "in force without approval": [state(WAITING, "in_force")],
    "from draft to in force": [state(DRAFT, "in_force")],
    "who withdrew confirms": [
        f"INSERT INTO withdrawal VALUES ({STANDING}, 'error', 'x', NULL, NULL, 'duty-1', {AT}, "
        f"'duty-1', {AT})"
    ],
}

#: What must not change, by whatever statement.
FROZEN: Mapping[str, list[str]] = {
    "a document changes": ["UPDATE document SET body = CAST('x' AS {bytes})"],
    "a document goes": ["DELETE FROM document"],
    "another document in force": [
        f"UPDATE version SET document = {document_of(DRAFT)} WHERE id = {STANDING}"
    ],
    "another document under review": [
        f"UPDATE version SET document = {document_of(DRAFT)} WHERE id = {IN_REVIEW}"
    ],
    "another document while going back": [
        f"UPDATE version SET document = {document_of(DRAFT)}, state = 'draft' "
        f"WHERE id = {IN_REVIEW}"
    ],
    "another source": [f"UPDATE version SET source = document WHERE id = {FRENCH}"],
    "another number": [f"UPDATE version SET number = 7 WHERE id = {DRAFT}"],
    "another locale": [f"UPDATE version SET locale = 'it' WHERE id = {FRENCH}"],
    "a version goes": [f"DELETE FROM version WHERE id = {DRAFT}"],
    "back to draft": [state(STANDING, "draft")],
    "withdrawn and back": [state(STANDING, "withdrawn"), state(STANDING, "in_force")],
    "a unit in force": [f"UPDATE unit SET target = 'x' WHERE version = {FRENCH}"],
    "a unit in force goes": [f"DELETE FROM unit WHERE version = {FRENCH}"],
    "a ledger row changes": ["UPDATE ledger SET actor = 'nobody'"],
    "a ledger row goes": ["DELETE FROM ledger WHERE seq = (SELECT max(seq) FROM ledger)"],
    "a gap in the ledger": [
        "INSERT INTO ledger SELECT seq + 7, at, actor, event, subject, detail, previous, hash "
        "FROM ledger WHERE seq = (SELECT max(seq) FROM ledger)"
    ],
    **{
        f"a hash of the log {what}": [KEPT, statement]
        for what, statement in (
            ("changes", "UPDATE log_hash SET hash = 'y'"),
            ("goes", "DELETE FROM log_hash"),
            ("comes twice", KEPT),
            ("leaves a gap", KEPT.replace("(1, 0,", "(1, 2,")),
            ("begins too late", KEPT.replace("(1, 0,", "(2, 1,")),
        )
    },
    "a release changes": ["UPDATE release SET version = 7"],
    "a release goes": ["DELETE FROM release"],
    "a gap in the releases": [
        "INSERT INTO release SELECT seq + 7, type, section, locale, version, document, page, at, "
        "change_kind, change_summary, reason, trust_file FROM release "
        "WHERE seq = (SELECT max(seq) FROM release)"
    ],
    "a section changes its language": ["UPDATE section SET source_locale = 'fr'"],
    "a section goes": ["DELETE FROM section WHERE slug = 'risks'"],
    "a person takes another id": ["UPDATE person SET id = 'x' WHERE id = 'author'"],
    "a person goes": ["DELETE FROM person WHERE id = 'author-2'"],
    "a snapshot changes": ["UPDATE snapshot SET body = CAST('x' AS {bytes})"],
    "a snapshot is another locale's": ["UPDATE snapshot SET locale = 'it'"],
    "a snapshot goes": ["DELETE FROM snapshot"],
    **{
        f"an upload's {column} changes": [f"UPDATE upload SET {column} = {to}"]
        for column, to in (
            ("sha256", "'x'"),
            ("turn", "turn + 7"),
            ("page", "'risks'"),
            ("locale", "'it'"),
            ("snapshot", "NULL"),
            ("person", "'author'"),
            ("at", BEFORE),
            ("body", "CAST('x' AS {bytes})"),
            ("report", "CAST('x' AS {bytes})"),
        )
    },
    "an upload goes": ["DELETE FROM upload"],
    "an upload is undone by nobody": [f"UPDATE upload SET undone_at = {AT}"],
    "an upload comes back": [
        f"UPDATE upload SET undone_by = 'author', undone_at = {AT}",
        "UPDATE upload SET undone_by = NULL, undone_at = NULL",
    ],
    "another undid it": [
        f"UPDATE upload SET undone_by = 'author', undone_at = {AT}",
        "UPDATE upload SET undone_by = 'editor'",
    ],
    **{
        f"a suggestion's {column} changes": [f"UPDATE suggestion SET {column} = {to}"]
        for column, to in (
            ("id", "id + 7000"),
            ("section", "'benefits'"),
            ("locale", "'it'"),
            ("unit", "'x'"),
            ("source", "'x'"),
            ("target", "'x'"),
            ("origin", "'machine'"),
            ("reason", "'x'"),
            ("upload", "NULL, turn = NULL"),
            ("person", "'author'"),
            ("at", BEFORE),
        )
    },
    "a suggestion goes": ["DELETE FROM suggestion"],
    "a suggestion is settled by no hour": ["UPDATE suggestion SET state = 'dismissed'"],
    "a suggestion is offered again": [
        f"UPDATE suggestion SET state = 'taken', settled_by = 'author', settled_at = {AT}",
        "UPDATE suggestion SET state = 'open', settled_by = NULL, settled_at = NULL",
    ],
    "a suggestion that was taken is dismissed": [
        f"UPDATE suggestion SET state = 'taken', settled_by = 'author', settled_at = {AT}",
        "UPDATE suggestion SET state = 'dismissed'",
    ],
    "an acknowledgement changes": [ACKNOWLEDGED, "UPDATE acknowledgement SET reason = 'x'"],
    "an acknowledgement goes": [ACKNOWLEDGED, "DELETE FROM acknowledgement"],
    "an acknowledgement without a reason": [ACKNOWLEDGED.replace("'It is so.'", "' '")],
    "a warning is acknowledged twice": [ACKNOWLEDGED, ACKNOWLEDGED],
    "a remark changes": [remark(), "UPDATE remark SET text = 'x'"],
    "a remark goes": [remark(), "DELETE FROM remark"],
    "a remark of nothing": [remark(text=" ")],
    "a remark of too much": [remark(text="x" * 5_001)],
    "an answer to no thread": [remark(1, thread="9")],
    "an answer to an answer": [remark(), remark(2, thread="1"), remark(3, thread="2")],
    "an answer in the thread of another text": [remark(), remark(2, "1", section="benefits")],
    "an answer is resolved": [remark(), remark(2, thread="1"), resolved(2)],
    "a thread is resolved twice": [remark(), resolved(), resolved()],
    "a thread is opened before it is resolved": [remark(), resolved(turn=2)],
    "a resolution changes": [remark(), resolved(), "UPDATE resolution SET person = 'author'"],
    "a resolution goes": [remark(), resolved(), "DELETE FROM resolution"],
    "a statement goes": ["DELETE FROM statement"],
    "an entry goes": ["DELETE FROM statement_entry"],
}

_COPY = (
    "INSERT OR REPLACE INTO version SELECT id, section, locale, number, 'draft', document, source, "
    "carried_from, change_kind, change_summary, review_by, effective_at, created_at FROM version "
)
#: SQLite only: REPLACE deletes the row that is in the way, without asking the DELETE triggers.
REPLACING: Mapping[str, list[str]] = {
    "a part": [f"INSERT OR REPLACE INTO participation VALUES ({WAITING}, 'author', 'signer')"],
    "a version": [f"{_COPY} WHERE id = {STANDING}"],
    "the open version": [
        _COPY.replace("SELECT id", "SELECT 9999").replace("number,", "9,")
        + f"WHERE id = {STANDING}"
    ],
    "what is in force": [
        f"UPDATE OR REPLACE version SET state = 'in_force' WHERE id = {WAITING}",
    ],
    "a document": [
        f"INSERT OR REPLACE INTO document VALUES ({document_of(STANDING)}, CAST('x' AS BLOB))"
    ],
    "a signature": [signature(OPEN, "board-1").replace("INSERT", "INSERT OR REPLACE")],
    "a review": [
        "INSERT OR REPLACE INTO review SELECT id, version, document, kind, 'return', person, "
        "organisation, interests, interests_relevant, comment, at FROM review"
    ],
    "a statement": [
        "INSERT OR REPLACE INTO statement SELECT sha256, name, body, role, 1, opened_by, "
        "opened_at, lapses_at, 'open' FROM statement"
    ],
    "a ledger row": ["INSERT OR REPLACE INTO ledger SELECT * FROM ledger WHERE seq = 2"],
    "a hash of the log": [KEPT, KEPT.replace("INSERT", "INSERT OR REPLACE")],
    "a hash of the log moved onto another": [
        KEPT,
        KEPT.replace("(1, 0,", "(1, 1,"),
        "UPDATE OR REPLACE log_hash SET rowid = 2 WHERE rowid = 1",
    ],
    "a release": ["INSERT OR REPLACE INTO release SELECT * FROM release WHERE seq = 2"],
    "a section": [
        "INSERT OR REPLACE INTO section SELECT slug, 'fr', page, created_at FROM section"
    ],
    "a person": ["INSERT OR REPLACE INTO person SELECT id, 'x', 'x', created_at, NULL FROM person"],
    "a snapshot": [
        "INSERT OR REPLACE INTO snapshot SELECT sha256, page, 'it', body, at FROM snapshot"
    ],
    "an upload": [
        "INSERT OR REPLACE INTO upload SELECT sha256, turn, page, locale, snapshot, person, at, "
        "CAST('x' AS BLOB), report, NULL, NULL FROM upload"
    ],
    "a suggestion": [
        "INSERT OR REPLACE INTO suggestion SELECT id, section, locale, unit, source, 'x', origin, "
        "reason, upload, turn, person, at, state, settled_by, settled_at FROM suggestion"
    ],
    "an acknowledgement": [ACKNOWLEDGED, ACKNOWLEDGED.replace("INSERT", "INSERT OR REPLACE")],
    "a remark": [remark(), remark(text="x").replace("INSERT", "INSERT OR REPLACE")],
    "a resolution": [
        remark(),
        resolved(),
        resolved().replace("INSERT", "INSERT OR REPLACE").replace("lay", "author"),
    ],
    # Every row has a number besides, and that is a key to push others aside by.
    "a document by its row's number": [
        "INSERT OR REPLACE INTO document (rowid, sha256, body) "
        "SELECT rowid, 'x', body FROM document"
    ],
    "a snapshot by its row's number": [
        "INSERT OR REPLACE INTO snapshot (rowid, sha256, page, locale, body, at) "
        "SELECT rowid, 'x', page, locale, body, at FROM snapshot"
    ],
    "an acknowledgement by its row's number": [
        ACKNOWLEDGED,
        "INSERT OR REPLACE INTO acknowledgement (rowid, section, locale, unit, code, texts, "
        "person, reason, at) SELECT rowid, section, locale, unit, 'other', texts, person, reason, "
        "at FROM acknowledgement",
    ],
    "a person moved onto another": ["UPDATE OR REPLACE person SET rowid = 2 WHERE rowid = 1"],
    "an upload moved onto another": ["UPDATE OR REPLACE upload SET rowid = 2 WHERE rowid = 1"],
}

#: PostgreSQL only: emptying a table touches no row.
EMPTIED = (
    "document",
    "version",
    "unit",
    "review",
    "participation",
    "statement",
    "statement_entry",
    "signature",
    "release",
    "withdrawal",
    "ledger",
    "log_hash",
    "section",
    "person",
    "demo_mark",
    "snapshot",
    "upload",
    "suggestion",
    "acknowledgement",
    "remark",
    "resolution",
)
