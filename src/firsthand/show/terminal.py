"""A case in a terminal: the summary that a person would want to read first, and one table at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TextIO

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from firsthand.casefile import CaseFile
from firsthand.core.records import Claim, Document, Entity, Hop
from firsthand.core.text import printable
from firsthand.core.values import COUNTS
from firsthand.show.cases import ACCOUNT, SLOTS, Case

MOST = 12
"""Rows of a kind in the summary; `firsthand show CASE incidents` and its like print all."""
_STYLES = {"conflict": "bold red", "drift": "yellow", "open question": "cyan", "note": "dim", "unreadable": "magenta"}


def case_to_terminal(
    case: CaseFile, *, part: str = "summary", file: TextIO | None = None, width: int | None = None
) -> None:
    """Print one part of a case.

    Args:
        case: The open case.
        part: summary, documents, incidents, claims, origins, findings or questions.
        file: Where to; standard output by default.
        width: In columns; the terminal's own by default.
    """
    _PARTS[part](Case(case), Console(file=file, width=width, highlight=False, emoji=False))


def origins(low: int, high: int) -> str:
    """A count of origins in words.

    >>> origins(1, 1), origins(1, 3)
    ('1 origin', '1 to 3 origins')
    """
    number = str(high) if low == high else f"{low} to {high}"
    return f"{number} origin{'' if high == 1 else 's'}"


def chain(hops: tuple[Hop, ...] | list[Hop]) -> str:
    """A chain in one line, publisher first."""
    return " ← ".join(hop.name for hop in hops)


def _text(text: str) -> str:
    r"""Text of a document, harmless: no markup of rich's, no control codes, nothing that turns the line around.

    >>> _text("[bold]\x1b[31m\u202e:x:")
    '\\[bold]�[31m�:x:'
    """
    return escape(printable(text))


def _summary(case: Case, console: Console) -> None:
    days = sorted(filter(None, (case.published(d) for d in case.documents)))
    span = f", {days[0][:10]} to {days[-1][:10]}" if days else ""
    copies = Counter(copy.kind for copy in case.copies.values())
    console.print(f"[bold]{_text(case.name)}[/]: {len(case.documents)} documents, {len(case.houses)} publishers{span}")
    if copies:
        told = ", ".join(f"{number} {kind}" for kind, number in sorted(copies.items()))
        console.print(f"Documents that reuse another's words: {sum(copies.values())} ({told})")
    answers = Counter(case.crediting(document).answer for document in case.documents)
    said = f"another house in {answers['credited']}, nobody we can find in {answers['nobody found']}"
    console.print(f"Credited with their words: {said}; {answers['not examined']} not examined")
    mains = case.main_incidents
    for incident in mains[:3]:
        _incident(case, console, incident)
    others = [e for e in case.dated_incidents if e not in mains]
    if others:
        console.print("\n[bold]Other incidents[/]")
        table = Table(box=None, show_header=False, padding=(0, 2, 0, 2))
        for incident in others[:MOST]:
            table.add_row(incident.date, _text(incident.label), _accused(case, incident))
        console.print(table)
        _more(console, len(others), "incidents")
    _some_findings(case, console)
    unreadable = case.number_of_findings("unreadable")
    if unreadable:
        console.print(f"\n[magenta]{unreadable} files could not be read[/]: `firsthand show CASE findings` lists them.")


def _incident(case: Case, console: Console, incident: Entity) -> None:
    number = incident.detail.get("documents")
    told = f"told by {number} document{'' if number == 1 else 's'}" if number else ""
    console.print(f"\n[bold]{_text(incident.label)}[/]  {incident.date or 'date not resolved'}  [dim]{told}[/]")
    accounts = case.accounts(incident.id)
    if accounts:
        console.print("  Who is said to have done it")
    for account in accounts[:MOST]:
        best = max(account.claims, key=lambda c: (c.origins_high, c.origins_low))
        counted, confidences = origins(best.origins_low, best.origins_high), "; ".join(account.confidences)
        console.print(f"    [bold]{_text(account.actor)}[/]  {confidences}  [cyan]{counted}[/]")
        for origin in account.origins[:3]:
            told_by = origin.told[0]
            party = " [yellow](a party to it)[/]" if origin.origin.interested else ""
            confidence = told_by.statement.confidence or ""
            console.print(Padding(f"{_text(chain(told_by.chain))}{party}  [dim]{confidence}[/]", (0, 0, 0, 6)))
        if len(account.origins) > 3:
            console.print(f"      [dim]… and {len(account.origins) - 3} more[/]")
    slots = case.claims_of(incident.id, SLOTS)
    for prop in SLOTS:
        values = [c for c in slots if c.property == prop]
        if values and prop not in ("date", "place"):
            told_values = [(_text(case.value(c)), origins(c.origins_low, c.origins_high)) for c in values[:5]]
            listed = "; ".join(f"{value} [cyan]({count})[/]" for value, count in told_values)
            console.print(Padding(f"[dim]{prop}[/]  {listed}", (0, 0, 0, 2)))


def _accused(case: Case, incident: Entity) -> str:
    """The three with most origins; `Case.accounts` would load every word that is said of all of them."""
    actors: dict[str, list[Claim]] = {}
    for claim in case.claims_of(incident.id, ACCOUNT):
        if claim.actor:
            actors.setdefault(claim.actor, []).append(claim)
    ranked = sorted(actors, key=lambda a: (-len({o for claim in actors[a] for o in claim.origins}), a))
    names = (case.entities.get(a) for a in ranked[:3])
    told = (
        (n.label if n else actors[a][0].value, actors[a][0].confidence) for n, a in zip(names, ranked, strict=False)
    )
    return _text("; ".join(f"{name} ({(confidence or '?').partition(';')[0]})" for name, confidence in told))


def _some_findings(case: Case, console: Console) -> None:
    for level, title in (("conflict", "What does not add up"), ("drift", "What changed on the way"),
                         ("open question", "Open questions"), ("note", "What was checked and agrees")):  # fmt: skip
        found = case.findings_of(level, most=MOST)
        if not found:
            continue
        console.print(f"\n[bold]{title}[/]")
        rows = Table.grid(padding=(0, 2))
        for finding in found:
            rows.add_row(f"[{_STYLES[level]}]{finding.check}[/]", _text(finding.message))
        console.print(Padding(rows, (0, 0, 0, 2)))
        _more(console, case.number_of_findings(level), "questions" if level == "open question" else "findings")


def _more(console: Console, total: int, part: str) -> None:
    if total > MOST:
        console.print(f"  [dim]… and {total - MOST} more: firsthand show CASE {part}[/]")


def _list(console: Console, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table on a terminal; elsewhere one row a line with tabs between, whole, for `grep` and `cut`."""
    if not console.is_terminal:
        lines = ("\t".join(printable(cell) for cell in row) for row in (columns, *rows))
        console.file.writelines(f"{line}\n" for line in lines)
        return
    table = Table(*columns, box=None, header_style="bold", padding=(0, 2, 0, 0))
    for row in rows:
        table.add_row(*map(_text, row))
    console.print(table)


def _documents(case: Case, console: Console) -> None:
    def row(document: Document) -> Sequence[str]:
        copy = case.copies.get(document.id)
        parent = f"{case.name_of(case.by_id[copy.of])} ({copy.kind}, {copy.similarity:.0%})" if copy else ""
        headline = document.headline or " ".join(document.text[:80].split())
        credit, file = str(case.crediting(document)), document.path or ""
        return case.published(document) or "?", case.house(document) or "?", headline, parent, credit, file

    names = ("published", "publisher", "headline", "goes back to", "credits", "file")
    _list(console, names, map(row, case.documents))


def _incidents(case: Case, console: Console) -> None:
    if console.is_terminal:
        for incident in case.incidents:
            _incident(case, console, incident)
        return

    def row(incident: Entity) -> Sequence[str]:
        counts = [c for c in case.claims_of(incident.id, COUNTS) if c.origins_high]
        told = "; ".join(f"{c.property} {case.value(c)}" for c in counts)
        documents = str(incident.detail.get("documents", ""))
        return incident.date or "?", incident.label, documents, _accused(case, incident), told

    _list(console, ("date", "incident", "documents", "said to have done it", "numbers"), map(row, case.incidents))


def _claims(case: Case, console: Console) -> None:
    def row(incident: Entity, claim: Claim) -> Sequence[str]:
        value = case.value(claim) + (f" ({claim.confidence})" if claim.confidence else "")
        counted = origins(claim.origins_low, claim.origins_high)
        interested = ", a party among them" if any(case.origins[o].interested for o in claim.origins) else ""
        again = len(case.repeated(claim))
        return (
            incident.label, claim.property.replace("perpetrator_", "by "), value, counted + interested,
            _first(case, claim), f"{again} document{'' if again == 1 else 's'}" if again else "",
        )  # fmt: skip

    def by_property(claims: Sequence[Claim]) -> list[Claim]:
        return sorted(claims, key=lambda c: (c.property, c.value))

    names = ("incident", "what", "value", "origins", "first", "again in")
    if console.is_terminal:
        for incident in case.incidents:
            claims = by_property(case.claims_about[incident.id])
            console.print(f"\n[bold]{_text(incident.label)}[/]")
            _list(console, names[1:], (row(incident, claim)[1:] for claim in claims))
        return
    every = (
        (i, c) for i in case.incidents for c in sorted(case.claims_about[i.id], key=lambda c: (c.property, c.value))
    )
    _list(console, names, (row(*pair) for pair in every))


def _first(case: Case, claim: Claim) -> str:
    if claim.first is None:
        return "not established"
    document = case.by_id[case.statements[claim.first].span.doc]
    return f"{case.name_of(document)}, {(case.published(document) or '')[:10]}"


def _origins(case: Case, console: Console) -> None:
    ranked = sorted(case.origins.values(), key=lambda o: (-len(o.statements), o.name))
    rows = ((o.name, o.kind, str(len(o.statements)), "yes" if o.interested else "") for o in ranked)
    _list(console, ("origin", "kind", "statements", "party"), rows)


def _findings(case: Case, console: Console) -> None:
    if console.is_terminal:
        for finding in case.findings:
            style = _STYLES[finding.level]
            console.print(f"[{style}]{finding.level}[/] [bold]{finding.check}[/] {_text(finding.message)}")
    else:
        _list(console, ("level", "check", "message"), ((f.level, f.check, f.message) for f in case.findings))


def _questions(case: Case, console: Console) -> None:
    for finding in case.findings_of("open question"):
        console.print(f"[cyan]?[/] {_text(finding.message)}")


_PARTS: dict[str, Callable[[Case, Console], None]] = {
    "summary": _summary,
    "documents": _documents,
    "incidents": _incidents,
    "claims": _claims,
    "origins": _origins,
    "findings": _findings,
    "questions": _questions,
}
