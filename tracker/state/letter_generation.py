"""The letter that a model is writing for the application that the address names."""

from collections.abc import Mapping
from typing import Any

import reflex as rx

from tracker.framework.app_state import AppState
from tracker.services.pages import generation as page
from tracker.shapes.forms import FORM_KEY
from tracker.shapes.generation import Progress
from tracker.state.base import fields_of, key_of, perform
from tracker.state.generation_progress import GenerationProgress
from tracker.state.letters import Letters


class LetterGeneration(GenerationProgress, AppState):
    """Progress of the letter being generated, and whether a model or the template writes the next one."""

    by_model: bool = True

    @rx.event
    async def choose_writer(self, by_model: bool) -> None:
        """Choose the model or the template for the next letter."""
        self.by_model, self.errors = by_model, {}

    @rx.event
    async def request_letter(self, form: dict[str, str]) -> None:
        """Ask the model for a letter."""
        async with self._submitting(form):
            self.progress = await perform(page.request_letter, self._id, fields_of(form), key_of(form))

    @rx.event
    async def rewrite_paragraph(self, form: dict[str, str]) -> None:
        """Ask the model to rewrite a paragraph of the shown version."""
        number, wish = form.get("paragraph", ""), form.get("wish", "")
        paragraph = int(number) if number.isdecimal() and len(number) < 4 else -1
        await self._rewrite(form.get("letter", ""), form.get("revision", ""), paragraph, wish, form)

    @rx.event
    async def remove_claim(self, letter_id: str, revision: str, paragraph: int, claim: str, key: str) -> None:
        """Ask the model to rewrite a paragraph without an unsupported claim."""
        wish = f"Don't say “{claim[:200]}”: no bullet supports it."
        await self._rewrite(letter_id, revision, paragraph, wish, {FORM_KEY: key})

    @property
    def _id(self) -> str:
        return getattr(self, "application_id", "")

    async def _rewrite(
        self, letter_id: str, revision: str, paragraph: int, wish: str, form: Mapping[str, str]
    ) -> None:
        async with self._submitting(form):
            self.progress = await perform(
                page.request_paragraph, letter_id, revision, paragraph, wish, key_of(form)
            )

    async def _read(self) -> Progress | None:
        return await perform(page.letter_progress, self._id)

    async def _finished_event(self, now: Progress) -> Any:
        """The new version is shown, unless another is being edited."""
        return None if (await self.get_state(Letters)).is_writing else Letters.choose(now.version_id)
