"""The networks that there are, each with its card: source, licence, checksums, what it takes and what it gives.

Those of the starter set ship with the program. Others lie in the user's data folder, below `networks/`: made there from
a checkpoint by `networks get`, or put there by the user, a card and an ONNX file of their own.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import platformdirs

from engines.errors import InferenceError
from engines.inference.moves import mend

STARTER_FOLDER = Path(__file__).resolve().parents[2] / "resources" / "networks"

CARD = "card.toml"
PARTS = ".parts"  # in the folder of networks, for what is not finished
FOLDER_VARIABLE = "IMAGE_ENGINE_NETWORKS"  # of the environment, for this process and those it starts

log = logging.getLogger(__name__)


class Task(StrEnum):
    """What a network is for; networks of one task can stand in for each other."""

    LABELS = "labels"  # how much a picture looks like each of its labels
    OBJECTS = "objects"  # where in a picture it sees which of its labels
    TEXT = "text"  # what a text means, as a vector
    MEANING = "meaning"  # what a picture means, as a vector that lies near those of texts which say it


class Fit(StrEnum):
    """How a picture of any shape becomes a square."""

    CENTRE_CROP = "centre crop"  # the middle is cut out
    LETTERBOX = "letterbox"  # all of it is kept, grey fills the rest
    CORNER = "corner"  # all of it is kept in the upper left, and the network is told how far it reaches


class Filter(StrEnum):
    """How pixels are scaled."""

    FAST = "fast"  # OpenCV's, which looks at few of them
    EXACT = "exact"  # Pillow's, which looks at all, as those had it who trained the network


@dataclass(frozen=True, slots=True)
class Source:
    """Where a network comes from, for whoever must trust it. files: the originals, with their SHA-256."""

    authors: str
    packages: tuple[str, ...]
    files: Mapping[str, str]
    licence: str
    attribution: str


@dataclass(frozen=True, slots=True)
class NetworkFile:
    """A file beside a card. size: bytes; sha256: of the whole file, in hexadecimal."""

    path: Path
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class TensorSpec:
    """One input or output of a network. shape: a name stands for an open size; the first is always 'batch'."""

    name: str
    dtype: str
    shape: tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class PictureInput:
    """What a network wants to see: a square of `side` px in the colour order `colours`.

    share: of the picture's short side that a centre crop keeps. filter: what scales it to the square.
    """

    side: int
    fit: Fit
    colours: str
    share: float = 1.0
    filter: Filter = Filter.FAST


@dataclass(frozen=True, slots=True)
class Adapter:
    """What is to be added to an ONNX file that others made, see `openvino_adapter`. mean, deviation: of each colour,
    0 to 1, which the network wants subtracted and divided by. classes: the numbers of those that have names.
    """

    mean: tuple[float, ...] = ()
    deviation: tuple[float, ...] = ()
    classes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Rounded:
    """A network that is kept in INT8 as well. file: its name in `files`. photos: of the user's own, with which it was
    made; agreement: what it says of others of them, compared with FP32.
    """

    file: str
    photos: int
    agreement: str


@dataclass(frozen=True, slots=True)
class Card:
    """All that is known about a network before it is loaded.

    network, labels, ranges: names in `files` of the ONNX, of the labels, one a line, and of what INT8 has to know (see
    `read_ranges`). storage: the number formats its weights are stored in. batch_limit: pictures or texts that may be
    given at once. max_tokens: of a text. int8: where it has a file of its own. identity: what tells it from every other
    instead of the file's checksum: of a network that was exported, the checkpoint and the recipe, for two computers
    export the same to different bytes. engine_batch: the greatest batch that engines are built for unless a person
    wants another. score: from which on an object is shown, where it is not what the program has for all. one_each: of
    an object, that each row is a thing of its own with its best label, so that no two rows are the same thing.
    adapter: of a file that others exported.
    """

    name: str
    title: str
    task: Task
    revision: int
    source: Source
    files: Mapping[str, NetworkFile]
    network: str
    storage: str
    precisions: tuple[str, ...]
    batch_limit: int
    inputs: tuple[TensorSpec, ...]
    outputs: tuple[TensorSpec, ...]
    picture: PictureInput | None = None
    labels: str | None = None
    ranges: str | None = None
    int8: Rounded | None = None
    adapter: Adapter | None = None
    max_tokens: int | None = None
    identity: str | None = None
    engine_batch: int = 16
    score: float | None = None
    one_each: bool = False

    @property
    def sha256(self) -> str:
        """What tells this network from every other, so that results can be told apart too."""
        return self.identity or self.files[self.network].sha256

    def network_in(self, precision: str) -> str:
        """The name in `files` of the ONNX that is run in this precision."""
        return self.int8.file if self.int8 is not None and precision == "int8" else self.network

    def read(self, name: str) -> bytes:
        """One of its files, found to be the one that the card describes.

        Raises InferenceError if it is missing or another.
        """
        file = self.files[name]
        try:
            data = file.path.read_bytes()
        except OSError as error:
            text = f"The network {self.title} cannot be loaded: {file.path} cannot be read ({error.strerror})."
            raise self._unusable("network_missing", text) from error
        if len(data) != file.size or hashlib.sha256(data).hexdigest() != file.sha256:
            text = f"The network {self.title} cannot be loaded: {file.path} is damaged or was changed."
            raise self._unusable("network_changed", text)
        return data

    def read_labels(self) -> tuple[str, ...]:
        """What its classes are called, in the order of its outputs; empty for a network without classes."""
        return tuple(self.read(self.labels).decode().splitlines()) if self.labels else ()

    def read_ranges(self) -> dict[str, tuple[float, float]]:
        """The least and greatest number seen in a tensor, by its name in the ONNX file; empty if INT8 needs none."""
        return json.loads(self.read(self.ranges)) if self.ranges else {}

    def _unusable(self, code: str, text: str) -> InferenceError:
        again = "Install Image Engine" if self.name in starter_cards() else "Get the network"
        return InferenceError(code, f"{text} {again} again to mend it.", network=self.name)


@cache
def starter_cards() -> Mapping[str, Card]:
    """The cards of the networks that ship with the program, by name."""
    cards = [read_card(path.parent) for path in sorted(STARTER_FOLDER.glob(f"*/{CARD}"))]
    return {card.name: card for card in cards}


def networks_folder() -> Path:
    """Where the networks lie that did not come with the program, for all libraries of this user: in the user's data
    folder, or where FOLDER_VARIABLE says.
    """
    told = os.environ.get(FOLDER_VARIABLE)
    return Path(told) if told else platformdirs.user_data_path("image-engine") / "networks"


def cards() -> Mapping[str, Card]:
    """All networks that can be used now, by name: those that ship with the program, and those in `networks_folder`."""
    return {**installed_cards(), **starter_cards()}


def installed_cards() -> Mapping[str, Card]:
    """The cards in `networks_folder`, read again only when a network was added or taken away."""
    folder = networks_folder()
    try:
        return _installed(folder, folder.stat().st_mtime_ns)
    except OSError:  # nothing was ever got
        return {}


@cache
def _installed(folder: Path, mtime_ns: int) -> Mapping[str, Card]:
    mend(folder, folder / PARTS)
    found = {}
    for path in sorted(folder.glob(f"[!.]*/{CARD}")):
        try:
            card = read_card(path.parent)
        except InferenceError as error:
            log.warning("%s", error)
            continue
        if card.name != path.parent.name:  # files of caches are called by it: a card may not choose a path
            log.warning("The network in %s is left out: its card calls it '%s'.", path.parent, card.name)
            continue
        wanted = (card.network, card.labels, card.ranges, card.int8.file if card.int8 is not None else None)
        if lacking := [name for name in wanted if name is not None and name not in card.files]:
            log.warning("The network in %s is left out: its card has no sum of %s.", path.parent, lacking[0])
            continue
        found[card.name] = card
    return found


def read_card(folder: Path) -> Card:
    """The card in a folder. Raises InferenceError if there is none or it says too little."""
    path = folder / CARD
    try:
        with path.open("rb") as file:
            return _card(folder, tomllib.load(file))
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        text = f"The network in {folder} cannot be used: its card {CARD} cannot be read ({error})."
        raise InferenceError("network_card", text, folder=str(folder)) from error


def _card(folder: Path, table: dict[str, Any]) -> Card:
    source, picture, int8 = table.pop("source"), table.pop("picture", None), table.pop("int8", None)
    adapter = table.pop("adapter", None)
    files = {name: NetworkFile(folder / name, **entry) for name, entry in table.pop("files").items()}
    if outside := [name for name in files if Path(name).name != name]:
        raise ValueError(f"{outside[0]} is no file beside it")
    for name in ("revision", "batch_limit", "engine_batch"):
        if not isinstance(table.get(name, 1), int) or table.get(name, 1) < 1:
            raise ValueError(f"{name} is no number from 1 on")
    return Card(
        task=Task(table.pop("task")),
        source=Source(packages=tuple(source.pop("packages")), **source),
        files=files,
        network=table.pop("network"),
        precisions=tuple(table.pop("precisions")),
        inputs=_specs(table.pop("inputs")),
        outputs=_specs(table.pop("outputs")),
        picture=_picture(picture) if picture else None,
        int8=Rounded(**int8) if int8 else None,
        adapter=Adapter(**{name: tuple(values) for name, values in adapter.items()}) if adapter else None,
        **table,
    )


def _picture(table: dict[str, Any]) -> PictureInput:
    return PictureInput(fit=Fit(table.pop("fit")), filter=Filter(table.pop("filter", Filter.FAST)), **table)


def _specs(tables: list[dict[str, Any]]) -> tuple[TensorSpec, ...]:
    return tuple(TensorSpec(table["name"], table["dtype"], tuple(table["shape"])) for table in tables)
