"""The encoder with the shipped net: exact offsets, the same numbers in any company, and texts meant to break it."""

from __future__ import annotations

from dataclasses import fields
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest

from firsthand import encoder as module
from firsthand.core.encodings import ATTRIBUTION_TAGS, Encoding
from firsthand.encoder import MODEL, Encoder
from firsthand.encoder import pieces as cutting
from firsthand.encoder.pieces import WINDOW, casing, load_tokenizer, pack, text_to_pieces

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PLAIN = "Police said two people had died in the attack. “We were not there,” the general told reporters.\n\nHe left."
HARD = {
    "nothing": "",
    "blank": " \n\t\r\n \u00a0\u3000",
    "lone surrogates": "\ud800 he said \udfff it",
    "nul": "he\x00 said\x00\x00 so\x07",
    "bidi": "\u202ehe said\u202c \u2066\u05d0\u05d1\u2069 so",
    "combining": "e\u0301cole a\u0308\u0301\u0308 said" + "\u0301" * 400,
    "astral": "😀👩‍👩‍👧 said 𝔘𝔫𝔦 🇸🇻",
    "no space": "a" * 70_000,
    "no space, signs": "\u200b\u00ad" * 9_000 + "x",
    "hangul and han": "경찰은 말했다. 警察说有人死亡。",
    "one long sentence": "and then he said that " * 3_000,
    "punctuation": '."”’' * 9_000,
    "newlines": "\n" * 50_000 + "said" + "\r\n" * 50_000,
}


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder.load(threads=2)


def one(encoder: Encoder, text: str) -> Encoding:
    (encoding,) = encoder.encode([text])
    return encoding


def same(a: Encoding, b: Encoding) -> bool:
    return all(np.array_equal(getattr(a, x.name), getattr(b, x.name)) for x in fields(Encoding))


def tagged(encoding: Encoding, text: str, role: str) -> str:
    tags = [ATTRIBUTION_TAGS[k] for k in encoding.attribution.argmax(1)]
    inside = [span for span, tag in zip(encoding.offsets.tolist(), tags, strict=True) if tag.endswith(role)]
    return text[inside[0][0] : inside[-1][1]] if inside else ""


def test_reads_an_attribution(encoder: Encoder) -> None:
    text = "The bridge was shut on Tuesday. A police spokesman said that two people had died in the attack."
    for shown in (text, text.upper()):
        encoding = one(encoder, shown)
        assert tagged(encoding, shown, "source").lower() == "a police spokesman"
        assert tagged(encoding, shown, "cue").lower() == "said"
        assert "two people had died in the attack" in tagged(encoding, shown, "content").lower()


def test_source_and_content_point_at_their_cue(encoder: Encoder) -> None:
    text = "A police spokesman said that two people had died. The mayor denied that any shots were fired."
    encoding = one(encoder, text)
    starts = encoding.offsets[:, 0].tolist()
    cues = [starts.index(text.index("said")), starts.index(text.index("denied"))]
    for word, cue in (("spokesman", 0), ("died", 0), ("mayor", 1), ("shots", 1)):
        query = encoding.link_query[starts.index(text.index(word))]
        assert int((encoding.link_key[cues] @ query).argmax()) == cue, word


def test_alike_sentences_lie_near(encoder: Encoder) -> None:
    texts = ["Six priests were killed.", "Six Jesuits were murdered.", "The central bank raised interest rates."]
    a, b, c = (one(encoder, text).embeddings[0] for text in texts)
    assert a @ b > a @ c + 0.2


@pytest.mark.parametrize("text", HARD.values(), ids=HARD)
def test_shapes_and_offsets_hold_for(encoder: Encoder, text: str) -> None:
    encoding = one(encoder, text)
    n, s = len(encoding.offsets), len(encoding.sentences)
    for name, shape in module.HEADS.items():
        assert getattr(encoding, name).shape == (n, *shape)
        assert getattr(encoding, name).dtype == np.float32
    assert encoding.relevant.shape == (s,)
    assert encoding.embeddings.shape == (s, 384)
    for x in fields(Encoding):
        assert np.isfinite(getattr(encoding, x.name)).all(), x.name
    for spans in (encoding.offsets.tolist(), encoding.sentences.tolist()):
        assert all(0 <= a < b <= len(text) for a, b in spans)
        assert all(a <= c for (a, _), (c, _) in pairwise(spans))
    assert all(b <= c for (_, b), (c, _) in pairwise(encoding.sentences.tolist()))


def test_scores_are_log_probabilities_and_embeddings_of_unit_length(encoder: Encoder) -> None:
    encoding = one(encoder, PLAIN)
    for name in module.HEADS:
        if not name.startswith("link"):
            assert np.allclose(np.exp(getattr(encoding, name)).sum(-1), 1, atol=1e-5), name
    assert (encoding.relevant < 0).all()
    assert np.allclose(np.linalg.norm(encoding.embeddings, axis=1), 1, atol=1e-5)


@pytest.mark.parametrize(
    "text", ["Café “Zoë”, ﬁn; don’t 3½ m²", "A\r\nB\r\n\r\nÇa va? 😀 Oui.", "x\u00a0y\u2009z İstanbul ß"]
)
def test_offsets_are_code_points_of_the_text_given(text: str) -> None:
    pieces = text_to_pieces(text, load_tokenizer(MODEL / "tokenizer.json"))
    covered = {i for a, b in pieces.offsets.tolist() for i in range(a, b)}
    assert covered == {i for i, c in enumerate(text) if not c.isspace()}


def test_a_document_reads_the_same_in_any_company(encoder: Encoder) -> None:
    texts = [PLAIN * k for k in (1, 30, 3)] + list(HARD.values())[:6]
    alone = [one(encoder, text) for text in texts]
    assert all(map(same, alone, encoder.encode(texts)))
    assert all(map(same, reversed(alone), Encoder.load(threads=1).encode(reversed(texts))))


def test_documents_are_asked_for_as_needed(encoder: Encoder) -> None:
    taken = 0

    def endless() -> Iterator[str]:
        nonlocal taken
        while True:
            taken += 1
            yield PLAIN * 50

    stream = encoder.encode(endless())
    next(stream)
    assert taken * 50 * 20 < 4 * module._BUFFER_PIECES
    stream.close()


def test_windows_hold_whole_sentences_and_all_of_them() -> None:
    pieces = text_to_pieces(PLAIN * 60, load_tokenizer(MODEL / "tokenizer.json"))
    for first in (WINDOW, 100):
        windows = pack(pieces, first=first)
        assert [a for a, _ in windows[1:]] == [b for _, b in windows[:-1]]
        assert (windows[0][0], windows[-1][1]) == (0, len(pieces.bounds))
        assert all(pieces.bounds[b - 1, 1] - pieces.bounds[a, 0] <= WINDOW for a, b in windows)
        assert all(pieces.breaks[b - 1] for _, b in windows[:-1])
    assert pieces.bounds[1:, 0].tolist() == pieces.bounds[:-1, 1].tolist()


def test_beyond_the_limit_nothing_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cutting, "LONGEST", 1_000)
    pieces = text_to_pieces(PLAIN * 100, load_tokenizer(MODEL / "tokenizer.json"))
    assert 900 < pieces.sentences[-1, 1] <= 1_000


def test_casing() -> None:
    words = ["", "1989", "police", "FMLN", "A", "Reuters", "iPhone", "3rd"]
    assert [casing(word) for word in words] == [0, 1, 2, 3, 4, 4, 5, 2]


def test_paragraphs_are_told_from_wrapped_lines() -> None:
    text = "AN OFFICIAL\nSAID SO.\n\n   HE LEFT.\nIT ENDED"
    pieces = text_to_pieces(text, load_tokenizer(MODEL / "tokenizer.json"))
    heads = [
        text[a:b] for (a, b), c in zip(pieces.offsets.tolist(), pieces.casings, strict=True) if c & cutting.PARAGRAPH
    ]
    assert heads == ["AN", "HE", "IT"]


def test_the_model_folder_stays_small() -> None:
    assert sum(path.stat().st_size for path in MODEL.iterdir()) <= 30_000_000
    assert (MODEL / "README.md").exists()


def test_identity_names_the_net(encoder: Encoder) -> None:
    assert encoder.identity.startswith("encoder:")


@pytest.mark.parametrize("name", ["encoder.onnx", "incidents.onnx", "tokenizer.json"])
def test_a_change_of_any_part_of_the_net_is_noticed(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for part in ("encoder.onnx", "incidents.onnx", "tokenizer.json"):
        (tmp_path / part).write_bytes(part.encode())
    monkeypatch.setattr(module, "MODEL", tmp_path)
    before = module.model_digest()
    (tmp_path / name).write_bytes(b"trained anew")
    assert module.model_digest() != before
