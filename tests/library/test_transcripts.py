"""What is said in films: kept sentence by sentence, shown, searched, and found to the second of the word."""

from __future__ import annotations

import pytest

from engines.search import moments
from engines.search.find import find, matching
from engines.types import Done, Fact, Findings, Inferred, Phase, Sentence, Word
from tests.shelf import Shelf
from tests.watched import film, scene

SPEECH = Phase("speech", 1)


def sentence(start_s: float, text: str, language: str = "en") -> Sentence:
    """Half a second a word."""
    words = tuple(Word(word, start_s + place / 2, start_s + (place + 1) / 2) for place, word in enumerate(text.split()))
    return Sentence(start_s, words[-1].end_s, text, words, language)


SAID = (
    sentence(1.0, "Good evening to all of you."),
    sentence(12.0, "We wish you a happy"),
    sentence(15.0, "birthday, dear Anna!"),
    sentence(22.0, "Happy to be here."),
)


def say(shelf: Shelf, media_id: int, *said: Sentence, phase: Phase = SPEECH) -> None:
    """As a run would leave it."""
    digest = shelf.library.items([media_id])[media_id].digest
    assert digest is not None
    half = len(said) // 2
    for part in (said[:half], said[half:]):
        through_s = part[-1].end_s if part else 0.0
        shelf.library.save_sentences(digest, phase, part, through_s)
    count = sum(len(one.words) for one in said)
    facts = {"language": Fact("en", "whisper"), "spoken_words": Fact(count, "whisper")}
    shelf.library.save_inferred([Inferred(digest, (Done(phase.name, phase.version, 0.0, Findings(facts)),))])


def spoken_film(shelf: Shelf, name: str = "party.mp4") -> int:
    path = shelf.put(name)
    shelf.take_in(path)
    media_id = shelf.media_id(path)
    say(shelf, media_id, *SAID)
    return media_id


def times(shelf: Shelf, query: str) -> list[tuple[float, float]]:
    """From when to when the moments of the only hit are."""
    found = moments.moments_of(shelf.library, find(shelf.library, query))
    return [(round(hit.start_s, 3), round(hit.end_s, 3)) for hits in found.values() for hit in hits]


def test_a_transcript_comes_back_word_by_word(shelf: Shelf) -> None:
    media_id = spoken_film(shelf)
    transcript = shelf.library.transcripts([media_id])[media_id]
    assert (transcript.language, transcript.sentences) == ("en", SAID)
    record = shelf.record(shelf.photos / "party.mp4")
    assert record["transcript"]["sentences"][1]["text"] == "We wish you a happy"
    assert (record["facts"]["language"], record["facts"]["spoken_words"]) == ("en", 18)


def test_the_language_is_the_one_in_which_most_is_said(shelf: Shelf) -> None:
    media_id = spoken_film(shelf)
    say(shelf, media_id, SAID[0], sentence(22.0, "Guten Abend", "de"), phase=Phase("speech", 2))
    assert shelf.library.transcripts([media_id])[media_id].language == "en"


def test_another_network_begins_anew(shelf: Shelf) -> None:
    media_id = spoken_film(shelf)
    say(shelf, media_id, SAID[0], phase=Phase("speech", 2))
    assert shelf.library.transcripts([media_id])[media_id].sentences == (SAID[0],)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ('transcript:"happy birthday"', True),  # from one sentence into the next
        ('transcript:"birthday happy"', False),
        ("transcript:birth*", True),
        ("has:transcript", True),
        ('"dear Anna"', True),
        ("evening", True),
        ("tag:birthday", False),
    ],
)
def test_films_are_found_by_what_is_said(shelf: Shelf, query: str, found: bool) -> None:
    media_id = spoken_film(shelf)
    shelf.put("silent.mp4")
    shelf.take_in()
    assert matching(shelf.library, query) == ([media_id] if found else [])


@pytest.mark.parametrize(
    ("query", "seconds"),
    [
        ('transcript:"happy birthday"', [(13.7, 15.5)]),
        ("transcript:happy", [(13.7, 14.5), (21.7, 22.5)]),
        ("transcript:birth*", [(14.7, 15.5)]),
        ("transcript:evening", [(1.2, 2.0)]),
        ("dear birthday", [(14.7, 16.0)]),  # plain words that are said together
        ('"dear anna"', [(15.2, 16.5)]),
        ("type:video", []),
    ],
)
def test_words_are_found_to_the_second(shelf: Shelf, query: str, seconds: list[tuple[float, float]]) -> None:
    spoken_film(shelf)
    assert times(shelf, query) == seconds


def test_what_is_said_is_shown_by_the_frame_of_its_moment(shelf: Shelf) -> None:
    media_id = film(shelf, "a.mp4", [scene(0, "cat"), scene(10, "dog"), scene(20, "cat")])
    say(shelf, media_id, *SAID)
    hits = moments.moments_of(shelf.library, find(shelf.library, "transcript:happy"))[media_id]
    assert [(round(hit.start_s, 1), hit.time_s) for hit in hits] == [(13.7, 15.0), (21.7, 25.0)]
    assert [reason.detail for reason in hits[0].reasons] == ["said: happy"]


def test_what_is_seen_while_something_is_said_is_found_together(shelf: Shelf) -> None:
    media_id = film(shelf, "a.mp4", [scene(0, "cat"), scene(10, "dog"), scene(20, "cat")])
    say(shelf, media_id, *SAID)
    hits = moments.moments_of(shelf.library, find(shelf.library, "object:cat transcript:happy"))[media_id]
    assert [(hit.start_s, hit.end_s) for hit in hits] == [(20.0, 30.0)]
    assert {reason.signal for reason in hits[0].reasons} == {"object", "transcript"}
