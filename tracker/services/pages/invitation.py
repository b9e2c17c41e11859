"""The dialog that imports an invitation: read it, show its effect, and import it once confirmed."""

from dataclasses import replace

from tracker.db import Scope
from tracker.services.idempotency import run_once
from tracker.services.interviews import interview_lists
from tracker.services.invitations import imports, uploads
from tracker.services.invitations.application_guess import application_label, guessed_application
from tracker.services.invitations.invitation_reader import read_invitation
from tracker.services.pages.dialogs import time_form
from tracker.shapes.invitations import Invitation, InvitationAction, InvitationPreview
from tracker.shapes.notice import Done


def read_text(scope: Scope, text: str, application_id: str) -> tuple[Invitation, InvitationPreview]:
    """Return the invitation in a pasted text, and the effect of importing it.

    Raises Invalid with the reason when it can't be imported. A new interview is for `application_id`, or else for the application that fits best.
    """
    return _read(scope, text.encode("utf-8", "replace"), application_id)


def read_upload(scope: Scope, key: str, application_id: str) -> tuple[Invitation, InvitationPreview]:
    """Return the same for an uploaded file; raises NotFound for an unknown key."""
    return _read(scope, uploads.stored(scope, key), application_id)


def import_invitation(
    scope: Scope, invitation: Invitation, application_id: str, typed: dict[str, str], key: str
) -> Done[None]:
    """Import the invitation as confirmed; raises Invalid, which names every invalid field."""
    return Done(*run_once(scope, key, _import, invitation, application_id, typed), None)


def _import(
    scope: Scope, invitation: Invitation, application_id: str, typed: dict[str, str]
) -> tuple[str, str]:
    message = imports.import_invitation(scope, invitation, application_id, typed)
    return message, str(scope.batch) if scope.has_events else ""


def _read(scope: Scope, content: bytes, application_id: str) -> tuple[Invitation, InvitationPreview]:
    invitation = read_invitation(content, scope.who)
    plan = imports.plan(scope, invitation)
    if plan.action == InvitationAction.SCHEDULE:
        chosen = application_id or guessed_application(scope, invitation)
        typed, subject = imports.typed_fields(scope, invitation, chosen), ""
    else:
        chosen, typed = plan.application_id, plan.typed
        subject = interview_lists.detail(scope, plan.interview_id).line.subject
    form = time_form(scope, typed, plan.interview_id, offers=plan.action == InvitationAction.SCHEDULE)
    if chosen and form.offered and chosen not in dict(form.offered):
        form = replace(form, offered=[(chosen, application_label(scope, chosen)), *form.offered])
    title = invitation.title or "Meeting without a title"
    return invitation, InvitationPreview(
        plan.action.value, title, plan.sentence, plan.interview_id, chosen, subject, form
    )
