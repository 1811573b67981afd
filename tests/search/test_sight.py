"""What is found because networks saw it, by one score with what texts tell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engines.analysis.meaning import findings_of
from engines.search.concepts import concepts, in_english
from engines.search.explain import explain
from engines.search.find import Results, find
from engines.search.sight import FLOOR
from engines.search.suggest import suggestions
from engines.types import Done, Wanted
from engines.vocabulary import coco, imagenet
from tests.shelf import Shelf, look

LABEL = {label.name: label.index for label in imagenet()}
OBJECT = {label.name: label.index for label in coco()}

# name: its facts, and the labels and objects that networks saw
PHOTOS: dict[str, tuple[dict[str, object], dict[str, float], dict[str, float]]] = {
    "beagle": ({"colours": [{"name": "green", "share": 0.5}]}, {"beagle": 0.6, "basset hound": 0.2}, {}),
    "dog": ({"colours": [{"name": "red", "share": 0.5}]}, {}, {"dog": 0.9}),
    "faint": ({}, {"beagle": 0.05}, {}),
    "told": ({"caption": "our dog asleep"}, {}, {}),
    "beach": ({"caption": "a week at the seaside"}, {"seashore": 0.8}, {"person": 0.7, "dog": 0.6}),
    "bridge": ({"taken": "2008-10-22T10:00:00"}, {"suspension bridge": 0.9}, {}),
    "brigde": ({"caption": "brigde"}, {}, {}),
    "table": ({}, {"espresso": 0.7}, {"cup": 0.8, "dining table": 0.6}),
    "people": ({}, {}, {"person": 0.9, "dining table": 0.8}),
}


NAMES: dict[int, str] = {}


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    shelf = Shelf(Path(tmp_path_factory.mktemp("seen")))
    for number, (name, (facts, labels, objects)) in enumerate(PHOTOS.items()):
        path = shelf.put(f"{number}.jpg", {"copyright": name} | facts)
        shelf.take_in()
        probabilities, scores = np.zeros(1000, np.float32), np.zeros((1, 80), np.float32)
        probabilities[[LABEL[label] for label in labels]] = list(labels.values())
        scores[0, [OBJECT[label] for label in objects]] = list(objects.values())
        done = Done("meaning", 1, 0.0, findings_of(probabilities, scores))
        examined = look(Wanted(shelf.media_id(path), str(path), 0, 0, ()))
        shelf.library.save([replace(examined, done=(done,))])
        NAMES[shelf.media_id(path)] = name
    yield shelf
    shelf.library.close()


def names(results: Results) -> list[str]:
    return [NAMES[media_id] for media_id in results.ids.tolist()]


def hits(shelf: Shelf, query: str, *, weaker: bool = False) -> list[str]:
    return names(find(shelf.library, query, weaker=weaker))


def test_a_word_finds_what_it_names_and_all_kinds_of_it(seen: Shelf) -> None:
    assert set(hits(seen, "dog")) == {"dog", "beagle", "told", "beach"}
    assert hits(seen, "beagle")[0] == "beagle"


def test_the_surer_a_sighting_the_earlier_it_comes(seen: Shelf) -> None:
    results = find(seen.library, "dog")
    scores = dict(zip(names(results), results.scores.tolist(), strict=True))
    assert scores["dog"] > scores["beach"] >= FLOOR


def test_a_text_that_holds_the_words_comes_before_any_vague_sighting(seen: Shelf) -> None:
    found = hits(seen, "dog", weaker=True)
    assert found.index("told") < found.index("faint")


def test_what_is_hardly_seen_is_below_the_floor_and_told_when_asked_for(seen: Shelf) -> None:
    assert "faint" not in hits(seen, "dog")
    results = find(seen.library, "dog", weaker=True)
    assert dict(zip(names(results), results.scores.tolist(), strict=True))["faint"] < results.floor


def test_nothing_is_found_where_nothing_of_it_is_to_be_seen(seen: Shelf) -> None:
    for query in ("volcano", "accordion", "submarine"):
        assert hits(seen, query) == []


@pytest.mark.parametrize(
    ("query", "first"),
    [("Hund", "dog"), ("Hunde", "dog"), ("Brücke", "bridge"), ("Bruecke", "bridge"), ("Brücken", "bridge"),
     ("puppy", "dog"), ("Hund am Strand", "beach"), ("dog on a beach", "beach"), ("people at a table", "people"),
     ("something to drink", "table")],
)  # fmt: skip
def test_the_words_of_either_language_find_what_they_mean(seen: Shelf, query: str, first: str) -> None:
    assert hits(seen, query)[0] == first


def test_a_field_filters_and_what_pictures_show_ranks(seen: Shelf) -> None:
    assert hits(seen, "colour:red dog") == hits(seen, "dog colour:red") == ["dog"]
    assert hits(seen, "bridge date:2008") == ["bridge"]
    assert hits(seen, "bridge 2008") == ["bridge"]
    assert hits(seen, "bridge 2009") == []


def test_a_colour_in_plain_words_brings_pictures_that_have_it_to_the_front(seen: Shelf) -> None:
    assert hits(seen, "red dog")[0] == hits(seen, "roter Hund")[0] == "dog"
    assert set(hits(seen, "red")) == {"dog"}
    assert find(seen.library, "red").understood.parts[0].meaning.startswith("to be seen: the colour red; ")
    results = find(seen.library, "red dog")
    reasons = dict(zip(names(results), explain(seen.library, results), strict=True))
    assert "colour: red" in [one.detail for one in reasons["dog"]]
    assert "colour: red" not in [one.detail for one in reasons["beagle"]]


def test_a_place_is_found_by_what_is_often_there(seen: Shelf) -> None:
    results = find(seen.library, "restaurant", weaker=True)
    reasons = dict(zip(names(results), explain(seen.library, results), strict=True))
    assert "object: dining table, akin to restaurant" in [one.detail for one in reasons["people"]]


def test_weaker_matches_need_not_hold_a_number(seen: Shelf) -> None:
    assert hits(seen, "bridge 2009") == []
    assert hits(seen, "bridge 4711", weaker=True)[0] == "bridge"


def test_a_minus_sign_leaves_out_what_is_surely_seen(seen: Shelf) -> None:
    assert "people" in hits(seen, "person -dog")
    assert "beach" not in hits(seen, "person -dog")


@pytest.mark.parametrize(
    ("wrong", "meant", "first"),
    [("brige", "bridge", "bridge"), ("beagl", "beagle", "beagle"), ("beegle", "beagle", "beagle")],
)
def test_a_misspelt_word_is_read_as_the_one_that_was_meant(seen: Shelf, wrong: str, meant: str, first: str) -> None:
    results = find(seen.library, wrong)
    assert names(results)[0] == first
    assert results.understood.notes == (f"{wrong} was read as {meant}.",)


@pytest.mark.parametrize("word", ["Küche", "Wiese", "Strasse", "Straße", "rotes", "kitchen"])
def test_a_word_for_a_place_or_a_colour_is_not_misspelt(seen: Shelf, word: str) -> None:
    assert find(seen.library, word).understood.notes == ()


@pytest.mark.parametrize(("wrong", "meant"), [("dgo", "dog"), ("kichen", "kitchen"), ("Kücge", "Küche")])
def test_short_words_and_words_for_places_are_corrected_too(seen: Shelf, wrong: str, meant: str) -> None:
    assert find(seen.library, wrong).understood.notes == (f"{wrong} was read as {meant}.",)


@pytest.mark.parametrize(
    ("query", "meaning"),
    [("Hund", 'to be seen: dog; "Hund" or "hunds" as text'),
     ("red dog", 'to be seen: the colour red and dog; "red" or "reds" as text and "dog" or "dogs" as text'),
     ("pond", "to be seen: what is like pond: "), ("office", "to be seen: office, told by "),
     ("qwrtz", '"qwrtz" or "qwrtzes" as text')],
)  # fmt: skip
def test_plain_words_say_what_is_looked_for_in_pictures(seen: Shelf, query: str, meaning: str) -> None:
    (part,) = find(seen.library, query).understood.parts
    assert part.meaning.startswith(meaning)


def test_a_number_that_no_file_holds_is_told(seen: Shelf) -> None:
    (told,) = suggestions(seen.library, "bridge 8:25")
    assert told.sentence == "No file holds '8:25'. Without it there are 1."
    assert told.query == "bridge"
    for query in ("8:25", "(8:25)", "dog (8:25 OR 9:30)"):
        assert "No file holds '8:25'." in [one.sentence for one in suggestions(seen.library, query)]


def test_a_thing_that_no_picture_shows_is_no_other_word(seen: Shelf) -> None:
    assert suggestions(seen.library, "volcano") == []


def test_a_word_that_a_file_holds_is_not_misspelt(seen: Shelf) -> None:
    results = find(seen.library, "brigde")
    assert names(results)[0] == "brigde"
    assert results.understood.notes == ()


@pytest.mark.parametrize("word", ["bride", "dag", "xyz", "qwrtzpsd"])
def test_another_word_and_a_short_one_are_not_corrected(seen: Shelf, word: str) -> None:
    assert find(seen.library, word).understood.notes == ()


def test_each_hit_says_what_was_seen_and_how_surely(seen: Shelf) -> None:
    results = find(seen.library, "dog")
    reasons = dict(zip(names(results), explain(seen.library, results), strict=True))
    assert ("object", "object: dog", 0.9) in [(one.signal, one.detail, round(one.score, 1)) for one in reasons["dog"]]
    assert ("tag", "tag: beagle", 0.6) in [(one.signal, one.detail, round(one.score, 1)) for one in reasons["beagle"]]
    assert "meaning" in {one.signal for one in reasons["beagle"]}
    assert reasons["told"][0].detail == "caption: our *dog* asleep"


def test_a_library_without_sightings_is_searched_by_its_texts(shelf: Shelf) -> None:
    path = shelf.put("a.jpg", {"caption": "dog"})
    shelf.take_in()
    results = find(shelf.library, "dog")
    assert results.ids.tolist() == [shelf.media_id(path)]
    assert results.looks == []


@pytest.mark.parametrize(
    ("words", "english"),
    [(("Felsküste",), "rocky coast"), (("offenes", "Meer"), "open sea"), (("Hochzeit",), "wedding"),
     (("rocky", "coast"), "rocky coast")],
)  # fmt: skip
def test_a_scene_is_told_to_the_text_network_in_english(words: tuple[str, ...], english: str) -> None:
    assert in_english(words, concepts(words, lambda place: True, None)) == english
