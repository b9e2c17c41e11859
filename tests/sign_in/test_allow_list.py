"""Allow-list: exact ASCII addresses and domains; anything else is refused at startup."""

from collections.abc import Callable

import pytest

from tracker.services.people import is_allowed
from tracker.settings import SettingsError, settings

ISSUER = "https://id.example.com"


@pytest.fixture
def allow(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Set the allow-list of this process."""

    def set_to(rules: str) -> None:
        monkeypatch.setenv("SIGN_IN_ALLOW", rules)
        settings.cache_clear()

    yield set_to
    monkeypatch.undo()
    settings.cache_clear()


@pytest.mark.parametrize("email", ["kim@team.example", "Kim@Team.EXAMPLE", "a.b+c@team.example"])
def test_a_domain_lets_in_its_addresses(allow: Callable[[str], None], email: str) -> None:
    for rules in ("team.example", "@team.example", " @TEAM.example , x.org"):
        allow(rules)
        assert is_allowed(ISSUER, email)


@pytest.mark.parametrize(
    "email",
    [
        "", "@team.example", "team.example", "a@b@team.example", "a@evil.example@team.example", "kim@team.example\n",
        "\nkim@team.example", " kim@team.example", "kim@team.example ", "kim@\x00team.example", "kim@team.example.",
        "kim@.team.example", "kim@sub.team.example", "kim@evilteam.example", "kim @team.example", '"kim"@team.example',
        "kim@team\u3002example", "kim@tea\uff4d.example", "\ud800@team.example", "k\u0131m@team.example", "kim,@team.example",
    ],
    ids=ascii,
)  # fmt: skip
def test_a_domain_lets_in_nothing_else(allow: Callable[[str], None], email: str) -> None:
    allow("team.example")
    assert not is_allowed(ISSUER, email)


@pytest.mark.parametrize(
    "email",
    ["\u212aim@team.example", "kim@team.example\n", "kim@team.example@x.example", "kim@TEAM\u200b.example"],
)
def test_an_address_lets_in_no_other_spelling(allow: Callable[[str], None], email: str) -> None:
    allow("kim@team.example")
    assert is_allowed(ISSUER, "KIM@team.example")
    assert not is_allowed(ISSUER, email)


@pytest.mark.parametrize(
    "rules",
    [
        "kim", "@", "a@b@team.example", "@@team.example", "*", "*.team.example", "kim@", "\u212aim@team.example", "t\u00e9am.example",
        "kim@team.example; ann@team.example", "kim@team.example,\x0b*", "https://team.example", "team..example", "-team.example",
    ],
    ids=ascii,
)  # fmt: skip
def test_a_rule_that_names_no_address_and_no_domain_stops_the_start(
    allow: Callable[[str], None], rules: str
) -> None:
    allow(rules)
    with pytest.raises(SettingsError, match="neither an address"):
        settings()


def test_an_intranet_domain_is_named_with_its_sign(allow: Callable[[str], None]) -> None:
    allow("@corp")
    assert is_allowed(ISSUER, "kim@corp")
