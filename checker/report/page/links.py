"""Addresses that a page may link to: only whole web addresses, and the place of a quote on one."""

from __future__ import annotations

from urllib.parse import quote as percent_encoded
from urllib.parse import urlsplit

from checker.schema import Article, Quote

_WORDS_AT_AN_END = 5
_SHORT = 12
_LONGEST_WORD = 60


def safe_link(url: str | None) -> str | None:
    """Give *url* if it may stand in a link: an http or https address of a host, in printable signs."""
    if url is None or not url.isprintable() or " " in url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.netloc else None


def live_link(article: Article, quote: Quote) -> str | None:
    """
    Give the address of *quote* on the page where *article* was published; None where that is not known.

    A browser that knows text fragments opens the page at these words, others at its top. A
    long quote is named by its first and its last words.

    Source: URL Fragment Text Directives, W3C Web Incubator CG draft.
    """
    url = safe_link(article.url)
    words = quote.text.split()
    if url is None or not words or max(map(len, words)) > _LONGEST_WORD:
        return None
    ends = [words] if len(words) <= _SHORT else [words[:_WORDS_AT_AN_END], words[-_WORDS_AT_AN_END:]]
    named = ",".join(_encoded(" ".join(end)) for end in ends)
    return f"{url}{'' if '#' in url else '#'}:~:text={named}"


def _encoded(words: str) -> str:
    # A dash would be read as the mark of a prefix or suffix.
    return percent_encoded(words, safe="", errors="replace").replace("-", "%2D")
