"""The export of everything in Settings, and the upload of one."""

from typing import Any, ClassVar

import reflex as rx

from tracker.errors import NotFresh
from tracker.framework.app_state import AppState
from tracker.services.exports import archive_status
from tracker.services.exports.archives import PROBLEMS
from tracker.services.pages import settings as page
from tracker.shapes.archives import YourData
from tracker.state.base import perform
from tracker.state.live_page import LivePage


class Archives(LivePage, AppState):
    """The user's export and upload, and why an upload or a request was refused."""

    _anew: ClassVar[tuple[str, ...]] = ("data",)
    _shows: ClassVar[frozenset[str]] = frozenset({"archive", "job", "application"})
    data: YourData | None = None
    needs_sign_in: bool = False
    problem: str = ""

    def _begin(self, data: YourData, is_fresh: bool) -> None:
        self.data, self.needs_sign_in = data, not is_fresh
        self.problem = PROBLEMS.get(self.router.url.query_parameters.get("problem", ""), "")

    @rx.event
    async def request_export(self, key: str) -> Any:
        """Request an export of everything; without a fresh sign-in, show the link to one."""
        try:
            self.data = await self._announce(await perform(page.request_export, key), key)
        except NotFresh:
            self.needs_sign_in = True

    async def _catch_up(self) -> None:
        self.data = await perform(archive_status.your_data)
