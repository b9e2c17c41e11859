"""The questions that a model suggests for the interview that the address names."""

from collections.abc import Callable
from functools import partial

import reflex as rx

from tracker.db import Scope
from tracker.framework.app_state import AppState
from tracker.services.idempotency import once
from tracker.services.preparation import suggesting
from tracker.services.writing import following
from tracker.shapes.writing import Progress
from tracker.state.base import perform
from tracker.state.follows import Follows


class Suggesting(Follows, AppState):
    """What the model has suggested so far and how it fares; what came of it is on the list."""

    @rx.event
    async def ask(self, key: str) -> None:
        """Ask the model for questions."""
        await perform(once, key, suggesting.ask, self._id)
        await self._answer(key, is_kept=True)
        await self._show()

    @property
    def _id(self) -> str:
        return getattr(self, "interview_id", "")

    def _reads(self) -> Callable[[Scope], Progress]:
        return partial(following.of_interview, interview_id=self._id)
