"""Access tokens: created once shown, recognized by hash, stopped at once when revoked."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine

from tests.support.clock import NOW
from tests.support.people import Person
from tracker.db import scoped
from tracker.errors import Invalid, NotFound, NotFresh, TooMany
from tracker.services import access_tokens, audit, freshness, people
from tracker.services.sessions import find, open_session
from tracker.shapes.enumerations import Door

SHEET = {"name": "Sheet sync", "access": "read", "days": "30"}


def secret_of(person: Person, **typed: str) -> str:
    created: str = person.call(access_tokens.create, {**SHEET, **typed}).secret
    return created


def test_a_secret_stands_for_its_user_until_it_is_revoked(alice: Person) -> None:
    secret = secret_of(alice)
    holder = access_tokens.holder_of(secret)
    assert holder is not None
    assert (holder.user.user_id, holder.user.timezone, holder.token_name) == (
        alice.user.user_id,
        "",
        "Sheet sync",
    )
    assert alice.call(access_tokens.revoke, holder.token_id) == "Token Sheet sync revoked"
    assert access_tokens.holder_of(secret) is None
    with pytest.raises(NotFound):
        alice.call(access_tokens.revoke, holder.token_id)


def test_only_the_hash_and_the_last_characters_are_stored(alice: Person) -> None:
    secret = secret_of(alice)
    [row] = alice.rows("SELECT * FROM access_token")
    assert row["ending"] == secret[-4:]
    assert secret[12:-4] not in str(row)


def test_two_secrets_have_the_prefix_and_nothing_else_in_common(alice: Person) -> None:
    first, second = secret_of(alice), secret_of(alice)
    assert first.startswith("pursuit_pat_")
    assert first[12:20] != second[12:20]
    assert len(first) == len(second) == 50


@pytest.mark.parametrize(
    "change", [lambda s: s[:-1], lambda s: s + "x", lambda s: s.swapcase(), lambda s: ""]
)
def test_a_mistyped_secret_fails_its_checksum(alice: Person, change: object) -> None:
    mistyped = change(secret_of(alice))  # type: ignore[operator]
    assert not access_tokens.is_well_formed(mistyped)
    assert access_tokens.holder_of(mistyped) is None


def test_a_token_ends_with_its_lifetime(alice: Person, clock: time_machine.Traveller) -> None:
    month, forever = secret_of(alice), secret_of(alice, days="")
    clock.move_to(NOW + timedelta(days=30, seconds=-1))
    assert access_tokens.holder_of(month) is not None
    clock.move_to(NOW + timedelta(days=30))
    assert access_tokens.holder_of(month) is None
    assert access_tokens.holder_of(forever) is not None
    lines = {line.expires: line.is_expired for line in alice.call(access_tokens.own_tokens)}
    assert lines == {"no expiry": False, "expired Thu 3 Dec 2026": True}


def test_a_use_is_noted_every_ten_minutes(alice: Person, clock: time_machine.Traveller) -> None:
    secret = secret_of(alice)
    assert alice.call(access_tokens.own_tokens)[0].used == "never used"
    for minutes, noted in ((0, 0), (9, 0), (11, 11)):
        clock.move_to(NOW + timedelta(minutes=minutes))
        access_tokens.holder_of(secret)
        [row] = alice.rows("SELECT used_at FROM access_token")
        assert row["used_at"] == NOW + timedelta(minutes=noted)


def test_reading_and_writing_are_separate_permissions(alice: Person) -> None:
    holders = [access_tokens.holder_of(secret_of(alice, access=access)) for access in ("read", "write")]
    assert [holder.can_write for holder in holders if holder] == [False, True]


@pytest.mark.parametrize(
    "typed", [{"name": " "}, {"name": "x" * 101}, {"access": "all"}, {"access": ""}, {"days": "7"}]
)
def test_an_invalid_form_names_its_field_and_creates_nothing(alice: Person, typed: dict[str, str]) -> None:
    with pytest.raises(Invalid) as refusal:
        alice.call(access_tokens.create, {**SHEET, **typed})
    assert list(refusal.value.fields) == list(typed)
    assert alice.rows("SELECT 1 FROM access_token") == []


def test_a_token_needs_a_fresh_sign_in(alice: Person) -> None:
    user = find(open_session(alice.user.user_id, "Firefox"))
    assert user
    later = Person(user)
    later.rows("UPDATE user_session SET created_at = created_at - interval '11 minutes' RETURNING 1")
    with pytest.raises(NotFresh):
        later.call(access_tokens.create, SHEET)


def test_a_program_is_never_freshly_signed_in(alice: Person) -> None:
    with scoped(alice.user, Door.API) as scope:
        assert not freshness.is_fresh(scope)


def test_a_user_has_at_most_fifty_tokens(alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access_tokens, "MAX_TOKENS", 2)
    secret_of(alice)
    secret_of(alice)
    with pytest.raises(TooMany, match="At most 2 tokens"):
        secret_of(alice)


def test_a_user_who_may_no_longer_sign_in_has_no_valid_token(
    alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = secret_of(alice)
    monkeypatch.setattr(people, "is_allowed", lambda issuer, email: False)
    assert access_tokens.holder_of(secret) is None


def test_the_account_history_names_the_token(alice: Person) -> None:
    secret_of(alice)
    alice.call(access_tokens.revoke, alice.call(access_tokens.own_tokens)[0].id)
    assert [entry.description for entry in alice.call(audit.own_history)] == [
        "Access token revoked: Sheet sync",
        "Access token created: Sheet sync",
    ]


def test_a_deleted_account_leaves_no_valid_token(alice: Person) -> None:
    secret = secret_of(alice)
    alice.call(people.delete_account, "delete")
    assert access_tokens.holder_of(secret) is None


def test_another_user_can_neither_see_nor_revoke_it(alice: Person, bob: Person) -> None:
    secret = secret_of(alice)
    token_id = alice.call(access_tokens.own_tokens)[0].id
    assert bob.call(access_tokens.own_tokens) == []
    with pytest.raises(NotFound):
        Person(replace(bob.user)).call(access_tokens.revoke, token_id)
    assert access_tokens.holder_of(secret)
