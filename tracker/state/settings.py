"""Settings: how Pursuit counts and shows things for this person."""

import reflex as rx

from tracker.services import preferences
from tracker.state.base import Me, SignedIn, perform
from tracker.state.guard import AppState


class Zone(SignedIn, AppState):
    """The browser's time zone, learnt once."""

    @rx.event
    async def learn(self, name: str) -> None:
        """Take the browser's zone as the person's, when they have none yet."""
        await perform(preferences.learn_zone, str(name))
        me = await self.get_state(Me)
        me.knows_zone = True
