"""What nobody has shown: evidence said to be missing, questions said to be open, investigations never heard of again.

Four kinds of open question, each read from the words that raise it:
- evidence: a text says that evidence was not given, was lacking, was not shown or is kept back;
- unknown: a text says that something is not clear, not known, not established;
- investigation: an inquiry is promised, ordered or under way, and no later document tells of a result;
- promise: somebody says that something will be published, and no later document tells that it was.
Tolerance: an investigation is open if no document of the case, of a later date or later in the same text, has a
word of result (found, concluded, results, findings) beside a word of inquiry; a promise, if none has the first noun
of what was promised beside a word of publishing.
False alarms: rhetorical questions; results told without the word inquiry or investigation; what was published under
another name.
"""

from __future__ import annotations

import re

from firsthand.check.views import CheckOptions, View, make_finding
from firsthand.core.records import Document, Finding, Span


def _any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_SHOWN = r"(?:provided?|shown?|offered|produced|presented|published|released|disclosed|made public)"
_PROOF = r"(?:evidence|proof|basis|corroboration|documentation)"
_KEPT = rf"\b(?:{_PROOF}|findings|results|recordings)\b[^.\n]{{0,40}}"
_EVIDENCE = _any_of(
    rf"\b(?:no|without(?: \w+)?|lack of(?: \w+)?|little|scant|any)\s+(?:\w+\s+){{0,2}}{_PROOF}\b",
    rf"\b(?:not|n't|never)\s+(?:\w+\s+){{0,3}}{_SHOWN}\b[^.]{{0,40}}\b{_PROOF}\b",
    r"\bno (?:further|other|additional) information\b",
    rf"\b(?:none|nothing) (?:of (?:it|this|that|them) )?(?:has|have|had|was|were) (?:ever |yet )?(?:been )?{_SHOWN}\b",
    rf"{_KEPT}\b(?:cannot|can not|could not|will not|may not|must not) (?:yet )?be {_SHOWN}\b",
    rf"{_KEPT}\b(?:stay|remain|kept|keep)s? (?:secret|classified|confidential)\b",
)
_NEGATED_ANY = _any_of(r"\b(?:not|n't|never|without|nor|no one|nobody)\b")
_KNOWN = r"(?:clear|known|established|determined|identified|verified|confirmed)"
_UNKNOWN = _any_of(
    rf"\b(?:not|n['’]t|un)\s*(?:immediately\s+|yet\s+|at all\s+)?{_KNOWN}\b"
    r"(?=\s+(?:who|whether|what|why|how|if|which|where|when|that|by)\b)",
    r"\bunclear\b|\bshrouded in\b|\bremains? (?:unknown|a mystery|unexplained|unsolved)\b",
    r"\bno (?:group|one) (?:has |have )?(?:immediately )?claimed\b",
    r"\b(?:who|what) (?:might|may|could) have (?:fired|carried|ordered|done|caused)\b",
)
_INQUIRY = r"(?:investigations?|inquir(?:y|ies)|enquir(?:y|ies)|probe|commission|autops(?:y|ies))"
_BEGINNING = (
    r"(?:will|would|shall|promis\w+|pledg\w+|vow\w+|order\w+|launch\w+|open\w+|announc\w+|begun?|began|start\w+|"
    r"under ?way|ongoing|continu\w+|pending|responsib\w+)"
)
_PROMISED = _any_of(
    rf"\b{_BEGINNING}\b[^.\n]{{0,80}}\b{_INQUIRY}\b",
    rf"\b{_INQUIRY}\b[^.\n]{{0,60}}\b(?:under ?way|ongoing|pending|will be|continu\w+)\b",
    rf"\b{_INQUIRY}\b[^.\n]{{0,60}}\bhas been (?:ordered|opened|launched)\b",
)
_FOUND = r"(?:found|conclud\w+|established|determined|revealed|showed|results?|findings|report(?:ed)? that)"
_RESULT = _any_of(
    rf"\b{_INQUIRY}\b[^.\n]{{0,80}}\b{_FOUND}\b",
    rf"\b(?:results?|findings|conclusions?) of\b[^.\n]{{0,40}}\b{_INQUIRY}\b",
)
_PROMISE = _any_of(
    r"\b(?:will|would|shall) (?:soon |now |also )?(?:publish|release|disclose|make public)\b (?P<what>[^.;,\n]{3,80})",
    r"\b(?:will|would|shall) (?:soon )?be (?:published|released|disclosed|made public)\b",
)
_PUBLISHED = re.compile(r"\b(?:published|released|disclosed|made public|handed over|showed)\b", re.IGNORECASE)
_NOUN = re.compile(
    r"\b(?!its\b|his\b|her\b|their\b|this\b|that\b|these\b|those\b|what\b|some\b|more\b|and\b|the\b)[a-z]{3,}\b"
)
NEAR = 80
"""Characters on either side of a word of publishing in which the thing published is looked for: about a clause."""
_CONDITIONAL = re.compile(r"\b(?:if|would|whether)\b", re.IGNORECASE)


def view_to_evidence_findings(view: View, *, options: CheckOptions) -> list[Finding]:
    """Findings of level `open question`, one per sentence that raises one."""
    copied = {copy.doc for copy in view.copies if copy.kind != "excerpt"}
    documents = sorted(view.documents.values(), key=lambda d: (d.id in copied, d.published or "9999", d.id))
    results = [(d, m) for d in documents for m in _RESULT.finditer(d.text) if not _CONDITIONAL.search(m.group())]
    published = [
        (d, d.text[max(0, m.start() - NEAR) : m.end() + NEAR]) for d in documents for m in _PUBLISHED.finditer(d.text)
    ]
    found: dict[str, Finding] = {}
    for document in documents:
        for start, end in view.sentences(document.id):
            sentence = document.text[start:end]
            for kind, match in _questions(sentence):
                if kind == "investigation" and _answered(document, start, results):
                    continue
                if kind == "promise" and (match is None or _kept(match, document, published)):
                    continue
                finding = _question(view, document, kind, Span(document.id, start, end))
                key = " ".join(sentence.lower().split())  # a copied sentence raises its question once
                if match is not None:
                    found.setdefault(f"{kind} {key}", finding)
    return list(found.values())


def _questions(sentence: str) -> list[tuple[str, re.Match[str] | None]]:
    kinds: list[tuple[str, re.Match[str] | None]] = []
    evidence = _EVIDENCE.search(sentence)
    if evidence and (
        not evidence.group().lower().startswith("any") or _NEGATED_ANY.search(sentence[: evidence.start()])
    ):
        kinds.append(("evidence", evidence))
    if unknown := _UNKNOWN.search(sentence):
        kinds.append(("unknown", unknown))
    if not kinds and (promised := _PROMISED.search(sentence)):
        kinds.append(("investigation", promised))
    if not kinds and (promise := _PROMISE.search(sentence)):
        kinds.append(("promise", promise))
    return kinds


def _kept(promise: re.Match[str], document: Document, published: list[tuple[Document, str]]) -> bool:
    """Whether a later document has the thing that was promised beside a word of publishing."""
    before = promise.string[max(0, promise.start() - NEAR) : promise.start()]
    nouns = _NOUN.findall((promise.group("what") or before).lower())
    if not nouns:
        return True  # nothing to look for: no question is better than one that nobody can answer
    thing = re.compile(rf"\b{re.escape(nouns[0] if promise.group('what') else nouns[-1])}\b", re.IGNORECASE)
    day = (document.published or "")[:10]
    return any(day < (d.published or "")[:10] and d.id != document.id and thing.search(words) for d, words in published)


def _answered(document: Document, start: int, results: list[tuple[Document, re.Match[str]]]) -> bool:
    for other, match in results:
        if other.id == document.id:
            if match.start() > start:
                return True
        elif document.published and other.published and other.published[:10] > document.published[:10]:
            return True
    return False


_MESSAGES = {
    "evidence": "Evidence said not to have been shown",
    "unknown": "Said not to be known",
    "promise": "Something is promised to be published; no later document of this case tells that it was",
    "investigation": "An inquiry is announced or under way; no document of this case tells of a result",
}


def _question(view: View, document: Document, kind: str, span: Span) -> Finding:
    who = view.name(document.id)
    when = f", {document.published[:10]}" if document.published else ""
    return make_finding(
        "evidence",
        "open question",
        f"{_MESSAGES[kind]} ({who}{when}): “{view.words(span)}”",
        spans=[span],
        about=[document.id, kind],
    )
