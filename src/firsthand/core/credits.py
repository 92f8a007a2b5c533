"""Whose words a document says that it carries. Three answers: a house, nobody that we can find, nobody looked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from firsthand.core.houses import is_same_house, name_to_house
from firsthand.core.records import Document, Mention

HEAD, TAIL = 1500, 2500
"""Code points from either end of a text within which credits are looked for outside credit lines."""
CARRYING = ("wire", "republished", "hat tip")
"""Kinds of credit that name another house. A byline names a person, and a dateline's agency is a `wire` too."""
READS = "en"
"""The language of the rules. Where it is not established they are taken to have read."""


@dataclass(frozen=True, slots=True)
class Crediting:
    """What is known of whom a document credits.

    Attributes:
        answer: Whether a house is credited; none was found; or the document was not examined for credits.
        houses: Those credited, in order of the text; none but with the first answer.
        reason: What it rests on, or what stands in the way.
    """

    answer: Literal["credited", "nobody found", "not examined"]
    houses: tuple[str, ...]
    reason: str

    def __str__(self) -> str:
        """For a cell of a table."""
        return ", ".join(self.houses) or (
            self.answer if self.answer == "nobody found" else f"not examined: {self.reason}"
        )


def document_to_crediting(document: Document, credits: Sequence[Mention] | None) -> Crediting:
    """Say whom a document credits.

    Args:
        document: The document.
        credits: Its mentions of kind credit; None if nobody has looked for any.

    >>> page = Document(id="d", by="", text="Two ferries collided.", language="en")
    >>> document_to_crediting(page, []).answer, document_to_crediting(page, None).answer
    ('nobody found', 'not examined')
    """
    if credits is None:
        return Crediting("not examined", (), "nobody has looked for credits")
    carried = [c for c in credits if c.detail.get("kind") in CARRYING and c.value]
    own = name_to_house(document.publisher or "")
    others = [c for c in carried if not is_same_house(name_to_house(str(c.value)), own)]
    if others:
        kinds = dict.fromkeys(str(c.detail["kind"]) for c in others)
        return Crediting("credited", tuple(dict.fromkeys(str(c.value) for c in others)), ", ".join(kinds))
    if carried:
        return Crediting("nobody found", (), "it credits its own house only")
    if not any(letter.isalpha() for letter in document.text):
        return Crediting("not examined", (), "it has no words")
    if document.language not in (None, READS):
        return Crediting("not examined", (), f"its language is {document.language}, and the rules read {READS}")
    where = "dateline, byline, credit lines"
    if len(document.text) > HEAD + TAIL:
        where += f", first {HEAD:,} and last {TAIL:,} characters"
    else:
        where += ", all of the text"
    return Crediting("nobody found", (), f"none in {where}")
