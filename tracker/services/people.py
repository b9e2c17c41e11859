"""People: who comes in through the provider, and what they may say or take back of themselves."""

import logging
from functools import partial
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert

from tracker.db import Scope, anonymous, scoped
from tracker.errors import Invalid
from tracker.mail_address import MailAddress
from tracker.models import Preferences, User, preferences, users
from tracker.services import freshness
from tracker.settings import settings
from tracker.shapes.cadence import Cadence
from tracker.shapes.people import Who
from tracker.storable_text import clean

log = logging.getLogger(__name__)
LOCAL = ("local", "local")
"""Issuer and subject of the one account of a copy without a provider."""


def may_enter(issuer: str, email: str) -> bool:
    """Whether a person of this issuer and verified address may come in, or stay, as the settings are now.

    The local account ends where a provider is configured; an allow-list names addresses, or domains.
    """
    if issuer == LOCAL[0]:
        return not settings().provider_configured
    allowed, address = settings().sign_in_allow, MailAddress.parse(email)
    return not allowed or (address is not None and address.matches(allowed))


def welcome(issuer: str, subject: str, *, name: str = "", email: str = "") -> UUID:
    """The person an issuer vouches for, made on first sight with a name; a later address replaces the old."""
    with anonymous() as session:
        made = insert(User).values(issuer=issuer, subject=subject, name=name[:200], email=email[:320])
        user_id: UUID = session.execute(
            made.on_conflict_do_update(
                index_elements=["issuer", "subject"], set_={"email": made.excluded.email}
            ).returning(users.id)
        ).scalar_one()
        session.execute(insert(Preferences).values(user_id=user_id).on_conflict_do_nothing())
    return user_id


def known(issuer: str, subject: str) -> UUID | None:
    """The person whom an issuer vouched for before; nobody for a stranger."""
    with anonymous() as session:
        found: UUID | None = session.scalar(
            select(users.id).where(users.issuer == issuer, users.subject == subject)
        )
    return found


def welcome_local() -> UUID:
    """The one local account, made on first sight."""
    return welcome(*LOCAL, name="You")


def who(user_id: UUID) -> Who | None:
    """The person of an id that Pursuit itself kept, for work that nobody is signed in for; nobody once they are gone."""
    known = (users.name, users.email, preferences.timezone, preferences.locale, preferences.currency)
    counted = (preferences.weekly_goal, preferences.week_start, preferences.columns, preferences.cadence)
    query = select(*known, *counted).join(Preferences, preferences.user_id == users.id)
    with scoped(Who(user_id)) as scope:
        rows = scope.rows(query.where(users.id == user_id))
    if not rows:
        return None
    row = rows[0]
    return Who(user_id, **{**row, "columns": tuple(row["columns"]), "cadence": Cadence.of(row["cadence"])})


def rename(scope: Scope, name: str) -> str:
    """Call the person by another name, of 1 to 200 characters."""
    kept = clean(name).strip()
    if not 1 <= len(kept) <= 200:
        raise Invalid({"name": "A name has 1 to 200 characters."})
    scope.session.execute(update(User).where(users.id == scope.user_id).values(name=kept))
    return kept


def delete_account(scope: Scope, confirmation: str) -> bool:
    """Delete the person and everything of theirs, in this one transaction, when they typed `delete`; True once it is done.

    NotFresh where they signed in too long ago. Their account history goes as well; the operator's log names the account's
    identifier, which tells nothing of whose it was.
    """
    if confirmation.strip().lower() != "delete":
        raise Invalid({"confirmation": "Type the word delete to confirm."})
    freshness.insist(scope)
    scope.session.execute(delete(User).where(users.id == scope.user_id))
    scope.send(partial(log.warning, "Account %s was deleted by its owner", scope.user_id))
    return True
