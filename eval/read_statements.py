"""Statements of a case, drawn with a fixed seed, for reading: are chain, origin and confidence right?

    python eval/read_statements.py CASE [--count 30] [--seed 6] [--property perpetrator]

Prints for each its id, the sentence it stands in with the words marked, property, value, confidence, chain and origin.
Without --property, statements of roles and counts of the main incident and the others are drawn alike.
"""

import argparse
import random
from pathlib import Path

from firsthand.casefile import open_case
from firsthand.core.text import text_to_sentences
from firsthand.show.cases import Case

AROUND = 1
"""Sentences printed before the one that holds the words."""


def main():
    """Print them."""
    parser = argparse.ArgumentParser()
    parser.add_argument("case", type=Path)
    parser.add_argument("--count", type=int, default=30)
    parser.add_argument("--seed", type=int, default=6)
    parser.add_argument("--property", default="")
    args = parser.parse_args()
    with open_case(args.case, readonly=True) as file:
        case = Case(file)
    claim_of = {s: c for c in case.claims for s in c.statements}
    pool = sorted(s for s in case.hops if s in claim_of and case.statements[s].property.startswith(args.property))
    origin_of = {s: o for o in case.origins.values() for s in o.statements}
    for number, name in enumerate(random.Random(args.seed).sample(pool, min(args.count, len(pool))), 1):
        statement = case.statements[name]
        text = case.by_id[statement.span.doc].text
        sentences = text_to_sentences(text)
        at = max((k for k, (start, _) in enumerate(sentences) if start <= statement.span.start), default=0)
        start, end = sentences[max(0, at - AROUND)][0], max(sentences[at][1], statement.span.end)
        marked = f"{text[start : statement.span.start]}>>{text[statement.span.start : statement.span.end]}<<"
        origin, claim = origin_of[name], claim_of[name]
        print(f"{number}. {name}  {case.name_of(case.by_id[statement.span.doc])}")
        print("  ", " ".join((marked + text[statement.span.end : end]).split()))
        print(f"   {statement.property} = {statement.value}; {statement.confidence or '-'}; {statement.factuality}")
        print("   chain:", " <- ".join(f"{h.name} [{h.kind}]" for h in case.hops[name]))
        print(f"   origin: {origin.name} [{origin.kind}]{', a party' if origin.interested else ''};", end=" ")
        print(f"incident: {case.entities[claim.incident].label}" if claim.incident in case.entities else "no incident")


if __name__ == "__main__":
    main()
