"""The composition root: pages, routes, the guard and the edge, put together."""

import reflex as rx

from tracker.api.edge import edge
from tracker.api.routes import routes
from tracker.pages import sign_in
from tracker.state.base import explain
from tracker.state.guard import Guard, knows
from tracker.state.sign_in import SignInState

app = rx.App(api_transformer=[routes(), edge(knows)], backend_exception_handler=explain, html_lang="en")
app.add_middleware(Guard())
app.add_page(rx.el.main(rx.el.h1("Today")), route="/", title="Today · Pursuit")
app.add_page(sign_in.page, route="/sign-in", title="Sign in · Pursuit", on_load=SignInState.load)
