"""A page that looks on while a model writes: how it fares, the way to stop it, and another try."""

from collections.abc import Callable
from typing import Any, ClassVar

import reflex as rx

from tracker.db import Scope
from tracker.errors import NotFound
from tracker.services.writing import opening
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
            await self._say(await perform(opening.cancel, self.progress.id))
            await self._show()

    @rx.event
    async def again(self) -> None:
        """Try once more what failed."""
        if self.progress is not None:
            await perform(opening.again, self.progress.id)
            await self._show()

    def _reads(self) -> Callable[[Scope], Progress]:
        """What reads how it fares."""
        raise NotImplementedError

    async def _came(self, now: Progress) -> Any:
        """What to show once something has come of it."""

    async def _show(self) -> None:
        try:
            self.progress = await perform(self._reads())
        except NotFound:
            self.progress = None

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
