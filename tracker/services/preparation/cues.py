"""Cues: words of a question, words of a bullet that answers it, and a prompt for what is missing."""

import re
from typing import NamedTuple


class Cue(NamedTuple):
    """Words of a question, words of a bullet that answers it, and the prompt for a missing task."""

    asks: re.Pattern[str]
    shows: re.Pattern[str]
    task: str


TASK = "What was asked of you, and what was at stake?"
SHINE = re.compile(
    r"proudest|achievement|best work|last position|about yourself|draws you|why should we|strength|good at", re.IGNORECASE
)  # fmt: skip
"""Questions that any bullet with an outcome answers."""


def _cue(asks: str, shows: str, task: str = TASK) -> Cue:
    return Cue(re.compile(asks, re.IGNORECASE), re.compile(rf"(?<!\w)(?:{shows})", re.IGNORECASE), task)


CUES = (
    _cue(r"disagree|conflict|argument|difficult (?:colleague|person|stakeholder)|clash",
         r"disagree|conflict|mediat|negotiat|settled|resolved|aligned|consensus|stakeholder|persuad|convinc",
         "What did each side want?"),
    _cue(r"went wrong|\bfail|mistake",
         r"outage|incident|post-?mortem|root cause|recover|restor|roll(?:ed|ing)? back|rescu|turned around|lost\b|fail|error",
         "What was at stake, and what was your part in it?"),
    _cue(r"deadline|couldn't finish|pressure|promised|on time",
         r"deadline|on time|ahead of|within \w+ (?:day|week|month)|in \w+ (?:days|weeks|months)|deliver|launch|shipped|releas|prioriti",
         "What was promised, to which people and until when?"),
    _cue(r"feedback|criticism", r"feedback|review|retrospective|survey", "What feedback did you get, and who gave it?"),
    _cue(r"was clear|unclear|ambigu|from scratch", r"from scratch|from nothing|prototyp|first\b|greenfield|found(?:ed|ing)|explor|pilot|discover|set up|introduc",
         "What wasn't clear when you began?"),
    _cue(r"(?:somebody|someone)'s mind|mind of someone|persuad|convinc|people to agree|influenc",
         r"convinc|persuad|pitch|propos|introduc|adopt|buy-in|negotiat|stakeholder|aligned", "Who had the last word, and what did they think before?"),
    _cue(r"learn (?:fast|quickly|new|something)|had to learn|new to you", r"learn|self-taught|taught myself|certif|migrat|switch|adopt|first\b|new to",
         "What did you not know yet, and how much time was there?"),
    _cue(r"get better|mentor|coach|\bteach|helped", r"mentor|coach|train|taught|teach|onboard|tutor|pair(?:ed|ing)|supervis|guid(?:ed|ing)|juniors?\b",
         "What could they not do yet?"),
    _cue(r"more than you were asked|initiative|own idea|went beyond", r"initiat|volunteer|propos|found(?:ed|ing)|start(?:ed|ing)|introduc|set up|automat",
         "What were you asked for, and what did you see beyond it?"),
    _cue(r"\bled\b|\blead(?:ing)?\b|your team|manag(?:e|ed|ing)\b|in your team|report to you",
         r"led\b|lead(?:ing)?\b|manag(?:ed|ing)|head(?:ed|ing)?\b|supervis|team of|direct reports|coordinat|mentor", "How many were they, and what were they to reach?"),
    _cue(r"\bhir(?:e|ed|ing)|recruit", r"hir(?:ed|ing)|recruit|interviewed|onboard|grew (?:the|a|my) team", "Which people did you need, and what for?"),
    _cue(r"scal(?:e|ed|ing)|ten times|breaks first|many people use", r"scal(?:e|ed|ing)|million|thousand|requests|users|throughput|load\b|traffic|per second|services\b",
         "How large was it, and how large was it to be?"),
    _cue(r"slow|performance|latency|that was fast", r"latency|fast|speed|slow|performance|load times?|p9\d|milliseconds|ms\b|index|quer(?:y|ies)|cach|optimi",
         "How slow was it, and who noticed?"),
    _cue(r"fault|\bbug|debug|narrow it down", r"debug|bugs?\b|fault|trac(?:ed|ing)|root cause|diagnos|fixed|incident|leak", "What did people notice, and since when?"),
    _cue(r"\btests?\b|untested", r"test|coverage|regression|quality assurance|qa\b", "What kept breaking before?"),
    _cue(r"review a change|code review", r"review|standards|guideline|lint", "What did a review catch, or miss?"),
    _cue(r"nobody understands|legacy|rewrit|refactor", r"legacy|refactor|rewr|migrat|moderni|replac|monolith|split", "What was wrong with what was there?"),
    _cue(r"outage|incident|be down|on call", r"incident|outage|on-call|failover|uptime|availab|recover|redundan", "Who noticed first, and what didn't work?"),
    _cue(r"to production|deploy|release", r"deploy|releas|ci/cd|pipeline|roll(?:ed|ing)? back|shipped", "How did changes go out before?"),
    _cue(r"two requests|same row|transaction|concurren", r"transaction|lock|concurren|race\b|idempot|consisten|payment", "What could go wrong?"),
    _cue(r"interface that other|\bapis?\b", r"apis?\b|interface|sdk|integrat|endpoint|version", "Who used it, and what did they need?"),
    _cue(r"piece of data|lay out tables|figures are wrong|data live", r"schema|warehouse|data model|tables?\b|database|pipeline|data quality|validat|reconcil|dashboard|report",
         "What had to be answered, and who asked?"),
    _cue(r"model in use|simple method|baseline", r"models?\b|baseline|accuracy|precision|drift|experiment|a/b", "What was good enough, and measured how?"),
    _cue(r"without a mouse|without sight|accessib", r"accessib|wcag|screen reader|keyboard", "Who couldn't use it?"),
    _cue(r"keep state|interface\?", r"state\b|redux|components?\b|react|vue", "What did the interface have to hold?"),
    _cue(r"piece of work: the problem|portfolio|pick a product", r"design|prototyp|user research|usability|wirefram", "What was the problem, and whose was it?"),
    _cue(r"not to build|say no", r"prioriti|roadmap|dropped|stopped|scope|cut\b", "Who wanted what, and what was there room for?"),
    _cue(r"worth building|metric|target|what did you reach|bring in|campaign", r"revenue|sales|target|quota|conver|retention|campaign|leads\b|sign-?ups|\d+ ?%",
         "What was the target, and who set it?"),
    _cue(r"\bdeals?\b", r"deals?\b|accounts?\b|clients?\b|negotiat|sales|contract", "Who was buying, and what did they need?"),
    _cue(r"angry|complain|upset", r"complain|customer|tickets?\b|support|guest|patient|escalat|satisf", "What had happened to them?"),
    _cue(r"month end|the books|quicker", r"month-end|clos(?:e|ed|ing)|reconcil|ledger|audit|automat", "How long did it take before?"),
    _cue(r"patient", r"patient|ward\b|triage|safety|care\b", "What was the danger?"),
)  # fmt: skip
"""Cues, in the order in which their prompts are preferred."""
