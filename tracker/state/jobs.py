"""The background work that Settings lists."""

from typing import ClassVar

import reflex as rx

from tracker.framework.app_state import AppState
from tracker.services import jobs
from tracker.services.pages import settings as page
from tracker.shapes.jobs import JobItem
from tracker.state.base import perform
from tracker.state.live_page import LivePage


class Jobs(LivePage, AppState):
    """The user's latest jobs."""

    _anew: ClassVar[tuple[str, ...]] = ("jobs", "jobs_loaded")
    _shows: ClassVar[frozenset[str]] = frozenset({"job"})
    jobs: list[JobItem] = []
    jobs_loaded: bool = False

    @rx.event
    async def retry(self, job_id: str, key: str) -> None:
        """Put a failed job back to wait."""
        self._take(await self._announce(await perform(page.retry_job, job_id, key), key))

    def _take(self, lines: list[JobItem]) -> None:
        self.jobs, self.jobs_loaded = lines, True

    async def _catch_up(self) -> None:
        self._take(await perform(jobs.recent))
