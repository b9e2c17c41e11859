"""The contact that a posting's text names."""

import re

_EMAIL = re.compile(
    r"(?<![\w.+-])[A-Za-z0-9][\w.+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,4}\.[A-Za-z]{2,24}(?![\w@-])"
)
_NOT_A_CONTACT = re.compile(
    r"no-?reply|donotreply|privacy|datenschutz|dpo|gdpr|accommodation|accessib|security|abuse|fraud|legal|press|support|datenschutzbeauftragt|webmaster|equal|diversity",
    re.I,
)
_TITLE = r"(?:(?:Herr|Herrn|Frau|Mr\.?|Mrs\.?|Ms\.?|Mx\.?|Dr\.?|Prof\.?|Dipl\.-\w+\.?)\s+)*"
_NAME = re.compile(
    rf"{_TITLE}(?P<name>[A-ZÄÖÜÉÀÁŠŽČ][\w'’.-]+(?:\s+(?:von|van|de|der|den|la|zu|di|da|bin|al|[A-ZÄÖÜÉÀÁŠŽČ][\w'’.-]*)){{1,4}})"
    r"(?=\s*(?:$|[,;|(<–—]|-\s|\s(?:at|by|via|unter|per|und|and|is|ist|telefon|tel|e-?mail)\b|[\w.+-]+@))",
)
_DEPARTMENT = re.compile(
    r"\b(?:team|department|abteilung|human|resources|hr|recruiting|recruitment|talent|office|us|now|personal\w*|people|career\w*|acquisition|gmbh|ag|inc|ltd|manager|support)\b",
    re.I,
)


def email_in(text: str) -> str:
    """Return the email address in a text; empty for none or several."""
    addresses = {match[0].rstrip(".").lower(): match[0].rstrip(".") for match in _EMAIL.finditer(text)}
    usable = [address for address in addresses.values() if not _NOT_A_CONTACT.search(address)]
    return usable[0] if len(usable) == 1 else ""


def name_in(text: str) -> str:
    """Return the name of a person at the beginning of a text, without a title; empty without one."""
    match = _NAME.match(text.strip())
    name = match["name"].strip(" .-") if match else ""
    return "" if _DEPARTMENT.search(name) else name
