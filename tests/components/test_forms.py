"""Forms with longer text keep a draft: checked in the component trees of all pages."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import reflex as rx

from tracker.components.dialogs import modal
from tracker.components.drafts import drafted
from tracker.components.edit_conflicts import conflict_or
from tracker.state.application import ApplicationView
from tracker.tracker import app

TYPED_IN = {"text", "email", "url", "tel", "number", "date", "datetime-local", "month", "time", "password"}
"""The types of an input of one line."""
PAGES = sorted(app._unevaluated_pages)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("route", PAGES)
def test_every_form_over_one_line_keeps_a_draft(route: str) -> None:
    component: Any = app._unevaluated_pages[route].component
    assert list(without_draft(component().render())) == []


def field_of(form: rx.Component) -> rx.Component:
    """Return the form of a text in place."""
    return conflict_or(ApplicationView, "notes", form, draft="notes:1")


@pytest.mark.parametrize(
    "within",
    [
        lambda form: rx.el.div(rx.cond(ApplicationView.is_missing, rx.el.p("Gone"), form)),
        lambda form: rx.foreach(ApplicationView.choices, lambda _: form),
        lambda form: rx.match(ApplicationView.tab, ("notes", form), rx.el.p("Nothing")),
        lambda form: modal(form, id="asking", title="Asking"),
        field_of,
    ],
    ids=["cond", "foreach", "match", "dialog", "clash"],
)
def test_a_form_without_a_draft_is_found_in_any_place(within: Any) -> None:
    long = rx.el.form(rx.el.div(rx.el.textarea(name="words")))
    lines = rx.el.form(rx.el.input(name="one"), rx.el.input(name="two", type="number"))
    loose = rx.el.textarea(name="words")
    one_line = rx.el.form(rx.el.input(name="one"), rx.el.textarea(name="was", hidden=True))
    drafted_form = rx.el.form(rx.el.textarea(name="words"), custom_attrs=drafted("asking"))
    assert [
        list(without_draft(within(form).render())) for form in (long, lines, loose, one_line, drafted_form)
    ] == [
        [["words"]],
        [["one", "two"]],
        [["words"]],
        [],
        [],
    ]


def without_draft(rendered: Any) -> Iterator[list[str]]:
    """Return the fields of multi-line forms without a draft, and text areas outside of forms."""
    if isinstance(rendered, dict) and rendered.get("name") == '"form"':
        if is_over_one_line(rendered) and not props(rendered).get("data-draft"):
            yield sorted(typed_in(rendered))
    elif is_of_many_lines(rendered):
        yield sorted(typed_in(rendered))
    elif isinstance(rendered, dict | list | tuple):
        for part in rendered.values() if isinstance(rendered, dict) else rendered:
            yield from without_draft(part)


def is_over_one_line(form: dict[str, Any]) -> bool:
    """Return whether a form has a text area, or several text fields."""
    return any(is_of_many_lines(part) for part in parts(form)) or len(typed_in(form)) > 1


def is_of_many_lines(part: Any) -> bool:
    """Return whether this is a visible text area."""
    return isinstance(part, dict) and part.get("name") == '"textarea"' and "hidden" not in props(part)


def typed_in(rendered: Any) -> set[str]:
    """Return the names of a form's text fields; alternatives shown one at a time share a name."""
    return {
        props(part).get("name", "")
        for part in parts(rendered)
        if is_of_many_lines(part)
        or (part.get("name") == '"input"' and props(part).get("type", "text") in TYPED_IN)
    }


def props(part: dict[str, Any]) -> dict[str, str]:
    """Return the properties of a rendered element, as in the script."""
    pairs = (str(prop).partition(":") for prop in part.get("props", ()))
    return {name.strip('"'): unquoted(value) for name, _, value in pairs}


def unquoted(value: str) -> str:
    """Return the text of a script literal; an expression unchanged."""
    try:
        return str(json.loads(value))
    except ValueError:
        return value


def parts(rendered: Any) -> Iterator[dict[str, Any]]:
    """Yield every element of a rendered tree, in every branch."""
    if isinstance(rendered, dict):
        yield rendered
    if isinstance(rendered, dict | list | tuple):
        for part in rendered.values() if isinstance(rendered, dict) else rendered:
            yield from parts(part)
