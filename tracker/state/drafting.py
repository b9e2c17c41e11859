"""The letter that a model is writing for the application that the address names."""

from typing import Any, ClassVar

import reflex as rx

from tracker.services.letters import written
from tracker.services.writing import following, opening
from tracker.shapes.writing import Phase, Progress
from tracker.state.base import Form, perform
from tracker.state.guard import AppState
from tracker.state.letters import Letters
from tracker.state.live import Shown


class Drafting(Shown, Form, AppState):
    """What has been written so far and how it fares, and by whom the next letter is to be written."""

    _anew: ClassVar[tuple[str, ...]] = ("progress",)
    _shows: ClassVar[frozenset[str]] = frozenset({"writing", "job", "own_service"})
    progress: Progress | None = None
    by_model: bool = True

    @rx.event
    async def load(self) -> None:
        """Show the letter that was last asked for, if it is still being written or failed."""
        self.errors = {}
        await self._show()

    @rx.event
    async def turn(self, by_model: bool) -> None:
        """Offer the model's letter, or the one from one's own bullets."""
        self.by_model, self.errors = bool(by_model), {}

    @rx.event
    async def ask(self, form: dict[str, Any]) -> None:
        """Ask the model for a letter."""
        typed = {name: str(value) for name, value in form.items()}
        if await self._attempt(written.ask, self._id, typed) is not None:
            await self._show()

    @rx.event
    async def rework(self, form: dict[str, Any]) -> None:
        """Ask the model for one paragraph of the version that is shown anew."""
        await self._rework(str(form.get("paragraph", "")), str(form.get("wish", "")))

    @rx.event
    async def rephrase(self, paragraph: int, claim: str) -> None:
        """Ask the model for a paragraph anew, without a claim that rests on nothing."""
        await self._rework(str(paragraph), f"Don't say “{str(claim)[:200]}”: no bullet bears it out.")

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

    @property
    def _id(self) -> str:
        return str(getattr(self, "application_id", ""))

    async def _rework(self, paragraph: str, wish: str) -> None:
        letters = await self.get_state(Letters)
        number = int(paragraph) if paragraph.isdecimal() and len(paragraph) < 4 else -1
        if await self._attempt(written.ask_paragraph, letters._shown, number, wish) is not None:
            await self._show()

    async def _show(self) -> None:
        self.progress = await perform(following.of_application, self._id)

    async def _catch_up(self) -> Any:
        """Follow the text; a version that has come of it is shown, unless another is being edited."""
        before = self.progress
        if before is None or before.of != self._id:
            return None
        await self._show()
        now = self.progress
        is_new = now and now.phase == Phase.DONE.value and (before.phase, before.id) != (now.phase, now.id)
        if now and is_new and not (await self.get_state(Letters)).is_writing:
            return Letters.choose(now.made)
        return None
