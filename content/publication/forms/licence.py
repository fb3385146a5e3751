"""Where a licence can be read, if its name says so."""

import re

from content.records.markdown.targets import link_target

#: The licences of Creative Commons by their SPDX names, as they are in use.
_CREATIVE_COMMONS = re.compile(r"CC-(BY(?:-NC)?(?:-SA|-ND)?)-([1-4]\.[05])")


def licence_url(name: str) -> str:
    """The address of the licence, or nothing where the name is only a name."""
    if found := _CREATIVE_COMMONS.fullmatch(name):
        kind, version = found.groups()
        return f"https://creativecommons.org/licenses/{kind.lower()}/{version}/"
    if name == "CC0-1.0":
        return "https://creativecommons.org/publicdomain/zero/1.0/"
    return link_target(name) or "" if name.startswith("https://") else ""
