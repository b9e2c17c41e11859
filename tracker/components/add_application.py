"""The dialog that adds an application: company and role required, everything else optional."""

import reflex as rx

from tracker.components.dialogs import form_footer, modal
from tracker.components.drafts import draft_note, drafted
from tracker.components.form_fields import choice_field, long_field, text_field
from tracker.components.idempotency import key_field
from tracker.components.posting_capture import fillable, posting_field
from tracker.shapes.enumerations import Employment, Period, Stage, Workplace, choices
from tracker.state.add_application import AddApplication

_UNSET = [("", "Not set")]


def add_dialog() -> rx.Component:
    """The dialog; it warns of likely duplicates and never blocks."""
    return modal(
        rx.el.form(
            key_field(),
            rx.el.div(draft_note(), posting_field(), essentials(), duplicates(), more(), class_name="inside"),
            form_footer("Add application"),
            on_submit=AddApplication.save,
            custom_attrs={"noValidate": True} | drafted("application"),
        ),
        id="adding",
        title="Add application",
        done=AddApplication.done,
    )


def essentials() -> rx.Component:
    """The fields shown first."""
    errors = AddApplication.errors
    return rx.el.div(
        fillable(text_field("adding", "company", "Company", errors, "half", auto_complete="off", max_length=400,
                   on_blur=lambda value: AddApplication.check_duplicates("company", value), custom_attrs={"data-first": ""})),
        fillable(text_field("adding", "role", "Role", errors, "half", auto_complete="off", max_length=400,
                   on_blur=lambda value: AddApplication.check_duplicates("role", value))),
        fillable(text_field("adding", "posting_url", "Job posting URL", errors, auto_complete="off", input_mode="url",
                   on_blur=lambda value: AddApplication.check_duplicates("posting_url", value))),
        choice_field("adding", "stage", "Stage", errors, choices(Stage)[:-1], "half"),
        fillable(text_field("adding", "location", "Location", errors, "half")),
        class_name="fields",
    )  # fmt: skip


def duplicates() -> rx.Component:
    """Applications that may be the same."""
    return rx.el.div(
        rx.cond(
            AddApplication.duplicates.length() > 0,
            rx.el.div(
                rx.el.strong("You may have added this already: "),
                rx.foreach(
                    AddApplication.duplicates,
                    lambda like: rx.el.span(
                        rx.el.a(like.name, href=f"/applications/{like.id}"),
                        f" ({like.standing}) ",
                        key=like.id,
                    ),
                ),
                class_name="warning",
            ),
        ),
        role="status",
    )


def more() -> rx.Component:
    """The optional fields, collapsed."""
    errors = AddApplication.errors
    return rx.el.details(
        rx.el.summary("More details"),
        rx.el.div(
            fillable(choice_field("adding", "workplace", "Workplace", errors, _UNSET + choices(Workplace), "half")),
            fillable(choice_field("adding", "employment", "Employment", errors, _UNSET + choices(Employment), "half")),
            fillable(text_field("adding", "country", "Country", errors, "third", placeholder="Germany")),
            text_field("adding", "source", "Source", errors, "third", placeholder="Referral"),
            text_field("adding", "tags", "Tags", errors, "third", placeholder="python, berlin"),
            fillable(text_field("adding", "salary_from", "Salary from", errors, "third", placeholder="65k")),
            fillable(text_field("adding", "salary_to", "Salary to", errors, "third")),
            fillable(text_field("adding", "currency", "Currency", errors, "third", placeholder="EUR")),
            fillable(choice_field("adding", "salary_period", "Salary per", errors, _UNSET + choices(Period), "third")),
            choice_field("adding", "excitement", "Excitement", errors,
                         [*_UNSET, *((str(n), "★" * n) for n in range(1, 6))], "third"),
            text_field("adding", "applied_on", "Applied on", errors, "third", type="date"),
            fillable(text_field("adding", "deadline", "Deadline", errors, "third", type="date")),
            text_field("adding", "follow_up_on", "Follow-up date", errors, "third", type="date"),
            fillable(text_field("adding", "contact_name", "Contact", errors, "half", auto_complete="off")),
            fillable(text_field("adding", "contact_email", "Contact's email", errors, "half", auto_complete="off", input_mode="email")),
            fillable(long_field("adding", "posting_text", "Posting text", errors, rows="4")),
            long_field("adding", "notes", "Notes", errors, rows="3", placeholder="Markdown"),
            class_name="fields",
        ),
    )  # fmt: skip
