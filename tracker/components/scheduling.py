"""The dialogs that schedule and move an interview."""

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
from tracker.components.zones import zone_field
from tracker.shapes.enumerations import InterviewKind, choices
from tracker.shapes.interviews import InterviewItem
from tracker.state.scheduling import InterviewTimeForm, MoveInterview, ScheduleInterview


def schedule_dialog() -> rx.Component:
    """The dialog that schedules an interview; overlaps are shown and never block."""
    return modal(
        rx.el.form(
            key_field(),
            rx.el.div(
                draft_note(), subject_fields(), overlaps(ScheduleInterview.clashes), class_name="inside"
            ),
            form_footer("Schedule interview"),
            on_submit=ScheduleInterview.save,
            key=ScheduleInterview.opened,
            custom_attrs={"noValidate": True} | drafted(f"interview:{ScheduleInterview.about}"),
        ),
        id="scheduling",
        title="Schedule interview",
        done=ScheduleInterview.done,
        open_signal=ScheduleInterview.open_signal,
    )


def subject_fields() -> rx.Component:
    """The application, the kind of interview and the time."""
    errors, typed = ScheduleInterview.errors, ScheduleInterview.typed
    return rx.fragment(
        rx.cond(ScheduleInterview.subject != "", rx.el.p(ScheduleInterview.subject, class_name="quiet"), application_choice()),
        rx.el.div(
            rx.fragment(
                choice_field("scheduling", "kind", "Kind", errors, choices(InterviewKind), "most",
                             default_value=typed["kind"], key=f"kind-{typed['kind']}"),
                text_field("scheduling", "round", "Round", errors, "least", type="number", min="1", max="50",
                           default_value=typed["round"], key=f"round-{typed['round']}"),
            ),
            *time_fields("scheduling", ScheduleInterview),
            text_field("scheduling", "place", "Place or link", errors, "most", auto_complete="off", max_length=2000),
            text_field("scheduling", "interviewers", "Interviewers", errors, auto_complete="off", max_length=1000),
            long_field("scheduling", "preparation", "Preparation", errors, rows="4", placeholder="Markdown"),
            class_name="fields",
        ),
    )  # fmt: skip


def application_choice() -> rx.Component:
    """The choice of an open application, with a search if there are many."""
    errors = ScheduleInterview.errors
    choose = rx.el.select(
        rx.el.option("Choose an application", value=""),
        rx.foreach(
            ScheduleInterview.offered, lambda choice: rx.el.option(choice[1], value=choice[0], key=choice[0])
        ),
        on_change=ScheduleInterview.choose,
        **described("scheduling", "application", errors),
        custom_attrs={"data-first": ""},
    )
    return rx.fragment(
        rx.cond(
            ScheduleInterview.has_more,
            rx.el.input(
                type="search", placeholder="Find an application", aria_label="Find an application",
                on_change=ScheduleInterview.find.debounce(SEARCH_DEBOUNCE), auto_complete="off",
            ),
        ),
        field("scheduling", "application", "Application", choose, errors),
    )  # fmt: skip


def time_fields(form: str, state: type[InterviewTimeForm]) -> list[rx.Component]:
    """Start, zone and length, checked at each change for skipped or repeated times and overlaps."""
    errors, typed = state.errors, state.typed
    return [
        text_field(form, "starts_at", "Starts", errors, "half moment", type="datetime-local",
                   default_value=typed["starts_at"],
                   on_change=lambda value: state.check_time("starts_at", value),
                   custom_attrs={"data-first": ""}),
        zone_field(form, errors, state.zones, state.own_time, "half moment", default_value=typed["zone"],
                   on_change=lambda value: state.check_time("zone", value)),
        rx.cond(state.twice != "", which_of_two(form, state)),
        text_field(form, "minutes", "Minutes", errors, "least", type="number", min="5", max="1440", step="5",
                   default_value=typed["minutes"],
                   on_change=lambda value: state.check_time("minutes", value)),
    ]  # fmt: skip


def which_of_two(form: str, state: type[InterviewTimeForm]) -> rx.Component:
    """A choice between two instants with the same local time; asked again for another time."""
    choose = rx.el.select(
        rx.el.option("Choose which", value=""),
        rx.foreach(state.choices, lambda choice: rx.el.option(choice[1], value=choice[0], key=choice[0])),
        **described(form, "fold", state.errors),
        default_value=state.typed["fold"],
        on_change=lambda value: state.check_time("fold", value),
        key=state.twice_at,
    )
    return field(form, "fold", state.twice, choose, state.errors)


def overlaps(lines: rx.Var[list[InterviewItem]]) -> rx.Component:
    """Other interviews at that time."""
    return rx.el.div(
        rx.cond(
            lines.length() > 0,
            rx.el.div(
                rx.el.strong("At the same time: "),
                rx.foreach(
                    lines,
                    lambda line: rx.el.span(
                        f"{line.kind_label}, {line.subject}, {line.when}, {line.duration}. ", key=line.id
                    ),
                ),
                class_name="warning",
            ),
        ),
        role="status",
    )


def move_dialog() -> rx.Component:
    """The dialog that moves an interview."""
    return modal(
        rx.el.form(
            key_field(),
            rx.el.div(
                draft_note(),
                rx.el.div(*time_fields("moving", MoveInterview), class_name="fields"),
                overlaps(MoveInterview.clashes),
                class_name="inside",
            ),
            form_footer("Move interview", cancel="Keep the time"),
            on_submit=MoveInterview.save,
            key=MoveInterview.opened,
            # The present time is part of the name: a draft begun on an earlier one is not restored.
            custom_attrs={"noValidate": True}
            | drafted(f"moving:{MoveInterview.excepted}:{MoveInterview.typed['starts_at']}"),
        ),
        id="moving",
        title="Move interview",
        done=MoveInterview.done,
        open_signal=MoveInterview.open_signal,
    )
