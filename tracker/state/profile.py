"""The page of the profile: what is shown, what is being written, and what was written elsewhere meanwhile."""

import json
from collections.abc import Callable, Mapping
from typing import Any, ClassVar
from uuid import uuid4

import reflex as rx

from tracker.db import Scope
from tracker.errors import Conflict
from tracker.framework.app_state import AppState
from tracker.services.profile import changing, fields, reading
from tracker.services.profile.importing import PROBLEMS
from tracker.services.undo import offered
from tracker.shapes.profile_page import BulletLine, PositionCard, ProfilePage
from tracker.shapes.words import PositionKind, choices
from tracker.state.base import Form, perform
from tracker.state.clashing import NO_FORM, Clashing
from tracker.state.shown import Shown

NEW = "new"


class ProfileView(Shown, Clashing, AppState):
    """The profile, by position or by skill, with at most one thing in it being written."""

    _anew: ClassVar[tuple[str, ...]] = ("page",)
    _shows: ClassVar[frozenset[str]] = frozenset({"profile", "position", "bullet", "resume_import"})
    page: ProfilePage | None = None
    by: str = "position"
    address: str = ""
    editing: str = ""
    draft: dict[str, str] = {}
    turn: str = ""
    problem: str = ""
    _typed: dict[str, str] = {}
    """Every field of the form that met a conflict in one of them, and below what each held when it was begun."""
    _begun: dict[str, str] = {}

    @rx.var
    def was(self) -> str:
        """The fields as they were when their form was opened, which the form carries along."""
        return json.dumps(self.draft)

    @rx.event
    async def load(self) -> None:
        """Show the profile as the address asks for it."""
        has_come = await self._greet()
        asked = self.router.url.query_parameters
        self.problem = PROBLEMS.get(asked.get("problem", ""), "")
        self._look(asked.get("by", ""))
        if has_come:
            self._leave()
        await self._catch_up()
        if has_come and (said := asked.get("say", "")[:1_000]):
            self._say_anew(said)

    @rx.event
    async def look(self, by: str) -> None:
        """Show it by position, or by skill."""
        self._look(by)
        self._leave()
        await self._refresh()

    @rx.event
    async def write(self, what: str) -> None:
        """Begin to write: the head, a position or a bullet that is there, or a new one."""
        self._leave()
        self.editing, self.draft, self.turn = what, _draft(self.page, what), str(uuid4())

    @rx.event
    async def cancel(self) -> None:
        """Leave it as it was, or as it has become elsewhere."""
        self._leave()
        await self._refresh()

    @rx.event
    async def save(self, form: dict[str, str]) -> None:
        """Keep what was typed; if a field was changed elsewhere meanwhile, show both of its texts."""
        typed = {name: form.get(name, "") for name in self.draft}
        await self._save(typed, _was(form, self.draft), form)

    @rx.event
    async def move(self, what: str, way: str) -> None:
        """Move a position or a bullet up or down."""
        kind, _, row_id = what.partition(":")
        verb = changing.move_position if kind == "position" else changing.move_bullet
        await self._say(*await perform(_with_offer, verb, row_id, way))
        await self._refresh()

    @rx.event
    async def remove(self, what: str) -> None:
        """Remove a position with its bullets, or a bullet; the notice offers to bring it back."""
        kind, _, row_id = what.partition(":")
        verb = changing.remove_position if kind == "position" else changing.remove_bullet
        await self._act(verb, row_id)
        if self.editing == what:
            self._leave()
        await self._refresh()

    def _look(self, by: str) -> None:
        self.by = "skill" if by == "skill" else "position"
        self.address = "/profile" + ("?by=skill" if self.by == "skill" else "")

    def _say_anew(self, said: str) -> None:
        """Begin a new bullet with what a letter says and nothing bears out, at the position that stands first."""
        first = self.page.positions[0].id if self.page and self.page.positions else ""
        self.editing, self.draft, self.turn = f"{NEW}:{first}", {"text": said, "skills": ""}, str(uuid4())

    def _leave(self) -> None:
        self.editing, self.draft, self.errors, self.clash = "", {}, {}, None

    async def _save(self, typed: dict[str, str], was: dict[str, str], form: Mapping[str, str]) -> None:
        kind, _, row_id = self.editing.partition(":")
        if kind not in _VERBS:
            return
        try:
            message = await self._submit_once(form, _with_offer, _VERBS[kind], row_id, typed, was)
        except Conflict as conflict:
            self._typed, self._begun = typed, was
            return await self._show_both(conflict)
        if message is not None:
            await self._end_clash()
            await self._say(*message)
            await self._next(kind, row_id)

    async def _keep(self, field: str, value: str, was: str, form: Mapping[str, str] = NO_FORM) -> None:
        """Keep the whole form, with the text made of the two in the field that clashed; another field may clash next."""
        if self.clash is not None and field == self.editing:
            name = self.clash.name
            await self._save({**self._typed, name: value}, {**self._begun, name: was}, form)

    async def _show_both(self, conflict: Conflict) -> None:
        await self._catch_up()
        name = conflict.field
        await self._show_clash(
            conflict,
            self.editing,
            fields.LABELS[name],
            name=name,
            was=json.dumps({**self._begun, name: conflict.theirs}),
            choices=_choices(self.page, name),
        )

    async def _next(self, kind: str, row_id: str) -> None:
        """After a new bullet there may be another; any other form has done its work."""
        self._leave()
        await self._refresh()
        if kind == NEW:
            self.editing, self.draft = f"{NEW}:{row_id}", _draft(self.page, f"{NEW}:{row_id}")
            self.turn = str(uuid4())

    async def _refresh(self) -> None:
        self.page = await perform(reading.page, self.by)

    async def _catch_up(self) -> None:
        """What is being written stays, and so does all around it when what it belongs to is gone."""
        page = await perform(reading.page, self.by)
        if not self.editing or _has(page, self.editing):
            self.page = page


class PositionAdding(Form, AppState):
    """The dialog that adds a position."""

    done: str = ""

    @rx.event
    async def save(self, form: dict[str, str]) -> None:
        """Keep the position, and show it with room for its first bullet."""
        typed = {name: form.get(name, "") for name in fields.POSITION}
        kept = await self._submit_once(form, _added, typed)
        if kept is None:
            return
        position_id, batch = kept
        self.done = str(uuid4())
        view = await self.get_state(ProfileView)
        view._look("position")
        view._leave()
        await view._refresh()
        view.editing, view.draft, view.turn = f"{NEW}:{position_id}", _draft(None, NEW), str(uuid4())
        await self._say(f"{typed['title'].strip()} added", batch)


def _added(scope: Scope, typed: dict[str, str]) -> tuple[str, str]:
    return changing.add_position(scope, typed), offered(scope)


def _with_offer(scope: Scope, verb: Callable[..., str], *args: Any) -> tuple[str, str]:
    return verb(scope, *args), offered(scope)


def _head(scope: Scope, _: str, typed: dict[str, str], was: dict[str, str]) -> str:
    return changing.edit_about(scope, typed, was)


def _new_bullet(scope: Scope, position_id: str, typed: dict[str, str], _: dict[str, str]) -> str:
    changing.add_bullet(scope, {**typed, "position_id": position_id})
    return "Bullet added"


_VERBS: dict[str, Callable[..., str]] = {
    "head": _head,
    "position": changing.edit_position,
    "bullet": changing.edit_bullet,
    NEW: _new_bullet,
}


def _draft(page: ProfilePage | None, what: str) -> dict[str, str]:
    """The fields of what is about to be written, as they are."""
    kind, _, row_id = what.partition(":")
    if kind == "head" and page:
        return {"headline": page.headline, "languages": ", ".join(page.languages)}
    if kind == "position" and page:
        return next((dict(one.fields) for one in page.positions if one.id == row_id), {})
    if kind == "bullet" and page:
        found = (one for one in _bullets(page) if one.id == row_id)
        return next(
            ({"text": b.text, "skills": ", ".join(b.skills), "position_id": b.position_id} for b in found), {}
        )
    return {"text": "", "skills": ""}


def _choices(page: ProfilePage | None, name: str) -> list[tuple[str, str]]:
    """What a field can be chosen from, as value and label; nothing for one that is typed in."""
    places = page.positions if page else []
    return {
        "kind": choices(PositionKind),
        "is_current": [("on", "Still lasts"), ("", "Has ended")],
        "position_id": [("", "No position"), *((place.id, place.subject) for place in places)],
    }.get(name, [])


def _was(form: dict[str, str], draft: dict[str, str]) -> dict[str, str]:
    """The fields as they were when what is typed was begun, which for a restored draft is earlier than the form."""
    try:
        begun = json.loads(form.get("was", ""))
    except ValueError:
        begun = None
    known = begun if isinstance(begun, dict) else {}
    return {name: str(known.get(name, now)) for name, now in draft.items()}


def _has(page: ProfilePage, what: str) -> bool:
    kind, _, row_id = what.partition(":")
    rows: list[PositionCard] | list[BulletLine] = _bullets(page) if kind == "bullet" else page.positions
    return kind == "head" or not row_id or any(row.id == row_id for row in rows)


def _bullets(page: ProfilePage) -> list[BulletLine]:
    return [*(bullet for position in page.positions for bullet in position.bullets), *page.loose]
