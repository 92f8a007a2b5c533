"""Attributing clauses by grammar alone: a cue word with its subject and complement, found among the words of a text.

Used where the encoder was never taught to look, inside what somebody else is said to have said. Closed word lists and
one look to each side of the cue; no parser. It prefers to find nothing to finding half a clause.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from firsthand.core.spans import Range
from firsthand.mark.attributions.cues import Cue, load_cues, load_heads
from firsthand.mark.attributions.phrases import (
    AUXILIARIES,
    DETERMINERS,
    FINITE,
    LONGEST_SUBJECT,
    OPENING,
    Token,
    ends_phrase,
    is_word,
    phrase_after,
    subject_before,
    to_span,
)

_CLOSING = frozenset(["”", "’", '"', "'", "''", "»"])
_ENDS = frozenset([".", "!", "?", ";"])
_SUBJECTS = frozenset(
    "i he she it they we you there this these those nobody everyone everybody someone somebody nothing all most "
    "many some several both no one two three four five six seven eight nine ten eleven twelve".split()
)
_PRONOUNS = frozenset("i he she it they we you there".split())
_HEARERS = frozenset("me us him her them you it reporters journalists investigators police lawmakers".split())
_WH = frozenset("whether how why what who where when if which".split())
_GERUND_TAKERS = frozenset("admit deny report recall remember describe confess mention acknowledge regret".split())
_STRONG = frozenset(
    "say state claim declare allege insist maintain assert contend confirm add argue reply warn testify".split()
)
_ACTS = frozenset(
    "deny reject order demand promise vow pledge threaten accuse blame dispute refute identify dismiss confess "
    "boast admit agree request report describe confirm fear".split()
)
_INFINITIVE_TAKERS = frozenset("intend plan hope want expect wish aim agree claim".split())
_OBJECT_TAKERS = frozenset("report describe confirm fear".split())
_WITHHOLDING = frozenset("refused refuses declined declines".split())
_NEEDS_THAT = frozenset(
    "see hear feel know notice show find indicate learn remember understand read hold point call order agree "
    "determine decide support express describe fear hope trust wish want guess figure suppose consider".split()
)
_FIRST_PERSON = frozenset(["i", "we"])
_LONGEST_SENTENCE = 250
"""Words after which a sentence is cut, so that text without full stops costs no more."""
_SIGHT = 14
"""Words in which a complement without "that" must show a finite verb."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """Somebody attributes something, as code points of the text that was read.

    Attributes:
        source: Of the subject, or None.
        cue: Of the cue word with its auxiliaries.
        content: Of what is attributed.
        cue_word: The cue in lower case.
    """

    source: Range | None
    cue: Range
    content: Range
    cue_word: str


def has_cue(tokens: Sequence[Token]) -> bool:
    """Whether some word could attribute: the cheap gate before anything else is done.

    Args:
        tokens: of a stretch of text.

    Returns:
        True if the lexicon has one of them.
    """
    cues = load_cues()
    return any(t.lower in cues or t.lower == "according" for t in tokens)


def tokens_to_clauses(tokens: Sequence[Token]) -> list[Clause]:
    """Find attributing clauses.

    Args:
        tokens: of one sentence, or of one content.

    Returns:
        In order of their cues. They may lie inside one another's contents.
    """
    cues = load_cues()
    clauses: list[Clause] = []
    bounds = _sentence_ends(tokens)
    for i, token in enumerate(tokens):
        found: Clause | None = None
        first, last = bounds[i]
        if token.lower == "according" and i + 1 < last and tokens[i + 1].lower == "to":
            found = _according(tokens, i, first, last)
        elif (cue := cues.get(token.lower)) is not None:
            found = _verb(tokens, i, cue, first, last) or _noun(tokens, i, cue, last)
        if found is not None:
            clauses.append(found)
    return clauses


def _sentence_ends(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    bounds: list[tuple[int, int]] = []
    first = 0
    for i, token in enumerate(tokens):
        if token.text in _ENDS or i == len(tokens) - 1 or i - first == _LONGEST_SENTENCE:
            last = i + (token.text not in _ENDS)
            bounds += [(first, last)] * (i + 1 - first)
            first = i + 1
    return bounds


def _verb(tokens: Sequence[Token], i: int, cue: Cue, first: int, last: int) -> Clause | None:
    kind = cue.kinds[0]
    verb = i
    before = tokens[i - 1].lower if i > first else ""
    capital = tokens[i].text[0].isupper() and not tokens[i].text.isupper()
    if (capital and i > first) or (tokens[i].lower == "states" and before == "united"):
        return None
    if before == "as" and tokens[i].lower.endswith("ing"):  # "a director as saying …", what a newspaper quoted
        return _quoted(tokens, i, first, last)
    if before == "to" and i - 2 >= first and tokens[i - 2].lower in _WITHHOLDING:  # "refused to say how"
        verb = i - 2
    elif before in DETERMINERS or before.endswith("'s") or before == "to":
        return None
    if "cite" in cue.kinds and (found := _quotes(tokens, i, first, last)):
        return found
    if not set(cue.kinds) & {"say", "tell", "think", "act"}:
        return None
    subject = subject_before(tokens, verb, first)
    if subject is None and before not in ("who", "which"):
        return None
    if subject is None:
        subject = (i - 1, i)
    auxiliary = verb < i or any(t.lower in AUXILIARIES for t in tokens[subject[1] : i])
    says = tokens[i].lower == "saying" or tokens[i].lower in ("claiming", "stating", "alleging", "warning")
    documents = load_heads()["document"] | load_heads()["person"]
    if says and not auxiliary and tokens[i - 1].lower in documents:  # "a statement saying …"
        auxiliary = True
    passive = auxiliary and any(t.lower in ("was", "were", "been", "being", "be") for t in tokens[subject[1] : i])
    speaker = tokens[subject[0]].lower
    impersonal = passive and speaker == "it"  # "it was reported that …"
    if (not cue.finite and not auxiliary) or (passive and kind != "tell" and not impersonal):
        return None
    if speaker in _FIRST_PERSON and kind == "think":
        return None
    begin = _complement(tokens, i, cue, last)
    if begin is None or begin >= last:
        return None
    end = _content_end(tokens, begin, last)
    if end <= begin or not any(is_word(t) for t in tokens[begin:end]):
        return None
    cue_start = subject[1]
    while cue_start < i and not is_word(tokens[cue_start]):
        cue_start += 1
    return Clause(
        source=None if passive else to_span(tokens, subject),  # "the soldiers were told that …"
        cue=to_span(tokens, (cue_start, i + 1)),
        content=to_span(tokens, (begin, end)),
        cue_word=tokens[i].lower,
    )


def _quotes(tokens: Sequence[Token], i: int, first: int, last: int) -> Clause | None:
    """Find "the agency quoted a minister as saying"; the content begins at "a minister"."""
    subject = subject_before(tokens, i, first)
    for j in range(i + 2, min(i + LONGEST_SUBJECT, last - 1)):
        if subject and tokens[j].lower == "as" and tokens[j + 1].lower.endswith("ing"):
            content = (i + 1, _content_end(tokens, i + 1, last))
            return Clause(
                source=to_span(tokens, subject),
                cue=to_span(tokens, (i, i + 1)),
                content=to_span(tokens, content),
                cue_word=tokens[i].lower,
            )
    return None


def _quoted(tokens: Sequence[Token], i: int, first: int, last: int) -> Clause | None:
    start = i - 1
    while start > first and i - start <= LONGEST_SUBJECT and not ends_phrase(tokens, start - 1):
        start -= 1
    if start == i - 1 or i + 1 >= last:
        return None
    end = _content_end(tokens, i + 1, last)
    return Clause(
        source=to_span(tokens, (start, i - 1)),
        cue=to_span(tokens, (i, i + 1)),
        content=to_span(tokens, (i + 1, end)),
        cue_word=tokens[i].lower,
    )


def _complement(tokens: Sequence[Token], i: int, cue: Cue, last: int) -> int | None:
    """Where the complement of the verb at i begins, or None if there is none that says something."""
    j = i + 1
    if j >= last:
        return None
    base = cue.base
    kind = next((k for k in cue.kinds if k in ("say", "tell", "think", "act")), cue.kinds[0])
    if tokens[j].lower in ("today", "yesterday", "again", "later", "earlier"):
        j += 1
    if j + 1 < last and tokens[j].lower == "on" and tokens[j + 1].lower.endswith("day"):
        j += 2
    if j >= last:
        return None
    if base == "warn" and (
        tokens[j].lower == "of" or (tokens[j].lower in DETERMINERS and _sees_finite(tokens, j, last))
    ):
        return j
    if kind == "tell":
        for k in range(j, min(j + 7, last)):
            if k > j and tokens[k].lower == "to":
                return k
            if tokens[k].lower in ("that", "whether", "how", "why", "what") or (k > j and tokens[k].text in OPENING):
                return k
        if tokens[j].lower in _HEARERS:
            return j + 1 if j + 1 < last and tokens[j + 1].lower not in ("about", "of") else None
        k = j
        while k < min(j + 5, last - 1):  # "told the bishop he …": the hearer ends where a new subject begins
            k += 1
            if tokens[k].lower in _SUBJECTS or tokens[k].lower in DETERMINERS:
                return k if _sees_finite(tokens, k, last) else None
        return None
    word = tokens[j]
    if word.lower == "that" or word.lower in _WH:
        return j
    if word.text in (":", ",") and j + 1 < last and tokens[j + 1].text in OPENING:
        return j + 1
    if word.text in OPENING and not is_word(word):
        return j
    if base in _GERUND_TAKERS:
        ever = j + 1 if word.lower == "ever" else j
        if ever < last and tokens[ever].lower.endswith("ing"):
            return j
        if word.lower == "to" and j + 1 < last and tokens[j + 1].lower.endswith("ing"):
            return j
    if base in _INFINITIVE_TAKERS and word.lower == "to":
        return j
    if base == "claim" and word.lower == "responsibility":
        return j
    if base in _ACTS:
        takes_object = (kind == "act" or base in _OBJECT_TAKERS) and is_word(word)
        return j if takes_object or word.lower in ("to", "of", "not") else None
    if kind == "act" or base in _NEEDS_THAT:
        return None
    starts = word.lower in _SUBJECTS or word.lower in DETERMINERS or word.text[:1].isupper() or base in _STRONG
    pronoun = base in _STRONG and word.lower in _PRONOUNS and j + 1 < last and is_word(tokens[j + 1])
    return j if starts and is_word(word) and (pronoun or _sees_finite(tokens, j, last)) else None


def _sees_finite(tokens: Sequence[Token], j: int, last: int) -> bool:
    return any(
        t.lower in FINITE or (len(t.lower) > 3 and t.lower.endswith("ed")) or (t.lower.endswith(("'s", "n't")))
        for t in tokens[j + 1 : min(j + _SIGHT, last)]
    )


def _content_end(tokens: Sequence[Token], begin: int, last: int) -> int:
    end = last
    if tokens[begin].text in OPENING and not is_word(tokens[begin]):
        pair = {"“": "”", "‘": "’", "«": "»"}.get(tokens[begin].text, tokens[begin].text)
        for k in range(begin + 1, last):
            if tokens[k].text == pair:
                return k + 1
    for k in range(begin + 1, last - 1):
        after = tokens[k + 1].lower
        if tokens[k].text == "," and (after in ("but", "and", "so") or tokens[k + 1].text in ("”", "’")):
            end = k
            break
        if tokens[k].lower == "and" and after == "then":
            end = k
            break
    opened: list[str] = []
    for t in tokens[begin:end]:
        if t.text in ("“", "‘"):
            opened.append(t.text)
        elif t.text in ("”", "’") and opened:
            opened.pop()
    while (
        end > begin
        and not is_word(tokens[end - 1])
        and not (tokens[end - 1].text in ("”", "’") and _paired(tokens, begin, end))
    ):
        end -= 1
    return end


def _paired(tokens: Sequence[Token], begin: int, end: int) -> bool:
    opener = "“" if tokens[end - 1].text == "”" else "‘"
    return sum(t.text == opener for t in tokens[begin:end]) >= sum(
        t.text == tokens[end - 1].text for t in tokens[begin:end]
    )


def _according(tokens: Sequence[Token], i: int, first: int, last: int) -> Clause | None:
    phrase = phrase_after(tokens, i + 2, last)
    if phrase is None:
        return None
    left = i
    while left > first and not is_word(tokens[left - 1]) and tokens[left - 1].text not in _CLOSING:
        left -= 1
    start = first
    while start < left and (tokens[start].lower == "that" or tokens[start].text in ("“", '"', ",")):
        start += 1
    if left > start:
        content = (start, left)
    else:
        begin = phrase[1]
        while begin < last and tokens[begin].text == ",":
            begin += 1
        end = _content_end(tokens, begin, last) if begin < last else begin
        if end <= begin:
            return None
        content = (begin, end)
    return Clause(
        source=to_span(tokens, phrase),
        cue=to_span(tokens, (i, i + 2)),
        content=to_span(tokens, content),
        cue_word="according to",
    )


def _noun(tokens: Sequence[Token], i: int, cue: Cue, last: int) -> Clause | None:
    """Nouns: "the army's claim that …", "claims by former prisoners that …", "the general gave the order to …"."""
    if "noun" not in cue.kinds or i + 1 >= last or (i and tokens[i - 1].lower == "in"):
        return None
    owner: tuple[int, int] | None = None
    j = i + 1
    if tokens[j].lower in ("by", "from", "of"):
        owner = phrase_after(tokens, j + 1, last)
        j = owner[1] if owner else j
    elif i and tokens[i - 1].lower.endswith(("'s", "s'")):
        start = i - 1
        while (
            start > 0
            and i - start < 8
            and not ends_phrase(tokens, start - 1)
            and tokens[start].lower not in DETERMINERS
        ):
            start -= 1
        owner = (start, i)
    elif i and tokens[i - 1].lower in ("his", "her", "their", "its"):
        owner = (i - 1, i)
    elif i > 1 and tokens[i - 1].lower in ("the", "an", "a"):
        k = i - 2
        if tokens[k].lower in ("gave", "gives", "issued", "made", "given", "repeated", "signed"):
            owner = subject_before(tokens, k, 0)
    if owner is None or j >= last or tokens[j].lower not in ("that", "to"):
        return None
    if tokens[j].lower == "to" and (j + 1 == last or tokens[j + 1].lower in DETERMINERS):  # "his claim to the land"
        return None
    end = _content_end(tokens, j, last)
    return Clause(
        source=to_span(tokens, owner),
        cue=to_span(tokens, (i, i + 1)),
        content=to_span(tokens, (j, end)),
        cue_word=tokens[i].lower,
    )
