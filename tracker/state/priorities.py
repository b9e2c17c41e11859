"""The page of wishes and weights: what is typed, what is tried out, and what is kept."""

from typing import ClassVar

import reflex as rx

from tracker.errors import Invalid
from tracker.framework.app_state import AppState
from tracker.services import preferences
from tracker.services.priority import trying, wishing
from tracker.shapes.priority import MOST, Factor, Ranked
from tracker.state.base import perform
from tracker.state.sheets import Sheet
from tracker.state.shown import Shown


class Priorities(Shown, Sheet, AppState):
    """What the page shows and what its sliders stand at."""

    _anew: ClassVar[tuple[str, ...]] = ("loaded", "bundled", "currencies")
    _shows: ClassVar[frozenset[str]] = frozenset({"wishes"})
    loaded: bool = False
    weights: dict[str, int] = {}
    is_tried: bool = False
    """Whether the sliders stand elsewhere than what is kept."""
    _kept: dict[str, int] = {}
    rates_on: str = ""
    counted: str = ""
    bundled: list[tuple[str, str]] = []
    answered: list[tuple[str, str]] = []
    currencies: list[tuple[str, str]] = []
    ranked: list[Ranked] = []
    is_renewing: bool = False

    @rx.event
    async def load(self) -> None:
        """Show the wishes, the weights, and the order they give."""
        await self._greet()
        self.currencies, self.errors, self.is_renewing, self._kept = preferences.currencies(), {}, False, {}
        await self._catch_up()
        self.loaded = True

    @rx.event(supersedes=True)
    async def weigh(self, factor: str, weight: str) -> None:
        """Try out a weight: show the order it would give, and keep nothing."""
        if factor in set(Factor) and weight in {str(n) for n in range(MOST + 1)}:
            self.weights = {**self.weights, factor: int(weight)}
            await self._try()

    @rx.event
    async def usual(self) -> None:
        """Put the sliders back to the usual weights, to be saved or not."""
        from tracker.shapes.priority import WEIGHTS

        self.weights = {factor.value: weight for factor, weight in WEIGHTS.items()}
        await self._try()

    @rx.event
    async def save(self, form: dict[str, str]) -> None:
        """Keep the wishes and the weights; every score is renewed by a job."""
        changed = self._changed(form)
        said = await self._submit(form, wishing.change, changed, self._weights() if self.is_tried else {})
        self.is_renewing = said is not None
        if said is not None:
            self.typed, self._kept = {**self.typed, **changed}, self.weights
            await self._try()
            await self._say(said)

    @rx.event
    async def save_weights(self) -> None:
        """Keep the weights that are tried out, and leave the wishes as they were saved last."""
        await self._say(await perform(wishing.change, {}, self._weights()))
        self._kept, self.is_renewing = self.weights, True
        await self._try()

    async def _catch_up(self) -> None:
        """Show what was saved elsewhere; sliders that are being tried out stay where they are, unless they were saved there too."""
        sheet = await perform(wishing.read)
        self._follow(sheet.typed)
        self.rates_on, self.bundled = sheet.rates_on, sheet.bundled
        self.counted, self.answered = sheet.counted, sheet.sources
        if sheet.weights != self._kept:
            self.weights = self._kept = sheet.weights
        await self._try()

    def _weights(self) -> dict[str, str]:
        return {f"weight_{factor}": str(weight) for factor, weight in self.weights.items()}

    async def _try(self) -> None:
        self.is_tried = self.weights != self._kept
        try:
            self.ranked = await perform(trying.try_out, self._weights())
        except Invalid:
            self.ranked = []
