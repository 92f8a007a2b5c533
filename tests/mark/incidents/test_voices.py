"""Which words around a name make somebody's accusation of it, and which only mention it."""

import re

import pytest

from firsthand.core.records import Attribution, Span
from firsthand.mark.incidents.confidences import filler_to_confidence, is_authority, voice_to_factuality
from firsthand.mark.incidents.role_phrases import Filler
from firsthand.mark.incidents.voices import is_accused, whole_name


def unbracketed(bracketed):
    """The text without brackets, and the span that stood in them."""
    match = re.search(r"\[([^\]]*)\]", bracketed)
    start = match.start()
    return bracketed.replace("[", "").replace("]", ""), (start, start + len(match.group(1)))


@pytest.mark.parametrize(
    "bracketed",
    [
        "Four fishermen were killed by the [Red Column].",
        "The mayor said the [Red Column] attacked the depot.",
        "He holds the [army] responsible for the fire.",
        "We oppose an [army] that bombs its own people.",
        "The bishop accused the [air force] of shelling the school.",
        "The [Red Column] continues to strike at convoys.",
        "The victims of the [Red Column] were buried on Monday.",
        "A judge ordered the arrest of Captain [Ana Ruel].",
        "Fighting between the army and the [Red Column] went on.",
        "Farmers were shot by [hired killers].",
        "She was kidnapped by [men wearing army uniforms].",
    ],
)
def test_said_to_have_done_it(bracketed):
    text, span = unbracketed(bracketed)
    assert is_accused(text, span, sentence=(0, len(text)))


@pytest.mark.parametrize(
    "bracketed",
    [
        "The talks with the [Red Column] begin on Friday.",
        "He spoke of the [army]'s situation after the murder.",
        "They wore [military] uniforms when they shot the guards.",
        "The [government] promised to investigate the murder.",
        "The [Red Column] condemned the killing of the nurses.",
        "The murder was blamed on the [Albanian] by all.",
        "Two died, according to [autopsies] after the attack.",
        "The [murderers] of the nurses fled.",
        "The rebels killed the [guard].",
        "Nine [soldiers] killed in the attack were buried.",
        "An attack on the [army] failed.",
        "[They] killed the nurses.",
        "The search is led by a [commission] on the murder.",
    ],
)
def test_only_mentioned(bracketed):
    text, span = unbracketed(bracketed)
    assert not is_accused(text, span, sentence=(0, len(text)))


@pytest.mark.parametrize(
    ("bracketed", "accused"),
    [
        ("The [Red Column] says that the army killed the nurses.", False),
        ("The [Red Column] killed the nurses, it says.", True),
        ("[Ana Ruel] is accused of the murder.", True),
    ],
)
def test_a_source_does_it_only_where_the_next_words_say_so(bracketed, accused):
    text, span = unbracketed(bracketed)
    assert is_accused(text, span, sentence=(0, len(text)), speaks=True) is accused


def test_a_list_of_people_runs_over_the_sentence():
    names = "; ".join(f"Sergeant Lind{n}ar Varra" for n in range(12))
    text, span = unbracketed(f"The arrest order names {names}; and Corporal [Ivo Cook].")
    assert is_accused(text, span, sentence=(0, len(text)), whole=True)
    assert not is_accused(text, span, sentence=(0, len(text)))


@pytest.mark.parametrize(
    ("bracketed", "whole"),
    [
        ("the [Albanian] armed forces fired", "Albanian armed forces"),
        ("[military] personnel and others", "military personnel"),
        ("the [ultraleftist] groups did it", "ultraleftist groups"),
        ("[Ana Ruel]'s government planned it", "Ana Ruel's government"),
        ("the [Albanian] wheat harvest burned", "Albanian"),
        ("the [Red Column] guerrillas fired", "Red Column"),
    ],
)
def test_whole_names(bracketed, whole):
    text, span = unbracketed(bracketed)
    assert text[slice(*whole_name(text, span))] == whole


def said(text, source, *, name=None, factuality="CT+"):
    """An attribution of the whole text to the words `source` in it."""
    at = text.index(source)
    return Attribution(
        id="a",
        by="t",
        doc="d",
        source=(Span("d", at, at + len(source)),),
        cue=(),
        content=(Span("d", 0, len(text)),),
        factuality=factuality,
        speaker_name=name,
    )


def confidence(bracketed, *, source=None, name=None, factuality="CT+", **filler):
    text, span = unbracketed(bracketed)
    one = Filler(role="perpetrator_group", span=span, sentence=0, score=0.5, **filler)
    attribution = said(text, source, name=name, factuality=factuality) if source else None
    found = filler_to_confidence(text, one, name=text[slice(*span)], attribution=attribution, sentence=(0, len(text)))
    return found, voice_to_factuality(found, one, attribution)


@pytest.mark.parametrize(
    ("bracketed", "source", "expected"),
    [
        ("The nurses were shot by the [army].", None, ("reported as fact", "CT+")),
        ("It was not the [army] that shot them.", None, ("denied", "CT-")),
        ("The [army] is not responsible, Lind said.", "Lind", ("denied", "CT-")),
        ("Lind did not know whether the [army] shot them.", "Lind", ("possible", "CT+")),
        ("It would be rash to say that the [army] did it, Lind said.", "Lind", ("possible", "CT+")),
        ("The minister said the [Red Column] shot them.", "The minister", ("accused by authorities", "CT+")),
        ("A neighbour said the [Red Column] shot them.", "A neighbour", ("accused", "CT+")),
        ("An anonymous colonel said the [Red Column] shot them.", "An anonymous colonel", ("accused", "CT+")),
        ("Our [fighters] shelled the base, the command said.", "the command", ("claimed", "CT+")),
        ("The nurses were presumably shot by the [army], Lind said.", "Lind", ("accused", "CT+")),
        ("The nurses were possibly shot by the [army], Lind said.", "Lind", ("possible", "CT+")),
        ("If it was not the [army] that shot them, Lind said.", "Lind", ("possible", "CT+")),
        ("The judge did not rule out men of the [army].", "The judge", ("possible", "CT+")),
        ("An arrest warrant was issued for the [captain].", None, ("accused by authorities", "CT+")),
    ],
)
def test_confidence_of_a_voice(bracketed, source, expected):
    assert confidence(bracketed, source=source) == expected


def test_a_source_that_denies_an_accusation_clears_the_accused():
    text = "The ministry denied that the [army] shot them."
    assert confidence(text, source="The ministry", factuality="CT-") == ("denied", "CT-")


@pytest.mark.parametrize(
    ("bracketed", "expected"),
    [
        ("The [NLF] shelled the base, the National Lowland Front said.", "claimed"),
        ("The [NLF] has never shelled a school, the National Lowland Front said.", "denied"),
        ("The [NAP] shelled the base, the National Lowland Front said.", "accused"),
    ],
)
def test_an_acronym_is_its_speakers_own(bracketed, expected):
    source = "the National Lowland Front"
    assert confidence(bracketed, source=source, name="National Lowland Front")[0] == expected


def test_the_accuseds_own_denial_keeps_its_attribution():
    assert confidence("The [Red Column] denied it.", cue="denied") == ("denied", "CT+")


@pytest.mark.parametrize("share", [0.7, 0.95])
def test_whose_word_it_is_the_attribution_knows_better_than_the_net(share):
    text = "The minister said the [Red Column] shot them."
    net = {"accused": share, "possible": 1 - share}
    assert confidence(text, source="The minister", confidences=net)[0] == "accused by authorities"
    net = {"possible": share, "accused": 1 - share}
    assert confidence(text, source="The minister", confidences=net)[0] == "possible"


@pytest.mark.parametrize(
    ("text", "authority"),
    [
        ("Interior Minister Ana Lind spoke. Lind blamed the rebels.", True),
        ("Ana Lind, the attorney general, spoke. Lind blamed the rebels.", True),
        ("Former minister Ana Lind spoke. Lind blamed the rebels.", False),
        ("Ana Lind, president of the opposition, spoke. Lind blamed the rebels.", False),
        ("Police questioned Ana Lind. Lind blamed the rebels.", False),
    ],
)
def test_authority_by_a_title_that_stands_elsewhere(text, authority):
    assert is_authority(text, said(text, "Lind", name="Ana Lind")) is authority
