"""Resume imports: pasting the text, waiting for the parser, review, saving or discarding."""

from typing import Any, ClassVar

import reflex as rx

from tracker.framework.app_state import AppState
from tracker.services.pages import profile as page
from tracker.services.resume import review
from tracker.shapes.profile_page import Review
from tracker.state.base import Form, fields_of, key_of, perform
from tracker.state.live_page import LivePage
from tracker.state.signals import signal


class PasteResume(Form, AppState):
    """The dialog that takes a resume's text."""

    done: str = ""

    @rx.event
    async def save(self, form: dict[str, str]) -> Any:
        """Store the pasted text for parsing, and show its progress."""
        async with self._submitting(form):
            await perform(page.import_text, form.get("text", ""), key_of(form))
            self.done = signal()
            return rx.redirect("/profile/review")


class ResumeReview(LivePage, Form, AppState):
    """Review of an imported resume, and which of its parts are ticked."""

    _anew: ClassVar[tuple[str, ...]] = ("review",)
    _shows: ClassVar[frozenset[str]] = frozenset({"resume_import", "job"})
    review: Review | None = None
    ticked: list[str] = []
    extent: str = ""

    @rx.event
    async def load(self) -> None:
        """Show the current resume import, if there is one."""
        await self._greet()
        await self._catch_up()

    @rx.event
    async def tick(self, key: str, is_on: bool) -> None:
        """Take a position or a bullet, or leave it; a position takes its new bullets along."""
        if self.review is None or key not in review.keys(self.review):
            return
        along = [key, *review.new_bullets_of(self.review, key)]
        others = [ticked for ticked in self.ticked if ticked not in along]
        self._tick([*others, *(along if is_on else [])])

    @rx.event
    async def save(self, form: dict[str, str]) -> Any:
        """Save all ticked entries or none; each invalid field gets a message."""
        if self.review is None:
            return None
        async with self._submitting(form):
            done = await perform(
                page.save_review, self.review.id, list(self.ticked), fields_of(form), key_of(form)
            )
            await self._announce(done)
            return rx.redirect("/profile")
        await self._say("Some fields need corrections: see the messages in red.", is_trouble=True)
        return None

    @rx.event
    async def discard(self, key: str) -> Any:
        """Drop the resume, and leave the profile as it was."""
        if self.review is not None and self.review.id:
            await self._announce(await perform(page.discard_review, self.review.id, key), key)
        return rx.redirect("/profile")

    def _tick(self, ticked: list[str]) -> None:
        self.ticked = ticked
        self.extent = review.count(self.review, ticked) if self.review else ""

    async def _catch_up(self) -> None:
        """Keep an import that is under review, since it can't change; show another that replaced it."""
        current = await perform(review.review)
        before, self.review = self.review, current
        if before is None or (before.id, before.state) != (current.id, current.state):
            self.errors = {}
            self._tick(list(current.ticked))
