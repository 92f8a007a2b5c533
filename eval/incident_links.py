"""Incident linking across documents, on clusters derived from MUC-4's answer keys.

    python eval/incident_links.py [dev|train] [--case FILE] [--fit]

How the test is derived: two incidents of the keys, in different messages, are one if their types can be one (equal, or
attack and bombing on one exact day), their locations do not contradict (one path begins with the other), and

- both give one exact date, it is the same, and they share a victim's or target's string; or
- the dates do not contradict (exact ones a day apart at most; a latest date, "- 18 AUG 89", only bounds), and they
  share a telling word or two words of a named victim.

A word is telling if five messages or more of dev and train give an exact date for keys with it, three in four of them
one day or the next ("Jesuit"). Keys of one message are different incidents: MUC says so. Links are followed from the
surest on (named victims, then telling words, then strings; of equals those on the day that most keys give), but never
so far that two keys of one message become one, nor two keys whose dates are more than SLIP_DAYS apart. Without the last
rule Archbishop Romero's murder (1980) and the Jesuits' were one, and three judges and candidates of Colombia.

How linking is scored: over incidents, B³ and pairwise precision, recall and F1 compare predicted with true clusters.
`found` is the whole way: messages are marked and linked as in a build, and each message's incidents are aligned with
its keys as score.py does; what aligns with no key is linked too but not scored. `gold` gives the linker the keys' own
incidents (type, date, place, victims, targets, perpetrators) instead, so that linking is seen apart from marking.
`singletons` is what one gets by linking nothing.

--case keeps the built case, for the next run. --fit learns the weights of link/agreements.py on what this split shows
of both, found and gold, and prints them. Needs ../shared.
"""

import argparse
import json
import re
import tempfile
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

import numpy as np
from scorer import SHARED, align, score

from firsthand.casefile import open_case
from firsthand.core.records import Document, Markup, Mention, Span, Statement
from firsthand.link import LinkOptions, agreements, incidents, link
from firsthand.link.lineages import Lineages
from firsthand.mark import markup_to_incident_rows
from firsthand.steps import BuildOptions, build, dated_documents

ROOT = Path(__file__).resolve().parents[1]


FIRST_DAY = "1950"
"""Keys dated earlier, or after their message, are misprinted (16 NOV 00, 16 NOV 90): they count as undated."""
SLIP_DAYS = 3
"""Days that exact dates in one cluster may lie apart: two keys are linked a day apart at most, but both may slip."""


def keys_of(row):
    """What the derivation needs of a message's keys."""
    out = []
    told = max(_days(row["text"][:300]), default="9999")
    for incident in row["incidents"]:
        gold = score.gold_incident(incident)
        slots = incident["slots"]
        date = gold["dates"][0] if gold["dates"] and FIRST_DAY < gold["dates"][0] <= told else None
        printed = [v for f in slots.get("incident_date", []) for v in f["values"]]
        names = {score.squash(s) for f in slots.get("hum_tgt_name", []) for s in f["strings"]}
        strings = {s for role in ("victim", "target") for filler, _ in gold["roles"][role] for s in filler}
        out.append(
            {
                "types": gold["types"],
                "place": gold["place"],
                "date": date,
                "exact": bool(date)
                and len(printed) == 1
                and " - " not in printed[0]
                and not printed[0].startswith("-"),
                "names": [words(n) for n in names],
                "words": frozenset().union(*map(words, strings)),
                "strings": {s for s in strings if len(s) > 3},
                "gold": gold,
            }
        )
    return out


def words(string):
    """The words of a string, plural s taken off."""
    return frozenset(w.removesuffix("s") for w in string.split() if len(w) > 3)


def strength(a, b, telling):
    """How surely two keys are one incident: 3 a named victim, 2 a telling word, 1 a string, 0 not; see the module."""
    short, long = sorted((a["place"], b["place"]), key=len)
    if long[: len(short)] != short:
        return 0
    same_day = a["exact"] and b["exact"] and a["date"] == b["date"]
    if not (a["types"] & b["types"] or (same_day and a["types"] | b["types"] <= {"attack", "bombing"})):
        return 0
    if contradict(a, b):
        return 0
    if any(len(m & n) > 1 for m in a["names"] for n in b["names"]):
        return 3
    if a["words"] & b["words"] & telling:
        return 2
    return 1 if same_day and a["strings"] & b["strings"] else 0


def contradict(a, b, days=1):
    """Whether two keys' dates cannot be one: exact ones so many days apart, or one after the other's latest."""
    if not a["date"] or not b["date"] or gap(a["date"], b["date"]) <= days:
        return False
    return max(a, b, key=lambda k: k["date"])["exact"]


def gap(left, right):
    """Days between two dates, months taken for 31 days: some keys print a 31 September."""
    years, months, days = (int(a) - int(b) for a, b in zip(left.split("-"), right.split("-"), strict=True))
    return abs(years * 372 + months * 31 + days)


def telling_words():
    """Words of victims and targets of which most exactly dated keys give one day."""
    days = defaultdict(set)
    for name in ("dev", "train"):
        for line in (SHARED / f"data/muc4/{name}.jsonl").open(encoding="utf-8"):
            row = json.loads(line)
            for key in keys_of(row):
                for word in key["words"] if key["exact"] else ():
                    days[word].add((row["id"], key["date"]))
    found = set()
    for word, seen in days.items():
        most, _ = Counter(day for _, day in seen).most_common(1)[0]
        near = [message for message, day in seen if gap(day, most) < 2]
        if len({*near}) > 4 and len(near) >= 0.75 * len(seen):
            found.add(word)
    return found


def true_clusters(rows):
    """(message, number of key) → cluster."""
    telling = telling_words()
    keys = {(row["id"], k): key for row in rows for k, key in enumerate(keys_of(row))}
    cluster = {key: {key} for key in keys}
    by_word = defaultdict(set)
    for name, key in keys.items():
        for word in key["words"] | key["strings"]:
            by_word[word].add(name)
    pairs = {pair for group in by_word.values() for pair in combinations(sorted(group), 2) if pair[0][0] != pair[1][0]}
    on_day = Counter(key["date"] for key in keys.values() if key["exact"])

    def surest(pair):
        """What is dated alike by most keys comes first, so that an odd date takes nothing from it."""
        a, b = (keys[name] for name in pair)
        return -strength(a, b, telling), -max(on_day[k["date"]] if k["exact"] else 0 for k in (a, b)), pair

    for force, _, (a, b) in sorted(map(surest, pairs)):
        if not force or cluster[a] is cluster[b]:
            continue
        messages = [message for message, _ in cluster[a] | cluster[b]]
        at_odds = any(contradict(keys[x], keys[y], SLIP_DAYS) for x in cluster[a] for y in cluster[b])
        if len({*messages}) == len(messages) and not at_odds:
            cluster[a] |= cluster[b]
            for key in cluster[b]:
                cluster[key] = cluster[a]
    return keys, {key: min(members) for key, members in cluster.items()}


def measure(items):
    """B³ and pair scores of (predicted cluster, true cluster) pairs."""
    predicted, truth, both = Counter(p for p, _ in items), Counter(t for _, t in items), Counter(items)
    n = len(items)
    precision = sum(v * v / predicted[p] for (p, _), v in both.items()) / n
    recall = sum(v * v / truth[t] for (_, t), v in both.items()) / n

    def pairs(counts):
        return sum(v * (v - 1) // 2 for v in counts.values())

    hit, said, true = pairs(both), pairs(predicted), pairs(truth)
    p, r = hit / said if said else 0.0, hit / true if true else 0.0
    return {
        "B3": [round(x, 3) for x in (precision, recall, f1(precision, recall))],
        "pairs": [round(x, 3) for x in (p, r, f1(p, r))],
        "mentions": n,
        "true pairs": true,
        "said pairs": said,
    }


def f1(p, r):
    return 2 * p * r / (p + r) if p + r else 0.0


class Silent:
    """A build's Progress."""

    def start(self, step, total):
        """Nothing."""

    def advance(self, step, count):
        """Nothing."""

    def say(self, message):
        """Nothing."""


def found_incidents(rows, case_path):
    """What marking found: (documents, mentions, statements, pairs of mention id and (message, number of key))."""
    with open_case(case_path, readonly=True) as case:
        documents = dated_documents(case)
        by_doc = {d.id: {"mentions": [], "statements": []} for d in documents}
        for name, kind in (("mentions", Mention), ("statements", Statement)):
            for record in case.load(kind):
                by_doc[record.span.doc][name].append(record)
    gold = {row["id"]: [score.gold_incident(i) for i in row["incidents"]] for row in rows}
    pairs = []
    for document in documents:
        message = (document.path or "").rpartition("!/")[2]
        records = by_doc[document.id]
        if message not in gold or not records["mentions"]:
            continue
        told = {(m.span.start, m.span.end, m.value): m.id for m in records["mentions"] if m.kind == "incident"}
        markup = Markup(doc=document.id, mentions=tuple(records["mentions"]), statements=tuple(records["statements"]))
        shown = markup_to_incident_rows(document, markup, muc4=True)
        pairs += [(told[(*shown[i]["span"], shown[i]["kind"])], (message, j)) for i, j in align(shown, gold[message])]
    marks = [[r for d in by_doc.values() for r in d[name]] for name in ("mentions", "statements")]
    return documents, *marks, pairs


_MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()
_DAY = re.compile(rf"(\d{{1,2}}) ({'|'.join(_MONTHS)}) (\d{{2}})")


def _days(text):
    return [f"19{y}-{_MONTHS.index(m) + 1:02d}-{int(d):02d}" for d, m, y in _DAY.findall(text)]


def gold_incidents(rows):
    """The keys as if marking had found them: (documents, mentions, statements, pairs)."""
    documents, mentions, statements, pairs = [], [], [], []
    for row in rows:
        published = next(iter(_days(row["text"][:300])), None)
        documents.append(Document(id=row["id"], by="eval", text=row["text"], published=published))
        for k, incident in enumerate(row["incidents"]):
            slots = incident["slots"]
            gold = score.gold_incident(incident)
            printed = next((v for f in slots.get("incident_date", []) for v in f["values"]), "")
            days = _days(printed)
            when = None
            if days:
                when = f"../{days[-1]}" if printed.strip().startswith("-") else "/".join(dict.fromkeys(days))
            span = Span(row["id"], k, k + 1)
            mentions.append(
                Mention(
                    id=f"{row['id']}#{k}",
                    by="eval",
                    span=span,
                    kind="incident",
                    value=min(gold["types"], default=""),
                    detail={"date": when, "place": gold["place"], "place_from": "key"},
                )
            )
            pairs.append((f"{row['id']}#{k}", (row["id"], k)))
            for role, fillers in gold["roles"].items():
                for n, (names, _) in enumerate(fillers if role != score.NAMED_VICTIM else ()):
                    statements.append(
                        Statement(
                            id=f"{row['id']}#{k}#{role}#{n}",
                            by="eval",
                            incident=f"{row['id']}#{k}",
                            property=role,
                            value=max(sorted(names), key=len),
                            span=span,
                            confidence="reported as fact" if role.startswith("perp") else None,
                        )
                    )
    return documents, mentions, statements, pairs


def report(label, told, cluster):
    """Link and print the scores."""
    documents, mentions, statements, pairs = told
    linked = link(documents, marked=(mentions, [], statements))
    entity = {member: e.id for e in linked.entities if e.kind == "incident" for member in e.members}
    print(f"{label} linked    ", json.dumps(measure([(entity[m], cluster[key]) for m, key in pairs])))
    print(f"{label} singletons", json.dumps(measure([(m, cluster[key]) for m, key in pairs])))
    unsure = [j for j in linked.judgements if j.kind == "incident" and j.verdict == "unsure"]
    truth = {m: cluster[key] for m, key in pairs}
    known = [truth[j.left] == truth[j.right] for j in unsure if j.left in truth and j.right in truth]
    print(f"{label} unsure     {len(unsure)} pairs offered; of {len(known)} that the keys settle {sum(known)} are one")


def comparisons(told, cluster, *, as_keys):
    """(features, one?) of every comparison that linking makes.

    With `as_keys` as if all before had been linked as the keys have it, else as today's weights link it: an incident is
    then the one that most of its reports tell. What is learned on the first alone has never seen an incident in pieces.
    """
    documents, mentions, statements, pairs = told
    truth = {m: cluster[key] for m, key in pairs}
    rows, members = [], defaultdict(Counter)
    real = incidents.find_best

    def gathered(profile, index, so_far, options):
        mine = truth.get(profile.mention)
        best, score = None, 0.0
        found = incidents.candidates(profile, index[0], so_far, options)
        for k in found:
            theirs = max(sorted(members[k]), key=members[k].get, default=None)
            if mine is None or theirs is None:
                continue
            pile = so_far[k].pile(profile.doc, others=len(found) - 1, index=index)
            seen = agreements.compare(so_far[k].profile(), profile, pile=pile)
            if not seen.excluded:
                rows.append((seen.features, mine == theirs))
            if mine == theirs:
                best, score = k, 9.0
        if not as_keys:
            best, score, _ = real(profile, index, so_far, options)
        if mine is not None:
            members[best if best is not None and score >= options.same_at else len(so_far)][mine] += 1
        return best, score, ""

    incidents.find_best = gathered
    try:
        by_id = {d.id: d for d in documents}
        incidents.mentions_to_incidents(
            mentions, statements=statements, documents=by_id, lineages=Lineages(documents, []), options=LinkOptions()
        )
    finally:
        incidents.find_best = real
    return rows


CASES = 15
"""Largest clusters of which each one's messages alone are a pile too: cases are cut around an incident, and there a
report is far likelier to tell of it than in a pile of everything."""


def to_piles(told, cluster):
    """The whole, and for each of the largest clusters the messages that tell of it."""
    documents, mentions, statements, pairs = told
    yield told
    doc_of = {m.id: m.span.doc for m in mentions}
    for one, _ in Counter(cluster[key] for _, key in pairs).most_common(CASES):
        docs = {doc_of[m] for m, key in pairs if cluster[key] == one}
        yield (
            [d for d in documents if d.id in docs],
            [m for m in mentions if m.span.doc in docs],
            [s for s in statements if s.span.doc in docs],
            [(m, key) for m, key in pairs if doc_of[m] in docs],
        )


RIDGE = 1.0
"""Prior precision of a weight: what few comparisons show stays near nothing."""


def fit(rows):
    """Logistic regression by Newton's method. Returns name → weight."""
    names = sorted({name for features, _ in rows for name in features} - set(agreements.BY_HAND))
    at = {name: k + 1 for k, name in enumerate(names)}
    x = np.zeros((len(rows), len(names) + 1))
    x[:, 0] = 1
    for i, (features, _) in enumerate(rows):
        for name in features.keys() & at.keys():
            x[i, at[name]] = features[name]
    y = np.array([float(one) for _, one in rows])
    w = np.zeros(x.shape[1])
    prior = np.full(x.shape[1], RIDGE)
    prior[0] = 0.01
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ w))
        step = np.linalg.solve(x.T @ (x * (p * (1 - p))[:, None]) + np.diag(prior), x.T @ (y - p) - prior * w)
        w += step
        if np.abs(step).max() < 1e-6:
            break
    seen = {name: int((x[:, k] > 0).sum()) for name, k in at.items()}
    print(json.dumps({"comparisons": len(rows), "one": int(y.sum()), "seen": seen}))
    return {"always": round(float(w[0]), 2), **{name: round(float(w[k]), 2) for name, k in at.items()}}


ROUNDS = 5
"""Of learning; after each the piles are linked with what was learned, and those comparisons are learned from too."""


def learn(told, cluster):
    """Weights learned on comparisons as the keys link, then on those as linking with them goes; they stay set."""
    piles = [pile for one in told.values() for pile in to_piles(one, cluster)]
    compared = []
    for k in range(ROUNDS):
        compared += [row for pile in piles for row in comparisons(pile, cluster, as_keys=k == 0)]
        weights = fit(compared)
        agreements.WEIGHTS.clear()
        agreements.WEIGHTS.update(weights | agreements.BY_HAND)
    return dict(sorted(weights.items()))


def main():
    """Score one split."""
    parser = argparse.ArgumentParser()
    parser.add_argument("split", nargs="?", default="dev", choices=("dev", "train"))
    parser.add_argument("--case", type=Path)
    parser.add_argument("--fit", action="store_true")
    args = parser.parse_args()
    path = SHARED / f"data/muc4/{args.split}.jsonl"
    rows = [json.loads(line) for line in path.open(encoding="utf-8")]
    keys, cluster = true_clusters(rows)
    sizes = Counter(cluster.values())
    print(json.dumps({"keys": len(keys), "clusters of two or more": sum(n > 1 for n in sizes.values())}))
    with tempfile.TemporaryDirectory() as folder:
        case_path = args.case or Path(folder) / "muc4.case"
        if not case_path.exists():
            build((path,), case_path, options=BuildOptions(), progress=Silent())
        told = {"found": found_incidents(rows, case_path), "gold": gold_incidents(rows)}
    if args.fit:
        print(json.dumps(learn(told, cluster), indent=1))
    for label, one in told.items():
        report(label, one, cluster)


if __name__ == "__main__":
    main()
