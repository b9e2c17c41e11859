"""Composition root: the app, its pages and its HTTP edge. No logic."""

import reflex as rx
from starlette.types import ASGIApp

from tracker import theme
from tracker.api.edge import edge
from tracker.api.outer_middleware import OuterMiddleware
from tracker.api.routes import routes
from tracker.api.socket_limits import OpenSockets
from tracker.components import browser
from tracker.components.error_boundary import error_boundary
from tracker.framework import event_arguments
from tracker.framework.chained_events import run_chained_events_first
from tracker.framework.guard import Guard
from tracker.framework.live import LostStateReload, listen
from tracker.framework.packet_json import encode_packets
from tracker.framework.reconnected_tabs import copy_states_of_reconnected_tabs
from tracker.framework.redis_timeouts import bound_redis_waits
from tracker.framework.replay import Replay
from tracker.framework.tab_states import TabStates
from tracker.launch.web_build import lock_served_build
from tracker.pages import sign_in
from tracker.pages.analytics import analytics
from tracker.pages.application import application
from tracker.pages.applications import applications
from tracker.pages.compare import compare
from tracker.pages.contact import contact
from tracker.pages.contacts import contacts
from tracker.pages.data_import import data_import
from tracker.pages.imports import imports
from tracker.pages.interview import interview
from tracker.pages.interviews import interviews
from tracker.pages.not_found import not_found
from tracker.pages.practice import practice
from tracker.pages.priorities import priorities
from tracker.pages.profile import profile
from tracker.pages.review import review
from tracker.pages.settings import settings
from tracker.pages.today import today
from tracker.services import outages
from tracker.state.analytics import AnalyticsView
from tracker.state.application import ApplicationView
from tracker.state.applications import Applications
from tracker.state.contact import ContactView
from tracker.state.contacts import Contacts
from tracker.state.event_errors import explain, report_browser_error, tell_given_up, tell_outage
from tracker.state.imports import DataImportView, Imports
from tracker.state.interview import InterviewView
from tracker.state.interviews import Interviews
from tracker.state.practice import Practice
from tracker.state.priorities import Priorities
from tracker.state.profile import ProfileView
from tracker.state.question_suggestions import QuestionSuggestions
from tracker.state.resume import ResumeReview
from tracker.state.scores import Compare
from tracker.state.settings import Settings
from tracker.state.sign_in import SignInState
from tracker.state.today import Today


class Pursuit(rx.App):
    """The application, with middleware around Reflex's own, whose CORS layer answers by itself."""

    def _setup_state(self) -> None:
        """Replace the state manager with one that leases tab states."""
        super()._setup_state()
        self._state_manager = TabStates.in_place_of(self.state_manager)

    def __call__(self) -> ASGIApp:
        """Return the application as the web server runs it."""
        return OuterMiddleware(super().__call__())


open_sockets = OpenSockets()
app = Pursuit(
    theme=None,
    html_lang="en",
    reset_style=False,
    toaster=None,
    api_transformer=[routes(), edge(event_arguments, open_sockets)],
    backend_exception_handler=explain,
    frontend_exception_handler=report_browser_error,
    head_components=[*browser.head(), *theme.head()],
)
app.app_wraps.pop((5, "Overlay"), None)
app.app_wraps[55, "ErrorBoundary"] = error_boundary
copy_states_of_reconnected_tabs(app)
bound_redis_waits(app)
encode_packets(app)
app.add_middleware(LostStateReload())
app.add_middleware(Guard())
app.register_lifespan_task(Replay(outages.temporary_outage_of, outages.probe, tell_outage, tell_given_up).run)
app.register_lifespan_task(run_chained_events_first)
app.register_lifespan_task(listen)
app.register_lifespan_task(open_sockets.keep_alive)
app.register_lifespan_task(lock_served_build)

app.add_page(today, route="/", title="Today · Pursuit", on_load=Today.load)
app.add_page(sign_in.page, route="/sign-in", title="Sign in · Pursuit", on_load=SignInState.load)
app.add_page(applications, route="/applications", title="Applications · Pursuit", on_load=Applications.load)
app.add_page(
    application,
    route="/applications/[application_id]",
    title=ApplicationView.title,
    on_load=ApplicationView.load,
)
app.add_page(interviews, route="/interviews", title="Interviews · Pursuit", on_load=Interviews.load)
app.add_page(
    interview,
    route="/interviews/[interview_id]",
    title=InterviewView.title,
    on_load=InterviewView.load,
)
app.add_page(
    practice,
    route="/interviews/[interview_id]/practice",
    title=Practice.title,
    on_load=[Practice.load, QuestionSuggestions.load],
)
app.add_page(contacts, route="/contacts", title="Contacts · Pursuit", on_load=Contacts.load)
app.add_page(contact, route="/contacts/[contact_id]", title=ContactView.title, on_load=ContactView.load)
app.add_page(compare, route="/compare", title="Compare · Pursuit", on_load=Compare.load)
app.add_page(priorities, route="/priorities", title="Priorities · Pursuit", on_load=Priorities.load)
app.add_page(profile, route="/profile", title="Profile · Pursuit", on_load=ProfileView.load)
app.add_page(review, route="/profile/review", title="Review a resume · Pursuit", on_load=ResumeReview.load)
app.add_page(imports, route="/import", title="Import · Pursuit", on_load=Imports.load)
app.add_page(
    data_import,
    route="/import/[import_id]",
    title=DataImportView.title,
    on_load=DataImportView.load,
)
app.add_page(analytics, route="/analytics", title="Analytics · Pursuit", on_load=AnalyticsView.load)
app.add_page(
    settings,
    route="/settings",
    title="Settings · Pursuit",
    on_load=Settings.load,
)
app.add_page(not_found, route="404", title="Page not found · Pursuit")
