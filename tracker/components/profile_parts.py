"""The parts of a profile: headline, positions and bullets, with the forms that edit them in place."""

from typing import Any

import reflex as rx

from tracker.components.dialogs import form_footer, modal
from tracker.components.drafts import draft_note, drafted
from tracker.components.edit_conflicts import conflict_or
from tracker.components.focus import focus_next
from tracker.components.form_fields import choice_field, described, field, long_field, text_field
from tracker.components.idempotency import idempotent, key_field, submission_key
from tracker.shapes.enumerations import PositionKind, choices
from tracker.shapes.profile_page import BulletItem, PositionCard, ProfilePage
from tracker.state.profile import NEW, AddPosition, ProfileView


def entry_form(*controls: rx.Component) -> rx.Component:
    """A form in place of the entry it edits, or an edit conflict; Escape cancels, Ctrl-Enter saves."""
    editing = ProfileView.editing
    form = rx.el.form(
        key_field(),
        rx.el.textarea(name="was", default_value=ProfileView.was, key=ProfileView.was, hidden=True, read_only=True),
        rx.el.div(*controls, class_name="fields"),
        rx.el.div(
            rx.el.button("Save", type="submit", class_name="primary"),
            rx.el.button("Cancel", type="button", on_click=ProfileView.cancel, custom_attrs={"data-escape": ""}),
            draft_note(),
            class_name="row",
        ),
        on_submit=ProfileView.save,
        class_name="written",
        key=ProfileView.editor_key,
        custom_attrs={"noValidate": True} | drafted(f"profile:{editing}"),
    )  # fmt: skip
    return conflict_or(
        ProfileView, editing, form, draft=f"profile:{editing}", back=f"edit-{editing}", rows="3"
    )


def head(page: rx.Var[ProfilePage]) -> rx.Component:
    """Headline and languages."""
    draft, errors = ProfileView.draft, ProfileView.errors
    form = entry_form(
        text_field("head", "headline", "Headline", errors, default_value=draft["headline"], auto_focus=True,
                   auto_complete="off", placeholder="Backend engineer, ten years in payments"),
        text_field("head", "languages", "Languages", errors, default_value=draft["languages"], auto_complete="off",
                   placeholder="German (native), English (C1)"),
    )  # fmt: skip
    shown = rx.el.div(
        rx.cond(
            page.headline != "",
            rx.el.p(page.headline, class_name="headline-words"),
            rx.el.p("No headline yet", class_name="quiet"),
        ),
        rx.cond(page.languages.length() > 0, tags(page.languages, "Languages")),
        rx.el.span(page.extent, class_name="quiet small push"),
        rx.el.button(
            "Edit", id="edit-head", class_name="plain-button", on_click=ProfileView.write("head"),
            aria_label="Edit the headline and languages",
        ),
        class_name="profile-head",
    )  # fmt: skip
    return rx.el.section(
        rx.cond(ProfileView.editing == "head", form, shown), aria_label="Headline and languages"
    )


def tags(words: rx.Var, label: str) -> rx.Component:
    """A list of tags."""
    return rx.el.ul(
        rx.foreach(words, lambda word: rx.el.li(word, class_name="tag", key=word)),
        class_name="plain tags",
        aria_label=label,
    )


def position(card: rx.Var[PositionCard]) -> rx.Component:
    """A position with its bullets, and a button to add one."""
    entry = f"position:{card.id}"
    return rx.el.section(
        rx.cond(ProfileView.editing == entry, position_form(), position_head(card, entry)),
        rx.cond(card.bullets.length() > 0, rx.el.ul(rx.foreach(card.bullets, bullet), class_name="plain bullets")),
        add_bullet(card.id, card.subject),
        class_name="position",
        aria_label=card.subject,
        key=card.id,
    )  # fmt: skip


def position_head(card: rx.Var[PositionCard], entry: Any) -> rx.Component:
    """The position's title, organisation and dates, with buttons to edit, move and remove it."""
    return rx.el.header(
        rx.el.div(
            rx.el.h2(card.title),
            rx.el.p(
                rx.cond(card.organisation != "", rx.el.span(card.organisation)),
                rx.cond(card.dates != "", rx.el.span(card.dates, class_name="figures nowrap")),
                rx.cond(card.kind != "job", rx.el.span(card.kind_label, class_name="tag")),
                class_name="quiet facts-line",
            ),
            class_name="titles",
        ),
        rx.el.div(
            icon_button("pencil", "Edit", card.subject, ProfileView.write(entry), id=f"edit-{entry}"),
            *move_buttons(entry, card.subject, card.is_first, card.is_last),
            remove_button("trash-2", card.subject, entry),
            class_name="hands",
        ),
    )


def icon_button(icon: str, verb: str, about: Any, on_click: Any, **props: Any) -> rx.Component:
    """A small icon button."""
    return rx.el.button(
        rx.icon(icon, size=14),
        class_name="icon-button plain-button",
        on_click=on_click,
        aria_label=f"{verb}: {about}",
        title=verb,
        **props,
    )


def remove_button(icon: str, about: Any, entry: Any) -> rx.Component:
    """The button that removes a position or a bullet."""
    name = f"remove:{entry}"
    return icon_button(
        icon, "Remove", about, ProfileView.remove(entry, submission_key(name)), custom_attrs=idempotent(name)
    )


def move_buttons(entry: Any, about: Any, is_first: Any, is_last: Any) -> list[rx.Component]:
    """Up and down buttons that keep focus while their row moves."""
    return [
        icon_button(
            icon,
            f"Move {way}",
            about,
            ProfileView.move(entry, way),
            id=f"{way}-{entry}",
            aria_disabled=at_edge,
            custom_attrs=focus_next(),
        )
        for way, icon, at_edge in (("up", "arrow-up", is_first), ("down", "arrow-down", is_last))
    ]


def position_form() -> rx.Component:
    """The form that edits a position in place."""
    return entry_form(*position_fields("position", ProfileView.draft, ProfileView.errors))


def position_fields(form: str, draft: Any, errors: Any) -> list[rx.Component]:
    """The fields of a position, filled with its values."""

    def filled(name: str) -> dict[str, Any]:
        return {"default_value": draft[name]} if draft is not None else {}

    ticked = {"default_checked": draft["is_current"] == "on"} if draft is not None else {}
    lasting = rx.el.div(
        rx.el.label(
            rx.el.input(type="checkbox", **described(form, "is_current", errors), **ticked), "Ongoing", class_name="row",
        ),
        rx.el.div(errors["is_current"], id=f"{form}-is_current-problem", class_name="problem", role="alert"),
        class_name="field third lasting",
    )  # fmt: skip
    return [
        text_field(form, "title", "Title or degree", errors, "half", auto_focus=True, auto_complete="off",
                   custom_attrs={"data-first": ""}, **filled("title")),
        text_field(form, "organisation", "Organisation", errors, "half", auto_complete="off", **filled("organisation")),
        choice_field(form, "kind", "Kind", errors, choices(PositionKind), "half", **filled("kind")),
        text_field(form, "begun", "From", errors, "half", placeholder="2021-03", auto_complete="off", **filled("begun")),
        text_field(form, "ended", "Until", errors, "half", placeholder="2023-06", auto_complete="off", **filled("ended")),
        lasting,
    ]  # fmt: skip


def bullet(line: rx.Var[BulletItem]) -> rx.Component:
    """A bullet, or the form that edits it."""
    entry = f"bullet:{line.id}"
    return rx.el.li(
        rx.cond(
            ProfileView.editing == entry,
            bullet_form(),
            rx.el.div(
                rx.el.div(
                    rx.el.button(
                        line.text, id=f"edit-{entry}", class_name="words", on_click=ProfileView.write(entry),
                        aria_label=f"Edit: {line.text}",
                    ),
                    rx.cond(line.skills.length() > 0, tags(line.skills, "Skills")),
                    class_name="said",
                ),
                rx.el.div(
                    *move_buttons(entry, line.short, line.is_first, line.is_last),
                    remove_button("x", line.short, entry),
                    class_name="hands",
                ),
                class_name="bullet",
            ),
        ),
        key=line.id,
    )  # fmt: skip


def bullet_form() -> rx.Component:
    """The form that edits a bullet in place: text, skills and position."""
    draft, errors = ProfileView.draft, ProfileView.errors
    page = ProfileView.shown
    places = rx.el.select(
        rx.el.option("No position", value=""),
        rx.foreach(
            page.positions,
            lambda position: rx.el.option(position.subject, value=position.id, key=position.id),
        ),
        default_value=draft["position_id"],
        **described("bullet", "position_id", errors),
    )
    return entry_form(
        *bullet_fields("bullet"), field("bullet", "position_id", "Position", places, errors, "half")
    )


def bullet_fields(form: str) -> list[rx.Component]:
    """The bullet's text and the skills it shows."""
    draft, errors = ProfileView.draft, ProfileView.errors
    return [
        long_field(form, "text", "Bullet", errors, default_value=draft["text"], rows="3", auto_focus=True,
                   placeholder="What you did, and what came of it"),
        text_field(form, "skills", "Skills", errors, "half", default_value=draft["skills"], auto_complete="off",
                   placeholder="PostgreSQL, AWS"),
    ]  # fmt: skip


def add_bullet(position_id: Any, subject: Any) -> rx.Component:
    """A button below a position, or the form for another bullet."""
    entry = f"{NEW}:{position_id}"
    return rx.cond(
        ProfileView.editing == entry,
        entry_form(*bullet_fields("new")),
        rx.el.button(
            rx.icon("plus", size=14),
            "Add bullet",
            class_name="plain-button add-bullet",
            on_click=ProfileView.write(entry),
            aria_label=f"Add bullet: {subject}",
        ),
    )


def position_dialog() -> rx.Component:
    """The dialog that adds a position."""
    return modal(
        rx.el.form(
            key_field(),
            rx.el.div(
                draft_note(),
                rx.el.div(*position_fields("place-new", None, AddPosition.errors), class_name="fields"),
                class_name="inside",
            ),
            form_footer("Add position"),
            on_submit=AddPosition.save,
            custom_attrs={"noValidate": True} | drafted("position"),
        ),
        id="place",
        title="Add position",
        done=AddPosition.done,
    )
