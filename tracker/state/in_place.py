"""What every page does whose fields are edited where they stand."""

from collections.abc import Callable
from typing import Any

import reflex as rx

from tracker.db import Scope
from tracker.errors import Conflict, NotFound
from tracker.services.undo import offered
from tracker.shapes.applications import Clash
from tracker.state.base import Form


class InPlace(Form, mixin=True):
    """Which field is being edited, what is wrong with it, and two texts where they clash."""

    editing: str = ""
    is_missing: bool = False
    clash: Clash | None = None

    @rx.event
    async def edit(self, field: str) -> None:
        """Begin to edit a field in place."""
        self.editing, self.errors = str(field), {}

    @rx.event
    async def cancel(self) -> None:
        """Leave the field as it was."""
        self.editing, self.errors = "", {}

    @rx.event
    async def save(self, form: dict[str, Any]) -> None:
        """Keep what was typed in one field; if it was changed elsewhere meanwhile, show both texts."""
        field, value, was = (str(form.get(name, "")) for name in ("field", "value", "was"))
        await self._keep(field, value, was)

    @rx.event
    async def resolve(self, form: dict[str, Any]) -> None:
        """Keep the text the person made of the two, on top of the newer one."""
        clash = self.clash
        if clash is not None:
            await self._keep(clash.field, str(form.get("value", "")), clash.theirs)

    def _edits(self) -> Callable[[Scope, str, str, str], Any]:
        """The verb that changes a field of the thing shown, from the text it was read with."""
        raise NotImplementedError

    def _called(self, field: str) -> str:
        """A field's label."""
        raise NotImplementedError

    async def _read(self) -> None:
        """Load the thing shown; NotFound when it isn't there."""
        raise NotImplementedError

    async def _begin(self) -> None:
        """Show the thing that the address names, with nothing being edited."""
        await self._greet()
        self.editing, self.clash, self.errors = "", None, {}
        await self._refresh()

    async def _refresh(self) -> None:
        try:
            await self._read()
            self.is_missing = False
        except NotFound:
            self.is_missing = True

    async def _keep(self, field: str, value: str, was: str) -> None:
        self.clash = None
        try:
            kept = await self._attempt(_with_offer, self._edits(), field, value, was)
        except Conflict as clash:
            self.clash = Clash(clash.field, self._called(clash.field), clash.mine, clash.theirs)
            self.editing = ""
            return
        if kept is not None:
            said, batch = kept
            self.editing = ""
            if batch:
                await self._say(said, batch)
            await self._refresh()

    async def _change(self, verb: Any, *args: Any) -> None:
        await self._act(verb, *args)
        await self._refresh()


def _with_offer(scope: Scope, verb: Callable[..., str], *args: str) -> tuple[str, str]:
    """What a verb says, and the batch to take back when all that it did can be."""
    return verb(scope, *args), offered(scope)
