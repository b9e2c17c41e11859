"""The page for preparing an interview."""

from collections.abc import AsyncIterator, Mapping
from typing import ClassVar

import reflex as rx

from tracker.errors import Conflict
from tracker.framework.app_state import AppState
from tracker.services.pages import practice as page
from tracker.shapes.preparation import PracticePage
from tracker.state.base import key_of, perform
from tracker.state.edit_conflicts import NO_FORM, EditConflicts
from tracker.state.live_page import LivePage


class Practice(LivePage, EditConflicts, AppState):
    """The questions of one interview, the answer being written, and the question being practised."""

    _anew: ClassVar[tuple[str, ...]] = ("sheet",)
    _shows: ClassVar[frozenset[str]] = frozenset(
        {"question", "interview", "application", "position", "bullet"}
    )
    sheet: PracticePage | None = None
    is_missing: bool = False
    answering: str = ""
    was: str = ""
    """The answer as it was when its form was opened: the browser's own copy would follow what is changed elsewhere."""
    is_revealed: bool = False
    done: int = 0

    @rx.var
    def title(self) -> str:
        """Return the browser tab's title."""
        return (
            f"Practice for {self.sheet.title}, {self.sheet.subject} · Pursuit"
            if self.sheet
            else "Practice · Pursuit"
        )

    @rx.event
    async def load(self) -> AsyncIterator[None]:
        """Show the interview's questions; a reload keeps the answer being written."""
        if self.sheet is not None and self.sheet.interview_id != self._id:
            self.sheet = None
            yield
        if await self._greet() or self.sheet is None:
            self.answering, self.is_revealed, self.clash, self.errors = "", False, None, {}
        await self._show()

    @rx.event
    async def take(self, keys: str, key: str) -> None:
        """Add suggested questions: one by its key, or several, separated by spaces."""
        done = await perform(page.take, self._id, keys.split(), key)
        self._turn_to(await self._announce(done, key))

    @rx.event
    async def write(self, form: dict[str, str]) -> None:
        """Add the user's own question."""
        question, topic = form.get("text", ""), form.get("topic", "")
        async with self._submitting(form):
            done = await perform(page.write, self._id, question, topic, key_of(form))
            self.done += 1
            self._turn_to(await self._announce(done))

    @rx.event
    async def begin(self, question_id: str) -> None:
        """Write the answer to a question."""
        self.answering, self.clash = question_id, None
        groups = self.sheet.groups if self.sheet else []
        questions = (question for group in groups for question in group.questions)
        self.was = next((question.answer for question in questions if question.id == question_id), "")

    @rx.event
    async def leave(self) -> None:
        """Leave the answer as it was."""
        self.answering, self.clash = "", None
        await self._show()

    @rx.event
    async def answer(self, form: dict[str, str]) -> None:
        """Save the answer; if it was changed elsewhere meanwhile, show both texts."""
        question_id, value, was = (form.get(name, "") for name in ("question", "value", "was"))
        await self._keep(question_id, value, was, form)

    @rx.event
    async def tick(self, question_id: str, is_ready: bool) -> None:
        """Say that a question is prepared."""
        self._turn_to(await perform(page.tick, self._id, question_id, is_ready))

    @rx.event
    async def remove(self, question_id: str, key: str) -> None:
        """Take a question off the list."""
        done = await perform(page.remove, self._id, question_id, key)
        self._turn_to(await self._announce(done, key))

    @rx.event
    async def reveal(self) -> None:
        """Show the answer of the question being practised."""
        self.is_revealed = True

    @rx.event
    async def recall(self, question_id: str, how: str, key: str) -> None:
        """Say how the answer came, and go on to the next."""
        self._turn_to(await perform(page.recall, self._id, question_id, how, key))
        await self._answer(key, is_kept=True)

    @property
    def _id(self) -> str:
        return getattr(self, "interview_id", "")

    async def _show(self) -> None:
        self._turn_to(await perform(page.page, self._id))

    def _turn_to(self, sheet: PracticePage | None) -> None:
        before = self.sheet.now.id if self.sheet and self.sheet.now else ""
        self.sheet, self.is_missing = sheet, sheet is None
        if not (sheet and sheet.now and sheet.now.id == before):
            self.is_revealed = False

    async def _keep(self, field: str, value: str, was: str, form: Mapping[str, str] = NO_FORM) -> None:
        try:
            async with self._submitting(form):
                done = await perform(page.answer, self._id, field, value, was)
                self.answering = ""
                await self._end_clash()
                self._turn_to(await self._announce(done))
        except Conflict as clash:
            self.answering = ""
            await self._show_clash(clash, field, "Answer")

    async def _catch_up(self) -> None:
        """A form that is open keeps in the browser the text it was begun on, so that saving notices."""
        await self._show()
