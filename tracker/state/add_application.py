"""The dialog that adds an application."""

from typing import Any, ClassVar

import reflex as rx

from tracker.framework.app_state import AppState
from tracker.services.applications import creation
from tracker.services.pages import dialogs as page
from tracker.services.pages import posting_capture
from tracker.shapes.applications import PossibleDuplicate
from tracker.shapes.capture import CapturedPosting
from tracker.state.base import Form, fields_of, key_of, perform, refresh
from tracker.state.live_page import LivePage
from tracker.state.signals import signal

NO_POSTING = CapturedPosting("")


class AddApplication(LivePage, Form, AppState):
    """Add-application dialog: the posting it starts from, possible duplicates and invalid fields."""

    _is_on_every_page: ClassVar[bool] = True
    _shows: ClassVar[frozenset[str]] = frozenset({"posting_capture"})
    duplicates: list[PossibleDuplicate] = []
    done: str = ""
    posting: CapturedPosting = NO_POSTING
    posting_mark: str = ""
    """A new value fills the form's empty fields with the posting's."""
    _typed: dict[str, str] = {}

    @rx.event
    async def check_duplicates(self, field: str, value: str) -> None:
        """Look for applications like the one being typed."""
        self._typed = {**self._typed, field: value[:2000]}
        seen = self._typed
        company, role, address = (seen.get(name, "") for name in ("company", "role", "posting_url"))
        is_enough = bool((company and role) or address)
        self.duplicates = (
            await perform(creation.possible_duplicates, company, role, address) if is_enough else []
        )

    @rx.event
    async def read_posting(self, pasted: str) -> None:
        """Read a pasted posting, or have its address or HTML read."""
        async with self._submitting({}):
            await self._take(await perform(posting_capture.read_posting, pasted))

    @rx.event
    async def read_shared(self, address: str, title: str, text: str) -> None:
        """Read what a browser shares: a page's address, title and selected text."""
        async with self._submitting({}):
            await self._take(await perform(posting_capture.read_shared, address, title, text))

    @rx.event
    async def save(self, form: dict[str, str]) -> Any:
        """Add the application; each invalid field gets a message, and the input stays."""
        typed = fields_of(form)
        async with self._submitting(form):
            await self._announce(await perform(page.add_application, typed, key_of(form)))
            self.duplicates, self._typed, self.posting, self.done = [], {}, NO_POSTING, signal()
            return refresh(self)

    async def _take(self, posting: CapturedPosting) -> None:
        self.posting, self.posting_mark = posting, signal()
        values = {field.name: field.value for field in posting.fields}
        for name in {"company", "role", "posting_url"} & values.keys():
            await self.check_duplicates(name, values[name])

    async def _catch_up(self) -> None:
        """Follow the posting that a job reads."""
        if capture_id := self.posting.capture_id:
            now = await perform(posting_capture.progress, capture_id)
            if not now.capture_id:
                await self._take(now)
