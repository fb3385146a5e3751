"""What a browser is called, so that its owner knows it in a list. Names alone, no numbers."""

#: What stands in User-Agent to what people call it. The first that fits: some name others too.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def browser_of(user_agent: str) -> str:
    """`Firefox, Linux`; empty where nothing is known. Nothing of what was sent is repeated."""
    found = (
        next((name for sign, name in known if sign in user_agent), None)
        for known in (BROWSERS, SYSTEMS)
    )
    return ", ".join(filter(None, found))
