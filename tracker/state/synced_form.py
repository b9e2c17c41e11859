"""Mixin for forms that follow changes made elsewhere and save only their own changes."""

from collections.abc import Mapping

from tracker.state.base import Form, fields_of
from tracker.state.signals import signal


class SyncedForm(Form, mixin=True):
    """Form whose fields start from `typed`; a new mark resets a field that changed elsewhere."""

    typed: dict[str, str] = {}
    marks: dict[str, str] = {}

    def _follow(self, now: Mapping[str, str]) -> None:
        """Start from these values; fields that didn't change keep their input."""
        elsewhere = [name for name in {*now, *self.typed} if now.get(name, "") != self.typed.get(name, "")]
        self.typed, self.marks = dict(now), {**self.marks, **{name: signal() for name in elsewhere}}

    def _start_from(self, saved: Mapping[str, str], choices: tuple[str, ...] = ()) -> None:
        """Take saved values as the new start; choices need a new mark to show theirs."""
        self.typed = {**self.typed, **saved}
        self.marks = {**self.marks, **{name: signal() for name in choices if name in saved}}

    def _changed(self, form: Mapping[str, str]) -> dict[str, str]:
        """Return the fields that were changed in the form; an unticked box is empty."""
        fields = fields_of(form)
        names = {*fields, *self.typed}
        return {
            name: fields.get(name, "") for name in names if fields.get(name, "") != self.typed.get(name, "")
        }
