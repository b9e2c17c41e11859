"""The parent of every state: whose session a tree belongs to, and what a snapshot of it leaves out.

For Reflex 0.10.1, whose `BaseState.dict` it overrides.
"""

from typing import Any, ClassVar

import reflex as rx
from reflex.state import _override_base_method
from reflex_base.constants.state import FIELD_MARKER


class AppState(rx.State):
    """The parent of every state of Pursuit; remembers only whose session the tree belongs to."""

    _principal: str = ""
    _anew: ClassVar[tuple[str, ...]] = ()
    """Vars that the load of a state's page always sends: they needn't go into the snapshot that comes before it."""

    def _snapshot(self, include_computed: bool = True, initial: bool = False, **kwargs: Any) -> Any:
        """What a page is sent when it connects or navigates: without what its load sends a moment later.

        The framework's snapshot holds the whole tree, every list of every page visited before. What is empty stays
        in it, so that a tree that was wiped empties the page.
        """
        whole = super().dict(include_computed=include_computed, initial=initial, **kwargs)
        mine = whole[self.get_full_name()]
        for name in () if initial else self._anew:
            if mine[name + FIELD_MARKER]:
                del mine[name + FIELD_MARKER]
        return whole

    dict = _override_base_method(_snapshot)  # type: ignore[arg-type]
