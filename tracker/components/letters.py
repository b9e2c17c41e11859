"""The letter of an application, with unsupported claims highlighted."""

import reflex as rx

from tracker.components.drafts import draft_note, drafted, opens_draft
from tracker.components.edit_conflicts import conflict_or, has_conflict
from tracker.components.focus import focus_next
from tracker.components.generation_progress import STOP, can_ask, is_busy, model_calls, progress
from tracker.components.idempotency import idempotent, key_field, submission_key
from tracker.components.letter_generation import new_letter_section, rewrite_form
from tracker.components.letter_versions import comparison
from tracker.components.name_prompt import name_prompt
from tracker.shapes.letters import LetterPage, MarkItem, Segment, VersionItem
from tracker.state.letter_generation import LetterGeneration
from tracker.state.letters import Letters

EDIT = "edit-letter"
"""The button that opens the text, to which the keyboard comes back."""


def letter_tab() -> rx.Component:
    """The current letter, or the form for the first one."""
    sheet = Letters.sheet
    return rx.cond(
        sheet,
        rx.el.div(
            name_prompt(),
            progress(LetterGeneration),
            rx.cond(
                sheet.id != "",
                letter(sheet),
                rx.cond(is_busy(LetterGeneration), rx.fragment(), empty_tab(sheet)),
            ),
            rx.cond(is_busy(LetterGeneration), rx.fragment(), new_letter_section(sheet)),
            model_calls(LetterGeneration),
            class_name="sections",
        ),
        rx.el.div(
            *[rx.el.span(class_name="bone", width=width, key=width) for width in ("90%", "84%", "88%")],
            class_name="stack",
            aria_hidden="true",
        ),
    )


def empty_tab(sheet: rx.Var[LetterPage]) -> rx.Component:
    """The placeholder for an application without a letter."""
    return rx.el.p(
        rx.cond(
            sheet.can_draft,
            "No letter yet. Claims that your profile doesn't support are highlighted.",
            "Letters are built from your bullets, and your profile has none yet.",
        ),
        class_name="quiet",
    )


def letter(sheet: rx.Var[LetterPage]) -> rx.Component:
    """The letter, its unsupported claims and its versions."""
    return rx.el.section(
        rx.el.header(
            rx.el.h2("Letter", id="heading-letter"),
            rx.cond(sheet.is_sent, rx.el.span(f"sent {sheet.sent}", class_name="small quiet")),
            rx.cond(
                Letters.is_writing | has_conflict(Letters, "letter"),
                rx.fragment(),
                rx.el.button(
                    "Edit",
                    class_name="plain-button push",
                    on_click=Letters.write,
                    aria_label="Edit the letter",
                    id=EDIT,
                    custom_attrs=opens_draft(f"letter:{sheet.id}"),
                ),
            ),
        ),
        conflict_or(
            Letters,
            "letter",
            rx.cond(
                Letters.is_writing,
                letter_editor(sheet),
                rx.fragment(letter_text(sheet), letter_actions(sheet)),
            ),
            draft=f"letter:{sheet.id}",
            back=EDIT,
            rows="18",
        ),
        marks(sheet),
        missing(sheet),
        rx.cond(can_ask(LetterGeneration), rewrite_form(sheet)),
        versions(sheet),
        class_name="section",
        aria_labelledby="heading-letter",
    )


def letter_text(sheet: rx.Var[LetterPage]) -> rx.Component:
    """The text with unsupported claims underlined and explained."""
    return rx.el.div(
        rx.foreach(sheet.segments, segment),
        class_name="letter",
    )


def segment(of: rx.Var[Segment]) -> rx.Component:
    """A segment of the text, highlighted or not."""
    return rx.cond(
        of.mark != "",
        rx.el.mark(of.text, rx.el.sup(of.mark), title=of.why),
        rx.el.span(of.text),
    )


def letter_editor(sheet: rx.Var[LetterPage]) -> rx.Component:
    """The editor; saving a drafted or sent version creates a new one."""
    return rx.el.form(
        key_field(),
        rx.el.textarea(name="was", default_value=Letters.was, hidden=True, read_only=True),
        rx.el.textarea(
            name="text", default_value=Letters.was, rows="18", auto_focus=True, aria_label="Text of the letter",
            max_length=20_000,
        ),
        rx.el.div(Letters.errors["text"], class_name="problem", role="alert"),
        rx.el.div(
            rx.el.button("Save letter", type="submit", class_name="primary", custom_attrs=focus_next(EDIT)),
            rx.el.button(
                "Cancel", type="button", on_click=Letters.leave, custom_attrs={"data-escape": ""} | focus_next(EDIT)
            ),
            draft_note(),
            class_name="row",
        ),
        on_submit=Letters.save,
        class_name="stack",
        custom_attrs=drafted(f"letter:{sheet.id}"),
    )  # fmt: skip


def letter_actions(sheet: rx.Var[LetterPage]) -> rx.Component:
    """Copy, download and send; with open claims it warns first."""
    sends, removes = f"send:{sheet.id}", f"remove:{sheet.id}"
    links = rx.el.div(
        rx.el.button("Copy", custom_attrs={"data-copies": sheet.text}),
        *[
            as_file(sheet, kind, name)
            for kind, name in (("txt", "Text"), ("md", "Markdown"), ("docx", "Word"))
        ],
        rx.cond(sheet.no_pdf == "", as_file(sheet, "pdf", "PDF")),
        rx.el.a("Open in mail", href=sheet.mail, class_name="button", reload_document=True),
        rx.cond(
            sheet.is_sent,
            rx.fragment(),
            rx.el.button(
                "Mark as sent",
                on_click=Letters.send(sheet.id, submission_key(sends)),
                custom_attrs=idempotent(sends),
            ),
        ),
        rx.el.button(
            rx.icon("trash-2", size=14),
            class_name="icon-button plain-button push",
            aria_label="Remove this version",
            on_click=Letters.remove(sheet.id, submission_key(removes)),
            custom_attrs=idempotent(removes),
        ),
        class_name="row wrap",
    )
    return rx.cond(
        sheet.warning != "",
        rx.el.details(
            rx.el.summary("Use it anyway"),
            rx.el.p(f"{sheet.warning}. The reader may ask about it.", class_name="problem"),
            links,
            without_pdf(sheet),
        ),
        rx.fragment(links, without_pdf(sheet)),
    )


def as_file(sheet: rx.Var[LetterPage], kind: str, name: str) -> rx.Component:
    """A download link for one file type."""
    return rx.el.a(name, href=f"/letters/{sheet.id}.{kind}", class_name="button", reload_document=True)


def without_pdf(sheet: rx.Var[LetterPage]) -> rx.Component:
    """The reason why there is no PDF, if there is none."""
    return rx.cond(sheet.no_pdf != "", rx.el.p(sheet.no_pdf, class_name="small quiet"))


def marks(sheet: rx.Var[LetterPage]) -> rx.Component:
    """All unsupported claims, with buttons to fix them."""
    return rx.cond(
        sheet.marks.length() > 0,
        rx.el.section(
            rx.el.h3(sheet.marked),
            rx.el.ol(rx.foreach(sheet.marks, mark), class_name="plain"),
            class_name="section",
            aria_label="Not in your profile",
        ),
    )


def mark(of: rx.Var[MarkItem]) -> rx.Component:
    """One unsupported claim, its reason, and two ways to fix it."""
    sheet = Letters.sheet
    place = f"{sheet.id}:{sheet.revision}:{of.paragraph}:{of.at}"
    strike, rephrase = f"strike:{place}", f"rephrase:{place}"
    return rx.el.li(
        rx.el.span(of.number, class_name="number figures"),
        rx.el.div(rx.el.strong(of.claim), rx.el.span(of.why, class_name="small quiet"), class_name="why-marked"),
        rx.el.div(
            rx.el.button(
                "Remove", class_name="small-button", on_click=Letters.strike(sheet.id, sheet.revision, of.paragraph, of.at, submission_key(strike)),
                custom_attrs=focus_next(EDIT) | idempotent(strike),
                aria_label=f"Remove the sentence: {of.claim}",
            ),
            rx.cond(
                can_ask(LetterGeneration),
                rx.el.button(
                    "Rephrase", class_name="small-button", on_click=LetterGeneration.remove_claim(sheet.id, sheet.revision, of.paragraph, of.claim, submission_key(rephrase)),
                    custom_attrs=focus_next(STOP) | idempotent(rephrase),
                    aria_label=f"Rephrase the paragraph without: {of.claim}",
                ),
            ),
            rx.cond(
                of.is_of_applicant,
                rx.el.a(
                    "Add a bullet", href=of.add, class_name="button small-button", aria_label=f"Add a bullet that says: {of.claim}",
                ),
            ),
            class_name="row",
        ),
        class_name="marked-line",
        key=of.number,
    )  # fmt: skip


def missing(sheet: rx.Var[LetterPage]) -> rx.Component:
    """Required skills that the profile doesn't support; never put into a letter."""
    return rx.cond(
        sheet.missing.length() > 0,
        rx.el.p(f"The posting also asks for these, which your profile doesn't support: {sheet.missing.join('; ')}.", class_name="small quiet"),
    )  # fmt: skip


def versions(sheet: rx.Var[LetterPage]) -> rx.Component:
    """All versions, newest first."""
    return rx.cond(
        sheet.versions.length() > 1,
        rx.el.details(
            rx.el.summary(f"Versions ({sheet.versions.length()})"),
            rx.el.ul(rx.foreach(sheet.versions, version), class_name="plain lines"),
            comparison(sheet.id),
        ),
    )


def version(of: rx.Var[VersionItem]) -> rx.Component:
    """One version, linked to it."""
    return rx.el.li(
        rx.el.button(
            of.label,
            class_name="plain-button",
            on_click=Letters.choose(of.id),
            custom_attrs={"aria-pressed": (Letters.sheet.id == of.id).to_string()},
        ),
        rx.el.span(of.when, rx.cond(of.sent != "", f", {of.sent}", ""), class_name="push small quiet nowrap"),
        class_name="line",
        key=of.id,
    )
