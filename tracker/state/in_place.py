"""What every page does whose fields are edited where they stand."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import reflex as rx

from tracker.db import Scope
from tracker.errors import Conflict, NotFound
from tracker.services.undo import offered
from tracker.state.base import perform
from tracker.state.clashing import NO_FORM, Clashing
from tracker.state.shown import Shown


class InPlace(Shown, Clashing, mixin=True):
    """Which field is being edited, what is wrong with it, and two texts where they clash."""

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
    async def save(self, form: dict[str, str]) -> None:
        """Keep what was typed in one field; if it was changed elsewhere meanwhile, show both texts."""
        field, value, was = (form.get(name, "") for name in ("field", "value", "was"))
        await self._keep(field, value, was, form)

    def _edits(self) -> Callable[[Scope, str, str, str], Any]:
        """The verb that changes a field of the thing shown, from the text it was read with."""
        raise NotImplementedError

    def _called(self, field: str) -> str:
        """A field's label."""
        raise NotImplementedError

    def _reader(self) -> Callable[[Scope], Any]:
        """What reads the thing shown; NotFound when it isn't there."""
        raise NotImplementedError

    def _take(self, found: Any) -> None:
        """Show what was read, or that it isn't there."""
        self.detail, self.is_missing, self._is_behind = found, found is None, False

    async def _begin(self, editing: str = "") -> None:
        """Show the thing that the address names: with nothing but `editing` being edited, unless it is shown already and only loads again."""
        has_come = await self._greet()
        if self.detail is not None and not has_come:
            return await InPlace._catch_up(self)
        self.editing, self._begun, self.clash, self.errors = editing, "", None, {}
        await self._refresh()

    async def _refresh(self) -> None:
        self._take(await perform(_if_there, self._reader()))

    async def _overtake(self) -> None:
        """Show what a text that was being written held back."""
        if self._is_behind:
            await self._refresh()

    async def _catch_up(self) -> Any:
        """Show the thing as it is now; what is being written keeps the text it was begun on, so that saving notices."""
        self._follow(await perform(_if_there, self._reader()))

    def _follow(self, found: Any) -> None:
        begun, written = self.detail, self._written()
        self._take(found)
        if begun is None or not written:
            return
        self.detail = begun if self.is_missing else self._keeping(begun, self.detail, written)
        self.is_missing, self._is_behind = False, True

    def _written(self) -> set[str]:
        """The fields that are being written: the one whose form was opened, and one whose form stands open unasked."""
        return {self.editing, self._begun} - {""}

    def _keeping(self, begun: Any, now: Any, fields: set[str]) -> Any:
        """The thing as it is now, but for some fields, which stay as they were."""
        facts = {fact.name: fact for fact in begun.facts if fact.name in fields}
        texts = {name: getattr(begun, name) for name in fields - facts.keys() if hasattr(begun, name)}
        return replace(now, facts=[facts.get(fact.name, fact) for fact in now.facts], **texts)

    async def _keep(self, field: str, value: str, was: str, form: Mapping[str, str] = NO_FORM) -> None:
        try:
            kept = await self._submit(form, _kept, self._edits(), self._reader(), field, value, was)
        except Conflict as clash:
            self.editing = self._begun = ""
            return await self._show_clash(clash, clash.field, self._called(clash.field))
        if kept is not None:
            said, batch, found = kept
            self.editing = self._begun = ""
            await self._end_clash()
            if batch:
                await self._say(said, batch)
            self._take(found)

    async def _change(self, verb: Any, *args: Any) -> None:
        await self._change_once("", verb, *args)

    async def _change_once(self, key: str, verb: Any, *args: Any) -> None:
        self._follow(await self._act_once(key, partial(_if_there, read=self._reader()), verb, *args))


def _if_there(scope: Scope, read: Callable[[Scope], Any]) -> Any:
    """What is read, None where it isn't there: what was changed in the same transaction is kept all the same."""
    try:
        return read(scope)
    except NotFound:
        return None


def _kept(
    scope: Scope, verb: Callable[..., str], read: Callable[[Scope], Any], *args: str
) -> tuple[str, str, Any]:
    """What a verb says, the batch to take back when all that it did can be, and the thing as it is then."""
    said, batch = verb(scope, *args), offered(scope)
    scope.look_again()
    return said, batch, _if_there(scope, read)
