"""Scores nested attributions against the bracketed sentences of this folder.

`python tests/mark/attributions/nested/chains.py [FILE] [MODEL] [--errors] [--gold-outer]`:
share of chains entirely right with the net shipped, or with gold outermost attributions instead of a net.
`--errors` shows the wrong ones, but for heldout.txt and the kept half of ten-styles.jsonl.
"""

# ruff: noqa: T201
from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parents[3]))

from brackets import Marked, read_brackets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from firsthand.core.records import Attribution, Span

FOLDER = Path(__file__).parent
Chain = dict[str, dict[str, list[tuple[int, int]]]]
_WORD = re.compile(r"\w+|:")


def load(name: str) -> list[tuple[str, Marked]]:
    """The sentences of a file with the heading that they stand under."""
    if name.endswith(".jsonl"):
        return [one for line in (FOLDER / name).read_text("utf-8").splitlines() for one in _styles(json.loads(line))]
    heading, found = "", []
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            heading = line[2:]
        elif line:
            found.append((heading, read_brackets(line)))
    return found


def _styles(row: dict[str, Any]) -> Iterator[tuple[str, Marked]]:
    """The chains of a text in some style, as if in brackets: sources outermost first, each within the one before."""
    text, said = row["text"], {a["source"]: a for a in row["attributions"]}
    for chain in row["chains"]:
        spans = []
        for depth, source in enumerate(chain["sources"]):
            for role in ("source", "cue", "content"):
                parts = said[source][role].split(" // ") if source in said else []
                spans += [(*_place(text, part), f"1{'.1' * depth} {role}") for part in parts if part]
        yield f"{row['half']}, {row['style']}", Marked(text, tuple(sorted(spans, key=lambda s: (s[0], -s[1], s[2]))))


def _place(text: str, quotation: str) -> tuple[int, int]:
    words, _, number = quotation.partition("#")
    found = list(re.finditer(r"\b" * words[0].isalnum() + re.escape(words), text))
    return found[int(number or 1) - 1].span()


def chain_of(marked: Marked) -> Chain:
    """Spans by attribution and role."""
    chain: Chain = defaultdict(lambda: {"source": [], "cue": [], "content": []})
    for start, end, label in marked.spans:
        parts = label.split()
        for name, role in zip(parts[::2], parts[1::2], strict=True):
            chain[name][role].append((start, end))
    return dict(chain)


def is_right(text: str, chain: Chain, attributions: Sequence[Attribution]) -> bool:
    """Whether the attributions hold the whole chain; others beside it do no harm."""
    words = [m.span() for m in _WORD.finditer(text)]

    def inside(spans: Sequence[tuple[int, int]]) -> set[int]:
        return {k for k, (a, b) in enumerate(words) if any(x <= a and b <= y for x, y in spans)}

    def ranges(spans: Sequence[Span]) -> list[tuple[int, int]]:
        return [(s.start, s.end) for s in spans]

    def alike(left: set[int], right: set[int]) -> bool:
        return (not left and not right) or len(left & right) >= 0.5 * len(left | right) > 0

    ids: dict[str, set[str]] = {}
    for name in sorted(chain):
        gold = {role: inside(spans) for role, spans in chain[name].items()}
        outer = ids.get(name.rpartition(".")[0])
        ids[name] = {
            a.id
            for a in attributions
            if alike(gold["source"], inside(ranges(a.source)))
            and (not gold["cue"] or gold["cue"] & inside(ranges(a.cue)))
            and alike(gold["content"], inside(ranges(a.content)))
            and (a.within is None if outer is None else a.within in outer)
        }
        if not ids[name]:
            return False
    return True


def main() -> None:
    from brackets import document, encoding, write_brackets
    from firsthand.encoder import Encoder
    from firsthand.mark.attributions.attributions import encoding_to_attributions
    from firsthand.mark.entities import encoding_to_entities

    arguments = [a for a in sys.argv[1:] if not a.startswith("--")]
    name = arguments[0] if arguments else "heldout.txt"
    encoder = Encoder.load(Path(arguments[1]) if len(arguments) > 1 else None, threads=1)
    rows = load(name)
    right: dict[str, list[bool]] = defaultdict(list)
    for (heading, marked), net in zip(rows, encoder.encode(m.text for _, m in rows), strict=True):
        chain = chain_of(marked)
        one = document(marked.text)
        if "--gold-outer" in sys.argv:
            net = encoding(Marked(marked.text, tuple((a, b, "1 " + r) for r, v in chain["1"].items() for a, b in v)))
        entities = encoding_to_entities(one, encoding=net)
        found = encoding_to_attributions(one, encoding=net, entities=entities)
        right[heading].append(is_right(marked.text, chain, found))
        kept = name == "heldout.txt" or heading.startswith("kept")
        if "--errors" in sys.argv and not kept and not right[heading][-1]:
            print("WANTED", write_brackets(marked.text, [(a, b, c) for a, b, c in marked.spans]))
            names: dict[str | None, str] = {None: "-"}
            for k, a in enumerate(found):
                names[a.id] = str(k)
            for a in found:
                spans = [[marked.text[s.start : s.end] for s in v] for v in (a.source, a.cue, a.content)]
                print("      ", names[a.id], "in", names.get(a.within), *spans, a.reason)
    for heading, values in right.items():
        if name != "heldout.txt" and not heading.startswith("kept"):
            print(f"{sum(values):3d} of {len(values):3d}  {heading}")
    for half in ("dev", "kept", "") if name.endswith(".jsonl") else ("",):
        total = [value for heading, values in right.items() if heading.startswith(half) for value in values]
        print(f"{half or 'all'}: {sum(total)} of {len(total)} chains right, {sum(total) / len(total):.3f}")


if __name__ == "__main__":
    main()
