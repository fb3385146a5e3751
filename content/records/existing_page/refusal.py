"""The one error of this package."""


class DraftRefused(Exception):
    """No draft can be made of this source. The message says why and what to do."""
