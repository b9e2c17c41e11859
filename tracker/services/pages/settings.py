"""The Settings page: everything in one read, and its actions."""

from collections.abc import Callable, Iterable

from tracker.db import Scope
from tracker.errors import Invalid
from tracker.services import access_tokens, audit, freshness, jobs, people, preferences, sessions
from tracker.services.actions import cadence_settings
from tracker.services.calendar_files import feeds
from tracker.services.exports import archive_status, archives
from tracker.services.idempotency import run_once
from tracker.services.model import user_service
from tracker.services.plurals import counted
from tracker.services.reminders import reminder_settings
from tracker.shapes.access_tokens import NewToken, TokenItem
from tracker.shapes.archives import YourData
from tracker.shapes.cadence import CADENCES
from tracker.shapes.calendar_files import FeedForm, FeedPage
from tracker.shapes.jobs import JobItem
from tracker.shapes.model import ServiceForm
from tracker.shapes.notice import Done
from tracker.shapes.people import SessionItem
from tracker.shapes.preferences import Choices
from tracker.shapes.settings import SettingsForm, SettingsPage

PREFERENCES = ("timezone", "currency", "locale", "weekly_goal", "week_start")
"""The preferences that the form asks for."""


def page(scope: Scope) -> SettingsPage:
    """Return everything that Settings shows."""
    zones, currencies, locales = preferences.setting_choices(scope)
    return SettingsPage(
        _form(scope),
        Choices(zones, currencies, locales),
        sessions.own_sessions(scope),
        audit.own_history(scope),
        freshness.is_fresh(scope),
        user_service.read(scope),
        jobs.recent(scope),
        access_tokens.own_tokens(scope),
        feeds.read(scope),
        archive_status.your_data(scope),
    )


def form_and_sessions(scope: Scope) -> tuple[SettingsForm, list[SessionItem]]:
    """Return the part that may change elsewhere while the page is open."""
    return _form(scope), sessions.own_sessions(scope)


def _form(scope: Scope) -> SettingsForm:
    sheet, reminders = preferences.read(scope), reminder_settings.read(scope)
    chosen = {name: sheet.typed[name] for name in PREFERENCES}
    typed = {"name": scope.who.name, **chosen, **cadence_settings.typed(scope), **reminders.typed}
    return SettingsForm(typed, sheet.now_there, reminders)


def save(scope: Scope, changed: dict[str, str]) -> Done[None]:
    """Save the changed fields of the form together; raises Invalid, which names every invalid field."""
    wrong: dict[str, str] = {}
    for names, save_part in _PARTS:
        part = {name: changed[name] for name in names if name in changed}
        try:
            if part:
                save_part(scope, part)
        except Invalid as invalid:
            wrong |= invalid.fields
    if wrong:
        raise Invalid(wrong)
    return Done("Settings saved", "", None)


def _rename(scope: Scope, typed: dict[str, str]) -> str:
    return people.rename(scope, typed["name"])


_PARTS: tuple[tuple[Iterable[str], Callable[[Scope, dict[str, str]], object]], ...] = (
    (("name",), _rename),
    (PREFERENCES, preferences.save),
    (CADENCES, cadence_settings.save),
    (reminder_settings.FIELDS, reminder_settings.save),
)
"""The fields of each part of the form, and the function that saves it."""


def save_name(scope: Scope, name: str) -> Done[str]:
    """Save the user's name and return it; raises Invalid if it is empty or too long."""
    return Done("Name saved", "", people.rename(scope, name))


def save_service(scope: Scope, typed: dict[str, str]) -> Done[ServiceForm]:
    """Save the user's AI service; raises Invalid, or NotFresh without a fresh sign-in."""
    user_service.save(scope, typed)
    scope.reread()
    return Done("AI service saved", "", user_service.read(scope))


def forget_service(scope: Scope) -> Done[ServiceForm]:
    """Remove the user's AI service and its key; raises NotFresh without a fresh sign-in."""
    message = user_service.forget(scope)
    scope.reread()
    return Done(message, "", user_service.read(scope))


def save_feed(scope: Scope, typed: dict[str, str]) -> Done[FeedPage]:
    """Create the calendar feed with the ticked parts, or change the parts of the existing one."""
    if not feeds.read(scope).is_active:
        address = feeds.create(scope, typed)
        return Done("Calendar feed created", "", FeedPage(_feed(scope), address))
    return Done(feeds.save(scope, typed), "", FeedPage(_feed(scope)))


def replace_feed(scope: Scope) -> Done[FeedPage]:
    """Give the calendar feed another address; the previous one stops working."""
    address = feeds.create(scope, feeds.read(scope).typed)
    return Done("Calendar feed replaced", "", FeedPage(_feed(scope), address))


def end_feed(scope: Scope) -> Done[FeedPage]:
    """Delete the calendar feed. Raises NotFound without a feed."""
    return Done(feeds.end(scope), "", FeedPage(_feed(scope)))


def _feed(scope: Scope) -> FeedForm:
    scope.reread()
    return feeds.read(scope)


def revoke(scope: Scope, session_id: str) -> Done[list[SessionItem]]:
    """End one session at once."""
    sessions.revoke(scope, session_id)
    return Done("Session ended", "", sessions.own_sessions(scope))


def revoke_others(scope: Scope) -> Done[list[SessionItem]]:
    """End all other sessions of the user."""
    ended = sessions.revoke_others(scope)
    message = f"{counted(ended, 'other session')} ended"
    return Done(message, "", sessions.own_sessions(scope))


def create_token(scope: Scope, typed: dict[str, str]) -> Done[NewToken]:
    """Create an access token; raises Invalid, or NotFresh without a fresh sign-in."""
    return Done("Token created", "", access_tokens.create(scope, typed))


def revoke_token(scope: Scope, token_id: str) -> Done[list[TokenItem]]:
    """Revoke an access token at once."""
    message = access_tokens.revoke(scope, token_id)
    return Done(message, "", access_tokens.own_tokens(scope))


def delete_account(scope: Scope, typed: str) -> Done[None]:
    """Delete the account; raises NotFresh without a fresh sign-in, or Invalid without the typed word."""
    sessions.announce_deletion(scope)
    people.delete_account(scope, typed)
    return Done("", "", None)


def request_export(scope: Scope, key: str) -> Done[YourData]:
    """Request an export of everything; raises NotFresh without a fresh sign-in."""
    message = run_once(scope, key, archives.request_export)
    return Done(message, "", archive_status.your_data(scope))


def retry_job(scope: Scope, job_id: str, key: str) -> Done[list[JobItem]]:
    """Retry a failed job."""
    message = run_once(scope, key, jobs.retry, job_id)
    scope.reread()
    return Done(message, "", jobs.recent(scope))
