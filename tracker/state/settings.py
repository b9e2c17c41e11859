"""Settings: the profile, how Pursuit counts and shows, the sessions, and the end of the account."""

from typing import Any, ClassVar

import reflex as rx

from tracker.errors import NotFresh
from tracker.framework.app_state import AppState
from tracker.framework.guard import SIGN_IN, signed_in
from tracker.framework.live import on_every_page, shown_at
from tracker.services import people, preferences, sessions
from tracker.shapes.people import SessionLine
from tracker.state.access import refused
from tracker.state.base import Me, SignedIn, perform
from tracker.state.pace import Pace
from tracker.state.sheets import Sheet
from tracker.state.shown import Shown
from tracker.state.waiting import Reminding

FIELDS = ("timezone", "currency", "locale", "weekly_goal", "week_start")
"""What the form asks for beside the name."""
CHOICES = ("timezone", "currency", "locale", "week_start")


class Zone(SignedIn, AppState):
    """The browser's time zone, learnt once."""

    @rx.event
    async def learn(self, name: str) -> Any:
        """Take the browser's zone as the person's, when they have none yet, and show the page in it, as far as one has come in it."""
        was_taken = await perform(preferences.learn_zone, name)
        me = await self.get_state(Me)
        me.knows_zone = True
        shown = (*shown_at(self.router.url.path), *on_every_page())
        return [state.catch_up for state in shown] if was_taken else None


class Settings(Shown, Sheet, AppState):
    """What Settings shows."""

    _anew: ClassVar[tuple[str, ...]] = ("loaded", "zones", "currencies", "locales")
    loaded: bool = False
    email: str = ""
    now_there: str = ""
    zones: list[tuple[str, str]] = []
    currencies: list[tuple[str, str]] = []
    locales: list[tuple[str, str]] = []
    sessions: list[SessionLine] = []

    @rx.event
    async def load(self) -> Any:
        """Show the preferences and the sessions as they are."""
        await self._greet()
        self.email = signed_in().email
        self.zones, self.currencies, self.locales = await perform(preferences.offered)
        self.loaded, self.errors = True, {}
        await self._read()
        return Pace.load

    @rx.event
    async def save(self, form: dict[str, str]) -> None:
        """Keep the profile and the preferences."""
        changed = self._changed(form)
        if await self._submit(form, preferences.save_all, changed) is not None:
            self._start_from(changed, CHOICES)
            me = await self.get_state(Me)
            me.name = changed.get("name", me.name)
            await self._say("Settings saved")

    @rx.event
    async def revoke(self, session_id: str) -> None:
        """End one session at once."""
        await perform(sessions.revoke, session_id)
        self.sessions = await perform(sessions.of_mine)
        await self._say("Session ended")

    @rx.event
    async def revoke_others(self) -> None:
        """End every session but this one."""
        ended = await perform(sessions.revoke_others)
        self.sessions = await perform(sessions.of_mine)
        await self._say(f"{ended} other session{'' if ended == 1 else 's'} ended")

    @rx.event
    async def delete_account(self, form: dict[str, str]) -> Any:
        """Delete the account and everything in it, when the word was typed."""
        typed = form.get("confirmation", "")
        try:
            if await self._submit(form, people.delete_account, typed) is None:
                return None
        except NotFresh as sorry:
            return await refused(self, "confirmation", sorry)
        return rx.redirect(SIGN_IN)

    async def _catch_up(self) -> Any:
        await self._read()
        return [Pace.catch_up, Reminding.catch_up]

    async def _read(self) -> None:
        sheet = await perform(preferences.read)
        self._follow({"name": signed_in().name, **{name: sheet.typed[name] for name in FIELDS}})
        self.now_there, self.sessions = sheet.now_there, await perform(sessions.of_mine)
