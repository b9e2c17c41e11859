"""Which reminders a person wants, and where: read as a form shows it, and kept."""

from email.utils import parseaddr

from sqlalchemy import select, update

from tracker.db import Scope
from tracker.models import Preferences, User, preferences, users
from tracker.services.people import LOCAL
from tracker.services.typed import Wrong, parsed_by, text
from tracker.settings import settings
from tracker.shapes.preferences import RemindersSheet


def read(scope: Scope) -> RemindersSheet:
    """What is wanted, and what can be: mail needs a server, and the local account an address."""
    p = preferences
    query = select(p.remind_day, p.remind_hour, p.remind_by_mail, p.mail_to, users.email, users.issuer)
    row = scope.rows(query.join(User, users.id == p.user_id).where(p.user_id == scope.user_id))[0]
    is_local = row["issuer"] == LOCAL[0]
    return RemindersSheet(
        day=row["remind_day"],
        hour=row["remind_hour"],
        by_mail=row["remind_by_mail"],
        mail_to=row["mail_to"] if is_local else row["email"],
        can_mail=bool(settings().smtp_host),
        is_local=is_local,
    )


def save(scope: Scope, typed: dict[str, str]) -> str:
    """Keep what was ticked, and the local account's address; Invalid when that can't be one.

    Mail isn't asked about while it can't be sent, and stays as it was wished.
    """
    asked = _TICKS if settings().smtp_host else {name: _TICKS[name] for name in ("day", "hour")}
    values = {column: bool(typed.get(name)) for name, column in asked.items()}
    if "mail_to" in typed:
        values |= parsed_by({"mail_to": _address}, {"mail_to": typed["mail_to"]})
    scope.session.execute(update(Preferences).where(preferences.user_id == scope.user_id).values(**values))
    return "Reminders saved"


_TICKS = {"day": "remind_day", "hour": "remind_hour", "by_mail": "remind_by_mail"}


def _address(raw: str) -> str:
    kept = str(text(320)(raw))
    name, address = parseaddr(kept)
    if kept and (name or address != kept or "@" not in address[1:-1] or not address.isascii()):
        raise Wrong("Use an email address, such as you@example.com.")
    return kept
