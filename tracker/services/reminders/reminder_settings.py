"""The reminders that a user wants, on pages and by mail."""

from email.utils import parseaddr
from typing import Any

from sqlalchemy import select, update

from tracker.db import Scope
from tracker.models import Preferences, User, preferences, users
from tracker.services.field_parsers import InvalidField, parsed_by, text
from tracker.services.people import LOCAL
from tracker.settings import settings
from tracker.shapes.preferences import RemindersForm


def read(scope: Scope) -> RemindersForm:
    """Return the reminder settings, and whether mail can be sent and to which address."""
    p = preferences
    query = select(p.remind_day, p.remind_hour, p.remind_by_mail, p.mail_to, users.email, users.issuer)
    row = scope.rows(query.join(User, users.id == p.user_id).where(p.user_id == scope.user_id))[0]
    is_local = row["issuer"] == LOCAL[0]
    return RemindersForm(
        day=row["remind_day"],
        hour=row["remind_hour"],
        by_mail=row["remind_by_mail"],
        mail_to=row["mail_to"] if is_local else row["email"],
        can_mail=bool(settings().smtp_host),
        is_local=is_local,
    )


def save(scope: Scope, typed: dict[str, str]) -> str:
    """Save the given checkboxes, empty when unticked, and the local account's email address.

    Raises Invalid for an invalid address.
    """
    values: dict[str, Any] = {column: bool(typed[name]) for name, column in _COLUMNS.items() if name in typed}
    if "mail_to" in typed:
        values |= parsed_by({"mail_to": _address}, {"mail_to": typed["mail_to"]})
    scope.session.execute(update(Preferences).where(preferences.user_id == scope.user_id).values(**values))
    return "Reminders saved"


_COLUMNS = {"day": "remind_day", "hour": "remind_hour", "by_mail": "remind_by_mail"}
FIELDS = (*_COLUMNS, "mail_to")


def _address(raw: str) -> str:
    email = str(text(320)(raw))
    name, address = parseaddr(email)
    if email and (name or address != email or "@" not in address[1:-1] or not address.isascii()):
        raise InvalidField("Use an email address, such as you@example.com.")
    return email
