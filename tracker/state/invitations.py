"""The dialog that imports an invitation, from a file or a pasted text."""

from typing import Any

import reflex as rx

from tracker.errors import Invalid
from tracker.framework.app_state import AppState
from tracker.services.pages import dialogs
from tracker.services.pages import invitation as page
from tracker.shapes.invitations import Invitation, InvitationPreview
from tracker.state.base import fields_of, key_of, perform, refresh
from tracker.state.scheduling import InterviewTimeForm
from tracker.state.signals import signal


class ImportInvitation(InterviewTimeForm, AppState):
    """The dialog: first it takes an invitation, then it shows the effect and asks for confirmation."""

    about: str = ""
    chosen: str = ""
    shown: InvitationPreview | None = None
    offered: list[tuple[str, str]] = []
    has_more: bool = False
    _invitation: Invitation | None = None
    _uploaded: str = ""

    @rx.event
    async def begin(self, application_id: str) -> None:
        """Open the dialog, for a given application or for the one that fits the invitation."""
        self.about, self.shown, self.errors, self.clashes = application_id, None, {}, []
        self.open_signal = signal()

    @rx.event
    async def read(self, form: dict[str, str]) -> None:
        """Show the effect of importing the pasted text."""
        async with self._submitting(form):
            self._show(*await perform(page.read_text, form.get("content", ""), self.about))

    @rx.event
    async def read_upload(self, key: str, application_id: str) -> None:
        """Open the dialog on an uploaded file; a page that is loaded again shows it no second time."""
        if key == self._uploaded:
            return
        self._uploaded, self.about, self.shown, self.errors = key, application_id, None, {}
        self.open_signal = signal()
        try:
            self._show(*await perform(page.read_upload, key, application_id))
        except Invalid as invalid:
            self.errors = invalid.fields

    @rx.event(supersedes=True)
    async def find(self, words: str) -> None:
        """Offer the applications that match these words."""
        self.offered, has_more = await perform(dialogs.offer_applications, words)
        self.has_more = self.has_more or has_more

    @rx.event
    async def choose(self, application_id: str) -> None:
        """Fill in the next round for the chosen application."""
        self.chosen = application_id
        after = await perform(dialogs.blank_interview, application_id)
        self.typed = {**self.typed, "round": after["round"]}

    @rx.event
    async def save(self, form: dict[str, str]) -> Any:
        """Import the invitation as confirmed."""
        if self._invitation is None:
            return None
        typed = fields_of(form)
        chosen = typed.pop("application", "") or self.chosen
        async with self._submitting(form):
            done = await perform(page.import_invitation, self._invitation, chosen, typed, key_of(form))
            await self._announce(done)
            self.done, self.clashes = self.opened, []
            return refresh(self)

    def _show(self, invitation: Invitation, shown: InvitationPreview) -> None:
        self._invitation, self.shown, self.chosen = invitation, shown, shown.application_id
        self.excepted, self.offered, self.has_more = (
            shown.interview_id, shown.form.offered, shown.form.has_more,
        )  # fmt: skip
        self._open(shown.form)
