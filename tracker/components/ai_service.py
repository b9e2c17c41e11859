"""The form for the AI service that writes letters: the installation's, or the user's own."""

import reflex as rx

from tracker.components.account import sign_in_again
from tracker.components.drafts import draft_note, drafted
from tracker.components.form_fields import text_field
from tracker.components.idempotency import key_field
from tracker.shapes.model import STORED_KEY, ServiceForm
from tracker.state.account import Account
from tracker.state.ai_service import AIService


def ai_form() -> rx.Component:
    """The service in use, the user's own service, and today's usage."""
    sheet = AIService.sheet
    return rx.el.section(
        rx.el.div(
            rx.el.h2("AI service", id="ai"),
            rx.el.p(
                "Writes letters and interview questions when you ask it to. Without one, Pursuit drafts from your bullets.",
                class_name="quiet small",
            ),
        ),
        rx.cond(sheet, rx.fragment(service_in_use(sheet), own_service(sheet), usage(sheet))),
        class_name="section",
        aria_label="AI service",
    )


def service_in_use(sheet: rx.Var[ServiceForm]) -> rx.Component:
    """The service in use, with a connection test."""
    return rx.el.div(
        rx.cond(
            sheet.asks == "",
            rx.el.span("None is set up.", class_name="quiet"),
            rx.fragment(
                rx.el.span(
                    sheet.asks,
                    rx.cond(
                        sheet.is_own,
                        rx.cond(sheet.has_key, ", with your key", ", set up by you"),
                        ", set up for everyone here",
                    ),
                ),
                rx.el.button(
                    rx.cond(AIService.is_trying, "Testing…", "Test connection"),
                    type="button",
                    on_click=AIService.try_it,
                    disabled=AIService.is_trying,
                ),
            ),
        ),
        rx.el.span(
            AIService.tried,
            class_name=rx.cond(AIService.is_well, "small", "problem"),
            role="status",
        ),
        class_name="row wrap",
    )


def own_service(sheet: rx.Var[ServiceForm]) -> rx.Component:
    """The form for the user's own service, or a link to the fresh sign-in that it requires."""
    return rx.fragment(
        rx.cond(
            Account.is_fresh, own_form(sheet), sign_in_again("Sign in again to change your own service", "ai")
        ),
        rx.cond(Account.was_refused, sign_in_again("Sign in again", "ai")),
    )


def own_form(sheet: rx.Var[ServiceForm]) -> rx.Component:
    """The fields of the user's own service; its key is stored encrypted and never shown again."""
    errors, typed = AIService.errors, sheet.typed
    stored_key = rx.cond(sheet.has_key, STORED_KEY, "")
    return rx.el.details(
        rx.el.summary(rx.cond(sheet.is_own, "Your own service", "Use your own service")),
        rx.el.form(
            key_field(),
            rx.el.div(
                text_field("ai", "base_url", "Address", errors, default_value=typed["base_url"],
                    key=typed["base_url"], placeholder="https://api.openai.com/v1", auto_complete="off", input_mode="url",
                ),
                text_field(
                    "ai", "model", "Model", errors, "half", default_value=typed["model"], key=typed["model"],
                    placeholder="gpt-4o-mini", auto_complete="off",
                ),
                text_field(
                    "ai", "key", "Key", errors, "half", type="password", default_value=stored_key, key=stored_key,
                    auto_complete="off",
                ),
                class_name="fields",
            ),
            rx.el.p("Works with any OpenAI-compatible API: OpenAI, Ollama, vLLM, llama.cpp. The key is stored encrypted and never shown again.", class_name="small quiet"),
            rx.el.div(
                rx.el.button("Save service", type="submit"),
                rx.cond(
                    sheet.is_own,
                    rx.el.button("Remove service", type="button", on_click=AIService.forget),
                ),
                draft_note(),
                class_name="row",
            ),
            on_submit=AIService.save,
            class_name="stack",
            custom_attrs={"noValidate": True} | drafted("ai-service"),
        ),
        open=sheet.is_own | (sheet.asks == ""),
    )  # fmt: skip


def usage(sheet: rx.Var[ServiceForm]) -> rx.Component:
    """Today's usage and limits."""
    return rx.el.dl(
        rx.foreach(
            sheet.used,
            lambda item: rx.el.div(
                rx.el.dt(item[0] + " today"),
                rx.el.dd(item[1], class_name="figures"),
                class_name="fact",
                key=item[0],
            ),
        ),
        class_name="rail",
    )
