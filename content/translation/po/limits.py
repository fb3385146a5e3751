"""What one .po file may cost. Each limit keeps either our memory or polib's time in bounds."""

#: Bytes of an upload: 8 MiB.
PO_BYTES_MAX = 8_388_608
#: Lines of a file: about twenty for each message of a full catalogue.
LINES_MAX = 400_000
#: Characters of one line, its end included. A message is one block of text.
LINE_CHARS_MAX = 65_536
#: Messages of a file, obsolete ones counted.
ENTRIES_MAX = 25_000
#: Lines of comments of any kind before one message. polib adds each to a text of its own, which
#: takes time with the square of their number.
COMMENT_LINES_MAX = 200
#: Flags of one message; each becomes a text of its own in memory.
FLAGS_MAX = 25
#: Words of the `#:` lines of a file, for the same reason: ten for each message.
REFERENCES_MAX = 250_000
#: Backslashes of a file: polib stops at each.
BACKSLASHES_MAX = 1_000_000
#: Lines that one string goes on for: a message of 150,000 characters, wrapped.
STRING_LINES_MAX = 2_000
#: Lines of the header's text.
HEADER_LINES_MAX = 200
#: Plural forms of a message: Arabic and Welsh have six, no language of CLDR has more.
PLURAL_FORMS_MAX = 6
