"""The list of applications: a table and a board over the same filters."""

from dataclasses import replace
from typing import Any, ClassVar

import reflex as rx

from tracker.framework.app_state import AppState
from tracker.framework.guard import signed_in
from tracker.services import preferences
from tracker.services.applications import application_list
from tracker.services.pages import applications as page
from tracker.shapes.application_list import ListPage, ListView
from tracker.shapes.applications import Card, Column
from tracker.shapes.enumerations import Stage
from tracker.shapes.filters import Filters
from tracker.shapes.preferences import COLUMNS, DEFAULT_COLUMNS
from tracker.state.base import SignedIn, perform
from tracker.state.live_page import LivePage
from tracker.state.signals import signal

NARROWS = {
    "stage",
    "outcome",
    "workplace",
    "source",
    "tag",
    "due",
    "since",
    "until",
    "role",
    "behind",
    "view",
}


class Applications(LivePage, AppState):
    """Application list: its filters, cards, selection and page."""

    _anew: ClassVar[tuple[str, ...]] = ("loaded", "cards", *Stage)
    _shows: ClassVar[frozenset[str]] = frozenset({"application", "interview", "priority"})
    loaded: str = ""
    filters: Filters = Filters()
    address: str = ""
    behind: str = ""
    visible: list[str] = DEFAULT_COLUMNS
    cards: list[Card] = []
    saved: Column = Column()
    applied: Column = Column()
    screening: Column = Column()
    interviewing: Column = Column()
    offer: Column = Column()
    closed: Column = Column()
    selected: list[str] = []
    sources: list[str] = []
    tags: list[str] = []
    page: int = 1
    has_more: bool = False
    count_label: str = ""
    is_similar: bool = False
    is_plain: bool = True
    is_descending: bool = True
    _pages: list[str] = [""]
    _here: list[str] = []
    _expanded: dict[str, int] = {}

    @rx.event
    async def load(self) -> None:
        """Show the view that the address asks for."""
        await self._greet()
        query = dict(self.router.url.query_parameters)
        self._expanded = {}
        self.visible = list(signed_in().columns) or DEFAULT_COLUMNS
        filters = Filters.of_query(query)
        # A new mark replaces what is typed into the search field, so it is only for filters that come from elsewhere.
        self.loaded = self.loaded if self.loaded and filters == self.filters else signal()
        await self._show(filters, offers=True)

    @rx.event(supersedes=True)
    async def search(self, words: str, mark: str) -> None:
        """Show the applications that match these words, as they are typed into the field with this mark.

        Words from a field that a load has replaced, such as those typed just before Back, are ignored.
        """
        if mark == self.loaded:
            await self._show(replace(self.filters, q=words))

    @rx.event
    async def narrow(self, field: str, value: str) -> None:
        """Set a filter; an empty value removes it."""
        if field in NARROWS:
            narrowed = {**vars(self.filters), field: value}
            await self._show(Filters.of_query(narrowed))

    @rx.event
    async def clear_filters(self) -> None:
        """Show all applications again."""
        await self._show(Filters(view=self.filters.view, sort=self.filters.sort, order=self.filters.order))
        self.loaded = signal()

    @rx.event
    async def sort(self, column: str) -> None:
        """Sort by a column; the same column again reverses the order."""
        await self._show(self.filters.sorted_by(column))

    @rx.event
    async def show_column(self, name: str, shown: bool) -> None:
        """Show a column of the table, or hide it; remembered for the next visit."""
        visible = {*self.visible, name} if shown else {*self.visible} - {name}
        self.visible = [column for column in COLUMNS if column in visible] or DEFAULT_COLUMNS
        await perform(preferences.save, {"columns": ",".join(self.visible)})

    @rx.event
    async def turn_page(self, forward: bool) -> None:
        """Show the next or previous page."""
        number = self.page + (1 if forward else -1)
        if 1 <= number <= len(self._pages):
            self.page = number
            await self._refresh()

    @rx.event
    async def show_more(self, stage: str) -> None:
        """Show fifty more cards of one stage of the board."""
        self._expanded = {
            **self._expanded,
            stage: self._expanded.get(stage, application_list.PAGE_SIZE) + application_list.PAGE_SIZE,
        }
        await self._refresh()

    @rx.event
    async def select(self, application_id: str, chosen: bool) -> None:
        """Select an application of the page, or let it go."""
        rest = [row_id for row_id in self.selected if row_id != application_id]
        self.selected = [*rest, application_id] if chosen else rest

    @rx.event
    async def select_all(self, chosen: bool) -> None:
        """Select every application of the page, or none."""
        self.selected = list(self._here) if chosen else []

    @rx.event
    async def move(self, application_id: str, to: str) -> None:
        """Move one application to a stage, or close it: `closed:rejected`."""
        await self._move([application_id], *_stage_and_outcome(to))

    @rx.event
    async def drop(self, stage: str, application_id: str) -> Any:
        """Move a card that was dropped on a column; the closed column asks for the outcome."""
        if stage == "closed":
            return CloseApplication.ask(application_id)
        await self._move([application_id], stage)
        return None

    @rx.event
    async def move_selected(self, to: str) -> None:
        """Move all that is selected to a stage, or close it."""
        if to:
            await self._move(self.selected, *_stage_and_outcome(to))

    @rx.event
    async def tag_selected(self, form: dict[str, str]) -> None:
        """Give all that is selected a tag."""
        if word := form.get("tag", "").strip():
            async with self._catching_up_on_failure():
                done = await perform(page.tag, self._view, self.selected, word)
                self._take(await self._announce(done), in_place=True)

    @rx.event
    async def delete_selected(self, key: str) -> None:
        """Delete all that is selected."""
        async with self._catching_up_on_failure():
            done = await perform(page.delete, self._view, self.selected, key)
            self._take(await self._announce(done, key))
        self.selected = []

    async def _catch_up(self) -> None:
        self.visible = list(signed_in().columns) or DEFAULT_COLUMNS
        await self._refresh(offers=True)

    async def _move(self, ids: list[str], stage: str, outcome: str = "") -> None:
        async with self._catching_up_on_failure():
            done = await perform(page.move, self._view, ids, stage, outcome)
            self._take(await self._announce(done), in_place=True)

    async def _show(self, filters: Filters, *, offers: bool = False) -> None:
        self.filters, self.address = filters, filters.address()
        self.is_plain, self.is_descending = filters.is_plain, filters.descending
        self._pages, self.page, self.selected = [""], 1, []
        await self._refresh(offers=offers)

    async def _refresh(self, *, offers: bool = False) -> None:
        """Reload the list; with `offers`, also the choices of the filters."""
        if offers:
            offered, shown = await perform(page.page_with_offers, self._view)
            self.sources, self.tags = offered.sources, offered.tags
        else:
            shown = await perform(page.page, self._view)
        self._take(shown, whole=offers)

    @property
    def _view(self) -> ListView:
        return ListView(self.filters, self._pages[self.page - 1], dict(self._expanded))

    def _take(self, shown: ListPage, *, whole: bool = False, in_place: bool = False) -> None:
        """Show the list; of the board, send the changed columns, or all of them after a load.

        `in_place` leaves rows where they were until the next load, so that a change doesn't move the row being worked on.
        """
        for stage, column in shown.columns.items():
            if whole or getattr(self, stage) != column:
                setattr(self, stage, column)
        self.behind, rows = shown.behind, shown.page
        cards = rows.cards
        if in_place:
            place = {row_id: number for number, row_id in enumerate(self._here)}
            cards = sorted(cards, key=lambda card: place.get(card.id, len(place)))
        self.cards, self._here = cards, [card.id for card in cards]
        if self.filters.view == "board":
            return
        if self.page == 1:
            self.count_label = rows.count.label
        self.has_more, self.is_similar = bool(rows.after), rows.is_similar
        self._pages = [*self._pages[: self.page], *([rows.after] if rows.after else [])]
        self.selected = [row_id for row_id in self.selected if row_id in self._here]


class CloseApplication(SignedIn, AppState):
    """The question how an application ended, asked when a card is dropped on Closed."""

    open_signal: str = ""
    _application_id: str = ""

    @rx.event
    async def ask(self, application_id: str) -> None:
        """Ask for the outcome of an application."""
        self._application_id, self.open_signal = application_id, signal()

    @rx.event
    async def close(self, outcome: str) -> Any:
        """Close the application with an outcome."""
        return Applications.move(self._application_id, f"closed:{outcome}")


def _stage_and_outcome(to: str) -> tuple[str, str]:
    stage, _, outcome = to.partition(":")
    return stage, outcome
