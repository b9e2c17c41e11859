"""Everything that starts, watches and stops the processes of one installation."""

from tracker.errors import Sorry


class CannotStart(Sorry):
    """A reason not to start (or go on), in one line that an operator can act on."""
