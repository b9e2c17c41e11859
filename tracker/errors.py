"""User-facing errors: exceptions with a message for people."""


class Sorry(Exception):
    """User-facing error; its message says what is wrong and is shown to the user."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotFound(Sorry):
    """The row doesn't exist or belongs to another user; the message doesn't reveal which."""

    def __init__(self, subject: str = "page") -> None:
        super().__init__(f"This {subject} doesn't exist, or isn't yours.")


class NotSignedIn(Sorry):
    """The request has no valid session."""

    def __init__(self, message: str = "Sign in again.") -> None:
        super().__init__(message)


class NotFresh(Sorry):
    """An irreversible action was requested without a fresh sign-in."""

    def __init__(self) -> None:
        super().__init__(
            "Sign in again first: this needs a sign-in within the last 10 minutes. Nothing was changed."
        )


class Invalid(Sorry):
    """Invalid input: one message per field, in the order of the form."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__(" ".join(fields.values()))
        self.fields = fields


class AmbiguousTime(Invalid):
    """A local time that occurs twice, with a question for the user and its choices as (value, label)."""

    def __init__(self, question: str, choices: list[tuple[str, str]]) -> None:
        super().__init__({"fold": f"{question}. Choose which."})
        self.question, self.choices = question, choices


class Conflict(Sorry):
    """Edit conflict: the field changed since it was read. Carries both texts, so that neither is lost."""

    def __init__(self, message: str, *, field: str = "", mine: str = "", theirs: str = "") -> None:
        super().__init__(message)
        self.field, self.mine, self.theirs = field, mine, theirs


class TooMany(Sorry):
    """A limit of frequency or number is exceeded."""


class Upstream(Sorry):
    """An external service failed; a retry may help, after `after` seconds if the service named a delay."""

    def __init__(self, message: str, *, after: float | None = None) -> None:
        super().__init__(message)
        self.after = after
