"""`/profile/review`: a resume's content to be ticked, edited, and saved or discarded."""

from typing import Any

import reflex as rx

from tracker.components.drafts import draft_note, drafted
from tracker.components.form_fields import choice_field, described, text_field
from tracker.components.idempotency import idempotent, key_field, submission_key
from tracker.components.optimistic_controls import optimistic_checkbox
from tracker.components.resume import import_button, import_dialog
from tracker.components.shell import shell, topbar
from tracker.shapes.enumerations import PositionKind, choices
from tracker.shapes.profile_page import ProposedBullet, ProposedPosition, Review
from tracker.state.resume import ResumeReview


def review() -> rx.Component:
    """The page in its frame."""
    resume = ResumeReview.review
    return shell(
        rx.el.div(
            rx.cond(
                resume,
                rx.match(
                    resume.state,
                    ("ready", proposal(resume)),
                    ("waiting", waiting(resume)),
                    ("failed", failed(resume)),
                    nothing(),
                ),
                bones(),
            ),
            class_name="page profile",
        ),
        import_dialog(),
        here="Profile",
        topbar=topbar("Review a resume", rx.el.a("Profile", href="/profile", class_name="button push")),
    )


def waiting(resume: rx.Var[Review]) -> rx.Component:
    """A note that the resume is being read."""
    return rx.el.div(
        rx.el.p(f"Reading {resume.name}. This page shows it as soon as it is read.", role="status"),
        bones(),
        discard_button(resume),
        class_name="stack",
    )


def discard_button(review: rx.Var[Review]) -> rx.Component:
    """Drops the resume and leaves the profile as it was."""
    discards = f"discard:{review.id}"
    return rx.el.button(
        "Discard",
        type="button",
        on_click=ResumeReview.discard(submission_key(discards)),
        custom_attrs=idempotent(discards),
    )


def failed(resume: rx.Var[Review]) -> rx.Component:
    """The error of a resume that can't be read."""
    return rx.el.div(
        rx.el.h2("This resume couldn't be read"),
        rx.el.p(resume.name, class_name="small"),
        rx.el.p(resume.reason, class_name="quiet"),
        rx.el.div(
            import_button("primary"),
            discard_button(resume),
            class_name="row wrap",
        ),
        class_name="empty",
        role="alert",
    )


def nothing() -> rx.Component:
    """A note that no resume waits."""
    return rx.el.div(
        rx.el.h2("No resume to review"),
        rx.el.p("Import a resume to review it here before anything is saved.", class_name="quiet"),
        import_button("primary"),
        class_name="empty",
    )


def proposal(resume: rx.Var[Review]) -> rx.Component:
    """Everything read from the resume, ticked unless the profile already has it."""
    return rx.el.form(
        key_field(),
        rx.el.p(
            f"Read from {resume.name}. Uncheck what you don't want, and correct what was misread. "
            "Entries already in your profile are marked and left out.",
            class_name="quiet",
        ),
        rx.cond((resume.headline != "") | (resume.languages != ""), heads(resume)),
        rx.foreach(resume.positions, position),
        rx.cond(resume.loose.length() > 0, loose(resume)),
        rx.el.footer(
            rx.el.button(f"Keep {ResumeReview.extent}", type="submit", class_name="primary", disabled=ResumeReview.extent == "nothing"),
            discard_button(resume),
            draft_note(),
            class_name="row keeping",
        ),
        on_submit=ResumeReview.save,
        class_name="review",
        key=resume.id,
        custom_attrs={"noValidate": True} | drafted(f"review:{resume.id}"),
    )  # fmt: skip


def heads(resume: rx.Var[Review]) -> rx.Component:
    """Headline and languages."""
    return rx.el.section(
        rx.cond(
            resume.headline != "", head("headline", "Headline", resume.headline, resume.headline_is_there)
        ),
        rx.cond(
            resume.languages != "",
            head("languages", "Languages", resume.languages, resume.languages_are_there),
        ),
        class_name="position",
        aria_label="Headline and languages",
    )


def head(name: str, label: str, value: Any, is_there: Any) -> rx.Component:
    """The headline or the languages."""
    return rx.el.div(
        box(name, f"Keep the {label.lower()}"),
        text_field("review", name, label, ResumeReview.errors, default_value=value, auto_complete="off"),
        there(is_there),
        class_name="proposed",
    )


def box(key: Any, label: Any) -> rx.Component:
    """The checkbox of one item."""
    return optimistic_checkbox(
        checked=ResumeReview.ticked.contains(key),
        on_change=lambda is_on: ResumeReview.tick(key, is_on),
        aria_label=label,
    )


def there(is_there: Any) -> rx.Component:
    """A note that the profile already has it."""
    return rx.cond(is_there, rx.el.span("In your profile", class_name="tag there"))


def position(item: rx.Var[ProposedPosition]) -> rx.Component:
    """A position with its bullets."""
    return rx.el.section(
        rx.el.div(
            box(item.key, f"Keep the position {item.subject}"),
            rx.el.div(
                rx.el.h2(item.subject),
                rx.cond(
                    ResumeReview.ticked.contains(item.key),
                    rx.el.details(
                        rx.el.summary("Edit the position"),
                        rx.el.div(*fields(item), class_name="fields"),
                    ),
                ),
                class_name="what",
            ),
            there(item.is_there),
            class_name="proposed",
        ),
        rx.el.ul(rx.foreach(item.bullets, bullet), class_name="plain bullets"),
        class_name="position",
        aria_label=item.subject,
        key=item.key,
    )


def fields(item: rx.Var[ProposedPosition]) -> list[rx.Component]:
    """A position's fields, as they were read."""
    errors, key = ResumeReview.errors, item.key

    def line(name: str, label: str, value: Any) -> rx.Component:
        return text_field(
            "review", f"{key}-{name}", label, errors, "half", default_value=value, auto_complete="off"
        )

    lasting = rx.el.label(
        rx.el.input(type="checkbox", name=f"{key}-is_current", default_checked=item.is_current), "Ongoing", class_name="row half",
    )  # fmt: skip
    return [
        line("title", "Title or degree", item.title),
        line("organisation", "Organisation", item.organisation),
        choice_field(
            "review", f"{key}-kind", "Kind", errors, choices(PositionKind), "half", default_value=item.kind
        ),
        line("begun", "From", item.begun),
        line("ended", "Until", item.ended),
        lasting,
    ]


def loose(resume: rx.Var[Review]) -> rx.Component:
    """Bullets without a position."""
    return rx.el.section(
        rx.el.h2("Not tied to a job"),
        rx.el.ul(rx.foreach(resume.loose, bullet), class_name="plain bullets"),
        class_name="position",
        aria_label="Not tied to a job",
    )


def bullet(item: rx.Var[ProposedBullet]) -> rx.Component:
    """A bullet with its text and skills, editable."""
    text, skills, errors = f"{item.key}-text", f"{item.key}-skills", ResumeReview.errors
    return rx.el.li(
        box(item.key, f"Keep: {item.text}"),
        rx.el.div(
            rx.el.textarea(default_value=item.text, rows="1", aria_label="Bullet", **described("review", text, errors)),
            rx.el.div(errors[text], id=f"review-{text}-problem", class_name="problem", role="alert"),
            rx.el.input(
                default_value=item.skills, aria_label="Skills", placeholder="Skills", auto_complete="off",
                **described("review", skills, errors),
            ),
            rx.el.div(errors[skills], id=f"review-{skills}-problem", class_name="problem", role="alert"),
            class_name="what",
        ),
        there(item.is_there),
        class_name="proposed",
        key=item.key,
    )  # fmt: skip


def bones() -> rx.Component:
    """A placeholder while the page loads."""
    return rx.el.div(
        *[rx.el.span(class_name="bone", width=width) for width in ("48%", "80%", "72%", "64%")],
        class_name="stack",
        aria_hidden="true",
    )
