"""Currencies by code, sign or everyday name."""

import re
import unicodedata
from functools import lru_cache

from babel import Locale
from babel.numbers import get_currency_name

from tracker.services.field_parsers import InvalidField

_EVERYDAY = {
    "USD": "$ us$ us-$ usd$ dollar dollars buck bucks",
    "EUR": "€ euro euros",
    "GBP": "£ gb£ pound pounds sterling pound_sterling pounds_sterling quid",
    "CHF": "sfr sfr. fr fr. chf. franken franc francs",
    "CAD": "$ c$ ca$ cdn cdn$ can$ dollar dollars",
    "AUD": "$ a$ au$ dollar dollars",
    "NZD": "$ nz$ dollar dollars",
    "SGD": "$ s$ sg$ dollar dollars",
    "HKD": "$ hk$ dollar dollars",
    "TWD": "$ nt$ ntd",
    "MXN": "$ mx$ peso pesos",
    "ARS": "$ peso pesos",
    "CLP": "$ peso pesos",
    "COP": "$ peso pesos",
    "BRL": "r$ real reais",
    "JPY": "¥ jp¥ yen 円",
    "CNY": "¥ cn¥ yuan rmb renminbi 元",
    "KRW": "₩ won 원",
    "INR": "₹ rs rs. rupee rupees",
    "SEK": "kr kr. krona kronor",
    "NOK": "kr kr. krone kroner",
    "DKK": "kr kr. krone kroner",
    "ISK": "kr kr.",
    "CZK": "kč kč. kc koruna korun",
    "PLN": "zł zł. zl zloty zlotych złoty złotych",
    "HUF": "ft forint",
    "RON": "lei leu",
    "BGN": "лв лв. lev leva",
    "UAH": "₴ грн hryvnia",
    "RUB": "₽ руб руб. rouble roubles ruble rubles",
    "TRY": "₺ tl lira",
    "ILS": "₪ nis shekel shekels",
    "AED": "dh dhs dirham dirhams",
    "ZAR": "r rand",
    "NGN": "₦ naira",
    "MYR": "rm ringgit",
    "IDR": "rp rp. rupiah",
    "PHP": "₱ peso pesos",
    "THB": "฿ baht",
    "VND": "₫ đ dong",
}
"""Signs and everyday names, with their currencies; the likeliest currency comes first."""


def currencies_named(text: str) -> tuple[str, ...]:
    """Return the codes that a code, sign or name may stand for, the likeliest first; none for other text."""
    plain = _folded(text)
    if plain.upper() in _codes():
        return (plain.upper(),)
    return _names().get(plain, ())


def currency(raw: str, own: str = "") -> str | None:
    """Return the code of a submitted currency, or None for empty text; a shared sign is the user's own."""
    if not raw.strip():
        return None
    codes = currencies_named(raw)
    if not codes:
        raise InvalidField("Use a currency's code, name or sign, such as EUR, euro or €.")
    return own if own in codes else codes[0]


def signs() -> tuple[str, ...]:
    """Return all signs and names."""
    return tuple(_names())


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).lower().split())


@lru_cache
def _codes() -> frozenset[str]:
    return frozenset(map(str, Locale("en").currencies))


@lru_cache
def _names() -> dict[str, tuple[str, ...]]:
    """Return the codes by folded sign or name."""
    names: dict[str, list[str]] = {}
    for code, listed in _EVERYDAY.items():
        for name in listed.split():
            names.setdefault(_folded(name.replace("_", " ")), []).append(code)
    for code in sorted(_codes()):
        for count in (1, 2):
            name = _folded(get_currency_name(code, count, "en"))
            if not re.search(r"[()]|\d{4}", name):
                names.setdefault(name, []).append(code)
    return {name: tuple(dict.fromkeys(codes)) for name, codes in names.items()}
