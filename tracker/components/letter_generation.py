"""Requesting a letter: from a model, with progress and Stop, or from a template."""

import reflex as rx

from tracker.components.drafts import draft_note, drafted
from tracker.components.form_fields import choice_field, text_field
from tracker.components.generation_progress import starts_model
from tracker.components.idempotency import key_field
from tracker.components.optimistic_controls import busy
from tracker.shapes.enumerations import choices
from tracker.shapes.letters import Language, Length, LetterPage, Tone
from tracker.state.letter_generation import LetterGeneration
from tracker.state.letters import Letters


def new_letter_section(sheet: rx.Var[LetterPage]) -> rx.Component:
    """The form for a new version, or a link to the profile while it is empty."""
    asks = rx.cond(LetterGeneration.progress, LetterGeneration.progress.asks, "")
    return rx.cond(
        sheet.can_draft,
        rx.el.section(
            rx.el.header(
                rx.el.h2("Write a letter", id="heading-drafting"), rx.cond(asks != "", writer_switch())
            ),
            rx.cond((asks != "") & LetterGeneration.by_model, model_form(asks), template_form(asks)),
            class_name="section",
            aria_labelledby="heading-drafting",
        ),
        rx.el.div(rx.el.a("Complete your profile", href="/profile", class_name="button"), class_name="row"),
    )


def writer_switch() -> rx.Component:
    """The choice between model and template."""
    return rx.el.div(
        *[
            rx.el.button(
                label,
                type="button",
                on_click=LetterGeneration.choose_writer(by_model),
                custom_attrs={"aria-pressed": (LetterGeneration.by_model == by_model).to_string()},
            )
            for label, by_model in (("The model", True), ("My bullets only", False))
        ],
        class_name="switch push",
        role="group",
        aria_label="Who writes",
    )


def model_form(asks: rx.Var[str]) -> rx.Component:
    """The options for a model."""
    errors = LetterGeneration.errors
    return rx.el.form(
        key_field(),
        rx.el.div(
            choice_field("ask", "tone", "Tone", errors, choices(Tone), "least", default_value="plain"),
            choice_field("ask", "length", "Length", errors, choices(Length), "least", default_value="medium"),
            choice_field("ask", "language", "Language", errors, choices(Language), "least", default_value="en"),
            text_field(
                "ask", "instruction", "Instructions (optional)", errors, max_length=500, auto_complete="off",
                placeholder="Begin with my work on maps",
            ),
            class_name="fields",
        ),
        rx.el.p(
            f"Your profile, name, the posting and your instructions are sent to {asks}. Claims in English are checked against your bullets.",
            class_name="small quiet",
        ),
        rx.el.div(
            rx.el.button("Write a letter", type="submit", class_name="primary", custom_attrs=starts_model()),
            draft_note(),
            class_name="row",
        ),
        on_submit=LetterGeneration.request_letter,
        class_name="stack",
        custom_attrs={"noValidate": True} | drafted(f"wish:{Letters.sheet.application_id}"),
    )  # fmt: skip


def template_form(asks: rx.Var[str]) -> rx.Component:
    """The options for the template."""
    return rx.el.form(
        key_field(),
        rx.el.div(
            choice_field("draft", "tone", "Tone", Letters.errors, choices(Tone), "least", default_value="plain"),
            choice_field("draft", "length", "Length", Letters.errors, choices(Length), "least", default_value="medium"),
            class_name="fields",
        ),
        rx.cond(
            asks == "",
            rx.el.p(
                "Built from your own bullets. For a model to write it, set up an AI service in ",
                rx.el.a("Settings", href="/settings#ai"), ".", class_name="small quiet",
            ),
        ),
        rx.el.div(
            rx.el.button("Draft a letter", type="submit", class_name="primary", custom_attrs=busy()), class_name="row"
        ),
        on_submit=Letters.draft,
        class_name="stack",
        custom_attrs={"noValidate": True},
    )  # fmt: skip


def rewrite_form(sheet: rx.Var[LetterPage]) -> rx.Component:
    """The form that has one paragraph rewritten."""
    errors = LetterGeneration.errors
    return rx.el.details(
        rx.el.summary("Rewrite a paragraph"),
        rx.el.form(
            key_field(),
            rx.el.input(type="hidden", name="letter", value=sheet.id, read_only=True),
            rx.el.input(type="hidden", name="revision", value=sheet.revision, read_only=True),
            rx.el.div(
                rx.el.div(
                    rx.el.label("Paragraph", html_for="rework-paragraph"),
                    rx.el.select(
                        rx.foreach(
                            sheet.paragraphs, lambda choice: rx.el.option(choice[1], value=choice[0], key=choice[0])
                        ),
                        id="rework-paragraph",
                        name="paragraph",
                        default_value=sheet.body,
                        key=sheet.id,
                    ),
                    class_name="field half",
                ),
                text_field(
                    "rework", "wish", "What to change (optional)", errors, "half", max_length=500, auto_complete="off",
                ),
                class_name="fields",
            ),
            rx.el.div(rx.el.button("Rewrite it", type="submit", custom_attrs=starts_model()), class_name="row"),
            on_submit=LetterGeneration.rewrite_paragraph,
            class_name="stack",
            custom_attrs={"noValidate": True},
        ),
    )  # fmt: skip
