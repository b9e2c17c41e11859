"""Accounts: sign-up through the provider, name, and deletion."""

import logging
from functools import partial
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert

from tracker.db import Row, Scope, anonymous, scoped
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
"""Issuer and subject of the only account of an installation without a provider."""


def is_allowed(issuer: str, email: str) -> bool:
    """Return true if a user may sign in, or stay signed in, under the current settings.

    The local account can't be used once a provider is configured; the allow-list contains addresses and domains.
    """
    if issuer == LOCAL[0]:
        return not settings().provider_configured
    allowed, address = settings().sign_in_allow, MailAddress.parse(email)
    return not allowed or (address is not None and address.matches(allowed))


def user_of(row: Row) -> Who:
    """Return the user that a session or a token was looked up with; a token's has no session."""
    columns = {name: row[name] for name in Who.__dataclass_fields__ if name in row}
    return Who(**{**columns, "columns": tuple(row["columns"]), "cadence": Cadence.of(row["cadence"])})


def sign_up(issuer: str, subject: str, *, name: str = "", email: str = "") -> UUID:
    """Return the id of the provider's user, creating the account if needed and updating its email."""
    with anonymous() as session:
        insertion = insert(User).values(issuer=issuer, subject=subject, name=name[:200], email=email[:320])
        user_id: UUID = session.execute(
            insertion.on_conflict_do_update(
                index_elements=["issuer", "subject"], set_={"email": insertion.excluded.email}
            ).returning(users.id)
        ).scalar_one()
        session.execute(insert(Preferences).values(user_id=user_id).on_conflict_do_nothing())
    return user_id


def existing_user(issuer: str, subject: str) -> UUID | None:
    """Return the id of a user that signed in before, or None."""
    with anonymous() as session:
        user_id: UUID | None = session.scalar(
            select(users.id).where(users.issuer == issuer, users.subject == subject)
        )
    return user_id


def sign_up_local() -> UUID:
    """Return the id of the only local account, creating it if needed."""
    return sign_up(*LOCAL)


def load_user(user_id: UUID) -> Who | None:
    """Return a user by a stored id, for work without a signed-in session.

    Returns None if the account was deleted.
    """
    user_columns = (users.name, users.email, preferences.timezone, preferences.locale, preferences.currency)
    setting_columns = (
        preferences.weekly_goal,
        preferences.week_start,
        preferences.columns,
        preferences.cadence,
    )
    query = select(*user_columns, *setting_columns).join(Preferences, preferences.user_id == users.id)
    with scoped(Who(user_id)) as scope:
        rows = scope.rows(query.where(users.id == user_id))
    return user_of({**rows[0], "user_id": user_id}) if rows else None


def rename(scope: Scope, name: str) -> str:
    """Change the user's name, which has 1 to 200 characters."""
    new_name = clean(name).strip()
    if not 1 <= len(new_name) <= 200:
        raise Invalid({"name": "A name has 1 to 200 characters."})
    scope.session.execute(update(User).where(users.id == scope.user_id).values(name=new_name))
    return new_name


def lacks_name(scope: Scope) -> bool:
    """Return true if the user has no name and wants to be asked for one."""
    query = select(users.name, preferences.name_skipped).join(Preferences, preferences.user_id == users.id)
    row = scope.rows(query.where(users.id == scope.user_id))[0]
    return not row["name"] and not row["name_skipped"]


def skip_name(scope: Scope) -> None:
    """Stop asking the user for a name."""
    query = update(Preferences).where(preferences.user_id == scope.user_id)
    scope.session.execute(query.values(name_skipped=True))


def delete_account(scope: Scope, confirmation: str) -> bool:
    """Delete the user and all of their data in this transaction, once they typed `delete`.

    Raises NotFresh without a fresh sign-in. The account history is deleted too; the operator's log names only the id.
    """
    if confirmation.strip().lower() != "delete":
        raise Invalid({"confirmation": "Type the word delete to confirm."})
    freshness.require_fresh(scope)
    scope.session.execute(delete(User).where(users.id == scope.user_id))
    scope.send(partial(log.warning, "Account %s was deleted by its owner", scope.user_id))
    return True
