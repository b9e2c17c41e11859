"""Mixin for pages that show a generation request: progress, stop and retry."""

from typing import Any, ClassVar

import reflex as rx

from tracker.services.pages import generation as page
from tracker.shapes.generation import Phase, Progress
from tracker.state.base import Form, perform
from tracker.state.live_page import LivePage


class GenerationProgress(LivePage, Form, mixin=True):
    """The latest generation request for the page's subject, with its progress."""

    _anew: ClassVar[tuple[str, ...]] = ("progress",)
    _shows: ClassVar[frozenset[str]] = frozenset({"writing", "job", "own_service"})
    progress: Progress | None = None

    @rx.event
    async def load(self) -> None:
        """Show the latest request if it is running or failed."""
        self.errors = {}
        await self._show()

    @rx.event
    async def stop(self) -> None:
        """Stop the generation; keep the text so far."""
        if self.progress is not None:
            self.progress = await self._announce(await perform(page.stop, self.progress.id))

    @rx.event
    async def retry(self) -> None:
        """Retry a failed request."""
        if self.progress is not None:
            self.progress = await perform(page.retry, self.progress.id)

    async def _read(self) -> Progress | None:
        """Return the progress; None when the page's subject doesn't exist."""
        raise NotImplementedError

    async def _finished_event(self, now: Progress) -> Any:
        """Return the event that shows a finished result."""

    async def _show(self) -> None:
        self.progress = await self._read()

    async def _catch_up(self) -> Any:
        """Follow the text, where it is shown at all."""
        before = self.progress
        if before is None:
            return None
        await self._show()
        now = self.progress
        if now is None or now.of != before.of or now.phase != Phase.DONE.value:
            return None
        return None if (before.phase, before.id) == (now.phase, now.id) else await self._finished_event(now)
