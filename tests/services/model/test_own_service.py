"""A user's own AI service: its key encrypted for them alone, its address never a private one."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from tests.support.owner import owner_engine
from tests.support.people import Person
from tracker.errors import Invalid, Sorry
from tracker.services.model import user_service
from tracker.services.model.client import check_connection
from tracker.services.model.key_encryption import decrypt, encrypt
from tracker.services.model.timed_stream import Timeouts
from tracker.services.model.transport import PublicTransport
from tracker.services.public_addresses import public_address
from tracker.settings import SettingsError, settings
from tracker.shapes.model import STORED_KEY, Service, ServiceForm

MINE = {"base_url": "https://api.example.com/v1", "model": "m-1", "key": "sk-very-secret"}
QUICK = Timeouts(connect=2, first=2, between=1, total=3)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("PURSUIT_DATA_DIR", str(tmp_path / "not" / "yet" / "there"))
    monkeypatch.delenv("PURSUIT_SECRET")
    settings.cache_clear()
    yield
    monkeypatch.undo()
    settings.cache_clear()


@pytest.fixture
def shared(monkeypatch: pytest.MonkeyPatch, folder: None) -> None:
    """Configure an installation that users sign in to."""
    monkeypatch.setenv("OIDC_ISSUER", "https://id.example.com")
    monkeypatch.setenv("OIDC_CLIENT_ID", "pursuit")
    settings.cache_clear()


def stored_service(person: Person) -> ServiceForm:
    sheet: ServiceForm = person.call(user_service.read)
    return sheet


def test_a_key_is_not_taken_for_plain_http_where_it_could_be_read_on_the_way(alice: Person) -> None:
    far = {**MINE, "base_url": "http://api.example.com/v1"}
    with pytest.raises(Invalid) as refused:
        alice.call(user_service.save, far)
    assert refused.value.fields["base_url"].startswith("Use https")
    alice.call(user_service.save, {**far, "key": ""})
    alice.call(user_service.save, {**MINE, "base_url": "http://192.168.1.9:11434/v1"})


def test_a_key_is_kept_sealed_and_comes_back_for_its_owner_alone(alice: Person, bob: Person) -> None:
    alice.call(user_service.save, MINE)
    with owner_engine().connect() as connection:
        sealed = connection.execute(
            text("SELECT sealed_key FROM own_service WHERE user_id = :id"), {"id": alice.user.user_id}
        ).scalar_one()
    assert "sk-very-secret" not in sealed
    assert decrypt(alice.user.user_id, sealed) == "sk-very-secret"
    with pytest.raises(Sorry, match="Enter it again in Settings"):
        decrypt(bob.user.user_id, sealed)
    service = alice.call(user_service.service_of)
    assert (service.key, service.is_own, service.host) == ("sk-very-secret", True, "api.example.com")
    assert "sk-very-secret" not in f"{service!r}{stored_service(alice)!r}"
    assert bob.call(user_service.service_of) is None


def test_a_key_sealed_with_a_secret_that_is_lost_is_asked_for_again(
    alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice.call(user_service.save, MINE)
    monkeypatch.setenv("PURSUIT_SECRET", "another secret of thirty-two signs")
    settings.cache_clear()
    with pytest.raises(Sorry, match="Enter it again in Settings"):
        alice.call(user_service.service_of)
    assert stored_service(alice).has_key


def test_a_secret_that_is_too_short_refuses_to_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PURSUIT_SECRET", "short")
    settings.cache_clear()
    with pytest.raises(SettingsError, match="32 characters or more"):
        settings()


def test_an_unchanged_key_is_kept_but_never_sent_to_another_address(alice: Person) -> None:
    alice.call(user_service.save, MINE)
    alice.call(user_service.save, {**MINE, "model": "m-2", "key": STORED_KEY})
    service = alice.call(user_service.service_of)
    assert (service.model, service.key) == ("m-2", "sk-very-secret")
    with pytest.raises(Invalid, match="Enter the key for this address"):
        alice.call(user_service.save, {**MINE, "base_url": "https://thief.example.com/v1", "key": STORED_KEY})
    alice.call(user_service.save, {**MINE, "key": ""})
    assert (alice.call(user_service.service_of).key, stored_service(alice).has_key) == ("", False)


@pytest.mark.parametrize("key", ["sk-ä", "sk-1 sk-2", "•" * 11])
def test_a_key_that_cannot_be_sent_is_refused(alice: Person, key: str) -> None:
    with pytest.raises(Invalid, match="no spaces or accented letters"):
        alice.call(user_service.save, {**MINE, "key": key})


def test_a_deleted_service_is_gone(alice: Person) -> None:
    alice.call(user_service.save, MINE)
    alice.call(user_service.forget)
    assert (alice.call(user_service.service_of), stored_service(alice).asks) == (None, "")
    assert alice.call(user_service.forget) == "AI service removed"


@pytest.mark.parametrize(
    "address",
    ["", "ftp://api.example.com", "api.example.com", "https://", "https://[", "https://a.example:99999",
     "https://me:pw@api.example.com", "https://api.example.com/v1?key=1"],
)  # fmt: skip
def test_an_address_that_is_none_is_refused(alice: Person, address: str) -> None:
    with pytest.raises(Invalid) as wrong:
        alice.call(user_service.save, {**MINE, "base_url": address})
    assert list(wrong.value.fields) == ["base_url"]


@pytest.mark.parametrize(
    "address",
    ["http://api.example.com/v1", "https://127.0.0.1/v1", "https://10.0.0.8/v1", "https://[::1]/v1", "https://169.254.169.254/latest",
     "https://localhost/v1", "https://valkey/v1"],
)  # fmt: skip
def test_an_installation_that_others_use_reaches_public_addresses_alone(
    alice: Person, shared: None, address: str
) -> None:
    with pytest.raises(Invalid, match="public internet"):
        alice.call(user_service.save, {**MINE, "base_url": address})


def test_the_service_of_a_local_user_may_be_on_the_same_computer(alice: Person) -> None:
    alice.call(user_service.save, {**MINE, "base_url": "http://127.0.0.1:11434/v1", "key": ""})
    assert not alice.call(user_service.service_of).is_public_only


def test_a_name_that_leads_inside_is_not_followed(alice: Person, shared: None) -> None:
    """`localhost` represents any name that resolves to a private address, even if it didn't when saved."""
    service = Service("https://localhost:9/v1", "m", is_own=True, is_public_only=True)
    result = check_connection(QUICK, service)
    assert (result.is_ok, result.sentence) == (
        False,
        "localhost isn't on the public internet, so Pursuit doesn't connect to it.",
    )
    plain = check_connection(QUICK, Service("http://93.184.215.14/v1", "m", is_own=True, is_public_only=True))
    assert plain.sentence == "The address must begin with https://."


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "::1",
        "::ffff:10.0.0.1",
        "100.64.0.1",
        "224.0.0.1",
        "64:ff9b:1::7f00:1",
        "2002:a00:8::1",
        "::127.0.0.1",
        "::ffff:0:127.0.0.1",
        "fec0::1",
    ],
)
def test_no_private_address_is_reached_however_it_is_written(host: str) -> None:
    with pytest.raises(Sorry, match="isn't on the public internet"):
        public_address(host, 443)


def test_a_public_address_is_reached_by_the_number_that_was_looked_at() -> None:
    assert public_address("93.184.215.14", 443) == "93.184.215.14"
    assert PublicTransport()


def test_an_empty_key_stays_empty(alice: Person) -> None:
    assert encrypt(alice.user.user_id, "") == decrypt(alice.user.user_id, "") == ""
