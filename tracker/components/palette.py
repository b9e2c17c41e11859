"""The command palette and the list of shortcuts."""

from collections.abc import Sequence
from typing import Any

import reflex as rx

from tracker.components.dialogs import modal, opens
from tracker.components.form_fields import SEARCH_DEBOUNCE
from tracker.components.idempotency import idempotent
from tracker.components.sign_out import sign_out_form
from tracker.shapes.palette import COMMANDS, PaletteItem
from tracker.state.base import Notices
from tracker.state.palette import Palette
from tracker.state.scheduling import ScheduleInterview

KEYS = (
    ("Ctrl K", "Search or run a command"),
    ("/", "Search the list"),
    ("n", "Add an application, contact or position"),
    ("j", "Next in the list"),
    ("k", "Previous in the list"),
    ("Enter", "Open"),
    ("e", "Edit, or open to edit"),
    ("x", "Select"),
    ("1 … 5", "Move to Saved, Applied, Screening, Interviewing, Offer"),
    ("6", "Close, with an outcome"),
    ("z", "Undo the last action; press twice if its notice is gone"),
    ("f", "Log a follow-up, on an application"),
    ("t b", "Applications: as a table, as a board"),
    ("a m w t", "Interviews: agenda, month, week, today"),
    ("[ ]", "Previous or next page, week or month"),
    ("?", "This list"),
)


def palette(places: Sequence[tuple[str, str, str]], here: Sequence[rx.Component] = ()) -> rx.Component:
    """Commands, those of the current page (`here`) first, and search results, under one search field."""
    return rx.el.dialog(
        rx.el.h2("Search or run a command", class_name="hidden", id="palette-title"),
        rx.el.input(
            type="search",
            placeholder="Find an application, a contact, an interview, or type what you want to do",
            aria_label="Search or run a command",
            auto_focus=True,
            auto_complete="off",
            on_change=Palette.find.debounce(SEARCH_DEBOUNCE),
            on_focus=Palette.find(Palette.words),
        ),
        rx.el.div(
            search_results("Applications", Palette.matches.applications),
            search_results("Contacts", Palette.matches.contacts),
            search_results("Interviews", Palette.matches.interviews),
            command_group("On this page", *here),
            command_group("Actions", undo_command(), *general_commands()),
            command_group("Go to", *[page_link(name, address, icon) for name, address, icon in places]),
            rx.cond(
                Palette.matches.is_empty & (Palette.matches.commands.length() == 0),
                rx.el.p("No results.", class_name="quiet group", role="status"),
            ),
            class_name="results",
        ),
        id="palette",
        class_name="palette",
        aria_labelledby="palette-title",
        custom_attrs={"data-arrows": ""},
    )


def search_results(kind: str, results: rx.Var[list[PaletteItem]]) -> rx.Component:
    """Search results of one kind."""
    return rx.cond(
        results.length() > 0,
        rx.fragment(rx.el.div(kind, class_name="group"), rx.foreach(results, result_link)),
    )


def result_link(result: rx.Var[PaletteItem]) -> rx.Component:
    """One search result, linked to its page."""
    return rx.el.a(
        rx.el.span(
            result.mark, class_name="mark", aria_hidden="true", custom_attrs={"data-tint": result.tint}
        ),
        rx.el.span(result.title, class_name="clip"),
        rx.el.span(result.detail, class_name="quiet push small clip"),
        href=result.address,
        class_name="result",
        key=result.id,
        custom_attrs={"data-closes": ""},
    )


def page_link(name: str, address: str, icon: str) -> rx.Component:
    """A page to open; hidden if the search text isn't in its name."""
    return rx.el.a(
        rx.icon(icon, size=16),
        name,
        href=address,
        class_name="result",
        hidden=~Palette.matches.commands.contains(name),
        custom_attrs={"data-closes": ""},
    )


def command_group(title: str, *commands: rx.Component) -> rx.Component:
    """Commands under a heading, hidden when none matches."""
    return rx.el.div(rx.el.div(title, class_name="group"), *commands, class_name="part")


def general_commands() -> list[rx.Component]:
    """Commands available on every page."""
    return [
        command("Add application", "plus", key="n", dialog="adding"),
        command("Schedule an interview", "calendar-plus", on_click=ScheduleInterview.begin("", "")),
        command("Add contact", "user-plus", dialog="contact"),
        page_link("Import applications", "/import", "file-up"),
        command("Switch between light and dark", "sun-moon", on_click=rx.toggle_color_mode),
        command("Show keyboard shortcuts", "keyboard", key="?", dialog="shortcuts"),
        sign_out_form(
            rx.el.button(
                rx.icon("log-out", size=16),
                "Sign out",
                type="submit",
                class_name="result",
                hidden=~Palette.matches.commands.contains("Sign out"),
            )
        ),
    ]


def command(
    name: str, icon: str, *, key: str = "", dialog: str = "", on_click: Any = None, once: Any = None
) -> rx.Component:
    """A command with its shortcut; it opens a dialog or calls a handler."""
    assert_known(name)
    return rx.el.button(
        rx.icon(icon, size=16),
        name,
        rx.el.kbd(key, class_name="push") if key else rx.fragment(),
        class_name="result",
        hidden=~Palette.matches.commands.contains(name),
        **({"on_click": on_click} if on_click is not None else {}),
        custom_attrs={
            "data-closes": "",
            **(opens(dialog) if dialog else {}),
            **(idempotent(once) if once is not None else {}),
        },
    )


def undo_command() -> rx.Component:
    """The command that undoes the last action, with its name."""
    last = Notices.notice
    return rx.cond(
        last & (last.batch != ""),
        rx.el.button(
            rx.icon("undo-2", size=16),
            rx.el.span("Undo: ", class_name="clip", custom_attrs={"data-words": last.message}),
            rx.el.kbd("z", class_name="push"),
            class_name="result",
            aria_label=f"Undo: {last.message}",
            hidden=~Palette.matches.commands.contains("Undo"),
            on_click=Notices.undo(last.batch),
            custom_attrs={"data-closes": ""},
        ),
    )


def assert_known(name: str) -> None:
    """Refuse a command that no search could find."""
    if name not in COMMANDS:
        raise LookupError(f"{name} isn't among the palette's commands")


def shortcuts() -> rx.Component:
    """Every shortcut and what it does."""
    return rx.fragment(
        rx.el.button(
            "Keyboard shortcuts",
            class_name="hidden",
            tab_index=-1,
            custom_attrs={**opens("shortcuts"), "data-key": "?"},
        ),
        modal(
            rx.el.div(
                rx.el.dl(
                    *[part for key, action in KEYS for part in (rx.el.dt(rx.el.kbd(key)), rx.el.dd(action))],
                    class_name="shortcuts",
                ),
                class_name="inside",
            ),
            id="shortcuts",
            title="Keyboard shortcuts",
        ),
    )
