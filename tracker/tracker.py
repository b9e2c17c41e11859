"""The composition root: the app, its pages and its HTTP edge. No logic."""

import reflex as rx

from tracker.api.edge import edge
from tracker.api.routes import routes
from tracker.components.native import Colours
from tracker.pages import sign_in
from tracker.pages.application import application
from tracker.pages.applications import applications
from tracker.state.application import ApplicationView
from tracker.state.applications import Applications
from tracker.state.base import explain
from tracker.state.guard import Guard, knows
from tracker.state.sign_in import SignInState
from tracker.theme import FONTS, style_sheet

app = rx.App(
    theme=None,
    html_lang="en",
    reset_style=False,
    toaster=None,
    api_transformer=[routes(), edge(knows)],
    backend_exception_handler=explain,
    extra_app_wraps={(60, "Colours"): lambda stateful: Colours.create()},
    head_components=[
        rx.el.link(
            rel="preload",
            href=FONTS["latin"],
            custom_attrs={"as": "font", "type": "font/woff2", "crossOrigin": ""},
        ),
        rx.el.style(style_sheet()),
    ],
)
app.app_wraps.pop((5, "Overlay"), None)
app.add_middleware(Guard())
app.add_page(sign_in.page, route="/sign-in", title="Sign in · Pursuit", on_load=SignInState.load)
app.add_page(applications, route="/applications", title="Applications · Pursuit", on_load=Applications.load)
app.add_page(
    application,
    route="/applications/[application_id]",
    title=ApplicationView.title,
    on_load=ApplicationView.load,
)
