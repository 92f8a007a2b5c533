"""../shared/score/score.py as a module, and how it pairs incidents."""

import sys
from pathlib import Path

SHARED = Path(__file__).resolve().parents[2] / "shared"
sys.path.insert(0, str(SHARED / "score"))
import score  # noqa: E402


def align(ours, gold):
    """Pairs of indices (ours, gold) of one message's incidents, the best agreement first, as score.py pairs them."""
    scored = sorted(
        ((score.agree(a, b), i, j) for i, a in enumerate(ours) for j, b in enumerate(gold)), key=lambda t: -t[0]
    )
    left, right, found = set(), set(), []
    for fit, i, j in scored:
        if fit > 0 and i not in left and j not in right:
            left.add(i)
            right.add(j)
            found.append((i, j))
    return found
