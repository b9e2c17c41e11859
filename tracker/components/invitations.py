"""The dialog that imports an invitation."""

from typing import Any

import reflex as rx

from tracker.components.dialogs import form_footer, modal
from tracker.components.drafts import draft_note, drafted
from tracker.components.form_fields import (
    SEARCH_DEBOUNCE,
    choice_field,
    described,
    field,
    long_field,
    text_field,
)
from tracker.components.idempotency import key_field
from tracker.components.scheduling import overlaps, time_fields
from tracker.shapes.enumerations import InterviewKind, choices
from tracker.shapes.invitations import InvitationPreview
from tracker.state.invitations import ImportInvitation

ACCEPTS = ".ics,.eml,.ical,.ifb,text/calendar,message/rfc822"
FORM = "inviting"


def import_button(application_id: Any = "", **props: Any) -> rx.Component:
    """A button that opens the dialog, for one application or for the one that fits."""
    return rx.el.button(
        rx.icon("mail-open", size=16),
        "Import invitation",
        on_click=ImportInvitation.begin(application_id),
        aria_haspopup="dialog",
        **props,
    )


def invitation_dialog() -> rx.Component:
    """The dialog: it takes an invitation, then asks to confirm its effect."""
    shown = ImportInvitation.shown
    return modal(
        rx.cond(shown, confirmation(shown), source()),
        id="inviting",
        title="Import invitation",
        done=ImportInvitation.done,
        open_signal=ImportInvitation.open_signal,
    )


def source() -> rx.Component:
    """A file, or a pasted text."""
    return rx.el.div(
        rx.el.p("You see what it changes before anything is saved.", class_name="quiet"),
        rx.el.form(
            key_field(),
            rx.el.div(
                rx.el.label("File", html_for="inviting-file"),
                rx.el.input(
                    type="file", id="inviting-file", name="file", accept=ACCEPTS, required=True,
                    aria_describedby="inviting-file-hint", custom_attrs={"data-first": ""},
                ),
                rx.el.span(
                    "A calendar file (.ics), or an email saved as a file (.eml); up to 1 MB.",
                    id="inviting-file-hint", class_name="quiet small",
                ),
                class_name="field",
            ),
            rx.el.button("Read the file", type="submit", class_name="primary"),
            action=f"/interviews/invitation?for={ImportInvitation.about}", method="post", enc_type="multipart/form-data", on_submit=None,
            class_name="stack",
        ),
        rx.el.p("or", class_name="quiet or", aria_hidden="true"),
        rx.el.form(
            key_field(),
            long_field(
                FORM, "content", "Paste the text", ImportInvitation.errors, rows="6", placeholder="BEGIN:VCALENDAR …",
                max_length=400_000,
            ),
            rx.el.div(rx.el.button("Read the text", type="submit"), draft_note(), class_name="row"),
            on_submit=ImportInvitation.read, class_name="stack", custom_attrs={"noValidate": True} | drafted("invitation"),
        ),
        class_name="inside bringing",
    )  # fmt: skip


def confirmation(shown: rx.Var[InvitationPreview]) -> rx.Component:
    """The effect of the import, with the fields that it sets."""
    return rx.el.form(
        key_field(),
        rx.el.div(
            draft_note(),
            rx.el.p(
                rx.el.strong(shown.title),
                rx.cond(shown.subject != "", rx.el.span(shown.subject, class_name="quiet"), rx.fragment()),
                class_name="stack tight",
            ),
            rx.cond(shown.sentence != "", rx.el.p(shown.sentence)),
            rx.match(
                shown.action,
                ("schedule", new_interview()),
                ("move", rx.el.div(*time_fields(FORM, ImportInvitation), place_field(), class_name="fields")),
                rx.fragment(),
            ),
            overlaps(ImportInvitation.clashes),
            rx.el.div(ImportInvitation.errors["content"], class_name="problem", role="alert"),
            class_name="inside",
        ),
        rx.match(
            shown.action,
            ("move", form_footer("Move interview", cancel="Keep the time")),
            ("cancel", form_footer("Cancel interview", cancel="Keep it")),
            form_footer("Schedule interview"),
        ),
        on_submit=ImportInvitation.save,
        key=ImportInvitation.opened,
        custom_attrs={"noValidate": True} | drafted(f"inviting:{ImportInvitation.opened}"),
    )


def new_interview() -> rx.Component:
    """The fields of a new interview, filled in from the invitation."""
    errors, typed = ImportInvitation.errors, ImportInvitation.typed
    return rx.fragment(
        application_choice(),
        rx.el.div(
            choice_field(FORM, "kind", "Kind", errors, choices(InterviewKind), "most",
                         default_value=typed["kind"], key=f"kind-{typed['kind']}"),
            text_field(FORM, "round", "Round", errors, "least", type="number", min="1", max="50",
                       default_value=typed["round"], key=f"round-{typed['round']}"),
            *time_fields(FORM, ImportInvitation),
            place_field(),
            text_field(FORM, "interviewers", "Interviewers", errors, auto_complete="off", max_length=1000,
                       default_value=typed["interviewers"]),
            class_name="fields",
        ),
    )  # fmt: skip


def place_field() -> rx.Component:
    """The place, or the link of the call."""
    return text_field(
        FORM, "place", "Place or link", ImportInvitation.errors, "most", auto_complete="off", max_length=2000,
        default_value=ImportInvitation.typed["place"],
    )  # fmt: skip


def application_choice() -> rx.Component:
    """The choice of an application, with a search if there are many; the one that fits is chosen."""
    errors = ImportInvitation.errors
    choose = rx.el.select(
        rx.el.option("Choose an application", value=""),
        rx.foreach(
            ImportInvitation.offered, lambda choice: rx.el.option(choice[1], value=choice[0], key=choice[0])
        ),
        on_change=ImportInvitation.choose,
        **described(FORM, "application", errors),
        default_value=ImportInvitation.chosen,
    )
    return rx.fragment(
        rx.cond(
            ImportInvitation.has_more,
            rx.el.input(
                type="search", placeholder="Find an application", aria_label="Find an application",
                on_change=ImportInvitation.find.debounce(SEARCH_DEBOUNCE), auto_complete="off",
            ),
        ),
        field(FORM, "application", "Application", choose, errors),
    )  # fmt: skip
