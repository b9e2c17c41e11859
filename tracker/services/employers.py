"""Companies' names compared without their legal forms: `ACME, Inc.` and `Acme GmbH` are one employer."""

import re
from functools import lru_cache

from cleanco.clean import get_unique_terms, remove_accents

_MORE_FORMS = """
    ug haftungsbeschränkt, ug, gug, ggmbh, mbh, co, se & co, ag & co, gmbh & co, ek, ekfm, ekfr, eg, egbr, partgmbb, partg mbb,
    aktiengesellschaft, aktiebolag, aktieselskab, osakeyhtiö, publ, ivs, ks, ou, slu, sau, sapi, sa de cv, sapi de cv, sarlu,
    srls, scarl, soc coop, coop, pbc, llp, pty, pty limited, proprietary, pvt ltd, private limited, public limited company,
    limited liability company, unlimited company, dac, ulc, clg, tbk, persero, jsc, pjsc, cjsc, ojsc, kabushiki kaisha, godo kaisha,
    spzoo, sp z oo, spółka akcyjna, ltd şti, limited şirketi, anonim şirketi, anonim ortaklığı, aş, eireli, epp, berhad, fze, fzco,
    fz llc, psc, eood, ead, ooo, zao, pao, sa rl, public company limited, gesellschaft mit beschränkter haftung,
    unternehmergesellschaft haftungsbeschränkt, kommanditgesellschaft, società per azioni, società a responsabilità limitata,
    sociedad anónima, sociedad limitada, sociedade anônima, société anonyme, société par actions simplifiée,
    société à responsabilité limitée, besloten vennootschap, naamloze vennootschap, spółka z ograniczoną odpowiedzialnością, ооо, оао, зао, пао, ао, ип, тов, оод, еоод, ад, еад, επε, αε, ικε
"""
"""Legal forms, and parts of them, that `cleanco` doesn't list."""
_FIRST_FORMS = "oy, ab, pt, cv, ооо, оао, зао, пао, ао, ип, тов, the"
"""Legal forms and articles that precede names."""
_UNSPACED = "(?:株式会社|\\(株\\)|（株）|㈱|合同会社|有限会社|股份有限公司|有限责任公司|有限公司|주식회사|유한회사|\\(주\\))"


_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th"})
"""Letters that aren't an accented form of another one."""


def _words(text: str) -> tuple[str, ...]:
    """Return a name's words in small letters, without accents and punctuation; `S. r. o.` is one word."""
    joined = re.sub(r"[.'’´`]", "", remove_accents(text).translate(_LETTERS))
    words = " ".join(re.sub(r"[^\w&+/]", " ", joined).split())
    return tuple(re.sub(r"\b(\w) (?=\w\b(?! *&))", r"\1", words).split())


_LAST = {*map(_words, get_unique_terms()), *map(_words, _MORE_FORMS.split(","))} - {()}
_FIRST = {*map(_words, _FIRST_FORMS.split(","))}
_LONGEST = max(map(len, _LAST))


@lru_cache(4096)
def employer_key(company: str) -> str:
    """Return a key that is equal for names of one company, whatever its legal form, case or punctuation."""
    words = _words(re.sub(rf"^\s*{_UNSPACED}|{_UNSPACED}\s*$", "", company))
    while (shorter := _without_form(words)) != words:
        words = shorter
    name = " ".join(words).replace("&", " and ").replace(" + ", " and ")
    return re.sub(r"[\W_]+", "", name) or company.strip().casefold()


def _without_form(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return a name without the legal form at its end or beginning, unless nothing would be left."""
    for number in range(min(_LONGEST, len(words) - 1), 0, -1):
        if words[-number:] in _LAST:
            return words[:-number]
    return words[1:] if len(words) > 1 and words[:1] in _FIRST else words
