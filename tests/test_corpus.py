"""Our own corpus is what its README says: every quotation stands in its text, and every story holds together."""

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "eval"))
import readings

STORIES = sorted(path.parent for path in readings.CORPUS.glob("*/story.json"))
STATUS, STAGE = {"told", "background", "denied", "feared"}, {"accomplished", "attempted", "threatened"}


def test_a_quotation_is_found_as_the_guide_says():
    text = "The blast\nkilled two. A second blast, blasts later."
    assert readings.find(text, "blast#2") == (31, 36)
    assert readings.find(text, "blast killed two") == (4, 20)
    assert readings.find(text, "blast#3") is None
    assert readings.find(text, "lasts") == (39, 44)


@pytest.mark.parametrize("folder", STORIES, ids=lambda folder: folder.name)
def test_a_story_holds_together(folder):
    story = json.loads((folder / "story.json").read_text(encoding="utf-8"))
    texts = {path.stem: path.read_text(encoding="utf-8") for path in folder.glob("*.txt")}
    gold = {name: json.loads((folder / f"{name}.json").read_text(encoding="utf-8")) for name in texts}
    assert {d["id"] for d in story["documents"]} == set(texts) and story["slug"] == folder.name
    assert all(d["copied_from"] is None or d["copied_from"] in texts for d in story["documents"])
    told = [f"{name}:{act['id']}" for name, reading in gold.items() for act in reading["incidents"]]
    assert sorted(m for incident in story["incidents"] for m in incident["mentions"]) == sorted(told)
    for name, reading in gold.items():
        lost = [(f, q) for f, q in readings.quotations(reading) if readings.find(texts[name], q) is None]
        assert lost == [], name
        for act in reading["incidents"]:
            assert act["status"] in STATUS and act["stage"] in STAGE and act["triggers"], name
            assert {p["confidence"] for p in act["perpetrators"]} <= set(readings.CLASS), name
    for line in story["lines"]:
        for name, words in line["said"]:
            assert " ".join(words.split()) in " ".join(texts[name].split())


@pytest.mark.parametrize("split", [path.stem for path in sorted((readings.CORPUS / "short").glob("*.jsonl"))])
def test_short_texts_hold_together(split):
    seen = set()
    for one in readings.load_short(split):
        assert one.id not in seen and not seen.add(one.id)
        lost = [(f, q) for f, q in readings.quotations(one.gold) if readings.find(one.text, q) is None]
        assert lost == [], one.id
        for act in one.gold["incidents"]:
            assert act["status"] in STATUS and act["stage"] in STAGE and act["triggers"], one.id
            assert {p["confidence"] for p in act["perpetrators"]} <= set(readings.CLASS), one.id
    assert seen


def test_splits_are_by_story_and_all_there():
    assert {json.loads((f / "story.json").read_text(encoding="utf-8"))["split"] for f in STORIES} == {
        "train",
        "dev",
        "test",
    }


def test_the_scorer_counts_what_is_right_false_and_missed():
    gold = {"incidents": [
        {"status": "told", "triggers": ["killed"], "kind": "killing", "date": None, "place_words": ["Korva"],
         "killed": [{"value": 2}], "perpetrators": [
             {"name": ["gunmen", "they"], "confidence": "accused"}, {"name": ["army"], "confidence": "denied"}]},
        {"status": "feared", "triggers": ["attack"], "kind": "attack", "perpetrators": []},
        {"status": "background", "triggers": ["bombing"], "kind": "bombing", "perpetrators": []},
    ]}  # fmt: skip
    text = "In Korva gunmen killed two; the army denied it. An attack is feared after a bombing. They shot."

    def entity(words, confidence):
        return {"text": words, "mentions": [readings.find(text, words)], "confidence": confidence}

    rows = [
        {"span": readings.find(text, "killed"), "kind": "killing", "date": "2031", "place": {"path": ["X", "Korva"]},
         "counts": {"killed": "2"}, "roles": {"perpetrator_group": [
             entity("gunmen", "accused by authorities"), entity("army", "accused")]}},
        {"span": readings.find(text, "shot"), "kind": "shooting", "date": None, "place": None, "roles": {}},
    ]  # fmt: skip
    scores = readings.Scores()
    readings.score(readings.Reading("d", "s", text, gold), {"incidents": rows}, scores)
    told = {name: (t.right, t.found, t.wanted) for name, t in scores.tallies.items()}
    assert told["acts"] == (1, 2, 2)
    assert told["accused"] == (1, 2, 2) and told["accused, whatever the confidence"] == (2, 2, 2)
    assert (told["kind, given the act"], told["date, given the act"]) == ((1, 1, 1), (0, 1, 1))
    assert told["place, given the act"] == (1, 1, 1) and told["counts"] == (1, 1, 1)
