"""How long Redis keeps a tab's state: a working day for a person, minutes for somebody who isn't signed in.

For Reflex 0.10.1, whose `StateManagerRedis` reads `token_expiration` at each write.
"""

from collections import OrderedDict
from typing import Any

from reflex.istate.manager import StateManager
from reflex.istate.manager.redis import StateManagerRedis
from reflex_base.event.context import EventContext

STRANGER_SECONDS = 600
MAX_STRANGERS = 10_000
_strangers: OrderedDict[str, None] = OrderedDict()


def note_owner(*, is_stranger: bool) -> None:
    """Say of the tab whose event is running whether it is a stranger's."""
    token = EventContext.get().token
    _strangers.pop(token, None)
    if is_stranger:
        _strangers[token] = None
        if len(_strangers) > MAX_STRANGERS:
            _strangers.popitem(last=False)


def expire_strangers(manager: StateManager) -> None:
    """Have the manager keep what strangers' events write for `STRANGER_SECONDS`."""
    expiring: Any = _Expiring
    if isinstance(manager, StateManagerRedis):
        manager.__class__ = expiring


class _Expiring(StateManagerRedis):
    """Reads the lifetime of a state from whose event writes it."""

    @property
    def token_expiration(self) -> int:
        """Seconds until what is written now expires."""
        lasts: int = self.__dict__["token_expiration"]
        try:
            is_stranger = EventContext.get().token in _strangers
        except LookupError:
            is_stranger = False
        return min(STRANGER_SECONDS, lasts) if is_stranger else lasts

    @token_expiration.setter
    def token_expiration(self, seconds: int) -> None:
        self.__dict__["token_expiration"] = seconds
