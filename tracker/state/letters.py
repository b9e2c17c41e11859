"""The letter of the application that the address names."""

from collections.abc import Mapping
from typing import ClassVar

import reflex as rx

from tracker.errors import Conflict
from tracker.framework.app_state import AppState
from tracker.services.pages import letter as page
from tracker.shapes.letter_versions import LetterWithComparison
from tracker.shapes.letters import LetterPage
from tracker.state.base import key_of, perform
from tracker.state.edit_conflicts import NO_FORM, EditConflicts
from tracker.state.letter_versions import LetterVersions


class Letters(EditConflicts, AppState):
    """The version that is shown with its marks, all versions, and whether it is being edited."""

    _anew: ClassVar[tuple[str, ...]] = ("sheet",)
    sheet: LetterPage | None = None
    is_writing: bool = False
    was: str = ""
    """The text as it was when its form was opened: the browser's own copy would follow what is changed elsewhere."""
    _version: str = ""

    @rx.event
    async def load(self) -> None:
        """Show the newest version, or the one chosen before for this application."""
        if self.sheet is None or self.sheet.application_id != self._id:
            self._version, self.is_writing, self.clash, self.errors = "", False, None, {}
        await self._show(self._version)

    @rx.event
    async def draft(self, form: dict[str, str]) -> None:
        """Create a version from the user's bullets with the template."""
        tone, length = form.get("tone", ""), form.get("length", "")
        async with self._submitting(form):
            pair = await self._pair()
            done = await perform(page.draft, self._id, tone, length, pair, key_of(form))
            await self._turn_to(await self._announce(done))

    @rx.event
    async def choose(self, letter_id: str) -> None:
        """Show another version."""
        self.is_writing, self.clash = False, None
        await self._show(letter_id)

    @rx.event
    async def write(self) -> None:
        """Edit the version that is shown."""
        self.is_writing, self.errors, self.clash = True, {}, None
        self.was = self.sheet.text if self.sheet else ""

    @rx.event
    async def leave(self) -> None:
        """Leave the version as it was."""
        self.is_writing, self.errors = False, {}
        await self._show(self._version)

    @rx.event
    async def save(self, form: dict[str, str]) -> None:
        """Save the text; if it was changed elsewhere meanwhile, show both texts."""
        await self._keep("letter", form.get("text", ""), form.get("was", ""), form)

    @rx.event
    async def strike(self, letter_id: str, revision: str, paragraph: int, at: int, key: str) -> None:
        """Take the sentence that holds a mark out of the letter."""
        pair = await self._pair()
        done = await perform(page.remove_sentence, letter_id, revision, paragraph, at, pair, key)
        await self._turn_to(await self._announce(done, key))

    @rx.event
    async def send(self, letter_id: str, key: str) -> None:
        """Mark a version as the one that was sent today."""
        pair = await self._pair()
        done = await perform(page.send, self._id, letter_id, self._version, pair, key)
        await self._turn_to(await self._announce(done, key))

    @rx.event
    async def remove(self, letter_id: str, key: str) -> None:
        """Remove a version, which may not be the one shown by now."""
        done = await perform(page.remove, self._id, letter_id, await self._pair(), key)
        await self._turn_to(await self._announce(done, key))

    @property
    def _id(self) -> str:
        return getattr(self, "application_id", "")

    @property
    def _shown(self) -> str:
        return self.sheet.id if self.sheet else ""

    async def _pair(self) -> page.Pair:
        return (await self.get_state(LetterVersions))._pair

    async def _keep(self, field: str, value: str, was: str, form: Mapping[str, str] = NO_FORM) -> None:
        try:
            async with self._submitting(form):
                pair = await self._pair()
                done = await perform(page.edit, self._shown, value, was, pair, key_of(form))
                self.is_writing = False
                await self._end_clash()
                await self._turn_to(await self._announce(done))
        except Conflict as clash:
            self.is_writing = False
            await self._show_clash(clash, field, "Letter", name="text")

    async def _show(self, letter_id: str) -> None:
        shown = await perform(page.page, self._id, letter_id, await self._pair())
        self._version, self.sheet = letter_id, shown.sheet
        (await self.get_state(LetterVersions)).comparison = shown.comparison

    async def _turn_to(self, shown: LetterWithComparison) -> None:
        self._version, self.sheet = shown.sheet.id, shown.sheet
        (await self.get_state(LetterVersions)).comparison = shown.comparison
