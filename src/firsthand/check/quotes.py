"""Words in quotation marks that changed on the way.

Every direct quotation of six words or more is compared with those of the other documents. Typography, case and
bracketed insertions do not count. A quotation that is part of the other, word for word, is a shorter excerpt and no
finding. Two that share most of their words but not all are `conflict`: the finding names the words that differ, and
says so where a word of certainty (may, will, must …) is among them.
Tolerance: none in words. Pairs of which less than 70 % of the words agree are taken for different utterances.
False alarms: translations of one speech, and slogans said twice in different words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import combinations

from rapidfuzz.distance import Indel

from firsthand.check.views import CheckOptions, View, make_finding
from firsthand.core.ids import make_id
from firsthand.core.records import Finding, Span

MIN_WORDS = 6
"""Shorter ones are phrases that many people say. A choice, not measured yet."""
SAME_UTTERANCE = 0.7
"""Share of words in common, 0–1, from which two quotations are taken for one utterance."""
_QUOTED = re.compile(r"“([^“”]{20,2000})”|\"([^\"]{20,2000})\"")
_WORD = re.compile(r"\w+(?:['’]\w+)?")
MODALS = frozenset(
    ["may", "might", "could", "can", "will", "would", "shall", "should", "must", "never", "always", "not", "no"]
)
_MODAL_NOTE = " The change touches how certain or how far the speaker goes."
_MOST = 40
"""A shingle in more quotations than this is boilerplate; keeps the comparison near linear."""


def view_to_quote_findings(view: View, *, options: CheckOptions) -> list[Finding]:
    """Findings for pairs of altered quotations, one per pair of wordings."""
    quotes: list[tuple[Span, list[str]]] = []
    for document in view.documents.values():
        quotes += _quotes(document.id, document.text)
    shingles: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, (_, words) in enumerate(quotes):
        for at in sorted({tuple(words[i : i + 3]) for i in range(len(words) - 2)}):
            shingles[at].append(index)
    pairs = {
        pair
        for members in shingles.values()
        if 1 < len(members) <= _MOST
        for pair in combinations(sorted(set(members)), 2)
    }
    found: dict[tuple[str, ...], Finding] = {}
    for left, right in sorted(pairs, key=lambda p: (quotes[p[0]][0], quotes[p[1]][0])):
        finding = _compare(view, quotes[left], quotes[right])
        if finding:
            wording = tuple(sorted((" ".join(quotes[left][1]), " ".join(quotes[right][1]))))
            found.setdefault(wording, finding)
    return list(found.values())


def _quotes(doc: str, text: str) -> list[tuple[Span, list[str]]]:
    found = []
    for match in _QUOTED.finditer(text):
        group = 1 if match.group(1) else 2
        words = [w.lower().replace("’", "'") for w in _WORD.findall(re.sub(r"\[[^\]]*\]", " ", match.group(group)))]
        if len(words) >= MIN_WORDS:
            found.append((Span(doc, match.start(group), match.end(group)), words))
    return found


def _compare(view: View, left: tuple[Span, list[str]], right: tuple[Span, list[str]]) -> Finding | None:
    if left[0].doc == right[0].doc or left[1] == right[1]:
        return None
    short, long = sorted((left, right), key=lambda q: (len(q[1]), q[0]))
    if f" {' '.join(short[1])} " in f" {' '.join(long[1])} ":
        return None
    operations = Indel.opcodes(short[1], long[1])
    # what stands only before or after the shorter one was cut off, not changed
    inner = [o for o in operations if not (o.tag == "insert" and o.src_start in (0, len(short[1])))]
    removed = [w for o in inner if o.tag == "delete" for w in short[1][o.src_start : o.src_end]]
    added = [w for o in inner if o.tag == "insert" for w in long[1][o.dest_start : o.dest_end]]
    kept = len(short[1]) - len(removed)
    if kept < SAME_UTTERANCE * len(short[1]) or kept < SAME_UTTERANCE * (kept + len(added)) or not removed + added:
        return None
    first, second = sorted((short, long), key=lambda q: (view.documents[q[0].doc].published or "9", q[0]))
    before, after = (removed, added) if first is short else (added, removed)
    modal = MODALS & {*removed, *added}
    return make_finding(
        "quote",
        "conflict",
        f"One utterance, two wordings: {view.name(first[0].doc)} has {_listed(before)} where "
        f"{view.name(second[0].doc)} has {_listed(after)}.{_MODAL_NOTE if modal else ''}",
        spans=[first[0], second[0]],
        about=[make_id("quote", *sorted((" ".join(left[1]), " ".join(right[1]))))],
        measured=float(len(removed) + len(added)),
        expected=0.0,
        tolerance=0.0,
        unit="words",
    )


def _listed(words: list[str]) -> str:
    return "“" + " ".join(words) + "”" if words else "nothing"
