"""Mixin for pages whose fields are edited in place."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import reflex as rx

from tracker.errors import Conflict
from tracker.shapes.notice import Done
from tracker.state.edit_conflicts import EditConflicts
from tracker.state.live_page import LivePage


class InPlaceEditing(LivePage, EditConflicts, mixin=True):
    """The edited field, its errors, and both texts of an edit conflict."""

    editing: str = ""
    is_missing: bool = False
    twice: str = ""
    choices: list[tuple[str, str]] = []
    _is_behind: bool = False
    _begun: str = ""
    if TYPE_CHECKING:
        detail: Any

    @rx.event
    async def edit(self, field: str) -> None:
        """Begin to edit a field in place."""
        self.editing, self.errors, self.twice = field, {}, ""
        await self._overtake()

    @rx.event
    async def cancel(self) -> None:
        """Leave the field as it was, or as it has become elsewhere."""
        self.editing, self._begun, self.errors = "", "", {}
        await self._overtake()

    @rx.event
    async def save(self, form: dict[str, str]) -> Any:
        """Save a field; if it was changed elsewhere meanwhile, show both texts."""
        field, value, was = (form.get(name, "") for name in ("field", "value", "was"))
        return await self._keep(field, value, was, form)

    async def _read(self) -> Any:
        """Return the page's subject; None if it doesn't exist."""
        raise NotImplementedError

    def _called(self, field: str) -> str:
        """A field's label."""
        raise NotImplementedError

    def _take(self, shown: Any) -> None:
        """Show the page's subject, or that it doesn't exist."""
        self.detail, self.is_missing, self._is_behind = shown, shown is None, False

    async def _begin(self, editing: str = "") -> None:
        """Load the page's subject and edit only `editing`; a reload keeps the open forms."""
        has_come = await self._greet()
        if self.detail is not None and not has_come:
            await InPlaceEditing._catch_up(self)
            return
        self.editing, self._begun, self.clash, self.errors = editing, "", None, {}
        await self._refresh()

    async def _refresh(self) -> None:
        self._take(await self._read())

    async def _overtake(self) -> None:
        """Show the changes that were held back during an edit."""
        if self._is_behind:
            await self._refresh()

    async def _catch_up(self) -> Any:
        """Reload the page's subject; edited fields keep their initial text, so that saving detects conflicts."""
        self._follow(await self._read())

    def _follow(self, page: Any) -> None:
        begun, written = self.detail, self._written()
        self._take(page)
        if begun is None or not written:
            return
        self.detail = begun if self.is_missing else self._keeping(begun, self.detail, written)
        self.is_missing, self._is_behind = False, True

    def _written(self) -> set[str]:
        """Return the fields being edited: an opened form, and a form that is always open."""
        return {self.editing, self._begun} - {""}

    def _keeping(self, begun: Any, now: Any, fields: set[str]) -> Any:
        """Return the current subject with some fields as they were before."""
        facts = {fact.name: fact for fact in begun.facts if fact.name in fields}
        texts = {name: getattr(begun, name) for name in fields - facts.keys() if hasattr(begun, name)}
        return replace(now, facts=[facts.get(fact.name, fact) for fact in now.facts], **texts)

    @asynccontextmanager
    async def _editing_field(self, form: Mapping[str, str]) -> AsyncIterator[None]:
        """Show beside the field why the block refuses it, or both texts where it was changed elsewhere."""
        try:
            async with self._submitting(form):
                yield
        except Conflict as clash:
            self.editing = self._begun = ""
            await self._show_clash(clash, clash.field, self._called(clash.field))

    async def _end_editing(self, done: Done[Any]) -> None:
        self.editing = self._begun = ""
        await self._end_clash()
        self._take(await self._announce(done))
