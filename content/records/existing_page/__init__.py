"""An existing web page turned into an authored file for its author to check.

Pure: bytes in, values out; no network, no script of the page is run. Guarantee: every word that
shows in the chosen part of the page is either in the draft or in its list of what found no place.
"""

from content.records.existing_page.draft import Draft, draft_from
from content.records.existing_page.findings import Unplaced
from content.records.existing_page.refusal import DraftRefused

__all__ = ["Draft", "DraftRefused", "Unplaced", "draft_from"]
