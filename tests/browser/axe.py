"""What axe-core finds wrong with a page for somebody who cannot see it, or hardly."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def found(page: Page) -> list[str]:
    """A line for each element with a fault, of every rule that axe has; none for a good page."""
    told: dict[str, Any] = Axe().run(page).response
    return [
        f"{fault['id']} at {' '.join(map(str, node['target']))}: {node['failureSummary']}"
        for fault in told["violations"]
        for node in fault["nodes"]
    ]
