"""Speed and memory of `firsthand mark` beside spaCy's small pipeline and its own net in float32, on the same text.

    make bench                                         installs spaCy (dependency group `bench`) and runs this
    python eval/bench_encoder.py [--threads 2] [--words 30000] [TEXT.jsonl]

Four contenders read the same documents, each in a process of its own, so that peaks are its own; they take turns, and
the best of each one's rounds counts: `mark` (everything `firsthand mark` does, from text to rows), `int8` (its net
alone), `float32` (the same net unquantised, in .work/float32 after training) and `spacy`: en_core_web_sm's architecture
(3.8: tok2vec, tagger, parser, NER with a tok2vec of its own) with random weights, which cost the same as trained ones,
in as many processes as the others have threads, with texts for all of them; what these send each other costs it time,
so `--threads 1` is its best per core. Words per second of one core leave out the time in which other programs had it;
on a busy machine only they can be compared. Then the passes of `mark` over times and places beside the net.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parent.parent
FLOAT32 = ROOT / ".work/float32"
TEXTS = ROOT.parent / "shared/data/polnear/dev.jsonl"
CONTENDERS = ("mark", "int8", "float32", "spacy")
EMBED = {
    "@architectures": "spacy.MultiHashEmbed.v2",
    "width": 96,
    "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE"],
    "rows": [5000, 1000, 2500, 2500, 50, 50],
    "include_static_vectors": False,
}
ENCODE = {
    "@architectures": "spacy.MaxoutWindowEncoder.v2",
    "width": 96,
    "depth": 4,
    "window_size": 1,
    "maxout_pieces": 3,
}
TOK2VEC = {"@architectures": "spacy.Tok2Vec.v2", "embed": EMBED, "encode": ENCODE}
LISTENER = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "tok2vec"}
SMALL_TAGS, SMALL_DEPENDENCIES, SMALL_ENTITIES = 50, 45, 18


def load_texts(path: Path, *, words: int) -> list[str]:
    """Documents until there are enough words, from the beginning again if the file has fewer.

    Args:
        path: JSON lines with `text`; without ../shared the default is our own corpus.
        words: how many at least.

    Returns:
        The texts.
    """
    if path == TEXTS and not path.exists():
        print("../shared is not here: measured on the project's own corpus, whose texts are shorter")
        rows = [text.read_text(encoding="utf-8") for text in sorted((ROOT / "corpus").glob("*/*.txt"))]
    else:
        rows = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
    texts: list[str] = []
    while sum(len(text.split()) for text in texts) < words:
        texts.append(rows[len(texts) % len(rows)])
    return texts


def spacy_pipeline() -> Any:
    """A pipeline of en_core_web_sm's architecture and size, untrained.

    Returns:
        The spaCy Language.
    """
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("tok2vec", config={"model": TOK2VEC})
    tagger = nlp.add_pipe(
        "tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": LISTENER, "nO": None}}
    )
    shape = {"@architectures": "spacy.TransitionBasedParser.v2", "hidden_width": 64, "maxout_pieces": 2}
    parsing = {**shape, "state_type": "parser", "extra_state_tokens": False, "use_upper": True, "tok2vec": LISTENER}
    naming = {**shape, "state_type": "ner", "extra_state_tokens": False, "use_upper": True, "tok2vec": TOK2VEC}
    parser = nlp.add_pipe("parser", config={"model": parsing})
    ner = nlp.add_pipe("ner", config={"model": naming})
    for k in range(SMALL_TAGS):
        tagger.add_label(f"T{k}")
    for k in range(SMALL_DEPENDENCIES):
        parser.add_label(f"d{k}")
    for k in range(SMALL_ENTITIES):
        ner.add_label(f"E{k}")
    nlp.initialize()
    return nlp


def marker(threads: int) -> Callable[[list[str]], int]:
    """All of `firsthand mark`, its net and gazetteer opened before: the clock runs from texts to printed rows.

    Args:
        threads: cores it may use.
    """
    from firsthand.core.records import Document
    from firsthand.core.rows import markup_to_row
    from firsthand.encoder import Encoder
    from firsthand.gazetteers import open_gazetteer
    from firsthand.mark import mark, markup_to_incident_rows

    encoder = Encoder.load(threads=threads)

    def read(texts: list[str]) -> int:
        written = 0
        with open_gazetteer(()) as gazetteer:
            for k, (text, encoding) in enumerate(zip(texts, encoder.encode(texts), strict=True)):
                document = Document(id=str(k), by="bench", text=text)
                markup = mark(document, encoding=encoding, gazetteer=gazetteer)
                row = markup_to_row(document, markup, incidents=markup_to_incident_rows(document, markup))
                written += len(json.dumps(row, ensure_ascii=False))
        return written

    return read


def contender(name: str, *, threads: int, float32: Path) -> Callable[[list[str]], int]:
    """What is to be timed.

    Args:
        name: of CONTENDERS.
        threads: cores it may use.
        float32: folder of the net unquantised.

    Returns:
        A function that reads texts and returns how many it has read.
    """
    if name == "spacy":
        nlp = spacy_pipeline()
        # by default one process would take the first thousand texts, all there are, and leave none to the others
        return lambda texts: sum(
            1 for _ in nlp.pipe(texts, n_process=threads, batch_size=max(1, len(texts) // (4 * threads)))
        )
    if name == "mark":
        return marker(threads)
    from firsthand.encoder import MODEL, Encoder

    encoder = Encoder.load(MODEL if name == "int8" else float32, threads=threads)
    return lambda texts: sum(1 for _ in encoder.encode(texts))


def processor_seconds() -> float:
    """Time that this process and its ended children have had a core, in seconds."""
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def measure(name: str, texts: list[str], *, threads: int, float32: Path) -> None:
    """Read the texts once for every line of standard input, and print what that took, in this process.

    Args:
        name: of CONTENDERS.
        texts: to read.
        threads: cores it may use.
        float32: folder of the net unquantised.
    """
    read = contender(name, threads=threads, float32=float32)
    read(texts[:2])
    print("ready", flush=True)
    for _ in sys.stdin:
        began, had = time.perf_counter(), processor_seconds()
        read(texts)
        taken = {"wall": time.perf_counter() - began, "processor": processor_seconds() - had}
        peak = sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        print(json.dumps({**taken, "peak_mib": peak / 1024}), flush=True)


def passes(texts: list[str]) -> dict[str, float]:
    """Processor seconds of the net and of the passes over times and places, one after the other.

    Args:
        texts: to read.

    Returns:
        By part.
    """
    from firsthand.core.records import Document
    from firsthand.encoder import Encoder
    from firsthand.gazetteers import open_gazetteer
    from firsthand.mark.credits import document_to_credits
    from firsthand.mark.places.places import document_to_places
    from firsthand.mark.times.datings import document_to_dating
    from firsthand.mark.times.times import document_to_times

    began = time.process_time()
    encodings = list(Encoder.load(threads=1).encode(texts))
    taken = {"net": time.process_time() - began}
    documents = [Document(id=str(k), by="bench", text=text) for k, text in enumerate(texts)]
    credited = [document_to_credits(document) for document in documents]
    began = time.process_time()
    for document, credits in zip(documents, credited, strict=True):
        document_to_times(document, dating=document_to_dating(document, credits), credits=credits)
    taken["times"] = time.process_time() - began
    began = time.process_time()
    with open_gazetteer(()) as gazetteer:
        for document, encoding, credits in zip(documents, encodings, credited, strict=True):
            document_to_places(document, encoding=encoding, gazetteer=gazetteer, credits=credits)
    taken["places"] = time.process_time() - began
    return taken


def side_by_side(arguments: list[str], *, rounds: int) -> dict[str, dict[str, float]]:
    """Start all contenders and let them take turns.

    Args:
        arguments: of this script.
        rounds: turns of each.

    Returns:
        Per contender that could be started, the least of each figure; the greatest peak.
    """
    running: dict[str, subprocess.Popen[str]] = {}
    for name in CONTENDERS:
        command = [sys.executable, __file__, *arguments, "--only", name]
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        if process.stdout is not None and process.stdout.readline() == "ready\n":
            running[name] = process
        else:
            print(f"{name:8} not measured: {(process.communicate()[1].strip().splitlines() or [''])[-1]}")
    results: dict[str, dict[str, float]] = {}
    for _ in range(rounds):
        for name, process in running.items():
            assert process.stdin is not None and process.stdout is not None
            process.stdin.write("go\n")
            process.stdin.flush()
            taken = json.loads(process.stdout.readline())
            best = results.setdefault(name, taken)
            for figure, value in taken.items():
                best[figure] = max(best[figure], value) if figure == "peak_mib" else min(best[figure], value)
    for process in running.values():
        process.communicate()
    return results


def main() -> None:
    """Measure all contenders and print them side by side."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path, nargs="?", default=TEXTS, help="JSON lines with `text`")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--words", type=int, default=30_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--float32", type=Path, default=FLOAT32, help="folder of the net unquantised")
    parser.add_argument("--only", choices=CONTENDERS, help="one contender, in this process")
    options = parser.parse_args()
    texts = load_texts(options.texts, words=options.words)
    if options.only:
        measure(options.only, texts, threads=options.threads, float32=options.float32)
        return
    words = sum(len(text.split()) for text in texts)
    results = side_by_side(sys.argv[1:], rounds=options.rounds)
    print(f"{words:,} words, {options.threads} threads, best of {options.rounds} rounds")
    print("| | words a second | words a second of one core | peak MiB |\n|---|---|---|---|")
    for name, taken in results.items():
        rates = f"{words / taken['wall']:,.0f} | {words / taken['processor']:,.0f}"
        print(f"| {name} | {rates} | {taken['peak_mib']:,.0f} |")
    for name, other in (("mark", "spacy"), ("int8", "spacy"), ("int8", "float32")):
        if name in results and other in results:
            ratios = [results[other][figure] / results[name][figure] for figure in ("wall", "processor")]
            print(f"{name} is {ratios[0]:.2f} times as fast as {other}; {ratios[1]:.2f} by processor time")
    taken = passes(texts[: len(texts) // 2 + 1])
    share = (taken["times"] + taken["places"]) / taken["net"]
    seconds = ", ".join(f"{part} {value:.2f} s" for part, value in taken.items())
    print(f"{seconds}: times and places together take {share:.3f} of the net's time")


if __name__ == "__main__":
    main()
