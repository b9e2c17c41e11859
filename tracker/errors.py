"""The small family of things that can go wrong in a way a person should read about."""


class Sorry(Exception):
    """Something Pursuit can't do, with a message for the person who asked."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotFound(Sorry):
    """There is no such thing, or it is someone else's: the two are never told apart."""

    def __init__(self, what: str = "page") -> None:
        super().__init__(f"This {what} doesn't exist, or isn't yours.")


class NotSignedIn(Sorry):
    """The session has ended or never began."""

    def __init__(self, message: str = "Please sign in again.") -> None:
        super().__init__(message)


class NotFresh(Sorry):
    """The person signed in too long ago for something that can't be undone."""

    def __init__(self) -> None:
        super().__init__(
            "Sign in again first: this needs a sign-in within the last 10 minutes. Nothing was changed."
        )


class Invalid(Sorry):
    """Input that can't be kept as it is: one message for each field, in the order of the form."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__(" ".join(fields.values()))
        self.fields = fields


class Conflict(Sorry):
    """The thing was changed since it was read: both texts, so that neither is lost."""

    def __init__(self, message: str, *, field: str = "", mine: str = "", theirs: str = "") -> None:
        super().__init__(message)
        self.field, self.mine, self.theirs = field, mine, theirs


class TooMany(Sorry):
    """More than a person could want in that time or number."""


class Upstream(Sorry):
    """A service Pursuit depends on didn't answer as it should; trying again may help, after so many seconds where it told."""

    def __init__(self, message: str, *, after: float | None = None) -> None:
        super().__init__(message)
        self.after = after
