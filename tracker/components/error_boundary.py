"""The page shown when rendering fails in the browser."""

from typing import Any

import reflex as rx
from reflex_base.vars.base import Var
from reflex_base.vars.function import ArgsFunctionOperation
from reflex_components_core.base.error_boundary import ErrorBoundary


def error_boundary(stateful: bool) -> rx.Component:
    """An error boundary that reports to the server where one can be reached."""
    props: dict[str, Any] = {} if stateful else {"on_error": rx.noop()}
    sorry = ArgsFunctionOperation.create(("event_args",), Var.create(render_error()), _var_type=rx.Component)
    return ErrorBoundary.create(fallback_render=sorry, **props)


def render_error() -> rx.Component:
    """The error in plain words, with a button to reload."""
    return rx.el.main(
        rx.el.h1("Something went wrong on this page"),
        rx.el.p("Nothing that was saved is lost. Loading the page again usually helps.", class_name="quiet"),
        rx.el.a("Reload", href="", class_name="button primary", reload_document=True),
        class_name="alone",
        role="alert",
    )
