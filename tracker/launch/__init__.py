"""Start, supervise and stop an installation's processes."""

from tracker.errors import Sorry


class CannotStart(Sorry):
    """Pursuit can't start or continue; the message tells the operator what to do."""
