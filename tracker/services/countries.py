"""Countries by everyday name in many languages, or by ISO code."""

import re
import unicodedata
from functools import lru_cache

from babel import Locale
from babel.core import get_global

from tracker.services.field_parsers import InvalidField

UNKNOWN_COUNTRY = "Use a country's name or code, such as Germany or DE."
_NOWHERE = {"ZZ", "XA", "XB", "EU", "EZ", "UN", "QO"}
"""Codes of regions and placeholders that aren't countries."""
_LANGUAGES = (
    "de", "fr", "es", "it", "pt", "nl", "da", "sv", "nb", "fi", "is", "pl", "cs", "sk", "hu", "ro", "bg", "hr", "sl", "et", "lv", "lt", "el",
    "tr", "uk", "ru", "he", "ar", "hi", "id", "ms", "vi", "ja", "ko", "zh", "zh_Hant", "ca",
)  # fmt: skip
_EVERYDAY = {
    "GB": "UK, Great Britain, Britain, England, Scotland, Wales, Northern Ireland, United Kingdom of Great Britain and Northern Ireland",
    "US": "USA, America, United States of America, The States",
    "IE": "Eire", "NL": "Holland", "CZ": "Czech Republic, Czech", "TR": "Turkey", "CI": "Ivory Coast, Elfenbeinküste", "CV": "Cape Verde", "SZ": "Swaziland",
    "MK": "Macedonia, FYROM", "TL": "East Timor", "MM": "Burma, Myanmar", "RU": "Russian Federation", "BY": "Belorussia, Weißrussland",
    "KR": "Korea, Republic of Korea, ROK", "KP": "DPRK, Democratic People's Republic of Korea",
    "CN": "PRC, People's Republic of China, Mainland China", "TW": "Republic of China, ROC, Chinese Taipei, Taiwan Province of China",
    "HK": "Hong Kong, Hong Kong SAR", "MO": "Macao, Macau, Macau SAR", "AE": "UAE, Emirates, Dubai, Abu Dhabi", "SA": "KSA",
    "CD": "DRC, DR Congo, Democratic Republic of the Congo, Zaire", "CG": "Congo, Republic of the Congo", "CF": "CAR", "ZA": "RSA",
    "SY": "Syrian Arab Republic", "LA": "Lao People's Democratic Republic, Lao PDR", "BN": "Brunei Darussalam", "PS": "Palestine",
    "VA": "Vatican, Holy See", "BA": "Bosnia", "DE": "BRD, Bundesrepublik Deutschland", "LI": "FL", "FK": "Malvinas, Islas Malvinas",
    "FM": "Federated States of Micronesia", "DO": "Dominican Rep", "PG": "PNG", "NZ": "Aotearoa", "CH": "Confoederatio Helvetica, Helvetia",
}  # fmt: skip
"""Names beyond those that the language data has."""
_FORMAL = re.compile(
    r"^(the )?((co-?operative|independent|federal|federative|people['’]?s|islamic|democratic|socialist|oriental|plurinational|bolivarian|hashemite|arab|united|federated)"
    r" )*(republic|kingdom|states?|province|commonwealth|principality|grand duchy|sultanate|union|federation) of (the )?",
    re.I,
)
"""The beginning of a formal name, such as `Federal Republic of`."""


def country(raw: str) -> str | None:
    """Return the code of a submitted country, or None for empty text. Raises InvalidField for other text."""
    if not raw.strip():
        return None
    code = country_code(raw)
    if not code:
        raise InvalidField(UNKNOWN_COUNTRY)
    return code


def country_code(text: str) -> str:
    """Return the alpha-2 code of a country's name or code; empty for other text."""
    name, _, formal = re.sub(r"[()]", ",", text).partition(",")
    inverted = f"{formal.strip(', ')} {name}"
    short = (_FORMAL.sub("", text.strip()), _FORMAL.sub("", inverted), text.partition("(")[0])
    candidates = (text, inverted, *short)
    for names in (_english_names, _foreign_names):
        for candidate in candidates:
            if code := names().get(_key(candidate)):
                return code
    return ""


@lru_cache
def countries() -> list[tuple[str, str]]:
    """Return countries by name, as (code, name)."""
    return sorted(_territories("en").items(), key=lambda item: item[1])


def _territories(language: str) -> dict[str, str]:
    return {
        str(code): str(name)
        for code, name in Locale.parse(language).territories.items()
        if len(code) == 2 and code.isalpha() and code not in _NOWHERE
    }


def _key(name: str) -> str:
    """Return a name's letters without accents: `Côte d’Ivoire`, `Cote d'Ivoire` and `U.S.` lose the rest."""
    letters = unicodedata.normalize("NFKD", name.casefold().replace("&", "and"))
    plain = re.sub(
        r"\bst\b\.?(?=\s*\w)", "saint", "".join(part for part in letters if not unicodedata.combining(part))
    )
    return re.sub(r"[\W_]+", "", re.sub(r"^\s*the\s", "", plain)).replace("ø", "o").replace("ı", "i")


@lru_cache
def _english_names() -> dict[str, str]:
    """Return codes by English or everyday name, alpha-2 and alpha-3 code."""
    territories = _territories("en")
    names = {_key(name): code for code, name in territories.items()}
    names |= {_key(name.partition("(")[0]): code for code, name in territories.items()}
    names |= {_key(name): code for code, listed in _EVERYDAY.items() for name in listed.split(",")}
    for alias, codes in get_global("territory_aliases").items():
        if len(alias) == 3 and alias.isalpha() and len(codes) == 1 and codes[0] in territories:
            names.setdefault(alias.lower(), codes[0])
    return names | {code.lower(): code for code in territories}


@lru_cache
def _foreign_names() -> dict[str, str]:
    """Return codes by name in other languages, without names that mean different countries."""
    names: dict[str, set[str]] = {}
    for language in _LANGUAGES:
        for code, name in _territories(language).items():
            names.setdefault(_key(name), set()).add(code)
    return {name: next(iter(codes)) for name, codes in names.items() if len(codes) == 1}
