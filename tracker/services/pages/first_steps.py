"""First steps: each action returns what is left."""

from tracker.db import Scope
from tracker.services import first_steps
from tracker.shapes.first_steps import FirstStepsSheet
from tracker.shapes.notice import Done


def skip(scope: Scope, step: str) -> FirstStepsSheet:
    """Never show a step again."""
    first_steps.skip(scope, step)
    scope.reread()
    return first_steps.read(scope)


def request_sample(scope: Scope) -> Done[FirstStepsSheet]:
    """Request the sample data unless the user entered anything."""
    message = first_steps.request_sample(scope)
    return Done(message, "", first_steps.read(scope))


def remove_sample(scope: Scope) -> Done[FirstStepsSheet]:
    """Remove the sample data and everything added since."""
    message = first_steps.remove_sample(scope)
    return Done(message, "", first_steps.read(scope))
