"""Forms over what one tab shows and another may change: they follow it, and save nothing but what was changed in them."""

from collections.abc import Mapping

from tracker.state.base import Form, fields_of
from tracker.state.signals import signal


class Sheet(Form, mixin=True):
    """A form whose fields start from `typed`; a field is drawn anew, by its mark, when it was changed elsewhere."""

    typed: dict[str, str] = {}
    marks: dict[str, str] = {}

    def _follow(self, now: Mapping[str, str]) -> None:
        """Start from these values from now on; a field whose value is still the same keeps what is being typed."""
        elsewhere = [name for name in {*now, *self.typed} if now.get(name, "") != self.typed.get(name, "")]
        self.typed, self.marks = dict(now), {**self.marks, **{name: signal() for name in elsewhere}}

    def _start_from(self, saved: Mapping[str, str], choices: tuple[str, ...] = ()) -> None:
        """Start from what was saved as well; a choice is drawn anew, since nothing else changes what it starts from."""
        self.typed = {**self.typed, **saved}
        self.marks = {**self.marks, **{name: signal() for name in choices if name in saved}}

    def _changed(self, form: Mapping[str, str]) -> dict[str, str]:
        """What was changed in the form; a box that was ticked and isn't any more is empty."""
        said = {name: value for name, value in fields_of(form).items() if value is not None}
        names = {*said, *self.typed}
        return {name: said.get(name, "") for name in names if said.get(name, "") != self.typed.get(name, "")}
