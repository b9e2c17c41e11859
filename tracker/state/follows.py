"""A page that looks on while a model writes: how it fares, the way to stop it, and another try."""

from typing import Any, ClassVar

import reflex as rx

from tracker.services.pages import writing as page
from tracker.shapes.writing import Phase, Progress
from tracker.state.base import Form, perform
from tracker.state.shown import Shown


class Follows(Shown, Form, mixin=True):
    """What was last asked of a model for what the address names, as far as it has come."""

    _anew: ClassVar[tuple[str, ...]] = ("progress",)
    _shows: ClassVar[frozenset[str]] = frozenset({"writing", "job", "own_service"})
    progress: Progress | None = None

    @rx.event
    async def load(self) -> None:
        """Show what was last asked for, if it is still being written or failed."""
        self.errors = {}
        await self._show()

    @rx.event
    async def stop(self) -> None:
        """Stop what is being written; what is there of it stays."""
        if self.progress is not None:
            self.progress = await self._announce(await perform(page.stop, self.progress.id))

    @rx.event
    async def again(self) -> None:
        """Try once more what failed."""
        if self.progress is not None:
            self.progress = await perform(page.again, self.progress.id)

    async def _read(self) -> Progress | None:
        """Return how it fares; None where what the address names isn't there."""
        raise NotImplementedError

    async def _came(self, now: Progress) -> Any:
        """What to show once something has come of it."""

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
        return None if (before.phase, before.id) == (now.phase, now.id) else await self._came(now)
