"""The fixtures that several test files share."""

from browser import browser, open_file, open_page, open_served, troubles

__all__ = ["browser", "open_file", "open_page", "open_served", "troubles"]
