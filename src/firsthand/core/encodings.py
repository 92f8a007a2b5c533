"""What the encoder says about one document: arrays over word pieces, and nothing that needs the net to read them.

The verbs never see the net. `encoder.py` (or a test) makes an Encoding, `mark` reads it; so the decoding rules can be
tested with numbers written by hand, and another net can take the first one's place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

ATTRIBUTION_TAGS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
ENTITY_KINDS = ("person", "organisation", "nationality", "place", "facility", "weapon", "vehicle")
ROLES = ("perpetrator_person", "perpetrator_group", "target", "victim", "weapon")
ROLE_TAGS = ("O", *(f"{prefix}-{role}" for role in ROLES for prefix in "BI"))
INCIDENT_KINDS = ("attack", "bombing", "kidnapping", "arson", "robbery", "forced work stoppage")
CONFIDENCES = ("reported as fact", "accused", "accused by authorities", "claimed", "possible")
STAGES = ("accomplished", "attempted", "threatened")


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoding:
    """One document through the net.

    n word pieces in text order, s sentences in text order. All scores are natural-log probabilities.

    Attributes:
        offsets: int32 [n, 2], half-open code points of Document.text.
        windows: int32 [n], which window of the net a word piece was read in; links hold inside one window only.
        attribution: float32 [n, 7], over ATTRIBUTION_TAGS.
        link_query: float32 [n, d]; the word piece as a part of a source or content looking for its cue.
        link_key: float32 [n, d]; the word piece as a cue. The logit that piece i hangs on the cue that begins at
            piece j of the same window is link_query[i] · link_key[j].
        entities: float32 [n, 7, 3], per kind of ENTITY_KINDS over (O, B, I); kinds are independent, so they may nest.
        entities_inner: float32 [n, 7, 3], the same for spans that lie inside a span of their own kind ("Security
            Council" in "UN Security Council").
        toponyms: float32 [n, 3], over (O, B, I); names of places alone, as a gazetteer has them ("Tikrit", not
            "northern Iraq's hospitals", no organisation standing for a place).
        roles: float32 [n, 11], over ROLE_TAGS.
        incident_kinds: float32 [n, 6], over INCIDENT_KINDS; the incident that this word piece plays a role in.
        confidences: float32 [n, 5], over CONFIDENCES; meaningful on perpetrator groups.
        stages: float32 [n, 3], over STAGES; meaningful on role fillers.
        relevant: float32 [s], log-probability that the sentence tells of an incident that an event coder would code.
        sentences: int32 [s, 2], half-open code points of Document.text.
        embeddings: float32 [s, 384], rows of unit length; near in meaning = high dot product.
    """

    offsets: npt.NDArray[np.int32]
    windows: npt.NDArray[np.int32]
    attribution: npt.NDArray[np.float32]
    link_query: npt.NDArray[np.float32]
    link_key: npt.NDArray[np.float32]
    entities: npt.NDArray[np.float32]
    entities_inner: npt.NDArray[np.float32]
    toponyms: npt.NDArray[np.float32]
    roles: npt.NDArray[np.float32]
    incident_kinds: npt.NDArray[np.float32]
    confidences: npt.NDArray[np.float32]
    stages: npt.NDArray[np.float32]
    relevant: npt.NDArray[np.float32]
    sentences: npt.NDArray[np.int32]
    embeddings: npt.NDArray[np.float32]
