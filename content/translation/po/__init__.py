"""Reading a .po file that a person sent: our own strict reader first, polib second."""

from content.translation.po.entry import PoEntry, PoFile, Remark
from content.translation.po.reader import read_po
from content.translation.po.second_opinion import require_second_opinion

__all__ = ["PoEntry", "PoFile", "Remark", "read_po", "require_second_opinion"]
