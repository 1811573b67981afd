"""What a picture shows, asked in words: how near its vector lies to those of names, against all others of their sort.

The names are the classes of ImageNet, whose numbers the search knows, and a list of places, activities, events and
things: resources/labels/scenes.tsv. Their vectors are made once by the network for texts and kept in the cache folder;
another network, other words or other prompts make them anew.
"""

from __future__ import annotations

import csv
import hashlib
import os
import tomllib
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import platformdirs
from numpy.typing import NDArray

from engines.inference.catalogue import Card
from engines.inference.openvino_engine import OpenVinoRunner
from engines.inference.text import TextTower
from engines.settings import usable_cores
from engines.vocabulary import imagenet

LABEL = "label"  # the sort of ImageNet's classes; the others are named in scenes.tsv

_FOLDER = Path(__file__).resolve().parents[2] / "resources" / "labels"
_WORDS, _PROMPTS = _FOLDER / "scenes.tsv", _FOLDER / "scenes.toml"
_SHARPNESS = 100.0  # what CLIP was trained to multiply cosines with before it takes them for logits

Floats = NDArray[np.float32]
Encode = Callable[[Sequence[str]], Floats]


@dataclass(frozen=True, slots=True)
class Scene:
    """A name of scenes.tsv. phrase: how prompts say it, where that is not the name."""

    sort: str
    name: str
    phrase: str
    german: str


@dataclass(frozen=True, slots=True)
class Limits:
    """From which score on a name is said, and how many of a sort at most."""

    score: float
    most: int


@dataclass(frozen=True)
class Words:
    """vectors: of names, (n, dimensions) of length 1, by sort, in the order of `names`. background: of none of them."""

    vectors: Mapping[str, Floats]
    background: Floats

    def probabilities(self, vector: Floats, sort: str) -> Floats:
        """(n,), how likely each name of this sort is for a picture with this vector, beside the others and none."""
        known = self.vectors[sort]
        logits = _SHARPNESS * np.concatenate([known @ vector, self.background @ vector])
        likely = np.exp(logits - logits.max())
        return np.asarray((likely / likely.sum())[: len(known)], np.float32)


@cache
def scenes() -> tuple[Scene, ...]:
    with _WORDS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return tuple(Scene(row["sort"], row["name"], row["phrase"] or row["name"], row["german"]) for row in rows)


@cache
def limits() -> Limits:
    table = tomllib.loads(_PROMPTS.read_text("utf-8"))
    return Limits(table["score"], table["most"])


@cache
def names() -> Mapping[str, tuple[str, ...]]:
    """The names by sort, in the order of their vectors."""
    sorts = dict.fromkeys(scene.sort for scene in scenes())
    return {sort: tuple(scene.name for scene in scenes() if scene.sort == sort) for sort in sorts}


_loaded: dict[str, Words] = {}  # by the network's identity


def words(card: Card) -> Words:
    """The vectors of all names by this network for texts, held from the first time on. Raises InferenceError."""
    if card.sha256 not in _loaded:
        _loaded[card.sha256] = load(card)
    return _loaded[card.sha256]


def hold(card: Card, known: Words) -> None:
    """Take these for the vectors of all names by this network, as where it has random weights."""
    _loaded[card.sha256] = known


def best_scene(known: Words, vector: Floats) -> tuple[str, float]:
    """The name of any sort but ImageNet's that a picture with this vector is nearest to, and its cosine."""
    nearest = ((sort, known.vectors[sort] @ vector) for sort in names())
    sort, cosines = max(nearest, key=lambda one: float(one[1].max()))
    return names()[sort][int(cosines.argmax())], float(cosines.max())


def load(card: Card) -> Words:
    """The same from the cache folder. The first time ever, making them takes minutes.

    Raises InferenceError if the network cannot be loaded or run.
    """
    path = _file(card)
    try:
        with path.open("rb") as file, np.load(file) as arrays:
            return _as_words(dict(arrays))
    except (OSError, EOFError, ValueError, KeyError, BadZipFile, zlib.error):
        made = _made(card)
        _keep(path, made)
        return _as_words(made)


def _file(card: Card) -> Path:
    known = b"".join((card.sha256.encode(), _WORDS.read_bytes(), _PROMPTS.read_bytes()))
    labels = " ".join(label.name for label in imagenet()).encode()
    key = hashlib.sha256(known + labels).hexdigest()[:24]
    return platformdirs.user_cache_path("image-engine") / "networks" / f"words-{key}.npz"


def _made(card: Card) -> dict[str, Floats]:
    runner = OpenVinoRunner(card, threads=usable_cores(), precision="fp32")
    runner.load()
    try:
        return encoded(TextTower(runner).encode)
    finally:
        runner.free()


def encoded(encode: Encode) -> dict[str, Floats]:
    """The mean vector of each name's prompts, of length 1, by sort; that of each background by itself."""
    table = tomllib.loads(_PROMPTS.read_text("utf-8"))
    phrases: dict[str, Iterable[str]] = {LABEL: [label.name for label in imagenet()]}
    for sort in names():
        phrases[sort] = [scene.phrase for scene in scenes() if scene.sort == sort]
    found = {sort: _mean(encode, list(said), table["prompts"][sort]) for sort, said in phrases.items()}
    return {**found, "background": encode(table["background"])}


def _mean(encode: Encode, phrases: Sequence[str], prompts: Sequence[str]) -> Floats:
    vectors = sum(encode([prompt.format(phrase) for phrase in phrases]) for prompt in prompts)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def _as_words(arrays: dict[str, Floats]) -> Words:
    background = arrays.pop("background")
    wanted = {LABEL: len(imagenet()), **{sort: len(of_sort) for sort, of_sort in names().items()}}
    if {sort: len(array) for sort, array in arrays.items()} != wanted:
        raise ValueError("other words")
    return Words(arrays, background)


def _keep(path: Path, arrays: Mapping[str, Floats]) -> None:
    """For the next start; without room for it the vectors are made again then."""
    new = path.with_suffix(f".{os.getpid()}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with new.open("wb") as file:
            np.savez(file, allow_pickle=False, **arrays)
        os.replace(new, path)
    except OSError:
        new.unlink(missing_ok=True)
