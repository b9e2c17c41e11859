"""`/priorities`: wishes, weights, and the resulting order."""

from typing import Any

import reflex as rx

from tracker.components.drafts import draft_note, drafted
from tracker.components.form_fields import choice_field, described, field, long_field, text_field
from tracker.components.idempotency import key_field
from tracker.components.optimistic_controls import optimistic_slider
from tracker.components.score import meter
from tracker.components.shell import shell, topbar
from tracker.shapes.enumerations import LabelledEnum, Period, Workplace, choices
from tracker.shapes.priority import MAX_WEIGHT, Breaker, CompanySize, Factor, RankedApplication, Seniority
from tracker.state.priorities import Priorities

FORM = "wishes"


def priorities() -> rx.Component:
    """The page in its frame."""
    return shell(
        rx.cond(
            Priorities.loaded,
            rx.el.form(
                key_field(),
                weighing(),
                wishes(),
                breakers(),
                rates(),
                rx.el.div(
                    rx.el.button("Save priorities", type="submit", class_name="primary"),
                    rx.el.span(
                        rx.cond(Priorities.is_renewing, "Saved. Scores are being recalculated.", ""),
                        class_name="quiet small",
                        role="status",
                    ),
                    draft_note(),
                    class_name="row",
                ),
                on_submit=Priorities.save,
                class_name="page sections",
                custom_attrs={"noValidate": True} | drafted("priorities"),
            ),
            rx.el.div(rx.el.span(class_name="bone", width="40%"), class_name="page", aria_hidden="true"),
        ),
        here="Priorities",
        topbar=topbar("Priorities"),
    )


def weighing() -> rx.Component:
    """The sliders with a preview of the order."""
    return rx.el.div(
        weights(),
        rx.el.section(
            rx.el.header(rx.el.h2("Resulting order")),
            rx.cond(
                Priorities.ranked.length() > 0,
                rx.el.ol(rx.foreach(Priorities.ranked, ranked), class_name="plain"),
                rx.el.p("Your open applications will be listed here in their new order.", class_name="quiet"),
            ),
            class_name="section",
            aria_label="Resulting order",
            aria_live="polite",
        ),
        class_name="weighing",
    )


def weights() -> rx.Component:
    """The sliders, with a note while they aren't saved."""
    return rx.el.section(
        rx.el.header(
            rx.el.h2("How much each factor counts"),
            rx.el.button(
                "Reset to defaults", type="button", class_name="push small-button", on_click=Priorities.usual
            ),
        ),
        rx.el.div(*[slider(factor) for factor in Factor], class_name="sliders"),
        rx.cond(
            Priorities.is_tried,
            rx.el.div(
                rx.el.button(
                    "Save these weights",
                    type="button",
                    class_name="primary",
                    on_click=Priorities.save_weights,
                ),
                rx.el.span("Preview, not saved yet", class_name="quiet small", role="status"),
                class_name="row",
            ),
        ),
        class_name="section",
        aria_label="Weights",
    )


def slider(factor: Factor) -> rx.Component:
    """One weight from 0 to 5, with a live preview."""
    name, weight = f"weight-{factor.value}", Priorities.weights[factor.value]
    label = rx.match(
        weight,
        (0, "off"), (1, "very low"), (2, "low"), (3, "medium"), (4, "high"), (5, "very high"), "",
    )  # fmt: skip
    return rx.el.div(
        rx.el.label(factor.label, html_for=name),
        optimistic_slider(
            id=name,
            min="0",
            max=str(MAX_WEIGHT),
            step="1",
            value=weight.to_string(),
            on_change=lambda value: Priorities.weigh(factor.value, value),
            custom_attrs={"aria-valuetext": label},
        ),
        rx.el.output(label, html_for=name),
        class_name="slider",
    )


def ranked(line: rx.Var[RankedApplication]) -> rx.Component:
    """One row of the preview: the application and how far it would move."""
    return rx.el.li(
        rx.el.span(line.place, class_name="place-number"),
        rx.el.a(line.name, href=f"/applications/{line.id}", class_name="clip"),
        rx.el.span(
            rx.el.span(line.score, class_name="figures"), meter(line.score), class_name="row ranked-score"
        ),
        rx.el.span(line.moved, class_name="moved", custom_attrs={"data-direction": line.direction}),
        class_name="ranked",
        key=line.id,
    )


def starts(name: str) -> dict[str, Any]:
    """Return a field's initial value and its key."""
    return {"default_value": Priorities.typed[name], "key": Priorities.marks[name]}


def wishes() -> rx.Component:
    """The wishes; empty ones don't count."""
    errors = Priorities.errors

    def line(name: str, label: str, hint: str, width: str = "half") -> rx.Component:
        return text_field(
            FORM,
            name,
            label,
            errors,
            width,
            placeholder=hint,
            auto_complete="off",
            **starts(name),
        )

    return rx.el.section(
        rx.el.h2("What I'm looking for"),
        rx.el.p("Separate multiple entries with commas. Empty fields don't count.", class_name="quiet small"),
        rx.el.div(
            line("countries", "Countries", "Germany, FR"),
            line("cities", "Cities", "Berlin, Lyon"),
            ticks("workplaces", "Workplace", Workplace),
            line("salary_floor", "Minimum salary", "60k", "fourth"),
            line("salary_target", "Target salary", "75k", "fourth"),
            currency(),
            choice_field(FORM, "salary_period", "Per", errors, choices(Period), "fourth", **starts("salary_period")),
            line("wanted", "Stack I want", "Python, Go", ""),
            line("known", "Stack I know", "PostgreSQL, React", ""),
            line("avoided", "Stack I avoid", "PHP", ""),
            ticks("levels", "Level", Seniority),
            line("industries", "Industries", "Energy, health"),
            ticks("sizes", "Company size", CompanySize),
            class_name="fields",
        ),
        class_name="section",
        aria_label="What I'm looking for",
    )  # fmt: skip


def breakers() -> rx.Component:
    """The deal-breakers."""
    return rx.el.section(
        rx.el.h2("Deal-breakers"),
        rx.el.p("Any of these that is known to apply caps the score at 10.", class_name="quiet small"),
        rx.el.div(
            ticks("breakers", "", Breaker),
            text_field(
                FORM, "breaking_words", "The posting says", Priorities.errors, auto_complete="off",
                placeholder="unpaid, security clearance", **starts("breaking_words"),
            ),
            class_name="fields",
        ),
        class_name="section",
        aria_label="Deal-breakers",
    )  # fmt: skip


def ticks(name: str, label: str, kind: type[LabelledEnum]) -> rx.Component:
    """Checkboxes, any number of which can be ticked."""
    return rx.el.fieldset(
        rx.el.legend(label or "Deal-breakers", class_name="label" if label else "hidden"),
        rx.el.div(
            *[
                rx.el.label(
                    rx.el.input(
                        type="checkbox",
                        name=f"{name}_{word.value}",
                        default_checked=Priorities.typed[f"{name}_{word.value}"] == "on",
                        key=Priorities.marks[f"{name}_{word.value}"],
                    ),
                    word.label,
                )
                for word in kind
            ],
            class_name="ticks",
        ),
        class_name="field",
    )


def currency() -> rx.Component:
    """The currency that salaries are compared in."""
    control = rx.el.select(
        rx.foreach(
            Priorities.currencies, lambda choice: rx.el.option(choice[1], value=choice[0], key=choice[0])
        ),
        **starts("currency"),
        **described(FORM, "currency", Priorities.errors),
    )
    return field(FORM, "currency", "Currency", control, Priorities.errors, "fourth")


def rates() -> rx.Component:
    """Bundled exchange rates with their date, the user's own, and interviews by source."""
    return rx.el.section(
        rx.el.details(
            rx.el.summary("Exchange rates"),
            rx.el.div(
                rx.el.p(
                    f"Salaries in other currencies are converted at approximate exchange rates from {Priorities.rates_on}, which are "
                    "bundled with Pursuit and not updated online. To use your own, enter one per line: the currency code "
                    "and how much of it equals one euro.",
                    class_name="quiet small",
                ),
                long_field(
                    FORM, "rates", "My own rates", Priorities.errors, **starts("rates"),
                    placeholder="USD 1.15", rows="3",
                ),
                rx.el.ul(
                    rx.foreach(Priorities.bundled, pair), class_name="plain rates", aria_label="Bundled, for one euro"
                ),
                class_name="stack",
            ),
        ),
        rx.cond(
            Priorities.sources.length() > 0,
            rx.el.details(
                rx.el.summary(f"Interviews by source, counted on {Priorities.counted}"),
                rx.el.ul(rx.foreach(Priorities.sources, pair), class_name="plain rates"),
            ),
        ),
        class_name="section",
        aria_label="Exchange rates and interviews by source",
    )  # fmt: skip


def pair(choice: Any) -> rx.Component:
    """A name and its figure."""
    return rx.el.li(choice[0], " ", rx.el.span(choice[1], class_name="quiet"), key=choice[0])
