"""Words for the status of an application, as people and other programs write them."""

import unicodedata
from functools import lru_cache

from tracker.shapes.enumerations import Outcome, Stage, choices

_WORDS = {
    "saved": "saved, wishlist, wish list, bookmarked, bookmark, interested, lead, new, draft, to apply, applying, ready, to do, todo, not applied, "
    "not yet applied, evaluated, researching, preparing, gemerkt, gespeichert, interessiert, entwurf, à postuler, enregistré, guardado, "
    "por aplicar, pendiente de aplicar",
    "applied": "applied, submitted, sent, in review, under review, application submitted, application sent, applied via referral, "
    "✅, beworben, bewerbung gesendet, abgeschickt, eingereicht, postulé, candidature envoyée, envoyée, envoyé, aplicado, enviado, solicitado",
    "screening": "screening, screen, phone screen, phone interview, recruiter screen, recruiter call, hr screen, prescreen, pre screen, oa, "
    "online assessment, assessment, coding challenge, take home, responded, telefoninterview, entretien téléphonique, entrevista telefónica",
    "interviewing": "interviewing, interview, interviews, interview scheduled, interviewed, onsite, on site, loop, final round, final interview, panel, "
    "technical interview, vorstellungsgespräch, gespräch, im gespräch, entretien, entrevista, en entrevista",
    "offer": "offer, offered, offer received, negotiating, negotiation, verbal offer, angebot, angebot erhalten, offre, offre reçue, oferta",
    "accepted": "accepted, hired, offer accepted, i accepted, signed, angenommen, eingestellt, acceptée, accepté, aceptado, contratado",
    "declined": "offer declined, i declined, declined offer, declined by me, turned down offer, angebot abgelehnt",
    "rejected": "rejected, rejection, not selected, closed, no, ❌, turned down, rejected by company, abgelehnt, absage, absage erhalten, refusé, refusée, "
    "rechazado, rechazada",
    "withdrawn": "withdrawn, withdrew, i withdrew, passed, pass, skip, skipped, not interested, discarded, zurückgezogen, retirée, retiré, retirado",
    "no_response": "no response, ghosted, no answer, no reply, no_response, keine antwort, keine rückmeldung, sans réponse, sin respuesta",
    "expired": "expired, position filled, archived, job closed, posting closed, position closed, filled, abgelaufen, expiré, expirée, expirado",
}  # fmt: skip


def folded_status(word: str) -> str:
    """Return a status in small letters with single spaces, without underscores."""
    plain = (
        unicodedata.normalize("NFKC", word)
        .casefold()
        .replace("_", " ")
        .replace("-", " ")
        .replace("\ufe0f", "")
    )
    return " ".join(plain.strip(" .!").split())


def status_of(word: str) -> str:
    """Return the stage or outcome that a word means; empty where it is unknown or has two meanings."""
    folded = folded_status(word)
    return _meanings().get(folded, "") or _meanings().get(folded.removeprefix("closed").strip(" :()–-"), "")


def standing_of(status: str) -> tuple[Stage, Outcome | None]:
    """Return the stage and outcome of a status; raises ValueError for an unknown one."""
    return (Stage(status), None) if status in set(Stage) else (Stage.CLOSED, Outcome(status))


def status_choices() -> list[tuple[str, str]]:
    """Return every status with its label, in the order of the pipeline."""
    open_stages = [(value, label) for value, label in choices(Stage) if value != Stage.CLOSED]
    return [*open_stages, *((value, f"Closed: {label.lower()}") for value, label in choices(Outcome))]


@lru_cache
def _meanings() -> dict[str, str]:
    return {folded_status(word): status for status, words in _WORDS.items() for word in words.split(", ")}
