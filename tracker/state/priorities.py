"""The page of wishes and weights: what is typed, what is tried out, and what is kept."""

from typing import Any, ClassVar

import reflex as rx

from tracker.errors import Invalid
from tracker.services import preferences
from tracker.services.priority import trying, wishing
from tracker.shapes.priority import MOST, Factor, Ranked
from tracker.state.base import Form, perform
from tracker.state.guard import AppState


class Priorities(Form, AppState):
    """What the page shows and what its sliders stand at."""

    _anew: ClassVar[tuple[str, ...]] = ("loaded", "bundled", "currencies")
    loaded: bool = False
    typed: dict[str, str] = {}
    weights: dict[str, int] = {}
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
        sheet = await perform(wishing.read)
        self.typed, self.weights, self.rates_on = sheet.typed, sheet.weights, sheet.rates_on
        self.bundled, self.counted, self.answered = sheet.bundled, sheet.counted, sheet.sources
        self.currencies, self.errors, self.is_renewing = preferences.currencies(), {}, False
        await self._try()
        self.loaded = True

    @rx.event(supersedes=True)
    async def weigh(self, factor: str, weight: str) -> None:
        """Try out a weight: show the order it would give, and keep nothing."""
        if factor in set(Factor) and str(weight) in {str(n) for n in range(MOST + 1)}:
            self.weights = {**self.weights, str(factor): int(weight)}
            await self._try()

    @rx.event
    async def usual(self) -> None:
        """Put the sliders back to the usual weights, to be saved or not."""
        from tracker.shapes.priority import WEIGHTS

        self.weights = {factor.value: weight for factor, weight in WEIGHTS.items()}
        await self._try()

    @rx.event
    async def save(self, form: dict[str, Any]) -> None:
        """Keep the wishes and the weights; every score is renewed by a job."""
        typed = {name: str(value) for name, value in form.items() if value not in (None, False)}
        said = await self._attempt(wishing.save, {**typed, **self._weights()})
        self.is_renewing = said is not None
        if said is not None:
            self.typed = typed
            await self._try()
            await self._say(said)

    def _weights(self) -> dict[str, str]:
        return {f"weight_{factor}": str(weight) for factor, weight in self.weights.items()}

    async def _try(self) -> None:
        try:
            self.ranked = await perform(trying.try_out, self._weights())
        except Invalid:
            self.ranked = []
