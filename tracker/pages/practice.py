"""`/interviews/[interview_id]/practice`: likely questions, answers and practice."""

import reflex as rx

from tracker.components.drafts import draft_note, drafted, opens_draft
from tracker.components.edit_conflicts import conflict_or
from tracker.components.focus import focus_next
from tracker.components.form_fields import choice_field, text_field
from tracker.components.generation_progress import can_ask, model_calls, progress, starts_model
from tracker.components.idempotency import idempotent, key_field, submission_key
from tracker.components.optimistic_controls import optimistic_checkbox
from tracker.components.question_suggestions import suggestions
from tracker.components.shell import shell, topbar
from tracker.components.stories import profile_link, stories
from tracker.shapes.enumerations import choices
from tracker.shapes.preparation import (
    PracticePage,
    PractisedQuestion,
    Recall,
    Topic,
    TopicGroup,
)
from tracker.state.practice import Practice
from tracker.state.question_suggestions import QuestionSuggestions


def practice() -> rx.Component:
    """The page in its frame, a placeholder, or a note that the interview doesn't exist."""
    sheet = Practice.sheet
    return shell(
        rx.cond(sheet, whole(sheet), rx.cond(Practice.is_missing, missing(), bones())),
        here="Interviews",
        topbar=topbar(
            "Practice",
            rx.el.button("Print", class_name="push", custom_attrs={"data-prints": ""}),
        ),
    )


def whole(sheet: rx.Var[PracticePage]) -> rx.Component:
    """The current question and the list beside the suggestions; an empty list leaves them the room."""
    return rx.el.div(
        rx.el.div(
            rx.el.p(
                rx.el.a(sheet.title, href=f"/interviews/{sheet.interview_id}"),
                f" · {sheet.subject} · {sheet.when}",
                class_name="quiet",
            ),
            rx.cond(sheet.has_bullets, rx.fragment(), profile_link()),
            rx.cond(sheet.now, drill(sheet.now, sheet.due)),
            rx.cond(
                sheet.count > 0,
                rx.fragment(
                    rx.el.p(
                        f"{sheet.ready} of {sheet.count} prepared", class_name="small quiet", role="status"
                    ),
                    rx.foreach(sheet.groups, topic),
                ),
                nothing_yet(),
            ),
            from_the_model(),
            own_question(),
            model_calls(QuestionSuggestions),
            class_name="sections",
        ),
        suggestions(sheet),
        class_name=rx.cond(sheet.count > 0, "page two", "page two no-questions"),
    )


def from_the_model() -> rx.Component:
    """Questions suggested by a model: the request and its progress."""
    once = f"suggest:{Practice.sheet.interview_id}"
    return rx.fragment(
        rx.cond(
            can_ask(QuestionSuggestions),
            rx.el.div(
                rx.el.button(
                    "Ask the model for questions",
                    on_click=QuestionSuggestions.request_questions(submission_key(once)),
                    custom_attrs=starts_model() | idempotent(once),
                ),
                class_name="row",
            ),
        ),
        progress(QuestionSuggestions),
    )


def nothing_yet() -> rx.Component:
    """A placeholder for an empty list."""
    return rx.el.p(
        "Choose the questions you expect, write what you would say, and practise until it comes naturally.",
        class_name="quiet",
    )


def drill(now: rx.Var[PractisedQuestion], due: rx.Var[int]) -> rx.Component:
    """One question to answer from memory and rate."""
    once = f"recall:{now.id}"
    rated = [
        rx.el.button(
            recall.label,
            on_click=Practice.recall(now.id, recall.value, submission_key(once)),
            custom_attrs=idempotent(once) | {"data-key": str(recall.number)},
        )
        for recall in Recall
    ]
    return rx.el.section(
        rx.el.header(
            rx.el.h2("From memory"), rx.el.span(f"{due} to practise", class_name="push small quiet figures")
        ),
        rx.el.p(now.text, class_name="asked"),
        rx.cond(
            Practice.is_revealed,
            rx.fragment(
                rx.html(now.answer_html, class_name="prose"),
                rx.el.div(
                    rx.el.span("How well did you remember?", class_name="quiet small"), *rated, class_name="recalls", role="group",
                    aria_label="How well you remembered it",
                ),
            ),
            rx.el.div(
                rx.el.button("Show my answer", class_name="primary", on_click=Practice.reveal), class_name="row"
            ),
        ),
        class_name="drill",
        aria_label="From memory",
        key=now.id,
    )  # fmt: skip


def topic(group: rx.Var[TopicGroup]) -> rx.Component:
    """The questions of one topic."""
    return rx.el.section(
        rx.el.h2(group.label),
        rx.el.ul(rx.foreach(group.questions, question), class_name="plain"),
        class_name="section",
        aria_label=group.label,
        key=group.topic,
    )


def question(of: rx.Var[PractisedQuestion]) -> rx.Component:
    """One question: its tick, why it is likely, and the answer or its form."""
    removes = f"remove:{of.id}"
    return rx.el.li(
        optimistic_checkbox(
            checked=of.is_ready,
            on_change=lambda is_ready: Practice.tick(of.id, is_ready),
            aria_label=f"Prepared: {of.text}",
        ),
        rx.el.span(of.text, class_name="asked"),
        rx.el.button(
            rx.icon("trash-2", size=14),
            class_name="icon-button plain-button",
            aria_label=f"Remove: {of.text}",
            on_click=Practice.remove(of.id, submission_key(removes)),
            custom_attrs=idempotent(removes),
        ),
        rx.el.div(
            rx.el.span(
                of.why,
                rx.cond((of.why != "") & (of.standing != ""), " · ", ""),
                of.standing,
                class_name="small quiet",
            ),
            stories(of),
            conflict_or(
                Practice,
                of.id,
                rx.cond(Practice.answering == of.id, answer_form(of), answer(of)),
                draft=f"answer:{of.id}",
                back=f"answer-{of.id}",
                rows="6",
            ),
            class_name="body",
        ),
        class_name="question",
        key=of.id,
    )


def answer(of: rx.Var[PractisedQuestion]) -> rx.Component:
    """The answer, with a button to edit it."""
    return rx.fragment(
        rx.cond(of.answer != "", rx.html(of.answer_html, class_name="prose")),
        rx.el.div(
            rx.el.button(
                rx.cond(of.answer != "", "Edit answer", "Write an answer"),
                id=f"answer-{of.id}",
                class_name="small-button",
                on_click=Practice.begin(of.id),
                custom_attrs=opens_draft(f"answer:{of.id}"),
                aria_label=rx.cond(of.answer != "", f"Edit answer: {of.text}", f"Write an answer: {of.text}"),
            ),
            class_name="row",
        ),
    )


def answer_form(of: rx.Var[PractisedQuestion]) -> rx.Component:
    """The form that edits an answer."""
    hint = rx.cond(
        of.topic == Topic.BEHAVIOURAL.value,
        "Situation, task, what you did, what came of it",
        "What you would say, in a few lines",
    )
    return rx.el.form(
        key_field(),
        rx.el.input(type="hidden", name="question", value=of.id),
        rx.el.textarea(name="was", default_value=Practice.was, hidden=True, read_only=True),
        rx.el.textarea(
            name="value", default_value=Practice.was, rows="6", auto_focus=True, placeholder=hint,
            aria_label=f"Answer: {of.text}", max_length=10_000,
        ),
        rx.el.div(Practice.errors["answer"], class_name="problem", role="alert"),
        rx.el.div(
            rx.el.button("Save answer", type="submit", class_name="primary"),
            rx.el.button("Cancel", type="button", on_click=Practice.leave, custom_attrs={"data-escape": ""}),
            draft_note(),
            class_name="row",
        ),
        on_submit=Practice.answer,
        class_name="stack",
        custom_attrs=drafted(f"answer:{of.id}"),
    )  # fmt: skip


def own_question() -> rx.Component:
    """The form that adds the user's own question."""
    return rx.el.form(
        key_field(),
        rx.el.h2("Your own question"),
        rx.el.div(
            text_field("own", "text", "Question", Practice.errors, "most", max_length=500, auto_complete="off"),
            choice_field("own", "topic", "Topic", Practice.errors, choices(Topic), "least", default_value="technical"),
            class_name="fields",
        ),
        rx.el.div(rx.el.button("Add question", type="submit", custom_attrs=focus_next("own-text")), class_name="row"),
        on_submit=Practice.write,
        key=Practice.done.to_string(),
        class_name="stack",
        custom_attrs={"noValidate": True},
    )  # fmt: skip


def missing() -> rx.Component:
    """A note that the interview doesn't exist, or is another user's."""
    return rx.el.div(
        rx.el.h2("This interview doesn't exist, or isn't yours"),
        rx.el.a("All interviews", href="/interviews", class_name="button"),
        class_name="page empty",
    )


def bones() -> rx.Component:
    """A placeholder while the page loads."""
    widths = ("40%", "90%", "84%", "88%")
    return rx.el.div(
        *[rx.el.span(class_name="bone", width=width, key=width) for width in widths],
        class_name="page stack",
        aria_hidden="true",
    )
