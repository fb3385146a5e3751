"""A file of another kind is named, so that whoever sent it knows which one to send."""

import pytest

from content.errors import CatalogueRefused
from content.translation.po import read_po
from tests.content.translation.po.test_corpus import source

NAMED = {
    "an HTML page": ["html", "html-after-a-long-comment", "html-part-of-a-page"],
    "HTML": ["html-warning-before-messages", "html-after-blank-lines"],
    "XLIFF": ["xliff", "xliff-with-prefix", "xliff-after-a-long-comment"],
    "a compiled .mo file": ["mo-big-endian", "mo-little-endian"],
    "gzip": ["gzip"],
    "CSV": ["csv-of-messages", "csv-of-messages-with-semicolons", "csv-of-messages-with-tabs"],
    "UTF-16": ["utf-16-with-accents-without-mark", "utf-16-big-endian-with-accents"],
    "JSON": ["json", "json-list"],
    "RTF": ["rtf"],
    "PHP": ["php"],
    "not text": ["picture", "every-byte", "one-zero-byte"],
    "empty": ["empty", "blank-lines-only", "empty-but-byte-order-mark"],
}


@pytest.mark.parametrize(
    ("word", "name"), [(word, name) for word, names in NAMED.items() for name in names]
)
def test_another_kind_of_file_is_named(word: str, name: str) -> None:
    with pytest.raises(CatalogueRefused, match=word):
        read_po(source(name))
