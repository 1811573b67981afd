"""The networks that there are, each with its card: source, licence, checksums, what it takes and what it gives."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from engines.errors import InferenceError

STARTER_FOLDER = Path(__file__).resolve().parents[2] / "resources" / "networks"

_CARD = "card.toml"


class Task(StrEnum):
    """What a network is for; networks of one task can stand in for each other."""

    LABELS = "labels"  # how much a picture looks like each of its labels
    OBJECTS = "objects"  # where in a picture it sees which of its labels
    TEXT = "text"  # what a text means, as a vector


class Fit(StrEnum):
    """How a picture of any shape becomes a square."""

    CENTRE_CROP = "centre crop"  # the middle is cut out
    LETTERBOX = "letterbox"  # all of it is kept, grey fills the rest


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

    share: of the picture's short side that a centre crop keeps.
    """

    side: int
    fit: Fit
    colours: str
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Card:
    """All that is known about a network before it is loaded.

    network, labels, ranges: names in `files` of the ONNX, of the labels, one a line, and of what INT8 has to know (see
    `read_ranges`). storage: the number formats its weights are stored in. batch_limit: pictures or texts that may be
    given at once. max_tokens: of a text.
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
    max_tokens: int | None = None

    @property
    def sha256(self) -> str:
        """What tells this network from every other, so that results can be told apart too."""
        return self.files[self.network].sha256

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
        return InferenceError(code, f"{text} Install Image Engine again to mend it.", network=self.name)


@cache
def starter_cards() -> Mapping[str, Card]:
    """The cards of the networks that ship with the program, by name."""
    cards = [read_card(path.parent) for path in sorted(STARTER_FOLDER.glob(f"*/{_CARD}"))]
    return {card.name: card for card in cards}


def read_card(folder: Path) -> Card:
    """The card in a folder. Raises InferenceError if there is none or it says too little."""
    path = folder / _CARD
    try:
        with path.open("rb") as file:
            return _card(folder, tomllib.load(file))
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        text = f"The network in {folder} cannot be used: its card {_CARD} cannot be read ({error})."
        raise InferenceError("network_card", text, folder=str(folder)) from error


def _card(folder: Path, table: dict[str, Any]) -> Card:
    source, picture = table.pop("source"), table.pop("picture", None)
    files = {name: NetworkFile(folder / name, **entry) for name, entry in table.pop("files").items()}
    return Card(
        task=Task(table.pop("task")),
        source=Source(packages=tuple(source.pop("packages")), **source),
        files=files,
        network=table.pop("network"),
        precisions=tuple(table.pop("precisions")),
        inputs=_specs(table.pop("inputs")),
        outputs=_specs(table.pop("outputs")),
        picture=PictureInput(fit=Fit(picture.pop("fit")), **picture) if picture else None,
        **table,
    )


def _specs(tables: list[dict[str, Any]]) -> tuple[TensorSpec, ...]:
    return tuple(TensorSpec(table["name"], table["dtype"], tuple(table["shape"])) for table in tables)
