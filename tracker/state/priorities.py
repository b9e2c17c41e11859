"""The page of wishes and weights: input, preview and saved values."""

from typing import Any, ClassVar

import reflex as rx

from tracker.framework.app_state import AppState
from tracker.services import preferences
from tracker.services.pages import priorities as page
from tracker.shapes.priority import MAX_WEIGHT, Factor, RankedApplication
from tracker.state.base import perform
from tracker.state.live_page import LivePage
from tracker.state.synced_form import SyncedForm


class Priorities(LivePage, SyncedForm, AppState):
    """Wishes, weights, and the order that the sliders' weights give."""

    _anew: ClassVar[tuple[str, ...]] = ("loaded", "bundled", "currencies")
    _shows: ClassVar[frozenset[str]] = frozenset({"wishes"})
    loaded: bool = False
    weights: dict[str, int] = {}
    is_tried: bool = False
    """Whether the sliders differ from the saved weights."""
    _saved_weights: dict[str, int] = {}
    rates_on: str = ""
    counted: str = ""
    bundled: list[tuple[str, str]] = []
    sources: list[tuple[str, str]] = []
    currencies: list[tuple[str, str]] = []
    ranked: list[RankedApplication] = []
    is_renewing: bool = False

    @rx.event
    async def load(self) -> None:
        """Show the wishes, the weights, and the order they give."""
        await self._greet()
        self.currencies, self.errors, self.is_renewing, self._saved_weights = (
            preferences.currencies(),
            {},
            False,
            {},
        )
        await self._catch_up()
        self.loaded = True

    @rx.event
    async def weigh(self, factor: str, weight: str) -> Any:
        """Preview a weight: show the order it would give, without saving it."""
        if factor in set(Factor) and weight in {str(n) for n in range(MAX_WEIGHT + 1)}:
            self.weights = {**self.weights, factor: int(weight)}
            return Priorities.try_weights
        return None

    @rx.event(supersedes=True)
    async def try_weights(self) -> None:
        """Show the order that the sliders give now."""
        await self._try()

    @rx.event
    async def usual(self) -> None:
        """Put the sliders back to the usual weights, to be saved or not."""
        from tracker.shapes.priority import WEIGHTS

        self.weights = {factor.value: weight for factor, weight in WEIGHTS.items()}
        await self._try()

    @rx.event
    async def save(self, form: dict[str, str]) -> None:
        """Save the wishes and the weights; a job renews every score."""
        changed, self.is_renewing = self._changed(form), False
        async with self._submitting(form):
            await self._save(changed, saves_weights=self.is_tried)
            self.typed = {**self.typed, **changed}

    @rx.event
    async def save_weights(self) -> None:
        """Save the previewed weights, and leave the wishes as they were saved last."""
        await self._save({}, saves_weights=True)

    async def _save(self, changed: dict[str, str], *, saves_weights: bool) -> None:
        done = await perform(page.save, changed, self._weights(), saves_weights=saves_weights)
        self.ranked = await self._announce(done)
        self._saved_weights, self.is_tried, self.is_renewing = self.weights, False, True

    async def _catch_up(self) -> None:
        """Reload saved wishes and weights; moved sliders stay unless their weights were saved elsewhere."""
        sheet, self.ranked = await perform(page.page, self._weights(), dict(self._saved_weights))
        self._follow(sheet.typed)
        self.rates_on, self.bundled = sheet.rates_on, sheet.bundled
        self.counted, self.sources = sheet.counted, sheet.sources
        if sheet.weights != self._saved_weights:
            self.weights = self._saved_weights = sheet.weights
        self.is_tried = self.weights != self._saved_weights

    def _weights(self) -> dict[str, str]:
        return page.as_typed(self.weights)

    async def _try(self) -> None:
        self.is_tried = self.weights != self._saved_weights
        self.ranked = await perform(page.order, self._weights())
