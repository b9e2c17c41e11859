"""Strict email addresses: ASCII, one `@`, a name before it and a domain after it."""

import re
from dataclasses import dataclass

_NAME = r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}"
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN = rf"(?=.{{1,253}}\Z){_LABEL}(?:\.{_LABEL})*"
_ADDRESS = re.compile(rf"({_NAME})@({_DOMAIN})", re.IGNORECASE | re.ASCII)
_DOMAIN_RULE = re.compile(rf"@{_DOMAIN}|(?=[^.]+\.){_DOMAIN}", re.IGNORECASE | re.ASCII)
MAX_LENGTH = 320


@dataclass(frozen=True)
class MailAddress:
    """ASCII address in lower case."""

    name: str
    domain: str

    @classmethod
    def parse(cls, text: str) -> "MailAddress | None":
        """Parse an address, and return None for any other text; only ASCII capitals are folded."""
        match = _ADDRESS.fullmatch(text) if text.isascii() else None
        return cls(match[1].lower(), match[2].lower()) if match else None

    def matches(self, rules: tuple[str, ...]) -> bool:
        """Return True when the rules contain this address or its domain."""
        return f"{self.name}@{self.domain}" in rules or f"@{self.domain}" in rules


def rule(text: str) -> str:
    """Return an allow-list entry as `name@domain` or `@domain`; raises ValueError for anything else."""
    typed = text.strip()
    if typed.isascii() and MailAddress.parse(typed):
        return typed.lower()
    if typed.isascii() and _DOMAIN_RULE.fullmatch(typed):
        return f"@{typed.removeprefix('@').lower()}"
    raise ValueError(
        f"{typed!a} is neither an address, such as ann@example.com, nor a domain, such as example.com"
    )


def is_storable(text: str) -> bool:
    """Return True for printable text with one `@` between two parts and no white space."""
    name, _, domain = text.partition("@")
    return (
        bool(name and domain)
        and "@" not in domain
        and text.isprintable()
        and " " not in text
        and len(text) <= MAX_LENGTH
    )
