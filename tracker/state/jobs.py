"""The background work that Settings lists."""

from typing import ClassVar

import reflex as rx

from tracker.framework.app_state import AppState
from tracker.services import jobs
from tracker.shapes.jobs import JobLine
from tracker.state.base import perform
from tracker.state.shown import Shown


class Jobs(Shown, AppState):
    """The person's latest jobs."""

    _anew: ClassVar[tuple[str, ...]] = ("jobs", "jobs_loaded")
    _shows: ClassVar[frozenset[str]] = frozenset({"job"})
    jobs: list[JobLine] = []
    jobs_loaded: bool = False

    @rx.event
    async def load(self) -> None:
        """Show the latest jobs as they are."""
        self.jobs, self.jobs_loaded = await perform(jobs.recent), True

    @rx.event
    async def retry(self, job_id: str) -> None:
        """Put a failed job back to wait."""
        said = await perform(jobs.retry, job_id)
        self.jobs = await perform(jobs.recent)
        await self._say(said)

    async def _catch_up(self) -> None:
        self.jobs = await perform(jobs.recent)
