"""What the things that networks see are called, in English and German, and what they are kinds of.

The words are data: resources/labels, whose card.md says what the columns hold. The tables are read when they are first
asked for; a table that breaks its own rules is a fault of the program, and the tests look for it.
"""

from __future__ import annotations

import csv
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from engines.types import FIRST_OBJECT

_TABLES = Path(__file__).resolve().parents[1] / "resources" / "labels"
_SAME = "="  # as parents: another line explains this name
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})

# Endings of the plural and what they stand for in the singular. German changes the vowel before '-er'
# and '-e' more often than not, which folding undoes: 'Häuser' is read as 'hauser'.
_ENGLISH_PLURALS = (("ies", "y"), ("ves", "fe"), ("ves", "f"), ("men", "man"), ("es", ""), ("s", ""))
_GERMAN_PLURALS = (("nen", ""), ("en", ""), ("er", ""), ("n", ""), ("e", ""), ("s", ""))


@dataclass(frozen=True, slots=True)
class Label:
    """A class of a network. Two classes may have one name: they are the same to people.

    index: its place in the network's output. raw: its name in the network's own list. hidden: why it is neither shown
    nor searched, '' for nearly all.
    """

    index: int
    raw: str
    name: str
    german: str
    hidden: str


@dataclass(frozen=True, slots=True)
class Node:
    """What a name stands for. parents: names of what it is a kind of. english, german: its words, the shown first."""

    name: str
    parents: tuple[str, ...]
    english: tuple[str, ...]
    german: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """A place, activity, event or thing of scenes.tsv. phrase: how prompts say it, where that is not the name."""

    sort: str
    name: str
    phrase: str
    german: str


@cache
def scenes() -> tuple[Scene, ...]:
    """All that CLIP is asked for beside the classes."""
    return tuple(
        Scene(row["sort"], row["name"], row["phrase"] or row["name"], row["german"]) for row in _rows("scenes.tsv")
    )


@cache
def imagenet() -> tuple[Label, ...]:
    """The 1,000 classes of ILSVRC 2012, in its order."""
    return _labels("imagenet.tsv")


@cache
def coco() -> tuple[Label, ...]:
    """The 80 classes of COCO that have boxes, in its order."""
    return _labels("coco.tsv")


@cache
def nodes() -> Mapping[str, Node]:
    """All that has a name, by that name: the classes and the kinds above them."""
    explained = [_node(row) for row in _every_row() if row["parents"] != _SAME]
    return {node.name: node for node in explained}


@cache
def activities() -> frozenset[str]:
    """What people do, as CLIP is asked for it."""
    return frozenset(scene.name for scene in scenes() if scene.sort == "activity")


@cache
def ancestors(name: str) -> tuple[str, ...]:
    """What a thing is a kind of, nearest first: 'golden retriever' is a 'retriever', a 'dog', a 'mammal', an 'animal'.

    () for a name that is not in the vocabulary, such as a tag of the user's.
    """
    found = [name]
    for one in found:
        parents = nodes()[one].parents if one in nodes() else ()
        found.extend(parent for parent in parents if parent not in found)
    return tuple(found[1:])


def name_of(kind: int) -> str:
    """What a class is called, by its number as in types.Sighting."""
    return coco()[kind - FIRST_OBJECT].name if kind >= FIRST_OBJECT else imagenet()[kind].name


def classes_of(name: str, *, with_kinds: bool = True) -> tuple[int, ...]:
    """The classes that are called so, numbered as in types.Sighting; also those that are kinds of it, unless told."""
    return (_members() if with_kinds else _namesakes()).get(name, ())


@cache
def _namesakes() -> Mapping[str, tuple[int, ...]]:
    return _grouped((label.name, number) for number, label in _searched())


@cache
def _members() -> Mapping[str, tuple[int, ...]]:
    return _grouped((name, number) for number, label in _searched() for name in (label.name, *ancestors(label.name)))


def _searched() -> Iterator[tuple[int, Label]]:
    """The classes that are not hidden, by the numbers of sightings."""
    labels = ((label.index, label) for label in imagenet())
    objects = ((FIRST_OBJECT + label.index, label) for label in coco())
    return ((number, label) for number, label in (*labels, *objects) if not label.hidden)


def _grouped(pairs: Iterable[tuple[str, int]]) -> dict[str, tuple[int, ...]]:
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for name, number in pairs:
        groups[name].append(number)
    return {name: tuple(numbers) for name, numbers in groups.items()}


def spellings(name: str) -> tuple[str, ...]:
    """Every word for a thing: the shown English one, its other words, then the German ones. () for an unknown name."""
    node = nodes().get(name)
    if node is None:
        return (name, _german_scenes()[name]) if name in _german_scenes() else ()
    return (*node.english, *node.german)


def in_german(name: str) -> str:
    """What a thing or scene is called in German; the name itself where nobody said, as of a tag of the user's."""
    node = nodes().get(name)
    return node.german[0] if node is not None and node.german else _german_scenes().get(name, name)


def scenes_named(word: str) -> tuple[str, ...]:
    """The names of scenes that are called so in German, without regard to capitals and accents."""
    return _scenes_by_german().get(_fold(word), ())


@cache
def _german_scenes() -> Mapping[str, str]:
    return {scene.name: scene.german for scene in scenes()}


@cache
def _scenes_by_german() -> Mapping[str, tuple[str, ...]]:
    spelled = ((word, scene.name) for scene in scenes() for word in (scene.german, scene.german.translate(_UMLAUTS)))
    return _by_folded_word(spelled)


def nodes_named(word: str) -> tuple[str, ...]:
    """The names of what a word stands for, in either language and without regard to capitals and accents.

    Several if things share the word: a 'crane' is a bird and a machine. A plural is understood
    where no thing has the word itself. () if there is no such thing.
    """
    folded = _fold(word)
    known = _words()
    exact = [*known.english.get(folded, ()), *known.german.get(folded, ())]
    return tuple(dict.fromkeys(exact or _of_plural(folded, umlaut=_fold(word.translate(_UMLAUTS)) != folded)))


def _of_plural(folded: str, *, umlaut: bool) -> list[str]:
    """umlaut: the word was written with one; without it '-er' makes no plural: a 'Bauer' is no 'Bau'."""
    known = _words()
    english = [name for one in _singulars(folded, _ENGLISH_PLURALS) for name in known.english.get(one, ())]
    german = [
        name
        for one in _singulars(folded, _GERMAN_PLURALS)
        if umlaut or not folded.endswith("er")
        for name in known.german.get(one, ())
    ]
    return english + german


def _singulars(folded: str, endings: Iterable[tuple[str, str]]) -> Iterator[str]:
    return (folded.removesuffix(plural) + singular for plural, singular in endings if folded.endswith(plural))


@dataclass(frozen=True, slots=True)
class _Words:
    """The names that each folded word stands for."""

    english: Mapping[str, tuple[str, ...]]
    german: Mapping[str, tuple[str, ...]]


@cache
def _words() -> _Words:
    english = ((word, node.name) for node in nodes().values() for word in node.english)
    german = (
        (spelled, node.name)
        for node in nodes().values()
        for word in node.german
        for spelled in (word, word.translate(_UMLAUTS))
    )
    return _Words(_by_folded_word(english), _by_folded_word(german))


def _by_folded_word(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    names: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for word, name in pairs:
        names[_fold(word)][name] = None
    return {word: tuple(found) for word, found in names.items()}


def _fold(word: str) -> str:
    """Small letters without marks, '-' and '_' as space: 'T-Shirt' is a 't shirt', 'Löwe' a 'lowe'."""
    plain = unicodedata.normalize("NFD", word.replace("-", " ").replace("_", " ").casefold())
    return " ".join("".join(letter for letter in plain if not unicodedata.combining(letter)).split())


def _labels(table: str) -> tuple[Label, ...]:
    return tuple(
        Label(int(row["index"]), row["raw"], row["name"], nodes()[row["name"]].german[0], row["hidden"])
        for row in _rows(table)
    )


def _node(row: Mapping[str, str]) -> Node:
    english = (row["name"], *_entries(row["also_english"]))
    german = (row["german"], *_entries(row["also_german"]))
    return Node(row["name"], _entries(row["parents"]), english, german)


def _entries(cell: str) -> tuple[str, ...]:
    return tuple(cell.split(", ")) if cell else ()


def _every_row() -> Iterator[Mapping[str, str]]:
    for table in ("nodes.tsv", "imagenet.tsv", "coco.tsv"):
        yield from _rows(table)


def _rows(table: str) -> list[dict[str, str]]:
    with (_TABLES / table).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
