"""Web addresses in plain text, without the punctuation and the words around them."""

import re
from typing import Any

from linkify_it import LinkifyIt

_SCHEME = re.compile(r"(https?://)", re.IGNORECASE)
_AFTER = re.compile(r"[“”„«»‹›…、。，；：！？（）【】「」『』《》〈〉].*$|[:*_~]+$", re.DOTALL)
"""Typographic and wide punctuation, which no address has, and marks that Markdown leaves at its end."""


class _Finder(LinkifyIt):  # type: ignore[misc]  # The library has no types.
    """Finder of http, https and `www.` addresses, but not of `node.js` or `asp.net`."""

    def __init__(self) -> None:
        unwanted = {"ftp:": None, "//": None, "mailto:": None}
        super().__init__(unwanted, {"fuzzy_link": False, "fuzzy_email": False})
        tail = self.re["src_host_port_strict"] + self.re["src_path"]
        self.add("www.", {"validate": f"^{tail}", "normalize": _with_scheme})

    def match(self, text: str) -> list[Any] | None:
        """Return the addresses in a text with their places, or None."""
        matches: list[Any] | None = super().match(text)
        for match in matches or ():
            surplus = _AFTER.search(match.raw)
            if surplus and (length := len(surplus[0])):
                match.last_index -= length
                match.raw, match.text, match.url = (
                    part[:-length] for part in (match.raw, match.text, match.url)
                )
        return matches


def _with_scheme(_finder: LinkifyIt, match: Any) -> None:
    match.url = f"https://{match.url}"


LINKS = _Finder()


def first_link(text: str) -> str:
    """Return the first web address in a text, even directly after a word; empty without one."""
    matches = LINKS.match(_SCHEME.sub(r" \1", text, count=1))
    return str(matches[0].url) if matches else ""
