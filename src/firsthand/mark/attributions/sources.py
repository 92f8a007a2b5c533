"""What sort of source somebody is, and what it is called: read off the words that name it.

The head nouns and names stand in sources.tsv beside this file.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from firsthand.core.spans import Range, overlaps
from firsthand.mark.attributions.cues import load_heads
from firsthand.mark.attributions.phrases import Token, text_to_tokens
from firsthand.mark.demonyms import COUNTRY_OF

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from firsthand.core.records import Mention, SourceKind

PRONOUNS = frozenset(
    "he she they it i we you his her their its my our him them who which whom this that these those himself "
    "herself".split()
)
ARTICLES = frozenset("the a an".split())
_HEAD_ENDS = frozenset(
    "of in at for from to with on who which that by about near close familiar speaking quoted and or as inside "
    "within working against under behind by including issued released published carried conducted gathered".split()
)
_PARTICLES = frozenset("al el bin ibn de da di del der den la le van von dos du ul bint abu y".split())
TITLES = frozenset(
    "mr mrs ms miss dr prof sen rep gov gen col lt ltc capt maj sgt cpl adm cmdr sir lord lady dame rev fr father "
    "sister brother msgr monsignor archbishop bishop cardinal pope imam sheikh rabbi president prime vice "
    "minister secretary senator congressman congresswoman representative governor mayor ambassador general "
    "colonel major captain lieutenant sergeant admiral commander brigadier marshal chief chairman chairwoman king "
    "queen prince princess judge justice professor doctor deputy former then ex acting foreign defense defence "
    "interior spokesman spokeswoman spokesperson director justice attorney lawyer republican democratic democrat "
    "candidate councillor councilor councilman inspector detective officer engineer licenciado don comrade rector "
    "superior provincial prelate pastor".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What the words of a source say about it.

    Attributes:
        kind: What sort.
        name: Without titles and articles; None if it has none.
        head: Its head noun in lower case.
        reason: The words that decided the kind.
        pronoun: The pronoun in lower case, if it is one.
        plural: Whether it is more than one.
    """

    kind: SourceKind
    name: str | None
    head: str
    reason: str
    pronoun: str | None = None
    plural: bool = False


def words_to_source(text: str, span: Range, *, mentions: Iterable[Mention] = (), capitals: bool = False) -> Source:
    """Read a source's words.

    Args:
        text: of the document.
        span: of the source.
        mentions: of the document, those that overlap the span.
        capitals: whether the document is printed in capitals, so that they mean nothing.

    Returns:
        The source. With no mentions, kinds rest on the word lists and capital letters alone.
    """
    tokens = [
        t if t.text not in ("[", "(") else Token(",", ",", t.start, t.end)  # an insertion ends a name as a comma does
        for t in text_to_tokens(text, *span)
        if t.text[0].isalnum() or t.text in (",", "[", "(")
    ]
    tokens = tokens[next((k for k, t in enumerate(tokens) if t.text != ","), 0) :]
    while tokens and tokens[-1].text == ",":
        tokens.pop()
    if not tokens:
        return Source(kind="unnamed", name=None, head="", reason="no word")
    if len([t for t in tokens if t.text != ","]) == 1 and tokens[0].lower in PRONOUNS:
        word = tokens[0].lower
        return Source(
            kind="unnamed",
            name=None,
            head=word,
            reason=f"“{word}” not resolved",
            pronoun=word,
            plural=word in ("they", "we", "their", "them", "these", "those", "our"),
        )
    heads = load_heads()
    near = list(mentions)
    phrase = _first_phrase(tokens, near)
    head = phrase[-1].lower.rstrip(".")
    head = head[:-2] if head.endswith("'s") else head.rstrip("'")
    run = _names(tokens, near, capitals)
    named = [t.text.removesuffix("'s").removesuffix("’s").rstrip("'’") for t in run]
    kinds = {m.kind for m in near if overlaps((m.span.start, m.span.end), span)}
    definite = tokens[0].lower in ("the", "his", "her", "their", "its")
    several = _is_several(tokens, near, capitals)
    plural = several or head.endswith("s") or head in ("police", "people", "men", "women")
    name = None if several else " ".join(named) or None

    def made(kind: SourceKind, word: str, *, keep_name: bool = True) -> Source:
        return Source(kind=kind, name=name if keep_name else None, head=head, reason=f"“{word}”", plural=plural)

    titled = any(t.lower.rstrip(".") in TITLES for t in phrase) or head in heads["person"]
    wire = head == "agency" and len(phrase) > 1 and phrase[-2].lower in ("news", "press", "wire")
    by_name = named and not titled and any(t.lower in heads["outlet"] for t in phrase)  # "Radio Lindal", "MSNBC’s …"
    if head in heads["outlet"] or wire or by_name or (named and head in heads["outlet-name"] and len(phrase) > 1):
        whole = " ".join(t.text for t in phrase if t.lower not in ARTICLES)
        return Source(kind="outlet", name=name and whole, head=head, reason=f"“{phrase[-1].text}”", plural=False)
    if head in heads["witness"]:
        return made("witness", phrase[-1].text, keep_name=False)
    if head in heads["document"] and not ("person" in kinds and named):
        return made("document", phrase[-1].text, keep_name=False)
    if phrase[0].lower in heads["outlet"] and len(phrase) == 1:
        return made("outlet", phrase[0].text)
    is_person = "person" in kinds or head in heads["person"] or any(t.lower.rstrip(".") in TITLES for t in phrase)
    # "Trump officials", not "President Trump", nor "a spokeswoman, Ana Lind"
    aside = len(run) > 1 and run[0].start > phrase[-1].end and not plural
    only_modifies = head in heads["person"] and phrase[-1].text not in named and not aside
    if named and is_person and not only_modifies and not _is_body(phrase, heads):
        return made("named person", " ".join(named))
    if head in heads["person"]:
        return made("unnamed", phrase[-1].text, keep_name=False)
    if _is_body(phrase, heads):
        indefinite = tokens[0].lower in ("a", "an", "some", "many", "several", "one", "two", "three")
        if indefinite and not named:
            return made("unnamed", " ".join(t.text for t in phrase), keep_name=False)
        named_in_full = [*phrase, *_of_whom(tokens[len(phrase) :], near, capitals)]
        words = [t.text for k, t in enumerate(named_in_full) if k or t.lower not in ARTICLES]
        body = None if several else " ".join(words)
        return Source(kind="named body", name=body, head=head, reason=f"“{phrase[-1].text}”", plural=plural)
    if named and kinds & {"organisation", "place", "facility", "nationality"} and "person" not in kinds:
        return made("named body", " ".join(named))
    if named and not definite:
        return made("named person", " ".join(named))
    if named:
        return made("named body", " ".join(named))
    return made("unnamed", " ".join(t.text for t in phrase), keep_name=False)


def _first_phrase(tokens: Sequence[Token], mentions: Sequence[Mention]) -> list[Token]:
    bodies = [(m.span.start, m.span.end) for m in mentions if m.kind == "organisation"]
    phrase: list[Token] = []
    for k, token in enumerate(tokens):
        # "the Press and Information Directorate" is one body
        joined = token.lower in ("and", "&") and any(a < token.start and token.end < b for a, b in bodies)
        if k and not joined and (token.text == "," or token.lower in _HEAD_ENDS):
            break
        phrase.append(token)
    return phrase or list(tokens[:1])


_SMALL = ARTICLES | {"of", "for", "and"}


def _of_whom(rest: Sequence[Token], mentions: Sequence[Mention], capitals: bool) -> list[Token]:
    """Whose command, ministry or office a body is: "of the Lowland Front" behind "the General Command"."""
    if not rest or rest[0].lower != "of":
        return []
    inside = [(m.span.start, m.span.end) for m in mentions if m.kind in ("organisation", "place", "nationality")]
    found: list[Token] = [rest[0]]
    for token in rest[1:]:
        cased = token.text[:1].isupper() and (not capitals or any(a <= token.start < b for a, b in inside))
        small = token.lower in _SMALL
        if token.text == "," or not (small or (cased and token.lower not in PRONOUNS)):
            break
        found.append(token)
    while found and (found[-1].lower in _SMALL or not found[-1].text[:1].isupper()):
        found.pop()
    return found


def _is_body(phrase: Sequence[Token], heads: dict[str, frozenset[str]]) -> bool:
    return phrase[-1].lower in heads["body"]


def _names(tokens: Sequence[Token], mentions: Sequence[Mention], capitals: bool) -> list[Token]:
    """The longest name among the tokens; none that a preposition hangs on them ("a friend of the Varra family")."""
    common = _common()
    people = [(m.span.start, m.span.end) for m in mentions if m.kind in ("person", "organisation", "place")]
    places = [(m.span.start, m.span.end) for m in mentions if m.kind in ("place", "nationality")]
    bodies = [(m.span.start, m.span.end) for m in mentions if m.kind == "organisation"]
    persons = [m.span.start for m in mentions if m.kind == "person"]
    best: list[Token] = []
    run: list[Token] = []
    owned = first_full = hangs = False
    for k, token in enumerate([*tokens, Token(",", ",", 0, 0)]):
        bare = token.lower.rstrip(".").removesuffix("'s")
        inside = any(a <= token.start and token.end <= b + 2 for a, b in people)
        joined = "-" in token.text and bare.split("-")[0] in _PARTICLES
        # "RIVERA Y DAMAS": the net often ends a name before its second surname
        second = bool(run) and run[-1].lower == "y"
        cased = (token.text[:1].isupper() and (not capitals or inside or second)) or joined
        named = cased and bare not in common and not (k == 0 and bare in _STARTERS)
        if named or (run and bare in _PARTICLES and bare not in _BREAKS):
            run.append(token)
        else:
            while run and run[-1].lower in _PARTICLES:
                run.pop()
            owns = k > 0 and tokens[k - 1].lower.endswith(("'s", "s'"))
            # The first full name: "Ana Lind, leader of Varra’s left". An owner’s gives way: "Lind’s spokesman, Cook".
            if hangs and len(run) > 1 and _is_office(tokens, run, mentions):
                run = run[run[0].lower in _PORTFOLIOS :]
            elif hangs:
                run = []
            # "Lindal Archbishop Ana Ruel", "the Lindalese general": the place before a title is nobody's name
            # of a body's name too, where somebody's follows: "Lindal Police Chief Ana Ruel"
            owners = places + (bodies if any(start >= token.end for start in persons) else [])
            before_title = run and bare in _offices() and _lies_in(run, owners)
            if before_title:
                run = []
            if run and not first_full and (len(run) >= len(best) or owned):
                best, owned = run, owns
                first_full = len(run) > 1 and not owns
            run = []
            hangs = token.text != "," and (hangs or (k > 0 and bare in _HANGING))
    return best


def _lies_in(run: Sequence[Token], places: Sequence[Range]) -> bool:
    """Whether all of a run is names of places or peoples."""
    return all(any(a <= t.start and t.end <= b for a, b in places) or t.lower in COUNTRY_OF for t in run)


def _is_office(tokens: Sequence[Token], run: Sequence[Token], mentions: Sequence[Mention]) -> bool:
    """Whether a name after "of" is that of the office's holder: "Secretary of State Ana Lind"."""
    offices = [t.start for t in tokens if t.lower in _OFFICES and t.end <= run[0].start]
    return any(
        m.kind == "person" and m.span.end >= run[-1].end and any(m.span.start <= at for at in offices) for m in mentions
    ) and not any(
        m.kind in ("place", "organisation") and m.span.start <= run[0].start and m.span.end >= run[-1].end
        for m in mentions
    )


def _is_several(tokens: Sequence[Token], mentions: Sequence[Mention], capitals: bool) -> bool:
    """Whether names are joined by "and": "Lind, minister Cook and the Varra Party", not "Cook and Sons"."""
    for k, token in enumerate(tokens):
        if token.lower not in ("and", "&") or not 0 < k < len(tokens) - 1:
            continue
        comma = max((j for j in range(k) if tokens[j].text == ","), default=-1)
        if comma > 0 and k - comma > 1 and not _names(tokens[comma + 1 : k], mentions, capitals):
            continue  # "Lind, a former deputy and present chief"
        before = [t for t in tokens[:k] if t.text != ","][-_JOINED:]
        after = [t for t in tokens[k + 1 :] if t.text != ","][:_JOINED]
        if not after or not _names(before, mentions, capitals):
            continue
        bodies = [m for m in mentions if m.kind != "person"]
        one = any(m.span.start < token.start and token.end < m.span.end for m in bodies)
        if after[0].lower in _OTHERS or (not one and _names(after, mentions, capitals)):
            return True
    return False


@cache
def _offices() -> frozenset[str]:
    """Words for who somebody is, beside a name or in its place."""
    return load_heads()["person"] | TITLES


@cache
def _common() -> frozenset[str]:
    """Words that are part of no name, even with a capital."""
    heads = load_heads()
    return heads["person"] | heads["witness"] | heads["document"] | TITLES | ARTICLES | PRONOUNS | _BREAKS


_BREAKS = frozenset(
    "of and in for at on to by from the with within over us u.s first second third latter highest top current "
    "present".split()
)
_HANGING = _HEAD_ENDS - {"and", "or", "as"} | {"to", "like", "such"}
_OTHERS = frozenset("his her their other others".split())
_OFFICES = frozenset("secretary minister undersecretary chief director commander".split())
_PORTFOLIOS = frozenset("state treasury energy labor labour commerce war health education transport".split())
_JOINED = 6
"""Words on either side of an "and" among which there must be a name."""
_STARTERS = frozenset(
    "some many several one two three four five most all both other others another no nobody critics supporters "
    "people even each every few more top senior local unnamed anonymous what those only neither either half "
    "dozens hundreds thousands nearly almost about at according police voters security government state".split()
)
