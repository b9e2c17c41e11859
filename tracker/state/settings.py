"""Settings: the profile, how Pursuit counts and shows, the sessions, and the end of the account."""

from typing import Any, ClassVar

import reflex as rx

from tracker.errors import NotFresh
from tracker.framework.app_state import AppState
from tracker.framework.guard import SIGN_IN, signed_in
from tracker.framework.live import on_every_page, shown_at
from tracker.services import preferences
from tracker.services.pages import settings as page
from tracker.shapes.people import SessionItem
from tracker.shapes.preferences import RemindersForm
from tracker.shapes.settings import SettingsForm
from tracker.state.access_tokens import AccessTokens
from tracker.state.account import Account, show_sign_in_needed
from tracker.state.ai_service import AIService
from tracker.state.archives import Archives
from tracker.state.base import Me, SignedIn, perform
from tracker.state.calendar_feed import CalendarFeeds
from tracker.state.jobs import Jobs
from tracker.state.live_page import LivePage
from tracker.state.synced_form import SyncedForm

CHOICES = ("timezone", "currency", "locale", "week_start", "day", "hour", "by_mail")
"""Fields whose control is rendered again when they are saved."""


class ZoneDetection(SignedIn, AppState):
    """The browser's time zone and languages, learnt once."""

    @rx.event
    async def learn(self, name: str, languages: str = "") -> Any:
        """Save the browser's time zone and region for a user without a zone, and reload the page."""
        was_taken = await perform(preferences.learn_zone, name, languages)
        me = await self.get_state(Me)
        me.knows_zone = True
        shown = (*shown_at(self.router.url.path), *on_every_page())
        return [state.catch_up for state in shown] if was_taken else None


class Settings(LivePage, SyncedForm, AppState):
    """The Settings page."""

    _beside: ClassVar[tuple[type[LivePage], ...]] = (
        AccessTokens, Account, AIService, Archives, CalendarFeeds, Jobs,
    )  # fmt: skip
    _anew: ClassVar[tuple[str, ...]] = ("loaded", "zones", "currencies", "locales")
    loaded: bool = False
    email: str = ""
    now_there: str = ""
    reminders: RemindersForm | None = None
    zones: list[tuple[str, str]] = []
    currencies: list[tuple[str, str]] = []
    locales: list[tuple[str, str]] = []
    sessions: list[SessionItem] = []

    @rx.event
    async def load(self) -> None:
        """Show every part of the page as it is."""
        await self._greet()
        shown = await perform(page.page)
        self.email, self.loaded, self.errors = signed_in().email, True, {}
        choices = shown.choices
        self.zones, self.currencies, self.locales = choices.zones, choices.currencies, choices.locales
        self._take(shown.form, shown.sessions)
        (await self.get_state(Account))._begin(shown.history, shown.is_fresh)
        (await self.get_state(AIService))._begin(shown.service)
        (await self.get_state(Archives))._begin(shown.data, shown.is_fresh)
        (await self.get_state(Jobs))._take(shown.jobs)
        (await self.get_state(AccessTokens))._begin(shown.tokens)
        (await self.get_state(CalendarFeeds))._begin(shown.feed)

    @rx.event
    async def save(self, form: dict[str, str]) -> None:
        """Save what was changed in the form."""
        changed = self._changed(form)
        async with self._submitting(form):
            await self._announce(await perform(page.save, changed))
            self._start_from(changed, CHOICES)
            me = await self.get_state(Me)
            me.name = changed.get("name", me.name)

    @rx.event
    async def revoke(self, session_id: str) -> None:
        """End one session at once."""
        self.sessions = await self._announce(await perform(page.revoke, session_id))

    @rx.event
    async def revoke_others(self) -> None:
        """End every session but this one."""
        self.sessions = await self._announce(await perform(page.revoke_others))

    @rx.event
    async def delete_account(self, form: dict[str, str]) -> Any:
        """Delete the account and everything in it, when the word was typed."""
        try:
            async with self._submitting(form):
                await perform(page.delete_account, form.get("confirmation", ""))
                return rx.redirect(SIGN_IN)
        except NotFresh as sorry:
            return await show_sign_in_needed(self, "confirmation", sorry)

    async def _catch_up(self) -> Any:
        self._take(*await perform(page.form_and_sessions))

    def _take(self, form: SettingsForm, sessions: list[SessionItem]) -> None:
        self._follow(form.typed)
        self.now_there, self.reminders, self.sessions = form.now_there, form.reminders, sessions
