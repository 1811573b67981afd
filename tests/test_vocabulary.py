"""The tables of words are whole and agree with the networks, and everyday words find what people mean by them."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest

from engines import vocabulary
from engines.vocabulary import (
    Label,
    ancestors,
    coco,
    imagenet,
    in_german,
    nodes,
    nodes_named,
    scenes_named,
    spellings,
)

RESOURCES = Path(__file__).resolve().parents[1] / "resources"
TABLES = {"imagenet.tsv": 8, "coco.tsv": 8, "nodes.tsv": 5}  # columns

# Classes of ImageNet that are one thing to people.
MERGED = {"bathtub", "laptop", "missile", "one-piece swimsuit", "sunglasses", "tabby cat"}

HIDDEN = {"baby's dummy", "coil", "hook", "packet", "pole", "velvet"}

# Words that mean several things, as they do in the languages themselves.
AMBIGUOUS = {
    *("affe", "bauwerk", "becher", "boot", "cape", "carrier bag", "coonhound", "crane", "digitaluhr", "dish"),
    *("elektrogerät", "fernseher", "fliege", "flügel", "gewehr", "grille", "hantel", "hase", "haushaltsgerät"),
    *("jetty", "karton", "kette", "kite", "krebs", "monitor", "ofen", "panzer", "passenger car", "personenwagen"),
    *("piano", "rad", "schloss", "schmuck", "schäferhund", "segler", "television", "tv", "van", "vessel", "wagen"),
    *("waggon", "waschbecken", "weights", "windspiel", "wrap"),
}


def rows(table: str) -> list[dict[str, str]]:
    with (RESOURCES / "labels" / table).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("table", TABLES)
def test_every_line_of_a_table_has_all_columns(table: str) -> None:
    lines = (RESOURCES / "labels" / table).read_text("utf-8").splitlines()
    assert {line.count("\t") + 1 for line in lines} == {TABLES[table]}


@pytest.mark.parametrize("table", TABLES)
def test_no_cell_has_spaces_around_its_entries_or_empty_ones(table: str) -> None:
    cells = [cell for row in rows(table) for column, cell in row.items() if column != "raw"]
    assert [cell for cell in cells if cell and ", ".join(entry.strip() for entry in cell.split(",")) != cell] == []
    assert [cell for cell in cells if cell and not all(cell.split(", "))] == []


@pytest.mark.parametrize(
    ("labels", "network"), [(imagenet, "efficientnet-lite2"), (coco, "yolov3-tiny")], ids=["imagenet", "coco"]
)
def test_labels_stand_in_the_order_of_the_network(labels: Callable[[], tuple[Label, ...]], network: str) -> None:
    raw = (RESOURCES / "networks" / network / "labels.txt").read_text("utf-8").splitlines()
    assert [(label.index, label.raw) for label in labels()] == list(enumerate(raw))


def test_there_are_as_many_labels_as_the_data_sets_have_classes() -> None:
    assert (len(imagenet()), len(coco())) == (1000, 80)


def test_only_classes_that_are_one_thing_share_a_name() -> None:
    for labels, shared in ((imagenet(), MERGED), (coco(), set())):
        counts = Counter(label.name for label in labels)
        assert {name for name, count in counts.items() if count > 1} == shared


def test_every_name_is_explained_exactly_once() -> None:
    everything = [row for table in TABLES for row in rows(table)]
    explained = Counter(row["name"] for row in everything if row["parents"] != "=")
    assert {name for name, count in explained.items() if count > 1} == set()
    assert {row["name"] for row in everything} == set(explained)


def test_a_name_explained_elsewhere_has_no_words_of_its_own() -> None:
    words = ("german", "also_english", "also_german")
    same = [row for table in TABLES for row in rows(table) if row["parents"] == "="]
    assert [row["name"] for row in same if any(row[column] for column in words)] == []


def test_every_parent_is_explained() -> None:
    assert {parent for node in nodes().values() for parent in node.parents} <= set(nodes())


def test_every_node_is_seen_by_a_network() -> None:
    seen = {label.name for label in (*imagenet(), *coco()) if not label.hidden}
    assert set(nodes()) - seen - {above for name in seen for above in ancestors(name)} == HIDDEN


def test_nothing_is_a_kind_of_itself() -> None:
    parents = {name: set(node.parents) for name, node in nodes().items()}
    while roots := {name for name, above in parents.items() if not above}:
        parents = {name: above - roots for name, above in parents.items() if name not in roots}
    assert parents == {}


def test_everything_has_a_german_name() -> None:
    assert [name for name, node in nodes().items() if not node.german[0]] == []


def test_no_word_is_listed_twice_at_one_thing() -> None:
    twice = {
        name: words
        for name, node in nodes().items()
        for words in (node.english, node.german)
        if len({word.casefold() for word in words}) < len(words)
    }
    assert twice == {}


def test_words_that_several_things_share_are_known() -> None:
    names = defaultdict(set)
    for name in nodes():
        for word in spellings(name):
            names[word.casefold()].add(name)
    assert {word for word, shared in names.items() if len(shared) > 1} == AMBIGUOUS


def test_only_few_classes_are_hidden() -> None:
    assert {label.name for label in (*imagenet(), *coco()) if label.hidden} == HIDDEN


@pytest.mark.parametrize(
    ("index", "name"),
    [
        *[(0, "tench"), (1, "goldfish"), (207, "golden retriever"), (281, "tabby cat"), (340, "zebra")],
        *[(404, "airliner"), (466, "high-speed train"), (504, "coffee mug"), (609, "jeep"), (673, "computer mouse")],
        *[(817, "sports car"), (820, "steam locomotive"), (849, "teapot"), (920, "traffic light"), (950, "orange")],
        *[(954, "banana"), (970, "mountain"), (980, "volcano"), (985, "daisy"), (999, "toilet paper")],
    ],
)
def test_classes_are_called_what_people_call_them(index: int, name: str) -> None:
    assert imagenet()[index].name == name


def test_ancestors_come_nearest_first() -> None:
    assert ancestors("golden retriever") == ("retriever", "dog", "mammal", "animal")


def test_every_breed_is_a_dog() -> None:
    breeds = [label.name for label in imagenet()[151:269]]
    assert [name for name in breeds if "dog" not in ancestors(name)] == []


def test_the_first_398_classes_are_animals() -> None:
    animals = [label.name for label in imagenet()[:398]]
    assert [name for name in animals if "animal" not in ancestors(name)] == []


def test_an_unknown_name_has_neither_ancestors_nor_spellings() -> None:
    assert (ancestors("Aunt Mary"), spellings("Aunt Mary")) == ((), ())


def test_spellings_begin_with_the_shown_name_and_end_with_the_german_ones() -> None:
    assert spellings("sofa") == ("sofa", "couch", "settee", "Sofa", "Couch")


@pytest.mark.parametrize(
    ("word", "names"),
    [
        *[("dog", {"dog"}), ("DOGS", {"dog"}), ("puppy", {"dog"}), ("Hund", {"dog"}), ("hunde", {"dog"})],
        *[("Lokomotive", {"locomotive"}), ("Lok", {"locomotive"}), ("steam engine", {"steam locomotive"})],
        *[("Auto", {"car"}), ("Autos", {"car"}), ("automobile", {"car"}), ("lorry", {"truck"})],
        *[("Blume", {"flower"}), ("Blüten", {"flower"}), ("drink", {"drink"}), ("something to drink", {"drink"})],
        *[("smartphone", {"mobile phone"}), ("Handy", {"mobile phone"}), ("couch", {"sofa"})],
        *[("people", {"person"}), ("Leute", {"person"}), ("wolves", {"wolf"}), ("puppies", {"dog"})],
        *[("Löwe", {"lion"}), ("loewe", {"lion"}), ("Löwen", {"lion"}), ("Häuser", {"house"}), ("Vögel", {"bird"})],
        *[("Fussball", {"football"}), ("t shirt", {"T-shirt"}), ("aeroplanes", {"plane"}), ("Flugzeuge", {"plane"})],
        *[("crane", {"crane", "crane (bird)"}), ("Flügel", {"grand piano", "aeroplane wing"})],
        *[("Bauer", set()), ("care", set()), ("happiness", set()), ("", set())],
    ],
)
def test_everyday_words_find_what_they_mean(word: str, names: set[str]) -> None:
    assert set(nodes_named(word)) == names


@pytest.mark.parametrize("label", ["airliner", "jeep", "school bus", "steam locomotive", "canoe", "mountain bike"])
def test_what_carries_people_is_a_vehicle(label: str) -> None:
    assert "vehicle" in ancestors(label)


@pytest.mark.parametrize("label", ["wild boar", "bighorn sheep", "bison", "warthog", "red fox"])
def test_wild_animals_are_no_farm_animals(label: str) -> None:
    assert "farm animal" not in ancestors(label)


@pytest.mark.parametrize("label", ["coffee mug", "red wine", "teapot", "wine bottle", "beer glass", "espresso"])
def test_something_to_drink_finds_what_holds_it(label: str) -> None:
    assert "drink" in ancestors(label)


def test_tables_are_read_once() -> None:
    assert vocabulary.imagenet() is vocabulary.imagenet()


def test_things_and_scenes_have_german_names_and_other_tags_their_own() -> None:
    assert [in_german(name) for name in ("dog", "rocky coast", "wedding", "Aunt Mary")] == [
        "Hund", "Felsküste", "Hochzeit", "Aunt Mary"
    ]  # fmt: skip
    assert scenes_named("felskueste") == scenes_named("Felsküste") == ("rocky coast",)
    assert scenes_named("dog") == ()
