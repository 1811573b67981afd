"""What a picture shows, asked in words: how near its vector lies to those of names, against all others of their sort.

The names are the classes of ImageNet, whose numbers the search knows, and a list of places, activities, events and
things: resources/labels/scenes.tsv. Their vectors are made once by the network for texts and kept in the cache folder;
another network, other words or other prompts make them anew.
"""

from __future__ import annotations

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

from engines.cancel import CancelToken
from engines.inference.catalogue import Card
from engines.inference.openvino_engine import OpenVinoRunner
from engines.inference.text import TextTower
from engines.settings import usable_cores
from engines.vocabulary import imagenet, scenes

LABEL = "label"  # the sort of ImageNet's classes; the others are named in scenes.tsv

_FOLDER = Path(__file__).resolve().parents[2] / "resources" / "labels"
_WORDS, _PROMPTS = _FOLDER / "scenes.tsv", _FOLDER / "scenes.toml"
_SHARPNESS = 100.0  # what CLIP was trained to multiply cosines with before it takes them for logits

_AT_ONCE = 128  # texts, which take a second on a slow processor

Floats = NDArray[np.float32]
Encode = Callable[[Sequence[str]], Floats]
Tell = Callable[[int, int], None]  # texts that are done, of how many


def _no_tell(done: int, total: int) -> None:
    """For whoever does not want to know."""


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
def limits() -> Limits:
    table = tomllib.loads(_PROMPTS.read_text("utf-8"))
    return Limits(table["score"], table["most"])


@cache
def names() -> Mapping[str, tuple[str, ...]]:
    """The names by sort, in the order of their vectors."""
    sorts = dict.fromkeys(scene.sort for scene in scenes())
    return {sort: tuple(scene.name for scene in scenes() if scene.sort == sort) for sort in sorts}


_loaded: dict[str, Words] = {}  # by the network's identity


def words(card: Card, tell: Tell = _no_tell, token: CancelToken | None = None) -> Words:
    """The vectors of all names by this network for texts, held from the first time on. See `load`."""
    if card.sha256 not in _loaded:
        _loaded[card.sha256] = load(card, tell, token)
    return _loaded[card.sha256]


def hold(card: Card, known: Words) -> None:
    """Take these for the vectors of all names by this network, as where it has random weights."""
    _loaded[card.sha256] = known


def best_scene(known: Words, vector: Floats) -> tuple[str, float]:
    """The name of any sort but ImageNet's that a picture with this vector is nearest to, and its cosine."""
    nearest = ((sort, known.vectors[sort] @ vector) for sort in names())
    sort, cosines = max(nearest, key=lambda one: float(one[1].max()))
    return names()[sort][int(cosines.argmax())], float(cosines.max())


def load(card: Card, tell: Tell = _no_tell, token: CancelToken | None = None) -> Words:
    """The same from the cache folder. The first time ever, making them takes minutes; tell: how far that is.

    Raises InferenceError if the network cannot be loaded or run; Cancelled.
    """
    path = _file(card)
    try:
        with path.open("rb") as file, np.load(file) as arrays:
            return _as_words(dict(arrays))
    except (OSError, EOFError, ValueError, KeyError, BadZipFile, zlib.error):
        made = _made(card, tell, token or CancelToken())
        _keep(path, made)
        return _as_words(made)


def _file(card: Card) -> Path:
    known = b"".join((card.sha256.encode(), _WORDS.read_bytes(), _PROMPTS.read_bytes()))
    labels = " ".join(label.name for label in imagenet()).encode()
    key = hashlib.sha256(known + labels).hexdigest()[:24]
    return platformdirs.user_cache_path("image-engine") / "networks" / f"words-{key}.npz"


def _made(card: Card, tell: Tell, token: CancelToken) -> dict[str, Floats]:
    runner = OpenVinoRunner(card, threads=usable_cores(), precision="fp32")
    runner.load()
    try:
        return encoded(TextTower(runner).encode, tell, token)
    finally:
        runner.free()


def encoded(encode: Encode, tell: Tell = _no_tell, token: CancelToken | None = None) -> dict[str, Floats]:
    """The mean vector of each name's prompts, of length 1, by sort; that of each background by itself."""
    table = tomllib.loads(_PROMPTS.read_text("utf-8"))
    phrases: dict[str, Iterable[str]] = {LABEL: [label.name for label in imagenet()]}
    for sort in names():
        phrases[sort] = [scene.phrase for scene in scenes() if scene.sort == sort]
    said = {sort: list(of_sort) for sort, of_sort in phrases.items()}
    total = sum(len(said[sort]) * len(table["prompts"][sort]) for sort in said)
    gently = _Gently(encode, total, tell, token or CancelToken())
    found = {sort: _mean(gently, said[sort], table["prompts"][sort]) for sort in said}
    return {**found, "background": encode(table["background"])}


class _Gently:
    """Encodes some texts at a time, tells how many are done, and stops when asked to."""

    def __init__(self, encode: Encode, total: int, tell: Tell, token: CancelToken) -> None:
        self._encode, self._total, self._tell, self._token = encode, total, tell, token
        self._done = 0

    def __call__(self, texts: Sequence[str]) -> Floats:
        parts = []
        for start in range(0, len(texts), _AT_ONCE):
            self._token.check()
            parts.append(self._encode(texts[start : start + _AT_ONCE]))
            self._done += len(parts[-1])
            self._tell(self._done, self._total)
        return np.concatenate(parts)


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
