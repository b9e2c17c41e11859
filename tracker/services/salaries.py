"""Salaries as people paste them: `€65k`, `3.500 € brutto/Monat`, `$120,000-$150,000 a year`."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from tracker.services.currencies import currencies_named, signs
from tracker.services.field_parsers import InvalidField
from tracker.shapes.enumerations import Period

UNREADABLE = "Use an amount, such as 65000, 65k or €60k–70k a year."
OUT_OF_RANGE = "Use a number from 0 to 9,999,999,999."
MAX_LENGTH = 200
_MULTIPLES = {
    1_000: "k t tsd tsd. thsd thousand mil mille 千 천",
    1_000_000: "m mio mio. mln mn million millionen millions",
    100_000: "l lpa lakh lakhs lac lacs",
    10_000_000: "cr crore crores",
    10_000: "万 萬 만",
    100_000_000: "億 亿 억",
}
_INDIAN = {100_000, 10_000_000}
_PERIODS = {
    Period.YEAR: "year years yearly yr yrs annum annual annually pa p.a. p.a p/a jahr jahre jahresgehalt jährlich année annuel annuels annuelle ans "
    "año anual anuales anno annuo annui annua jaar jaarlijks år rok roku rocznie ano 年 年収 年薪 연봉 연 lpa",
    Period.MONTH: "month months monthly mo mth pcm pm p.m. p.m monat monate monatlich monatsgehalt mtl mtl. mois mensuel mensuels mensuelle mes "
    "mensual mensuales mensal mensile mensili mese maand måned månad miesiąc miesięcznie mies mc měsíc měs 月 月収 月給 月薪 월 월급",
    Period.WEEK: "week weeks weekly wk pw p.w. woche wöchentlich semaine semana settimana uke vecka 週",
    Period.DAY: "day days daily pd p.d. p/d diem tag tage täglich tagessatz jour jours día dia diario giorno dag 日 日給 일급",
    Period.HOUR: "hour hours hourly hr hrs ph p.h. p/h std std. stunde stunden stündlich stundenlohn heure hora uur uurloon ora time timme "
    "timmen godz godz. godzinę 時 時給 時間 시급",
}  # fmt: skip
_AFTER_SLASH = {"y": Period.YEAR, "j": Period.YEAR, "a": Period.YEAR, "an": Period.YEAR, "m": Period.MONTH, "w": Period.WEEK,
                "d": Period.DAY, "t": Period.DAY, "h": Period.HOUR}  # fmt: skip
"""Letters that name a period after a slash or `per` only."""
_PER = {"/", "per", "pro", "par", "por", "je", "each", "every", "al", "an", "im", "all'", "in"}
_RANGE = {"-", "–", "—", "−", "‐", "‑", "~", "〜", "to", "bis", "and", "und", "et", "y", "e", "à", "a", "al", "till", "until", "tot", "do", "hasta", "..", "...", "/"}  # fmt: skip
_UP_TO = {"up to", "bis", "bis zu", "max", "max.", "maximum", "maximal", "under", "jusqu'à", "jusqu'a", "hasta", "fino a", "tot", "upto", "<", "≤"}  # fmt: skip
_NOISE_WORDS = """
    a an the is of die der das le la el il lo and und et y plus with from ab von min min. mind. mindestens minimum at least starting start desde dès à partir de vanaf od between
    zwischen entre ca ca. circa c. approx approx. approximately about around etwa rund environ roughly ~ ≈ + : ; , . ( ) [ ] | * = > ≥ "
    brutto gross netto net brut bruto bruta lordo lorda lordi salary salaire salario gehalt lohn grundgehalt fixgehalt base basic pay compensation comp
    package total tc cash ote ctc target range est est. estimated expected fix fixed fixum vb vhb negotiable doe dependent depending on experience
    competitive bonus equity benefits commission variable stock options super pension inkl inkl. incl incl. including excl zzgl zzgl. exkl
    pre-tax before tax vor steuern full-time vollzeit fte only exactly currently per pro - – — 約 円 / à l' d' zum
"""
"""Words and signs that say nothing about the amount, the currency or the period."""
_SHARE = re.compile(
    r"(\+|plus|zzgl\.?|und|and|with|incl\w*\.?|inkl\.?)?\s*((up to|bis zu)\s*)?\d+([.,]\d+)?\s*%.*"
)
"""A bonus in percent, and what follows it."""
_LETTER_AT_NUMBER = re.compile(r"(?<!\w)[aey](?=\d)|(?<=\d)[aey](?=\d)")
"""A pay grade such as E13, or a number such as 1e9; between words these letters are prepositions."""
_GROUPED = re.compile(r"\d{1,3}(?:(?:\.\d{3})+|(?:,\d{3})+|(?:,\d{2})+,\d{3})")
"""Thousands in groups of three, or in India of two before the last three."""
_NUMBER = r"\d+(?:(?:[.,'’´`_]\d+)| \d{3}(?!\d))*"


@dataclass(frozen=True)
class Salary:
    """A salary as it was typed; `currencies` are the codes that its sign may mean, likeliest first."""

    low: Decimal | None = None
    high: Decimal | None = None
    currencies: tuple[str, ...] = ()
    period: Period | None = None


@dataclass(frozen=True)
class _Token:
    """A number with its multiple, a currency, or any other word or sign."""

    text: str
    amount: Decimal | None = None
    has_multiple: bool = False
    currencies: tuple[str, ...] = ()
    period: Period | None = None


@lru_cache(1024)
def read_salary(raw: str) -> Salary:
    """Return the amounts, currency and period of a text; empty for no text.

    Raises InvalidField for text that can't be read as one salary, and for amounts that can't be stored.
    """
    if not raw.strip():
        return Salary()
    text = _plain(raw[: MAX_LENGTH + 1])
    if len(raw) > MAX_LENGTH or _LETTER_AT_NUMBER.search(text):
        raise InvalidField(UNREADABLE)
    if re.match(r"[-–—]\s*[\d.,]", text):
        raise InvalidField(OUT_OF_RANGE)
    tokens = _tokens(text)
    low, high = _amounts(tokens)
    periods = {token.period for token in tokens if token.period}
    if len(periods) > 1:
        raise InvalidField(UNREADABLE)
    return Salary(low, high, _currencies(tokens), next(iter(periods), None))


def _plain(raw: str) -> str:
    """Return the text in small letters, without a bonus in percent and the dash that stands for no cents."""
    text = unicodedata.normalize("NFKC", raw).lower().replace("\u2212", "-").strip()
    text = re.sub(r"(?<=\d)[.,][-–—]+", "", text)
    return _SHARE.sub("", re.sub(r"\bp\.\s+([am])\b", r"p.\1", text))


def _amounts(tokens: list[_Token]) -> tuple[Decimal | None, Decimal | None]:
    """Return the one amount as low, the high end of `up to 70k` as high, or both ends of a range."""
    places = [place for place, token in enumerate(tokens) if token.amount is not None]
    if len(places) not in (1, 2):
        raise InvalidField(UNREADABLE)
    amounts = [tokens[place].amount or Decimal(0) for place in places]
    if len(places) == 1:
        before = " ".join(token.text for token in tokens[: places[0]] if not token.currencies)
        is_high = any(before == words or before.endswith(f" {words}") for words in _UP_TO)
        return (None, _in_cents(amounts[0])) if is_high else (_in_cents(amounts[0]), None)
    first, second = (tokens[place] for place in places)
    between = {token.text for token in tokens[places[0] + 1 : places[1]]}
    if not between & _RANGE:
        raise InvalidField(UNREADABLE)
    if first.has_multiple != second.has_multiple and amounts[0 if second.has_multiple else 1] < 1000:
        amounts[0 if second.has_multiple else 1] *= _multiples()[
            (second if second.has_multiple else first).text
        ]
    return _in_cents(amounts[0]), _in_cents(amounts[1])


def _currencies(tokens: list[_Token]) -> tuple[str, ...]:
    """Return the codes that all signs agree on: `$120k CAD` is in Canadian dollars."""
    agreed: tuple[str, ...] = ()
    for token in tokens:
        if token.currencies:
            agreed = (
                tuple(code for code in agreed if code in token.currencies) if agreed else token.currencies
            )
            if not agreed:
                raise InvalidField(UNREADABLE)
    return agreed


def _in_cents(amount: Decimal) -> Decimal:
    """Return the amount rounded to cents. Raises InvalidField when the column can't hold it."""
    try:
        rounded = amount.quantize(Decimal("0.01"))
    except ArithmeticError:  # More digits than the decimal context has.
        rounded = Decimal(-1)
    if not 0 <= rounded < 10_000_000_000:
        raise InvalidField(OUT_OF_RANGE)
    return rounded


def _tokens(text: str) -> list[_Token]:
    """Return the text's tokens. Raises InvalidField for a word that isn't part of a salary."""
    tokens: list[_Token] = []
    place = 0
    while match := _pattern().match(text, place):
        place = match.end()
        if match["number"]:
            tokens.append(_amount(match["number"], match["multiple"] or match["attached"] or ""))
        elif match["sign"]:
            tokens.append(_Token(match["sign"], currencies=currencies_named(match["sign"])))
        else:
            tokens.append(_word(match["word"], tokens[-1].text if tokens else ""))
    if text[place:].strip():
        raise InvalidField(UNREADABLE)
    return tokens


def _amount(number: str, multiple: str) -> _Token:
    factor = _multiples()[multiple] if multiple else 1
    return _Token(
        multiple,
        _number(number, has_multiple=factor > 1) * factor,
        factor > 1,
        ("INR",) if factor in _INDIAN else (),
        Period.YEAR if multiple == "lpa" else None,
    )


def _word(word: str, before: str) -> _Token:
    if before in _PER and word in _AFTER_SLASH:
        return _Token(word, period=_AFTER_SLASH[word])
    if period := _periods().get(word) or _periods().get(word.rstrip(".")):
        return _Token(word, period=period)
    is_code = len(word) == 3 and currencies_named(word)
    if is_code and word not in _noise():
        return _Token(word, currencies=currencies_named(word))
    if word in _noise():
        return _Token(word)
    raise InvalidField(UNREADABLE)


def _number(digits: str, *, has_multiple: bool) -> Decimal:
    """Return a number such as `65.000`, `65,000.50`, `12,00,000`, `120'000` or `65 000,50`.

    A single separator before three digits groups thousands, unless a multiple follows: `62.500` but `1.125M`.
    """
    plain = re.sub(r"[ '’´`_]", "", digits)
    last = max(plain.rfind("."), plain.rfind(","))
    if last < 0:
        return Decimal(plain)
    whole, decimals = plain[:last], plain[last + 1 :]
    is_decimal = whole.isdigit() and (has_multiple or whole == "0")
    if _GROUPED.fullmatch(plain) and not is_decimal:
        return Decimal(re.sub(r"[.,]", "", plain))
    if whole.isdigit() or (_GROUPED.fullmatch(whole) and plain[last] not in whole):
        return Decimal(f"{re.sub('[.,]', '', whole)}.{decimals}")
    raise InvalidField(UNREADABLE)


@lru_cache
def _multiples() -> dict[str, int]:
    return {word: number for number, words in _MULTIPLES.items() for word in words.split()}


@lru_cache
def _noise() -> frozenset[str]:
    limits = {word for words in _UP_TO for word in words.split()}
    return frozenset({*_NOISE_WORDS.split(), *_RANGE, *_PER, *limits})


@lru_cache
def _periods() -> dict[str, Period]:
    return {word: period for period, words in _PERIODS.items() for word in words.split()}


@lru_cache
def _pattern() -> re.Pattern[str]:
    """Return the pattern of one token: a number, a currency's sign or name, or a word."""
    attached = {word for word in _multiples() if len(word) == 1 and word != "k"}
    thousands = r"[kt](?=\s?(?:€|\$|£|eur|usd|gbp|chf|cad|aud)\b|€|\$|£)"
    return re.compile(
        rf"\s*(?:(?P<number>{_NUMBER})(?:\s?(?P<multiple>{thousands}|{_alternatives(set(_multiples()) - attached)})"
        rf"|(?P<attached>{_alternatives(attached)}))?"
        rf"|(?P<sign>{_alternatives(signs())})"
        r"|(?P<word>p/[adh](?!\w)|[^\W\d]+(?:[.'][^\W\d]+)*\.?|\.{2,3}|[^\w\s]))"
    )


def _alternatives(words: Iterable[str]) -> str:
    """Return a pattern of any of the words, the longest first; a Latin word doesn't end inside another."""
    ends = {word: r"(?![^\W\d])" if word[-1].isalpha() and word[-1] < "\u3000" else "" for word in words}
    return "|".join(re.escape(word) + ends[word] for word in sorted(ends, key=len, reverse=True))
