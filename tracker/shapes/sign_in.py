"""Sign-in problems: a code for the address, and a sentence to show."""

from enum import StrEnum


class Problem(StrEnum):
    """Reasons why a sign-in failed; only the code is in the address."""

    PROVIDER_DOWN = "provider-down"
    REFUSED = "refused"
    STALE = "stale"
    CLOCK = "clock"
    BAD_ANSWER = "bad-answer"
    MISCONFIGURED = "misconfigured"
    UNVERIFIED = "unverified"
    NOT_ALLOWED = "not-allowed"
    NO_LOCAL = "no-local"
    USED = "used"
    OTHER_PERSON = "other-person"
    NOT_FRESH = "not-fresh"
    FOREIGN = "foreign"
    UNAVAILABLE = "unavailable"

    @property
    def sentence(self) -> str:
        """The message: what happened, and what to do about it."""
        return _SENTENCES[self]


_SENTENCES = {
    Problem.PROVIDER_DOWN: "The sign-in provider didn't answer. You aren't signed in. Try again in a minute.",
    Problem.REFUSED: "You or your provider declined to share your identity, so you aren't signed in. "
    "Select the button again if you change your mind.",
    Problem.STALE: "This sign-in expired, was already used, or was started in another browser, so it was refused. "
    "Start again here.",
    Problem.CLOCK: "The clocks of this server and of the sign-in provider differ by more than a minute, so the "
    "provider's answer couldn't be trusted. Set this computer's clock, then try again.",
    Problem.BAD_ANSWER: "The sign-in provider's answer didn't pass every check, so it was refused and you aren't "
    "signed in. Try again; if it keeps happening, tell the administrator of this installation.",
    Problem.MISCONFIGURED: "The sign-in provider and Pursuit are configured differently. The administrator "
    "should check the issuer, client ID, client secret and redirect URI.",
    Problem.UNVERIFIED: "Your provider hasn't verified your email address, and this installation accepts verified "
    "addresses only. Verify it with your provider, then try again.",
    Problem.NOT_ALLOWED: "Your address isn't allowed to use this installation. "
    "Ask the administrator, or sign in with another account.",
    Problem.NO_LOCAL: "This installation has no local account. Sign in with the provider.",
    Problem.USED: "This link has already been used or replaced. Get a new one with the command below.",
    Problem.OTHER_PERSON: "Another user signed in at the provider, so nothing was confirmed. Sign in with your own account.",
    Problem.NOT_FRESH: "Your provider didn't ask you to sign in again, so nothing was confirmed. Try again.",
    Problem.FOREIGN: "That request came from another site, so it was refused. Use the button here.",
    Problem.UNAVAILABLE: "Pursuit can't reach its database at the moment. Try again in a minute.",
}


def sentence_of(code: str) -> str:
    """Return the sentence of a code, or an empty string for an unknown one."""
    return Problem(code).sentence if code in set(Problem) else ""
