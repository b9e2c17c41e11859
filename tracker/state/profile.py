"""Profile page: its content, the form being edited, and edit conflicts."""

import json
from collections.abc import Mapping
from typing import ClassVar

import reflex as rx

from tracker.errors import Conflict
from tracker.framework.app_state import AppState
from tracker.services.pages import dialogs
from tracker.services.pages import profile as page
from tracker.services.profile import profile_fields, profile_page
from tracker.services.resume.imports import PROBLEMS
from tracker.shapes.enumerations import PositionKind, choices
from tracker.shapes.profile_page import AddedPosition, BulletItem, PositionCard, ProfilePage
from tracker.state.base import Form, key_of, perform
from tracker.state.edit_conflicts import NO_FORM, EditConflicts
from tracker.state.live_page import LivePage
from tracker.state.signals import signal

NEW = "new"


class ProfileView(LivePage, EditConflicts, AppState):
    """The profile, by position or by skill, with at most one entry being edited."""

    _anew: ClassVar[tuple[str, ...]] = ("shown",)
    _shows: ClassVar[frozenset[str]] = frozenset({"profile", "position", "bullet", "resume_import"})
    shown: ProfilePage | None = None
    by: str = "position"
    address: str = ""
    editing: str = ""
    draft: dict[str, str] = {}
    editor_key: str = ""
    problem: str = ""
    _typed: dict[str, str] = {}
    """Every field of the form that met a conflict in one of them, and below what each held when it was begun."""
    _begun: dict[str, str] = {}

    @rx.var
    def was(self) -> str:
        """Return the fields' values when their form was opened; the form sends them along."""
        return json.dumps(self.draft)

    @rx.event
    async def load(self) -> None:
        """Show the profile as the address asks for it."""
        has_come = await self._greet()
        query = self.router.url.query_parameters
        self.problem = PROBLEMS.get(query.get("problem", ""), "")
        self._group(query.get("by", ""))
        if has_come:
            self._leave()
        await self._catch_up()
        if has_come and (text := query.get("say", "")[:1_000]):
            self._begin_bullet(text)

    @rx.event
    async def group_by(self, by: str) -> None:
        """Show it by position, or by skill."""
        self._group(by)
        self._leave()
        await self._refresh()

    @rx.event
    async def write(self, what: str) -> None:
        """Open the editor of the head, of a position or bullet, or of a new one."""
        self._leave()
        self.editing, self.draft, self.editor_key = what, _draft(self.shown, what), signal()

    @rx.event
    async def cancel(self) -> None:
        """Leave it as it was, or as it has become elsewhere."""
        self._leave()
        await self._refresh()

    @rx.event
    async def save(self, form: dict[str, str]) -> None:
        """Save the entry; if a field was changed elsewhere meanwhile, show both texts."""
        typed = {name: form.get(name, "") for name in self.draft}
        await self._save(typed, _was(form, self.draft), form)

    @rx.event
    async def move(self, what: str, way: str) -> None:
        """Move a position or a bullet up or down."""
        self.shown = await self._announce(await perform(page.move, what, way, self.by))

    @rx.event
    async def remove(self, what: str, key: str) -> None:
        """Remove a position with its bullets, or a bullet; the notice offers to bring it back."""
        self.shown = await self._announce(await perform(page.remove, what, self.by, key), key)
        if self.editing == what:
            self._leave()

    def _group(self, by: str) -> None:
        self.by = "skill" if by == "skill" else "position"
        self.address = "/profile" + ("?by=skill" if self.by == "skill" else "")

    def _begin_bullet(self, text: str) -> None:
        """Start a new bullet at the first position with a letter's unsupported claim."""
        first = self.shown.positions[0].id if self.shown and self.shown.positions else ""
        self.editing, self.draft, self.editor_key = f"{NEW}:{first}", {"text": text, "skills": ""}, signal()

    def _begin_first_bullet(self, added: AddedPosition) -> None:
        self._group("position")
        self._leave()
        self.shown = added.page
        self.editing, self.draft, self.editor_key = f"{NEW}:{added.id}", _draft(None, NEW), signal()

    def _leave(self) -> None:
        self.editing, self.draft, self.errors, self.clash = "", {}, {}, None

    async def _save(self, typed: dict[str, str], was: dict[str, str], form: Mapping[str, str]) -> None:
        try:
            async with self._submitting(form):
                done = await perform(page.save, self.editing, typed, was, self.by, key_of(form))
                await self._end_clash()
                self.shown = await self._announce(done)
                self._next()
        except Conflict as conflict:
            self._typed, self._begun = typed, was
            await self._show_both(conflict)

    async def _keep(self, field: str, value: str, was: str, form: Mapping[str, str] = NO_FORM) -> None:
        """Save the whole form with the merged text; another field may conflict next."""
        if self.clash is not None and field == self.editing:
            name = self.clash.name
            await self._save({**self._typed, name: value}, {**self._begun, name: was}, form)

    async def _show_both(self, conflict: Conflict) -> None:
        await self._catch_up()
        name = conflict.field
        await self._show_clash(
            conflict,
            self.editing,
            profile_fields.LABELS[name],
            name=name,
            was=json.dumps({**self._begun, name: conflict.theirs}),
            choices=_choices(self.shown, name),
        )

    def _next(self) -> None:
        """After a new bullet there may be another; any other form has done its work."""
        entry = self.editing
        self._leave()
        if entry.startswith(f"{NEW}:"):
            self.editing, self.draft, self.editor_key = entry, _draft(self.shown, entry), signal()

    async def _refresh(self) -> None:
        self.shown = await perform(profile_page.page, self.by)

    async def _catch_up(self) -> None:
        """Reload the profile, unless the edited position or bullet no longer exists."""
        shown = await perform(profile_page.page, self.by)
        if not self.editing or _has(shown, self.editing):
            self.shown = shown


class AddPosition(Form, AppState):
    """The dialog that adds a position."""

    done: str = ""

    @rx.event
    async def save(self, form: dict[str, str]) -> None:
        """Add the position, and open the form for its first bullet."""
        typed = {name: form.get(name, "") for name in profile_fields.POSITION}
        async with self._submitting(form):
            added = await self._announce(await perform(dialogs.add_position, typed, key_of(form)))
            self.done = signal()
            (await self.get_state(ProfileView))._begin_first_bullet(added)


def _draft(shown: ProfilePage | None, entry: str) -> dict[str, str]:
    """Return the current fields of the entry to edit."""
    kind, _, row_id = entry.partition(":")
    if kind == "head" and shown:
        return {"headline": shown.headline, "languages": ", ".join(shown.languages)}
    if kind == "position" and shown:
        return next((dict(card.fields) for card in shown.positions if card.id == row_id), {})
    if kind == "bullet" and shown:
        lines = (line for line in _bullets(shown) if line.id == row_id)
        return next(
            ({"text": b.text, "skills": ", ".join(b.skills), "position_id": b.position_id} for b in lines), {}
        )
    return {"text": "", "skills": ""}


def _choices(shown: ProfilePage | None, name: str) -> list[tuple[str, str]]:
    """Return a field's choices as value and label; empty for a text field."""
    places = shown.positions if shown else []
    return {
        "kind": choices(PositionKind),
        "is_current": [("on", "Ongoing"), ("", "Ended")],
        "position_id": [("", "No position"), *((place.id, place.subject) for place in places)],
    }.get(name, [])


def _was(form: dict[str, str], draft: dict[str, str]) -> dict[str, str]:
    """Return the fields' values from when editing began, which may be before the form was opened."""
    try:
        begun = json.loads(form.get("was", ""))
    except ValueError:
        begun = None
    known = begun if isinstance(begun, dict) else {}
    return {name: str(known.get(name, now)) for name, now in draft.items()}


def _has(shown: ProfilePage, entry: str) -> bool:
    kind, _, row_id = entry.partition(":")
    rows: list[PositionCard] | list[BulletItem] = _bullets(shown) if kind == "bullet" else shown.positions
    return kind == "head" or not row_id or any(row.id == row_id for row in rows)


def _bullets(shown: ProfilePage) -> list[BulletItem]:
    return [*(bullet for position in shown.positions for bullet in position.bullets), *shown.loose]
