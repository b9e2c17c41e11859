"""What can go wrong while signing in, as a code for the address and a sentence for the person."""

from enum import StrEnum


class Problem(StrEnum):
    """Why nobody was signed in; only this code ever stands in the address."""

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
        """What happened, and what to do about it."""
        return _SENTENCES[self]


_SENTENCES = {
    Problem.PROVIDER_DOWN: "The sign-in provider didn't answer. You aren't signed in; please try again in a minute.",
    Problem.REFUSED: "You, or your provider, declined to share who you are, so you aren't signed in. "
    "Press the button again if you change your mind.",
    Problem.STALE: "This sign-in was too old, was already used, or was begun in another browser, so it was refused. "
    "Please begin again here.",
    Problem.CLOCK: "The clocks of this server and of the sign-in provider differ by more than a minute, so the "
    "provider's answer couldn't be trusted. Set this computer's clock, then try again.",
    Problem.BAD_ANSWER: "The sign-in provider's answer didn't pass every check, so it was refused and you aren't "
    "signed in. Please begin again; if it happens again, tell whoever runs this copy of Pursuit.",
    Problem.MISCONFIGURED: "The sign-in provider and this copy of Pursuit don't agree on how it is set up. Whoever runs "
    "it should check the issuer, the client id, the client secret and the redirect address.",
    Problem.UNVERIFIED: "Your provider hasn't verified your email address, and this copy of Pursuit lets in verified "
    "addresses only. Verify it with your provider, then try again.",
    Problem.NOT_ALLOWED: "Your address isn't on the list of people who may use this copy of Pursuit. "
    "Ask whoever runs it, or sign in with another account.",
    Problem.NO_LOCAL: "This copy of Pursuit has no local account: please sign in with the provider.",
    Problem.USED: "That address was already used, or a newer one took its place. Get a new one with the command below.",
    Problem.OTHER_PERSON: "Somebody else signed in at the provider, so nothing was confirmed. Sign in as yourself to go on.",
    Problem.NOT_FRESH: "Your provider didn't ask you to sign in anew, so nothing was confirmed. Please try again.",
    Problem.FOREIGN: "That request came from another site, so it was refused. Please use the button here.",
    Problem.UNAVAILABLE: "Pursuit can't reach its own database at the moment. Please try again in a minute.",
}


def sentence_of(code: str) -> str:
    """The sentence of a code from the address; nothing for no code, and for one that isn't ours."""
    return Problem(code).sentence if code in set(Problem) else ""
