"""The plain ways in which news names who did it, where no word of violence stands beside the name.

"The ministry said the Front was behind the attack", "attributes the attack to the Front", "the Front denies this and
accuses the army": the accused is an organisation or a person already found; the words around it say what is said of
it; the incident is the one told last before it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from firsthand.core.ids import make_id
from firsthand.core.records import Attribution, Confidence, Document, Mention, Span, Statement
from firsthand.core.spans import Range, Taken, merge
from firsthand.core.text import fold, text_to_sentences
from firsthand.mark.incidents.confidences import filler_to_confidence, voice_to_factuality
from firsthand.mark.incidents.names import PRONOUNS, same_name
from firsthand.mark.incidents.passages import Contents
from firsthand.mark.incidents.role_phrases import Filler
from firsthand.mark.incidents.voices import is_accused, whole_name

BY = "mark.accusations@1"

_DEED = (
    r"(?:attack|assault|bombing|shelling|blast|explosion|fire|killing|murder|massacre|assassination(?: attempt)?|"
    r"crime|criminal act|raid|strike|offensive|ambush|kidnapping|genocide|atrocit(?:y|ie)|operation|sabotage|"
    r"(?:armed |terrorist |these |those )action)s?"
)
_DONE = (
    r"(?:fired (?:on|upon|at|the)|shelled|bombed|shot (?:at|down)|ambushed"
    rf"|(?:launched|carried out|perpetrated|committed|staged|planned)\s+(?:[\w-]+\s+){{0,4}}?{_DEED}\b"
    r"|(?:planned|committed|did|carried out) (?:it|this)|masterminded)"
)
_AFTER = re.compile(
    r"(?:\s+(?:on|in|at|near|of|from)\s+(?:the\s+)?(?-i:[A-Z])[\w’-]*(?:\s(?-i:[A-Z])[\w’-]*){0,2})?"
    rf"['’]?s?\s+(?:(?:may|might|could|had|has|have|was|were)\s+)*(?:{_DONE}\b"
    rf"|(?:been )?(?:behind\s+(?:it|this|that|the\s+(?:\w+\s+)?{_DEED})|responsible)\b)"
    r"|\s*,\s*(?:which|who|whom)\s+(?:\w+\s+){1,3}?(?:blam|accus)\w+(?!\s+of\s+(?:betray|lying|treason))",
    re.IGNORECASE,
)
_PLACED = re.compile(r"\b(?:on|in|at|near)\s+(?:the\s+)?$", re.IGNORECASE)
"""Before a name that says where somebody stood who did it: "the battery on Signal Head fired"."""
_BEFORE = re.compile(
    rf"\b(?:(?:blam(?:e|es|ed|ing)|accus(?:e|es|ed|ing))\s+(?:(?!(?:by|of|on|for)\b)\w+\s+){{0,2}}?"
    rf"|blam(?:e|es|ed|ing)\s+on\s+(?:the\s+)?"
    rf"|attribut\w+\s+(?:the\s+)?(?:\w+\s+)?{_DEED}\s+to\s+(?:the\s+)?"
    rf"|(?:{_DEED}|it|this|that|which)\b[^.;\n]{{0,70}}?\b(?:fired|launched|carried out|committed|perpetrated|staged|"
    rf"planned)\b[^.,;\n]{{0,25}}?\bby\s+(?:(?!(?:against|during|since)\b)\w+\s+){{0,4}}?"
    rf"|\bfired\b[^.,;\n]{{0,80}}?\bby\s+(?:\w+\s+){{0,4}}?"
    rf"|(?:committed|perpetrated)\s+by\s+(?:\w+\s+){{0,4}}?"
    rf"|it was\s+(?:the\s+)?)$",
    re.IGNORECASE,
)
_DEED_THAT = re.compile(rf"\b{_DEED}\s+(?:that\s+|which\s+)(?:the\s+)?$", re.IGNORECASE)
_BEGAN = re.compile(
    r"\s+(?:has |have |had )?(?:launched|carried out|staged|unleashed|began|begun|committed)\b", re.IGNORECASE
)
"""Around a name: "the offensive that the Front launched"."""
_NOT_ACCUSED = re.compile(
    r"\b(?:no one|nobody|declin\w+|refus\w+|not|without|avoid\w*)\s+"
    r"(?:[\w']+\s+){0,6}?(?:accus|blam)\w+\s+(?:\w+\s+){0,3}$",
    re.IGNORECASE,
)
"""Nobody is accused: "the official declined blaming the Front"."""
_BLAMED = re.compile(r"blam|accus|attribut|responsible|behind|it was", re.IGNORECASE)
_OF_WHAT = re.compile(r"\s*(?:\[[^\]]*\]\s*)?(?:of(?!\s+the\b)|for)\s+(?P<what>[^.;]*)", re.IGNORECASE)
_VIOLENT = re.compile(
    rf"\b(?:{_DEED}|involve\w*|kill\w*|murder\w*|massacr\w*|attack\w*|bomb\w*|shell\w*|fir\w+|shoot\w*|death\w*|"
    r"mastermind\w*|it|this|them|participat\w*|violat\w*|burn\w*|kidnap\w*|tortur\w*)\b",
    re.IGNORECASE,
)
"""What an accusation must be of where it says of what: others accuse of lies, of inflation, of betraying the truth."""
_DENIED = re.compile(
    r"\s+(?:(?:has|have|had|immediately|also|later|flatly)\s+)*(?:den(?:y|ies|ied)|reject(?:s|ed)?)\s+"
    r"(?:(?:any|all|its|their|his|her|the)\s+)?"
    r"(?:involvement|responsibility|participation|complicity|guilt|role|part in|having|being|carrying|"
    r"(?:that\s+)?(?:it|they|he|she)\s+(?:was|were|had|has|have|did|fired|killed|attacked|bombed|shelled)|"
    r"(?:it|this|that)\b(?=\s+and\b|\s*[.,;]))"
    r"|\s+(?:did not|didn['’]t|had not)\s+(?:fire|attack|shell|bomb|kill|carry out|launch|do it)\b",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)
_NAME = re.compile(r"\b[A-Z][\w’-]{1,30}(?: [A-Z][\w’-]{1,30}){1,3}\b")
_NOBODY = PRONOUNS.union("his her another anybody everybody somebody one ones none".split())
"""Words that by themselves, or with others of these, name nobody."""
_LEAD = 120
"""Code points before a name in which the words that accuse it are looked for: the longest pattern and its gaps."""


def mentions_to_accusations(
    document: Document,
    *,
    mentions: Sequence[Mention],
    attributions: Sequence[Attribution],
    statements: Sequence[Statement],
) -> list[Statement]:
    """Find accusations and denials that the roles of incidents do not hold yet.

    Args:
        document: The text.
        mentions: Of kinds organisation, person and incident; the rest is passed over.
        attributions: Whose word it is.
        statements: Of the incidents; a name that plays a role already is left to it.

    Returns:
        Statements of property perpetrator_group or perpetrator_person, in order of the text; none where the document
        tells of no incident.
    """
    acts = [m for m in mentions if m.kind == "incident" and not m.detail.get("background")]
    incidents = sorted(acts, key=lambda m: m.span.start)
    if not incidents:
        return []
    taken = Taken((s.span.start, s.span.end) for s in statements if s.property.startswith("perpetrator"))
    suffered: dict[str | None, list[str]] = {}
    for said in statements:
        if said.property == "victim":
            suffered.setdefault(said.incident, []).append(fold(said.value))
    sentences, contents = text_to_sentences(document.text), Contents(attributions)
    found: dict[str, Statement] = {}
    at = 0
    named = [m for m in mentions if m.kind in ("organisation", "person")]
    for actor in sorted([*named, *_capitalised(document, named)], key=lambda m: m.span):
        while at + 1 < len(sentences) and sentences[at][1] <= actor.span.start:
            at += 1
        span = whole_name(document.text, (actor.span.start, actor.span.end))
        cue = _cue(document.text, span, sentences[at])
        if cue is None or _is_empty(document.text[slice(*span)]) or taken.meets(span):
            continue
        if cue != "denied" and not is_accused(document.text, span, sentence=sentences[at], whole=True):
            continue
        statement = _statement(document, actor, (span, sentences[at], cue), contents=contents, incidents=incidents)
        if cue != "denied" and any(same_name(fold(statement.value), v) for v in suffered.get(statement.incident, ())):
            continue  # nobody is accused of what was done to them: the pattern met "accused of killing the priests"
        found[statement.id] = statement
        taken.add(span)
    return list(found.values())


def _capitalised(document: Document, named: Sequence[Mention]) -> list[Mention]:
    """Names of two to four capitalised words that nothing else has found: groups have names no net has seen."""
    if document.text.isupper():
        return []
    taken = merge((m.span.start, m.span.end) for m in named)
    starts = [start for start, _ in taken]
    found = []
    for match in _NAME.finditer(document.text):
        at = bisect_right(starts, match.end()) - 1
        if at < 0 or taken[at][1] <= match.start():
            span = Span(document.id, *match.span())
            found.append(
                Mention(
                    id=make_id("mention", document.id, "name", *match.span()), by=BY, span=span, kind="organisation"
                )
            )
    return found


def _is_empty(words: str) -> bool:
    folded = fold(words)
    return len(folded) < 3 or _NOBODY.issuperset(folded.split())


def _cue(text: str, span: Range, sentence: Range) -> str | None:
    """`accused` by a word of blame, `told` to have done it, `denied`; None if nothing around the name says either."""
    after = " ".join(text[span[1] : sentence[1]][:_LEAD].split(" "))
    if _DENIED.match(after):
        return "denied"
    before = " ".join(text[max(sentence[0], span[0] - _LEAD) : span[0]].split()) + " "
    of = _OF_WHAT.match(after)
    found = _AFTER.match(after)
    if found and _PLACED.search(before) and not found[0].lstrip().startswith(","):
        found = None
    found = found or (_DEED_THAT.search(before) and _BEGAN.match(after))
    if not found:
        found = _BEFORE.search(before)
        if not found or _NOT_ACCUSED.search(before) or (of and not _VIOLENT.search(of["what"])):
            return None
    return "accused" if _BLAMED.search(found[0]) else "told"


def _statement(
    document: Document,
    actor: Mention,
    read: tuple[Range, Range, str],
    *,
    contents: Contents,
    incidents: Sequence[Mention],
) -> Statement:
    span, sentence, cue = read
    short = (actor.span.start, actor.span.end)
    name = actor.value if actor.value and span == short else " ".join(document.text[slice(*span)].split())
    name = _ARTICLE.sub("", name)
    attribution = contents.innermost(span)
    prop = "perpetrator_group" if actor.kind == "organisation" or span != short else "perpetrator_person"
    # "the offensive launched by the Front" tells it; only words of blame accuse
    filler = Filler(role=prop, span=span, sentence=0, score=0.5, cue="" if cue == "told" else cue)
    confidence: Confidence = filler_to_confidence(
        document.text, filler, name=name, attribution=attribution, sentence=sentence
    )
    before = bisect_left(incidents, sentence[1], key=lambda m: m.span.start)
    incident = incidents[max(before - 1, 0)]
    return Statement(
        id=make_id("statement", document.id, incident.id, prop, name, span[0], span[1]),
        by=BY,
        incident=incident.id,
        property=prop,
        value=name,
        span=Span(document.id, *span),
        attribution=attribution.id if attribution else None,
        factuality=voice_to_factuality(confidence, filler, attribution),
        confidence=confidence,
    )
