"""The questions that a model suggests for the interview that the address names."""

import reflex as rx

from tracker.framework.app_state import AppState
from tracker.services.pages import generation as page
from tracker.shapes.generation import Progress
from tracker.state.base import perform
from tracker.state.generation_progress import GenerationProgress


class QuestionSuggestions(GenerationProgress, AppState):
    """Progress of the questions that a model suggests; suggested questions are on the list."""

    @rx.event
    async def request_questions(self, key: str) -> None:
        """Ask the model for questions."""
        self.progress = await perform(page.request_questions, self._id, key)
        await self._answer(key, is_kept=True)

    @property
    def _id(self) -> str:
        return getattr(self, "interview_id", "")

    async def _read(self) -> Progress | None:
        return await perform(page.questions_progress, self._id)
