"""State of every page: the badge of due actions, and reminders."""

from typing import ClassVar

import reflex as rx

from tracker.framework.app_state import AppState
from tracker.services import badge
from tracker.services.pages import shell
from tracker.shapes import badge as shapes
from tracker.shapes.badge import ReminderItem
from tracker.state.base import perform
from tracker.state.live_page import LivePage


class Badge(LivePage, AppState):
    """The badge and the reminders; they follow changes of their own tab as well."""

    _is_on_every_page: ClassVar[bool] = True
    _shows: ClassVar[frozenset[str]] = frozenset(
        {"application", "interview", "event", "set_aside", "reminder", "snapshot"}
    )
    due: int = 0
    reminders: list[ReminderItem] = []
    alarm: str = ""
    """In how many seconds to look again, after a count of the looks, so that each value is new."""
    _looks: int = 0
    _socket: str = ""
    """The socket on which this was shown: from then on it follows changes and the clock, whatever page the tab goes to."""

    @rx.event
    async def load(self) -> None:
        """Show the badge and the reminders on the first page of a tab's socket."""
        socket = self.router.session.session_id
        if socket != self._socket:
            self._socket = socket
            await self._catch_up()

    @rx.event
    async def refresh(self) -> None:
        """Reload the badge and the reminders when they change by time alone."""
        await self._catch_up()

    @rx.event
    async def dismiss(self, interview_id: str) -> None:
        """Dismiss an interview's reminder on every page."""
        self._take(await perform(shell.dismiss_reminder, interview_id))

    async def _catch_up(self) -> None:
        self._take(await perform(badge.badge_and_reminders))

    def _take(self, now: shapes.BadgeAndReminders) -> None:
        self.due, self.reminders = now.due, now.reminders
        self._looks += 1
        self.alarm = f"{self._looks} {now.changes_in}"
