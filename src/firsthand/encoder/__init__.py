"""Runs the net: texts in, Encodings out.

Windows go through the net one at a time, never padded and never batched. int8 arithmetic scales its activations per
call, so a window that shared a call with other windows would come out a little different in other company; alone, a
document's numbers depend on its text only. A document's windows make chunks; where the first net finds something told
in a chunk, a second one reads its windows together for who did what to whom. Cores are used by running several chunks
at once.
"""

from __future__ import annotations

import hashlib
import os
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from firsthand.core.encodings import (
    ATTRIBUTION_TAGS,
    CONFIDENCES,
    ENTITY_KINDS,
    INCIDENT_KINDS,
    ROLE_TAGS,
    STAGES,
    Encoding,
)
from firsthand.encoder.pieces import Pieces, chunks, load_tokenizer, pack, pool, text_to_pieces, window_inputs
from firsthand.encoder.runtime import onnxruntime

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import numpy.typing as npt
    from tokenizers import Tokenizer

MODEL = Path(__file__).parents[1] / "model"
NETS = ("encoder.onnx", "incidents.onnx")
NAME = "encoder:en-2"
LINK_WIDTH = 64
SENTENCE_WIDTH = 384
RELEVANT, FILLED = 0.1, 0.4
"""The second net reads a chunk in which the first one holds some sentence for at least so relevant, and some word
piece for at least so likely to fill a role. Of the MUC-4 train messages with incidents that `mark` finds, .987 are read
again, of those without incidents .38, of PolNeAR train .32, where relevance alone had let it read .96
(`python eval/read_again.py`). CEAF-REE on MUC-4 dev stays .527 (.494 as published, .495 before), the F1 of incidents
falls from .760 to .757 (`python eval/run.py --only muc4-dev`)."""
UNFUSED = ["SkipLayerNormFusion"]
"""Rewritings of the nets that ONNX Runtime is told not to make: its one operator for a sum and its normalising takes
longer than the two apart (the first net reads 1.13 times as fast without it, Zen 5, 2026-11-24)."""
_BUFFER_PIECES = 16_384

HEADS: dict[str, tuple[int, ...]] = {
    "attribution": (len(ATTRIBUTION_TAGS),),
    "link_query": (LINK_WIDTH,),
    "link_key": (LINK_WIDTH,),
    "entities": (len(ENTITY_KINDS), 3),
    "entities_inner": (len(ENTITY_KINDS), 3),
    "toponyms": (3,),
    "roles": (len(ROLE_TAGS),),
    "incident_kinds": (len(INCIDENT_KINDS),),
    "confidences": (len(CONFIDENCES),),
    "stages": (len(STAGES),),
}
"""The columns of the net's output over word pieces, in order."""
INCIDENT_HEADS = {name: HEADS[name][0] for name in ("roles", "incident_kinds", "confidences", "stages")}
"""The last columns of HEADS, which the second net writes anew."""

Chunk = tuple["npt.NDArray[np.float32]", "npt.NDArray[np.float32]", "npt.NDArray[np.int64]"]


class Encoder:
    """The net and its tokenizer, ready to read documents."""

    def __init__(
        self,
        session: onnxruntime.InferenceSession,
        incidents: onnxruntime.InferenceSession,
        tokenizer: Tokenizer,
        *,
        threads: int,
    ) -> None:
        """Take what `load` has opened.

        Args:
            session: the net, set to one thread a call.
            incidents: the second net, likewise.
            tokenizer: from `load_tokenizer`.
            threads: chunks read at once.
        """
        self._session = session
        self._incidents = incidents
        self._tokenizer = tokenizer
        self._threads = threads

    @classmethod
    def load(cls, path: Path | None = None, *, threads: int | None = None) -> Encoder:
        """Open a net.

        Args:
            path: folder with encoder.onnx, incidents.onnx and tokenizer.json; by default the one shipped.
            threads: cores to use; by default those this process may use.

        Returns:
            The encoder. Any number of threads gives the same numbers.
        """
        folder = path or MODEL
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        session, incidents = (
            onnxruntime.InferenceSession(
                str(folder / name), options, providers=["CPUExecutionProvider"], disabled_optimizers=UNFUSED
            )
            for name in NETS
        )
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        return cls(session, incidents, load_tokenizer(folder / "tokenizer.json"), threads=max(1, threads or cores))

    @property
    def identity(self) -> str:
        """What the records call this net in `by`; it changes when the weights do."""
        return NAME

    def encode(self, texts: Iterable[str]) -> Iterator[Encoding]:
        """Read documents, in order, as they are asked for.

        Args:
            texts: the documents' texts; taken a bounded number of word pieces ahead.

        Returns:
            One Encoding a text, in the order given. Beyond LONGEST code points a text is not read: the last sentence
            then ends before the text does.
        """
        waiting: deque[tuple[Pieces, list[Future[Chunk]]]] = deque()
        ahead = 0
        with ThreadPoolExecutor(self._threads) as workers:
            for text in texts:
                pieces = text_to_pieces(text, self._tokenizer)
                groups = chunks(pieces, pack(pieces))
                waiting.append((pieces, [workers.submit(self._read, pieces, group) for group in groups]))
                ahead += len(pieces.ids)
                while waiting and ahead > _BUFFER_PIECES:
                    ahead -= len(waiting[0][0].ids)
                    yield _encoding(*waiting.popleft())
            while waiting:
                yield _encoding(*waiting.popleft())

    def _read(self, pieces: Pieces, windows: list[tuple[int, int]]) -> Chunk:
        """Scores over the pieces and over the sentences of a chunk, and its windows' numbers of pieces.

        Of the incident heads the second net's word is taken, of kinds the mean of both (kinds of MUC-4 dev: F1 .749 by
        the second alone, .764 by both).
        """
        outputs = [self._session.run(None, window_inputs(pieces, window)) for window in windows]
        tokens, rows, states = map(np.concatenate, zip(*outputs, strict=True))
        counts = np.array([len(output[0]) for output in outputs])
        if read_again(tokens, rows):
            first, last = windows[0][0], windows[-1][1]
            given = {
                "states": states,
                "windows": np.repeat(np.arange(len(counts)), counts),
                "pool": pool(pieces.bounds[first:last] - pieces.bounds[first, 0], len(states)),
            }
            again, rows[:, 0] = self._incidents.run(None, given)
            kinds = slice(INCIDENT_HEADS["roles"], INCIDENT_HEADS["roles"] + INCIDENT_HEADS["incident_kinds"])
            first_said = tokens[:, -again.shape[1] :]
            again[:, kinds] = (again[:, kinds] + first_said[:, kinds]) / 2
            tokens[:, -again.shape[1] :] = again
        return tokens, rows, counts


def read_again(tokens: npt.NDArray[np.float32], rows: npt.NDArray[np.float32]) -> bool:
    """Whether the second net is to read a chunk.

    Args:
        tokens: the first net's scores over its word pieces.
        rows: and over its sentences, the relevance logit first.
    """
    relevant, filled = likeliest(tokens, rows)
    return relevant >= RELEVANT and filled >= FILLED


def likeliest(tokens: npt.NDArray[np.float32], rows: npt.NDArray[np.float32]) -> tuple[float, float]:
    """How likely the likeliest sentence of a chunk tells of an incident, and its likeliest word piece fills a role.

    Args:
        tokens: see `read_again`.
        rows: likewise.

    Returns:
        Probabilities by the first net.
    """
    start = tokens.shape[1] - sum(INCIDENT_HEADS.values())
    tags = _log_softmax(tokens[:, start : start + INCIDENT_HEADS["roles"]])
    return float(1 / (1 + np.exp(-rows[:, 0].max()))), float(1 - np.exp(tags[:, 0].min()))


def _encoding(pieces: Pieces, chunked: list[Future[Chunk]]) -> Encoding:
    """Put a document's chunks together, letting go of each when it is copied: a long document is held once."""
    heads = {name: np.zeros((len(pieces.ids), *shape), np.float32) for name, shape in HEADS.items()}
    rows = np.zeros((len(pieces.sentences), 1 + SENTENCE_WIDTH), np.float32)
    counts = [np.zeros(0, np.int64)]
    piece = sentence = 0
    chunked.reverse()
    while chunked:
        tokens, told, lengths = chunked.pop().result()
        for name, x in split_heads(tokens).items():
            heads[name][piece : piece + len(x)] = x if name.startswith("link") else _log_softmax(x)
        rows[sentence : sentence + len(told)] = told
        counts.append(lengths)
        piece, sentence = piece + len(tokens), sentence + len(told)
    lengths = np.concatenate(counts)
    return Encoding(
        offsets=pieces.offsets,
        windows=np.repeat(np.arange(len(lengths), dtype=np.int32), lengths),
        sentences=pieces.sentences,
        relevant=-np.logaddexp(np.float32(0), -rows[:, 0]),
        embeddings=rows[:, 1:],
        **heads,
    )


def model_digest() -> str:
    """Of all files that decide what the nets shipped say; it changes when any of them does."""
    digest = hashlib.sha256()
    for name in (*NETS, "tokenizer.json"):
        digest.update((MODEL / name).read_bytes())
    return digest.hexdigest()[:16]


def split_heads(tokens: npt.NDArray[np.float32]) -> dict[str, npt.NDArray[np.float32]]:
    """Cut the net's output over word pieces into its heads.

    Args:
        tokens: float32 [n, width].

    Returns:
        Per head of HEADS an array [n, *shape], unnormalised.
    """
    fields, column = {}, 0
    for name, shape in HEADS.items():
        width = int(np.prod(shape))
        fields[name] = tokens[:, column : column + width].reshape(len(tokens), *shape)
        column += width
    return fields


def _log_softmax(x: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    x = x - x.max(-1, keepdims=True)
    out: npt.NDArray[np.float32] = x - np.log(np.exp(x).sum(-1, keepdims=True))
    return out
