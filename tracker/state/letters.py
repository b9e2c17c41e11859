"""The letter of the application that the address names."""

from collections.abc import Mapping
from typing import ClassVar

import reflex as rx

from tracker.errors import Conflict
from tracker.framework.app_state import AppState
from tracker.services.idempotency import once
from tracker.services.letters import keeping, showing
from tracker.shapes.letters import LetterSheet
from tracker.state.base import nothing, perform
from tracker.state.clashing import NO_FORM, Clashing
from tracker.state.versions import Versions


class Letters(Clashing, AppState):
    """The version that is shown with its marks, all versions, and whether it is being edited."""

    _anew: ClassVar[tuple[str, ...]] = ("sheet",)
    sheet: LetterSheet | None = None
    is_writing: bool = False
    was: str = ""
    """The text as it was when its form was opened: the browser's own copy would follow what is changed elsewhere."""
    _version: str = ""

    @rx.event
    async def load(self) -> None:
        """Show the newest version, or the one that was chosen of this application."""
        if self.sheet is None or self.sheet.application_id != self._id:
            self._version, self.is_writing, self.clash, self.errors = "", False, None, {}
        await self._show()

    @rx.event
    async def draft(self, form: dict[str, str]) -> None:
        """Draft a version from the person's own bullets."""
        tone, length = form.get("tone", ""), form.get("length", "")
        made = await self._submit_once(form, keeping.draft, self._id, tone, length)
        if made is not None:
            await self._turn_to(made, "Letter drafted from your bullets")

    @rx.event
    async def choose(self, letter_id: str) -> None:
        """Show another version."""
        self.is_writing, self.clash = False, None
        await self._turn_to(letter_id)

    @rx.event
    async def write(self) -> None:
        """Edit the version that is shown."""
        self.is_writing, self.errors, self.clash = True, {}, None
        self.was = self.sheet.text if self.sheet else ""

    @rx.event
    async def leave(self) -> None:
        """Leave the version as it was."""
        self.is_writing, self.errors = False, {}
        await self._show()

    @rx.event
    async def save(self, form: dict[str, str]) -> None:
        """Keep what was written; if it was changed elsewhere meanwhile, show both texts."""
        await self._keep("letter", form.get("text", ""), form.get("was", ""), form)

    @rx.event
    async def strike(self, paragraph: int, at: int, key: str) -> None:
        """Take the sentence that holds a mark out of the letter."""
        made = await perform(once, key, keeping.strike, self._shown, paragraph, at)
        await self._answer(key, is_kept=True)
        await self._turn_to(made, "Sentence taken out")

    @rx.event
    async def send(self, letter_id: str, key: str) -> None:
        """Mark a version as the one that was sent today."""
        await self._act_once(key, nothing, keeping.send, letter_id)
        await self._show()

    @rx.event
    async def remove(self, letter_id: str, key: str) -> None:
        """Remove a version; the one that is shown by now may be another."""
        await self._act_once(key, nothing, keeping.remove, letter_id)
        await self._turn_to("")

    @property
    def _id(self) -> str:
        return getattr(self, "application_id", "")

    @property
    def _shown(self) -> str:
        return self.sheet.id if self.sheet else ""

    async def _keep(self, field: str, value: str, was: str, form: Mapping[str, str] = NO_FORM) -> None:
        try:
            made = await self._submit_once(form, keeping.edit, self._shown, value, was)
        except Conflict as clash:
            self.is_writing = False
            return await self._show_clash(clash, field, "Letter", name="text")
        if made is not None:
            self.is_writing = False
            await self._end_clash()
            await self._turn_to(made, "Letter saved")

    async def _turn_to(self, letter_id: str, said: str = "") -> None:
        self._version = letter_id
        await self._show()
        if said:
            await self._say(said)

    async def _show(self) -> None:
        self.sheet = await perform(showing.sheet, self._id, self._version)
        await (await self.get_state(Versions))._follow(self._shown)
