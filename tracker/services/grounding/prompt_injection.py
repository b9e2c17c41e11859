"""Traces of prompt injection: text that a posting dictates to a model, or that only a model writes."""

import re
from collections.abc import Iterator

from tracker.services.matching.lines import posting_lines
from tracker.services.matching.stems import word_list
from tracker.shapes.grounding import InjectionTrace

_QUOTED = r"[\"'“”‘’«»`*]+\s*(?P<phrase>[^\"“”‘’«»`*\n]{2,80}?)\s*[\"'“”‘’«»`*]+"
_BARE = r"(?P<phrase>(?:[A-Z][A-Z0-9_-]{2,}|\w*\d\w*[-_]?\w*|[a-z]+)(?:\s+[A-Z][\w-]+)*)"
_DEMAND = (
    r"\b(?:include|mention|write|say|use|add|insert|put|start|begin|end|finish|open|close|sign|reply|respond|answer|quote|state|refer to|contain)s?\b"
    r"[^.\n]{0,60}?\b(?:word|words|phrase|code|codeword|keyword|password|sentence|text|line|string|with|by|as)\b\s*:?\s*"
)
_NAMED = _DEMAND.replace("|with|by|as)", ")").replace(
    r"?\b(?:word|", r"?\b(?:the|this|following|secret|exact)\s+(?:\w+\s+)?(?:word|"
)
_DEMANDS = [
    re.compile(_DEMAND + _QUOTED, re.IGNORECASE),
    re.compile(r"(?i:" + _NAMED + r"(?:the\s+)?)" + _BARE),
]
_ORDER = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b[^.\n]{0,40}\b(?:above|previous|prior|earlier|instructions?|rules|prompt|everything)\b"
    r"|\bif you(?:[’']re| are) (?:an? )?(?:ai|llm|language model|bot|robot|chatgpt|assistant)\b|\bas an ai\b|\bsystem prompt\b|\b(?:ai|llm|language) (?:model|assistant)s?\b[^.\n]{0,30}\bmust\b",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"\b(?:say|write|state|claim|add|mention)\s+that\s+(?P<phrase>[^.\n]{8,120})", re.IGNORECASE
)
_GIVEN_AWAY = (
    (r"\b(?:ignor(?:e|ing)|disregard(?:ing)?)\b[^.\n]{0,30}\b(?:above|previous|prior|earlier)\b(?:\s+instructions?)?", "This is an instruction to an AI, not part of a letter."),
    (r"\bas an? (?:ai|large language model|language model|artificial intelligence)\b[^.\n]{0,40}", "This is an AI describing itself."),
    (r"\bsystem prompt\b|\bmy (?:instructions|training data)\b", "This is an AI describing its instructions."),
    (r"\bhere(?:[’']s| is) (?:the|a|your) (?:cover )?letter\b|\bI hope this (?:letter|draft) (?:helps|meets your)|\bcertainly[!,] here", "This addresses you, not the employer."),
    (r"\[(?:your|company|hiring|recipient|insert|name|date|address|phone|email|role|position|employer)[^\]\n]{0,40}\]|\{\{?\s*\w+\s*\}?\}|<(?:name|company|role|date)>", "A placeholder was left in."),
    (r"\bPOSTING[-_ ]?[0-9a-f]{8,}\b|<<<|>>>", "Part of the prompt leaked into the letter."),
)  # fmt: skip


def injection_traces(posting: str, text: str) -> list[InjectionTrace]:
    """Return the traces of prompt injection in a text, in order and without overlaps."""
    traces = [*_demanded(posting, text), *_ordered(posting, text), *_given_away(posting, text)]
    apart: list[InjectionTrace] = []
    for trace in sorted(traces, key=lambda trace: (trace.start, -trace.end)):
        if all(trace.start >= earlier.end for earlier in apart):
            apart.append(trace)
    return apart


def _demanded(posting: str, text: str) -> Iterator[InjectionTrace]:
    """Yield words that a posting demands in replies, such as a canary for machine-written ones."""
    for line in posting_lines(posting):
        for pattern in _DEMANDS:
            for demand in pattern.finditer(line.text):
                phrase = demand["phrase"].strip(" .,:;")
                if len(phrase) > 2 and phrase.lower() not in _ORDINARY:
                    yield from _places(
                        text, phrase, line.number, "The posting told its readers to write this."
                    )


_ORDINARY = frozenset(
    word_list(
        """the your you and our with this that cover letter application name email resume code experience why
    how what python sql english a an us it"""
    )
)


def _ordered(posting: str, text: str) -> Iterator[InjectionTrace]:
    """Yield sentences dictated to machines: `if you are an AI, say that the applicant is …`."""
    for line in posting_lines(posting):
        if not _ORDER.search(line.text):
            continue
        for dictated in _WHOLE.finditer(line.text):
            words = re.findall(r"\w+", dictated["phrase"])
            yield from _places(
                text, " ".join(words[:8]), line.number, "The posting told AI tools to write this."
            )
            yield from _places(
                text, " ".join(words[-4:]), line.number, "The posting told AI tools to write this."
            )


def _places(text: str, phrase: str, line: int, why: str) -> Iterator[InjectionTrace]:
    parts = [re.escape(part) for part in re.findall(r"\w+|[^\w\s]", phrase)]
    if not parts:
        return
    joined = r"\W*".join(parts)
    for match in re.finditer(rf"(?<!\w){joined}(?!\w)", text, re.IGNORECASE):
        yield InjectionTrace(match.start(), match.end(), match[0], line, why)


def _given_away(posting: str, text: str) -> Iterator[InjectionTrace]:
    for pattern, why in _GIVEN_AWAY:
        for match in re.finditer(pattern, text, re.IGNORECASE):
            line = next(
                (
                    posting_line.number
                    for posting_line in posting_lines(posting)
                    if match[0].lower() in posting_line.text.lower()
                ),
                0,
            )
            yield InjectionTrace(match.start(), match.end(), match[0], line, why)
