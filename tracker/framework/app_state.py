"""The parent of every state: the session that owns a tree, and the vars that its snapshot omits.

For Reflex 0.10.1, whose `BaseState.dict` it overrides.
"""

from typing import Any, ClassVar

import reflex as rx
from reflex.state import _override_base_method
from reflex_base.constants.state import FIELD_MARKER


class AppState(rx.State):
    """The parent of every state of Pursuit; stores only the session that owns the tree."""

    _principal: str = ""
    _anew: ClassVar[tuple[str, ...]] = ()
    """Vars that the page's load always sends, left out of the snapshot before it."""

    def _snapshot(self, include_computed: bool = True, initial: bool = False, **kwargs: Any) -> Any:  # noqa: FBT002  Reflex's signature.
        """Return the state that a page is sent first, without the vars that its load is about to send.

        The framework's snapshot contains the whole tree, with the lists of every page visited before. Empty vars stay in
        it, so that a reset tree clears the page.
        """
        whole = super().dict(include_computed=include_computed, initial=initial, **kwargs)
        mine = whole[self.get_full_name()]
        for name in () if initial else self._anew:
            if mine[name + FIELD_MARKER]:
                del mine[name + FIELD_MARKER]
        return whole

    dict = _override_base_method(_snapshot)  # type: ignore[arg-type]
