"""Words per second and peak memory of the encoder, int8 and float32, and of spaCy's small pipeline, on the same text.

    .venv-training/bin/pip install spacy
    PYTHONPATH=src:. .venv-training/bin/python eval/bench_encoder.py [--threads 2] [--words 60000] [TEXT.jsonl]

Each contender runs in a process of its own, so that peaks are its own, over the same documents, several times; the best
round counts. The spaCy pipeline has en_core_web_sm's architecture (3.8: tok2vec, tagger, parser, NER with a tok2vec of
its own) with random weights, which cost the same as trained ones, and reads documents in as many processes as the
encoder has threads. The float32 net is in .work/float32 after training.
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
CONTENDERS = ("int8", "float32", "spacy")
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
        path: JSON lines with `text`.
        words: how many at least.

    Returns:
        The texts.
    """
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


def contender(name: str, *, threads: int) -> Callable[[list[str]], int]:
    """What is to be timed.

    Args:
        name: of CONTENDERS.
        threads: cores it may use.

    Returns:
        A function that reads texts and returns how many it has read.
    """
    if name == "spacy":
        nlp = spacy_pipeline()
        return lambda texts: sum(1 for _ in nlp.pipe(texts, n_process=threads))
    from firsthand.encoder import MODEL, Encoder

    encoder = Encoder.load(MODEL if name == "int8" else FLOAT32, threads=threads)
    return lambda texts: sum(1 for _ in encoder.encode(texts))


def measure(name: str, texts: list[str], *, threads: int, rounds: int) -> dict[str, float]:
    """Time one contender in this process.

    Args:
        name: of CONTENDERS.
        texts: to read.
        threads: cores it may use.
        rounds: the best one counts.

    Returns:
        words_per_second and peak_mib (this process and its largest child).
    """
    read = contender(name, threads=threads)
    read(texts[:2])
    best = float("inf")
    for _ in range(rounds):
        began = time.perf_counter()
        read(texts)
        best = min(best, time.perf_counter() - began)
    peak = sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return {"words_per_second": sum(len(text.split()) for text in texts) / best, "peak_mib": peak / 1024}


def main() -> None:
    """Measure all contenders and print them side by side."""
    parser = argparse.ArgumentParser()
    parser.add_argument("texts", type=Path, nargs="?", default=TEXTS, help="JSON lines with `text`")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--words", type=int, default=60_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=CONTENDERS, help="one contender, in this process, as JSON")
    options = parser.parse_args()
    if options.only:
        texts = load_texts(options.texts, words=options.words)
        print(json.dumps(measure(options.only, texts, threads=options.threads, rounds=options.rounds)))
        return
    results = {}
    for name in CONTENDERS:
        done = subprocess.run([sys.executable, __file__, *sys.argv[1:], "--only", name], capture_output=True, text=True)
        if done.returncode:
            print(f"{name:8} not measured: {done.stderr.strip().splitlines()[-1]}")
            continue
        results[name] = json.loads(done.stdout)
        print(
            f"{name:8} {results[name]['words_per_second']:8,.0f} words/s {results[name]['peak_mib']:7,.0f} MiB at peak"
        )
    for other in ("float32", "spacy"):
        if other in results and "int8" in results:
            ratio = results["int8"]["words_per_second"] / results[other]["words_per_second"]
            print(f"int8 reads {ratio:.2f} times as fast as {other}")


if __name__ == "__main__":
    main()
