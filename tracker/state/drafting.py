"""The letter that a model is writing for the application that the address names."""

from collections.abc import Callable
from functools import partial
from typing import Any

import reflex as rx

from tracker.db import Scope
from tracker.framework.app_state import AppState
from tracker.services.idempotency import FORM_KEY
from tracker.services.letters import written
from tracker.services.writing import following
from tracker.shapes.writing import Progress
from tracker.state.base import fields_of
from tracker.state.follows import Follows
from tracker.state.letters import Letters


class Drafting(Follows, AppState):
    """What has been written so far and how it fares, and by whom the next letter is to be written."""

    by_model: bool = True

    @rx.event
    async def turn(self, by_model: bool) -> None:
        """Offer the model's letter, or the one from one's own bullets."""
        self.by_model, self.errors = by_model, {}

    @rx.event
    async def ask(self, form: dict[str, str]) -> None:
        """Ask the model for a letter."""
        if await self._submit_once(form, written.ask, self._id, fields_of(form)) is not None:
            await self._show()

    @rx.event
    async def rework(self, form: dict[str, str]) -> None:
        """Ask the model for one paragraph of the version that is shown anew."""
        await self._rework(form, form.get("paragraph", ""), form.get("wish", ""))

    @rx.event
    async def rephrase(self, paragraph: int, claim: str, key: str) -> None:
        """Ask the model for a paragraph anew, without a claim that rests on nothing."""
        await self._rework(
            {FORM_KEY: key}, str(paragraph), f"Don't say “{claim[:200]}”: no bullet bears it out."
        )

    @property
    def _id(self) -> str:
        return getattr(self, "application_id", "")

    async def _rework(self, form: dict[str, str], paragraph: str, wish: str) -> None:
        letters = await self.get_state(Letters)
        number = int(paragraph) if paragraph.isdecimal() and len(paragraph) < 4 else -1
        if await self._submit_once(form, written.ask_paragraph, letters._shown, number, wish) is not None:
            await self._show()

    def _reads(self) -> Callable[[Scope], Progress]:
        return partial(following.of_application, application_id=self._id)

    async def _came(self, now: Progress) -> Any:
        """The new version is shown, unless another is being edited."""
        return None if (await self.get_state(Letters)).is_writing else Letters.choose(now.made)
