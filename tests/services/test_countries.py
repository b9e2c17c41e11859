"""Countries by everyday name or ISO code."""

import pytest

from tracker.services.countries import countries, country, country_code
from tracker.services.field_parsers import InvalidField

NAMES = {
    "TR": "Turkey; Türkiye; turkiye; Türkei; TUR; tr",
    "GB": "UK; U.K.; United Kingdom; Great Britain; England; Scotland; Wales; Northern Ireland; GBR; Royaume-Uni; Vereinigtes Königreich",
    "CZ": "Czechia; Czech Republic; the Czech Republic; Česko; CZE",
    "US": "U.S.; U.S.A.; USA; US; America; United States; the United States of America; Vereinigte Staaten; États-Unis",
    "CI": "Côte d’Ivoire; Côte d'Ivoire; Cote d`Ivoire; Cote d Ivoire; COTE DIVOIRE; Ivory Coast; Elfenbeinküste",
    "NL": "Holland; Netherlands; The Netherlands; Netherlands (the); Kingdom of the Netherlands; Niederlande; Nederland",
    "KR": "South Korea; Korea; Republic of Korea; Korea, Republic of; 대한민국",
    "KP": "North Korea; DPRK; Korea (Democratic People's Republic of)",
    "RU": "Russia; Russian Federation; Россия",
    "VN": "Vietnam; Viet Nam",
    "DE": "Germany; Deutschland; Allemagne; Federal Republic of Germany; DEU; de",
    "LC": "St. Lucia; Saint Lucia",
    "TT": "Trinidad & Tobago; Trinidad and Tobago",
    "IR": "Iran; Iran, Islamic Republic of",
    "TZ": "Tanzania; United Republic of Tanzania",
    "HK": "Hong Kong; HKG",
    "CD": "DRC; Congo, Democratic Republic of the; Congo - Kinshasa",
    "GE": "Georgia; ge",
}


@pytest.mark.parametrize(
    ("code", "name"), [(code, name) for code, listed in NAMES.items() for name in listed.split("; ")]
)
def test_a_country_is_accepted_by_everyday_name_and_code(code: str, name: str) -> None:
    assert country(name) == code


def test_every_country_is_accepted_by_its_english_name_and_its_code() -> None:
    for code, name in countries():
        assert country_code(name) == country_code(code) == code


@pytest.mark.parametrize("name", ["Narnia", "XQ", "EU", "ZZ", "Europe", "Ger", "?"])
def test_an_unknown_country_is_rejected(name: str) -> None:
    with pytest.raises(InvalidField, match="Use a country's name or code, such as Germany or DE"):
        country(name)


def test_an_empty_country_is_none() -> None:
    assert country(" ") is None
