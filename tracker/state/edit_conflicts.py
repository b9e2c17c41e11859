"""Mixin for edit conflicts: show both texts and save the merged one."""

from collections.abc import Mapping, Sequence
from typing import Any

import reflex as rx

from tracker.errors import Conflict
from tracker.shapes.applications import Clash
from tracker.state.base import Form, Notices, key_of
from tracker.state.signals import signal

NO_FORM: Mapping[str, str] = {}


class EditConflicts(Form, mixin=True):
    """The two texts of the field that was changed elsewhere; each conflict has an identifier of its own."""

    clash: Clash | None = None

    @rx.event
    async def resolve(self, form: dict[str, str]) -> Any:
        """Save the merged text; ignored unless it belongs to the conflict that is shown."""
        clash = self.clash
        if clash is None or form.get("clash", "") != clash.id:
            return await self._answer(key_of(form), is_kept=False)
        return await self._keep(clash.field, form.get(clash.name, ""), clash.theirs, form)

    async def _keep(self, field: str, value: str, was: str, form: Mapping[str, str] = NO_FORM) -> Any:
        """Save a field's value, edited from the text `was`; show both texts on a Conflict."""
        raise NotImplementedError

    async def _show_clash(
        self,
        conflict: Conflict,
        field: str,
        label: str,
        *,
        name: str = "value",
        was: str | None = None,
        choices: Sequence[tuple[str, str]] = (),
    ) -> None:
        mine, theirs = conflict.mine, conflict.theirs
        begun = theirs if was is None else was
        self.errors = {}
        self.clash = Clash(signal(), field, label, mine, theirs, name, begun, list(choices))
        await self._say(
            f"{label}: changed elsewhere. Choose which text to keep.",
            is_trouble=True,
        )

    async def _end_clash(self) -> None:
        """Take the two texts away, and the notice of them."""
        notices = await self.get_state(Notices)
        if self.clash is not None and notices.notice is not None and notices.notice.is_trouble:
            notices.notice = None
        self.clash = None
