import numpy as np

from firsthand.trace.shingles import documents_to_sketches
from firsthand.trace.words import mix
from stories import document, story


def prints(paragraphs: list[str]) -> set[int]:
    return set(documents_to_sketches([document("d", paragraphs)], shingle=5, window=4).prints.tolist())


def test_eight_shared_words_share_a_print_wherever_they_stand() -> None:
    for seed in range(40):
        shared = story(seed, paragraphs=1, sentences=1)[0].split()[:8]
        left = " ".join([*story(1000 + seed)[0].split(), *shared])
        right = " ".join([*shared, *story(2000 + seed)[0].split()])
        assert prints([left]) & prints([right])


def test_a_sketch_does_not_depend_on_its_neighbours() -> None:
    documents = [document(str(k), story(k)) for k in range(30)]
    together = documents_to_sketches(documents, shingle=5, window=4)
    for k, d in enumerate(documents):
        alone = documents_to_sketches([d], shingle=5, window=4)
        assert together.prints[together.first[k] : together.first[k + 1]].tolist() == alone.prints.tolist()
        assert together.digests[k] == alone.digests[0]


def test_digests_tell_order_and_number_of_words() -> None:
    texts = [["a b c"], ["a c b"], ["a b"], ["a b c c"], ["A “b” c"]]
    digests = documents_to_sketches([document(str(k), t) for k, t in enumerate(texts)], shingle=5, window=4).digests
    assert len(set(digests.tolist())) == 4
    assert digests[0] == digests[4]


def test_mixing_flips_half_of_the_bits_whichever_bit_changes() -> None:
    values = np.random.default_rng(1).integers(0, 1 << 63, 2000).astype(np.uint64)
    for bit in range(64):
        changed = mix(values) ^ mix(values ^ (np.uint64(1) << np.uint64(bit)))
        share = np.unpackbits(changed.view(np.uint8)).mean()
        assert 0.49 < share < 0.51
    assert len(np.unique(mix(np.arange(100_000, dtype=np.uint64)) >> np.uint64(32))) > 99_990
