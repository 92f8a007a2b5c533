"""Whose words a whole text is, or a turn of a conversation: speeches, communiqués, interviews as monitors print them.

"[SPEECH] [PRESIDENT ANA RUIZ] [TEXT] …" is all of it Ruiz's; in "[INTERVIEW WITH ANA RUIZ BY …] [REPORTER] … [RUIZ] …"
each speaks until the next name in brackets; "the Front issues the following statement:" hands the rest of the page
over. "I" and "we" are then somebody. A reporter's name over a report is a byline, and no voice but the publisher's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from firsthand.core.ids import make_id
from firsthand.core.records import Document, Mention, Span
from firsthand.core.spans import Range, overlaps, trim
from firsthand.core.text import fold
from firsthand.mark.attributions.cues import load_heads
from firsthand.mark.attributions.relays import Draft
from firsthand.mark.attributions.sources import TITLES
from firsthand.mark.datelines import Dateline, text_to_dateline

if TYPE_CHECKING:
    from firsthand.core.records import MentionKind

BY = "mark.voices@1"
VOICE = "whose words these are stands in brackets"
"""How the reason of such an attribution begins."""
HANDED_OVER = "the page goes on in the words of this source"
LEAD = 600
"""Code points behind the dateline within which a dispatch may be handed over to whoever issued what follows."""
LONGEST_LEAD = 300
"""Code points from the cue to the colon of "issues the following statement on …:"."""
MAX_LABEL_WORDS = 4

_OWN = re.compile(
    r"\b(?:SPEECH|STATEMENT|COMMUNIQUE|ADDRESS|MESSAGE|LETTER|REMARKS|PROCLAMATION|DECLARATION|ANNOUNCEMENT|RELEASE)\b"
)
"""Genres whose text is the speaker's own; under the others (report, commentary, article) stands also who wrote it."""
_CONVERSATION = re.compile(r"\b(?:INTERVIEW|CONFERENCE|CONVERSATION|DISCUSSION|DIALOGUE|DEBATE)\b")
_WRITERS = frozenset("correspondent reporter commentator editor announcer columnist newsman".split())
_ROLES = frozenset(
    "reporter reporters moderator question answer announcer interviewer correspondent host newsman journalist speaker"
    " caller newscaster".split()
)
_HEAD_BRACKET = re.compile(r"[\s\-—–]*\[[^\[\]]{1,400}\]")
_LABEL = re.compile(r"\[([^\W\d_][^\[\]\n]{1,60})\]")
_RECORDED = re.compile(r"\[BEGIN(?: [A-Z]+){0,2} RECORDING\].*?(?:\[END(?: [A-Z]+){0,2} RECORDING\]|\Z)", re.DOTALL)
_NO_LABEL = re.compile(
    r"(?i)words? |sentence|indistinct|passage|laugh|applause|sic\b|as (?:heard|received)|text\b|continued|signed|dated|"
    r"begin|end\b|excerpt|issued|changes|video|break|report\b|commentary|recording|chanting|shouting|music|not further"
)
_ENDS_BEFORE = ']).?!:"”-…'
_FOLLOWING = re.compile(r"\w+(?:\s+\w+){0,3}?\s+the\s+following\b[^.:;]{0,200}:", re.IGNORECASE)
_ISSUED = re.compile(
    r"(?:the\s+)?(?:(?:full\s+)?text\s+of\s+(?:an?|the)\s+)?(?:\w+\s+){0,2}?"
    r"(communique|statement|letter|message|declaration|proclamation|manifesto|press\s+release)\s+"
    r"(?:(?:issued|released|signed|sent|read|made|published|broadcast|written)\s+)?(?:by|from)\s+([^.:;]{3,160}):",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Voices:
    """Who speaks where.

    Attributes:
        drafts: One attribution for each voice, in order of the text, none within another.
        people: Mentions of the speakers in brackets that nothing else has found, for telling who they are.
    """

    drafts: tuple[Draft, ...]
    people: tuple[Mention, ...]


def document_to_voices(document: Document, *, entities: Sequence[Mention], recorded: Sequence[Range] = ()) -> Voices:
    """Find whose words a text is, by the brackets of its dateline and those before each turn.

    Args:
        document: Any; what has neither a dateline nor a label in brackets has no voices.
        entities: People and bodies found in it.
        recorded: Names in brackets of recorded speakers.

    Returns:
        The voices; a text that is one speaker's has one, whose content runs to the end of it.
    """
    text = document.text
    if "[" not in text:
        return Voices(drafts=(), people=())
    line = text_to_dateline(text)
    drafts = _turns(text, line) or _whole(text, line, entities)
    labels = [*recorded, *(d.source[0] for d in drafts)]
    speakers = [label for label in labels if not _is_role(text, label)]
    if line is not None and line.speaker_span is not None and drafts:
        speakers.append(line.speaker_span)
    return Voices(drafts=tuple(drafts), people=tuple(_people(document, speakers, entities)))


def hand_over(text: str, *, drafts: Sequence[Draft]) -> None:
    """Give the rest of a dispatch to whoever issued what follows: "the Front issues the following statement: …".

    Args:
        text: Of the document.
        drafts: Outermost attributions. The content of the first, if it hands over, is changed to what follows the
            colon, to the end of the text. Only under a dateline: other pages go on in their own words after a
            statement.
    """
    first = min((d for d in drafts if d.cue and d.source and d.within is None), key=lambda d: d.cue[0], default=None)
    line = text_to_dateline(text) if first is not None else None
    if first is None or line is None or not line.span[1] <= first.cue[0][0] <= line.span[1] + LEAD:
        return
    start, end = first.cue[0]
    following = _FOLLOWING.match(text, start, end + LONGEST_LEAD)
    if following is not None and following.end() > end:
        rest = trim(text, (following.end(), len(text)))
        if rest[0] < rest[1] and text[rest[0]] not in "“\"'`":
            first.content, first.reason = [rest], HANDED_OVER


def _whole(text: str, line: Dateline | None, entities: Sequence[Mention]) -> list[Draft]:
    """The one voice of a speech, a communiqué, or a report under whose genre an official or a body stands."""
    if line is None:
        return []
    at = line.span[1]
    while (bracket := _HEAD_BRACKET.match(text, at)) is not None:
        at = bracket.end()
    if line.speaker_span is not None and line.genre_span is not None:
        genre = text[slice(*line.genre_span)]
        theirs = _OWN.search(genre) or _is_office(text, line.speaker_span, entities)
        if theirs and not _CONVERSATION.search(genre):
            return _draft(text, line.speaker_span, line.genre_span, (at, len(text)))
        return []
    issued = _ISSUED.match(text, trim(text, (at, len(text)))[0])
    if issued is not None:
        return _draft(text, trim(text, issued.span(2)), issued.span(1), (issued.end(), len(text)))
    return []


def _is_office(text: str, span: Range, entities: Sequence[Mention]) -> bool:
    """Whether a name under "[REPORT]" is an official's or a body's: a bare name of a person is a byline."""
    words = fold(text[slice(*span)]).split()
    if not words or _WRITERS.intersection(words):
        return False
    heads = load_heads()
    body = any(m.kind == "organisation" and overlaps((m.span.start, m.span.end), span) for m in entities)
    titled = bool(TITLES.intersection(words)) or bool(heads["body"].intersection(words))
    return titled or (
        body and not any(m.kind == "person" and overlaps((m.span.start, m.span.end), span) for m in entities)
    )


def _turns(text: str, line: Dateline | None) -> list[Draft]:
    """One voice for each turn of a conversation."""
    at = line.span[1] if line is not None else 0
    genre = text[slice(*line.genre_span)] if line is not None and line.genre_span is not None else ""
    named = set(fold(" ".join(line.genres)).split()) if line is not None else set()
    recorded = [match.span() for match in _RECORDED.finditer(text)]
    labels = [
        match.span(1)
        for match in _LABEL.finditer(text, at)
        if _may_be_label(text, match) and not any(overlaps(match.span(), r) for r in recorded)
    ]
    counts = Counter(_key(text, label) for label in labels if _opens(text, label))
    talk = bool(_CONVERSATION.search(genre))
    asked = talk or any(_is_role(text, label) for label in labels)
    turns = [
        label
        for label in labels
        if asked
        and (
            _is_role(text, label)
            or (talk and _key(text, label) in named)
            or counts[_key(text, label)] > 1
            or (_opens(text, label) and (talk or len(counts) > 1))
        )
    ]
    stops = [*(label[0] - 1 for label in turns[1:]), len(text)][: len(turns)]
    drafts: list[Draft] = []
    for label, stop in zip(turns, stops, strict=True):
        begun = next((start for start, _ in recorded if label[1] < start < stop), stop)
        drafts += _draft(text, _named(text, label), (label[1], label[1] + 1), (label[1] + 1, begun))
    return drafts


def _may_be_label(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 9) : match.start()].rstrip()[-1:]
    words = match.group(1).split(",")[0].split()
    return (
        (not before or before in _ENDS_BEFORE) and len(words) <= MAX_LABEL_WORDS and not _NO_LABEL.match(match.group(1))
    )


def _opens(text: str, label: Range) -> bool:
    """Whether a label stands first in its paragraph, or right behind the brackets of the dateline."""
    before = text[max(0, label[0] - 12) : label[0] - 1]
    return not before.strip() or "\n\n" in before[len(before.rstrip()) :] or before.rstrip().endswith("]")


def _key(text: str, label: Range) -> str:
    words = fold(text[slice(*label)].split(",")[0]).split()
    return words[-1] if words else ""


def _is_role(text: str, label: Range) -> bool:
    return _key(text, label) in _ROLES


def _named(text: str, label: Range) -> Range:
    """A label's name without ", in progress"."""
    return label[0], label[0] + len(text[slice(*label)].split(",")[0].rstrip())


def _draft(text: str, source: Range, cue: Range, content: Range) -> list[Draft]:
    content = trim(text, content)
    if content[0] >= content[1] or source[0] >= source[1]:
        return []
    return [Draft(source=[source], cue=[cue], content=[content], reason=VOICE)]


def _people(document: Document, spans: Sequence[Range], entities: Sequence[Mention]) -> list[Mention]:
    """Mentions of speakers where nothing that was found holds so much of the name."""
    text = document.text
    found: dict[str, Mention] = {}
    for span in spans:
        start, end = _name(text, span)
        near = [m for m in entities if overlaps((m.span.start, m.span.end), (start, end))]
        if any(m.kind == "organisation" for m in near) or _is_body(text, (start, end)):
            kind: MentionKind = "organisation"
        else:
            kind = "person"
        words = len(text[start:end].split())
        if any(m.kind == kind and len(text[m.span.start : m.span.end].split()) >= min(words, 2) for m in near):
            continue
        identity = make_id("mention", document.id, "voice", start, end)
        found[identity] = Mention(id=identity, by=BY, span=Span(document.id, start, end), kind=kind)
    return list(found.values())


def _name(text: str, span: Range) -> Range:
    """A speaker's words without what follows a comma or stands before a possessive ("the Front's Ana Ruiz")."""
    words = text[slice(*span)].split(",")[0].rstrip()
    owner = re.match(r".*?['’]S\s+", words, re.IGNORECASE | re.DOTALL)
    return span[0] + (owner.end() if owner else 0), span[0] + len(words)


def _is_body(text: str, span: Range) -> bool:
    """Whether a single word of capitals is a body: the text speaks of "the FMLN", never of "the Ruiz"."""
    word = text[slice(*span)]
    return " " not in word and re.search(rf"\bthe\s+{re.escape(word)}\b", text, re.IGNORECASE) is not None
