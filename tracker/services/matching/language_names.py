"""The programming languages `C`, `R`, `Go` and `Node`, distinguished from look-alikes in a text."""

import re
from functools import lru_cache

from tracker.services.matching.vocabulary import ALIASES, SKILLS

NAMES = frozenset({"c", "r", "go", "node"})
"""Names in lower case that need their context."""

_LABELS = re.compile(
    r"\b(?:vitamins?|plans?|series|grades?|hepatitis|class|tiers?|appendix|annex|exhibit|options?|blocks?|types?|category|categories|schedule"
    r"|sections?|groups?|levels?|parts?|units?|floors?|buildings?|wings?|phases?|stages?|zones?|lines?|routes?|keys?|bands?|divisions?"
    r"|leagues?|lots?|gates?|halls?|rooms?|wards?|terminals?|figures?|tables?|rated|answers?|mark|marks|model|variant|item|row|column"
    r"|protein|factors?|clauses?|articles?|rules?|titles?|chapters?|versions?|candidates?|sites?|shifts?)"
    r":?\s+(?:[A-Z]\b\s*(?:,|/|and|or|&|to|–|-)*\s*)*$",
    re.IGNORECASE,
)
"""What letters are labels of: `Plan C`, `Vitamin A, B and C`."""

_LETTER_BEFORE = re.compile(r"(?<![\w+#.])[ABE-QS-Z]\s*(?:,|/|&|\band\b|\bor\b)\s*(?:and|or)?\s*$")
_LETTER_AFTER = re.compile(r"\s*(?:,|/|\band\b|\bor\b)\s*(?:and |or )?[ABD-QS-Z](?![\w+#&'’.-])")
_JOINED = re.compile(r"[\w&'’+#]|\.\w|-(?!based|like|style)\w|\s*(?:&|\+|n|'n'|and)\s*D\b")
_INITIAL = re.compile(r"\.\s*[A-Z]")
_NAME_BEFORE = re.compile(r"(?:^|\b(?:Dr|Mr|Ms|Mrs|Prof)\.?\s|\b[A-Z][a-z]+\s|\b[A-Z]\.\s*)$")
_ITEM_BEFORE = re.compile(r"(?:^|\n)[\s\-–—*•·>]*$|:\s*$")
_ITEM_AFTER = re.compile(r"\s*(?:[,;/|(]|\n|$)")
_SEPARATED = re.compile(r"\s*(?:[,;/|]|\n|$)")

_USED_BEFORE = re.compile(
    r"\b(?:years?(?: of experience)? (?:of|in|with)|(?:experience|skills?|skilled|background|expertise|proficien\w+|fluen\w+|fluency|competen\w+"
    r"|expert|confident|trained|training|courses?|coding|program(?:m\w+|s)?|develop\w*|written|wrote|writ(?:e|es|ing)|built|build\w*"
    r"|implement\w*|scripts?|services?|code|systems?|software|backends?|apps?|applications?|tools?|firmware|statistics|analys\w+) (?:in|with|of|using|on)"
    r"|work(?:s|ed|ing)? in|in|knowledge of|command of|grasp of|using|used?|know(?:s|n|ing)?|learn(?:t|s|ed|ing)?|taught|teach(?:es|ing)?|written|wrote|write|writing|prefer"
    r"|love|speak|ansi|embedded|modern|plain|pure|standard|idiomatic|low-level|production|base"
    r"|(?:mov|migrat|port|rewr[io]t|convert|switch|transition|translat)\w*\b(?:[^.;\n]|\.(?=\w)){0,60}?\b(?:to|in|into|from))\s+$",
    re.IGNORECASE,
)
_USED_AFTER = re.compile(
    r"-(?:based|like|style)\b|\s+(?:developers?|engineers?|program(?:m\w+|s)?|code\w*|languages?|compilers?|librar(?:y|ies)|scripts?|scripting|packages?|shiny|firmware|backends?"
    r"|services?|microservices?|stack|skills?|experience|knowledge|standard|apis?|bindings?|source|software|applications?|users?|studio"
    r"|expertise|proficiency|fluency|required|preferred|modules?|runtime|testing|tests|tooling|ecosystem|on\s+rails|is (?:a |an )?(?:plus|bonus|must|required|our|used))\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"[,!]?\s+(?:to|live|ahead|for|beyond|on|further|out|the|at|in|above|and|get|home|back|through|with|over|from|where|green|big|digital"
    r"|global|public|team|away|up|down|into|all|after|i|we|you|he|she|they|or\s+no)\b",
    re.IGNORECASE,
)
_NO_LANGUAGE_BEFORE = re.compile(
    r"(?:\b(?:the|to|let['’]?s|we|you|they|i|no|set,?|don['’]t|pok[eé]mon|a|please|ready,?)\s+|[.!?]\s+)$",
    re.IGNORECASE,
)
_NODE_OF = re.compile(
    r"\b(?:lymph|cluster|sentinel|sinus|network|leaf|each|an?|per|single|master|worker|graph|tree|dom|compute|root|every|the)\s+$",
    re.IGNORECASE,
)
_LIST_BEFORE = re.compile(
    r"([^,;|/()\n]+?)\s*(?:[,;|/•·&]|\b(?:and|or|to)\b)\s*(?:(?:and|or|some|also)\s+)*$"
)
_TRIMMED = re.compile(r"^[ :(*]+|(?<=\+\+)\d\d$|[ .:)*]+$")
_LIST_AFTER = re.compile(r"\s*(?:[,;|/•·&]|\b(?:and|or|to)\b)\s*(?:(?:and|or|some|also)\s+)*([^,;|/()\n]+)")


def is_language(text: str, start: int, end: int) -> bool:
    """Return whether the `C`, `R`, `Go` or `Node` at this place is the language or runtime."""
    word, before, after = text[start:end], text[max(0, start - 100) : start], text[end : end + 100]
    if re.search(r"[\w.+#&'’]$|\w-$", before) or _JOINED.match(after):
        return False
    if word.lower() == "node":
        return _is_node(word, before, after)
    if word == "Go":
        return _is_go(before, after)
    if word in ("C", "R"):
        return _is_letter(before, after)
    return (
        bool(_SEPARATED.match(after))
        and re.search(r"(?:^|[,;/|:\n])\s*$", before) is not None
        and _is_listed(before, after)
    )


def _is_node(word: str, before: str, after: str) -> bool:
    if _is_listed(before, after) or _USED_AFTER.match(after):
        return True
    return word == "Node" and not _NODE_OF.search(before)


def _is_letter(before: str, after: str) -> bool:
    if _LABELS.search(before) or _LETTER_BEFORE.search(before) or _LETTER_AFTER.match(after):
        return False
    if _USED_BEFORE.search(before) or _is_listed(before, after):
        return not re.match(r"\s+(?:major|minor|sharp|suite|section)\b", after)
    if _INITIAL.match(after) and _NAME_BEFORE.search(before):
        return False
    return bool(_USED_AFTER.match(after)) or _is_item(before, after)


def _is_go(before: str, after: str) -> bool:
    if _is_listed(before, after):
        return True
    if _USED_BEFORE.search(before) or before.endswith((" with ", " of ")):
        return not re.match(r"\s+(?:to\s+market|live|big)\b", after, re.IGNORECASE)
    if _USED_AFTER.match(after):
        return True
    if _GOES_ON.match(after) or _NO_LANGUAGE_BEFORE.search(before):
        return False
    if re.search(r"\b[A-Z][\w'’]*\s+$", before) and re.match(r"\s+[A-Z]", after):
        return False
    return bool(before.strip(" \n\t-–—*•·>")) or _is_item(before, after)


def _is_item(before: str, after: str) -> bool:
    """Return whether it stands alone: in a line, or after a colon or a bracket."""
    return bool(_ITEM_BEFORE.search(before) and _ITEM_AFTER.match(after))


def _is_listed(before: str, after: str) -> bool:
    """Return whether a neighbour in a list is a technology."""
    previous, following = _LIST_BEFORE.search(before), _LIST_AFTER.match(after)
    last_words = previous[1].split()[-3:] if previous else []
    first_words = following[1].split()[:3] if following else []
    runs = [last_words[at:] for at in range(len(last_words))]
    runs += [first_words[:length] for length in range(1, len(first_words) + 1)]
    return any(_TRIMMED.sub("", " ".join(run).lower()) in technology_spellings() for run in runs)


@lru_cache(maxsize=1)
def technology_spellings() -> frozenset[str]:
    """Return the lower-case spellings of the technologies that a list may hold beside these."""
    listed = ", ".join(SKILLS[trade] for trade in ("software", "platform", "data")).replace("=", ",")
    aliases = {spelling for spellings in ALIASES.values() for spelling in spellings}
    return frozenset(" ".join(spelling.split()) for spelling in listed.split(",")) | aliases | ALIASES.keys()
