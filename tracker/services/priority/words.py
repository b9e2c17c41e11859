"""Words of the trade found in a posting: whole words only, under each of their names, and Go isn't the verb."""

import re
from functools import lru_cache

ALIASES: dict[str, tuple[str, ...]] = {
    "javascript": ("js", "ecmascript"),
    "typescript": ("ts",),
    "c++": ("cpp", "c plus plus"),
    "c#": ("csharp", "c sharp"),
    ".net": ("dotnet", ".net core", "asp.net"),
    "go": ("golang",),
    "node.js": ("nodejs", "node js", "node"),
    "react": ("react.js", "reactjs"),
    "vue": ("vue.js", "vuejs"),
    "angular": ("angularjs", "angular.js"),
    "next.js": ("nextjs",),
    "python": ("python3", "python 3"),
    "postgresql": ("postgres", "postgre"),
    "sql server": ("mssql", "ms sql"),
    "mongodb": ("mongo",),
    "elasticsearch": ("elastic search",),
    "kubernetes": ("k8s",),
    "terraform": ("opentofu",),
    "aws": ("amazon web services",),
    "gcp": ("google cloud", "google cloud platform"),
    "azure": ("microsoft azure",),
    "ruby on rails": ("rails", "ror"),
    "ci/cd": ("cicd", "ci cd"),
    "machine learning": ("ml",),
    "html": ("html5",),
    "css": ("css3",),
    "objective-c": ("objective c", "objc"),
    "scikit-learn": ("sklearn", "scikit learn"),
    "pytorch": ("torch",),
    "graphql": ("graph ql",),
}
"""One name for each thing, and the others it goes by in lower case."""

_CANON = {alias: name for name, aliases in ALIASES.items() for alias in aliases}

_LISTED_BEFORE = r"(?:(?<=[,/(;|&:•–-])|(?<=[,/(;|&:•–-]\s)|(?<=\band\s)|(?<=\bor\s)|(?<=\bin\s)|(?<=\bwith\s)|(?<=\busing\s)|(?<=\bof\s))"
_LISTED_AFTER = r"(?=\s*[,/;)|]|\s+(?:developers?|engineers?|programming|programmers?|backend|services?|microservices?|code|stack)\b)"
_ELSE_AFTER = r"(?!-|\w|[+#]|&D|\s+(?:to|live|ahead|for|beyond|on|further|out|the)\b)"
AMBIGUOUS = {"go": "Go", "c": "C", "r": "R"}
"""Words that are also other words: they count when capitalised and standing in a list of things, or before `developer`."""

_NOT_THE_VERB = {
    "react": r"(?!\s+(?:to|quickly|fast|when)\b)",
    "excel": r"(?!\s+(?:at|in)\b)",
    "express": r"(?!\s+(?:your|an|interest)\b)",
    "rust": r"(?!-|\s+belt\b)",
}


@lru_cache(maxsize=4096)
def canonical(word: str) -> str:
    """The one name of a word, however it is written."""
    plain = " ".join(word.lower().split())
    return _CANON.get(plain, plain)


@lru_cache(maxsize=4096)
def _forms(name: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Each way a word is written: how it begins, in lower case, and what has to match from there."""
    return tuple((written.split(" ")[0], _pattern(written)) for written in (name, *ALIASES.get(name, ())))


def _pattern(written: str) -> re.Pattern[str]:
    if written in AMBIGUOUS:
        exact = rf"(?<![\w.]){AMBIGUOUS[written]}{_ELSE_AFTER}"
        return re.compile(f"{_LISTED_BEFORE}{exact}|{exact}{_LISTED_AFTER}")
    before = r"(?<!\w)" if written == ".net" else "" if written[0] == "." else r"(?<![\w.])"
    after = r"(?:\d\d)?(?!\w)" if written == "c++" else r"(?![\w+#])"
    body = r"\s+".join(re.escape(part) for part in written.split(" "))
    return re.compile(before + body + after + _NOT_THE_VERB.get(written, ""), re.IGNORECASE)


def found_in(text: str, words: tuple[str, ...]) -> frozenset[str]:
    """The canonical names of those words that a text holds."""
    lower = text.lower()
    if len(lower) != len(text):
        text = lower
    return frozenset(name for name in map(canonical, words) if _holds(text, lower, name))


def _holds(text: str, lower: str, name: str) -> bool:
    """Finding where a word might begin, and matching there, takes a tenth of what matching everywhere does."""
    for begins, pattern in _forms(name):
        at = lower.find(begins)
        while at >= 0:
            if pattern.match(text, at):
                return True
            at = lower.find(begins, at + 1)
    return False


def found_in_posting(role: str, posting: str, words: tuple[str, ...]) -> frozenset[str] | None:
    """The words found in a role and its posting; None, for unknown, when there is no posting and the role holds none."""
    found = found_in(f"{role}\n{posting}", words)
    return found if found or posting.strip() else None


def fragments(name: str) -> list[str]:
    """Plain pieces of text, one of which any posting holds that has the word under one of its names."""
    written = (name, *ALIASES.get(name, ()))
    return [max(re.split(r"[\s%_\\]+", one), key=len) for one in written]
