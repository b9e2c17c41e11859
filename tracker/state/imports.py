"""Imports: the list with the upload, and one import from its mapping to its report."""

from collections.abc import AsyncIterator
from typing import Any, ClassVar

import reflex as rx

from tracker.framework.app_state import AppState
from tracker.services.imports import import_page
from tracker.services.imports.data_imports import PROBLEMS
from tracker.services.pages import imports as page
from tracker.shapes.imports import ImportItem, ImportPage
from tracker.state.base import Form, key_of, perform
from tracker.state.live_page import LivePage


class PasteTable(Form, AppState):
    """The form that takes a pasted table."""

    @rx.event
    async def save(self, form: dict[str, str]) -> Any:
        """Store the pasted table for reading, and show its import."""
        async with self._submitting(form):
            import_id = await perform(page.store_text, form.get("text", ""), key_of(form))
            return rx.redirect(f"/import/{import_id}")


class Imports(LivePage, AppState):
    """The earlier imports, and the problem of a refused file."""

    _anew: ClassVar[tuple[str, ...]] = ("imports",)
    _shows: ClassVar[frozenset[str]] = frozenset({"data_import"})
    imports: list[ImportItem] = []
    problem: str = ""

    @rx.event
    async def load(self) -> None:
        """Show the earlier imports."""
        await self._greet()
        self.problem = PROBLEMS.get(self.router.url.query_parameters.get("problem", ""), "")
        await self._catch_up()

    @rx.event
    async def undo(self, import_id: str, key: str) -> None:
        """Undo an import."""
        self.imports = await self._announce(await perform(page.undo, import_id, key), key)

    async def _catch_up(self) -> None:
        self.imports = await perform(import_page.past_imports)


class DataImportView(LivePage, AppState):
    """One import: its mapping, questions, checked rows and progress."""

    _anew: ClassVar[tuple[str, ...]] = ("shown",)
    _shows: ClassVar[frozenset[str]] = frozenset({"data_import", "job"})
    shown: ImportPage | None = None
    is_missing: bool = False

    @rx.var
    def title(self) -> str:
        """Return the browser tab's title."""
        return f"{self.shown.name} · Import · Pursuit" if self.shown else "Import · Pursuit"

    @rx.event
    async def load(self) -> AsyncIterator[None]:
        """Show the import that the address names."""
        if self.shown is not None and self.shown.id != self._id:
            self.shown = None
            yield
        await self._greet()
        await self._catch_up()

    @rx.event
    async def change(self, name: str, value: str) -> None:
        """Change one part of the mapping; the rows are then checked again."""
        if self.shown is not None:
            self.shown = await perform(
                page.change, self._id, name, value, self.shown.verdict, self.shown.number
            )

    @rx.event
    async def narrow(self, verdict: str) -> None:
        """Show the rows of one verdict, or all."""
        await self._show(verdict, 1)

    @rx.event
    async def turn_page(self, forward: bool) -> None:
        """Show the next or previous page of rows."""
        if self.shown is not None:
            await self._show(self.shown.verdict, self.shown.number + (1 if forward else -1))

    @rx.event
    async def apply(self, key: str) -> None:
        """Import the rows."""
        self.shown = await self._announce(await perform(page.apply, self._id, key), key)

    @rx.event
    async def discard(self, key: str) -> Any:
        """Discard the import."""
        await self._announce(await perform(page.discard, self._id, key), key)
        return rx.redirect("/import")

    @rx.event
    async def undo(self, key: str) -> None:
        """Undo the import."""
        await self._announce(await perform(page.undo, self._id, key), key)
        await self._catch_up()

    @property
    def _id(self) -> str:
        return getattr(self, "import_id", "")

    async def _catch_up(self) -> None:
        verdict, number = (self.shown.verdict, self.shown.number) if self.shown else ("", 1)
        await self._show(verdict, number)

    async def _show(self, verdict: str, number: int) -> None:
        self.shown = await perform(page.page, self._id, verdict, number)
        self.is_missing = self.shown is None
