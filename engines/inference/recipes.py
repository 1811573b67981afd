"""How networks that do not ship with the program are made: from which checkpoints, from where, into which cards."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from engines.errors import UsageError
from engines.inference.catalogue import Filter, Fit, PictureInput, Task

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "recipes"

# Left out on purpose, with the reason that `networks list` gives.
LEFT_OUT: Mapping[str, str] = {
    "NV-CLIP": "it runs at NVIDIA, so every photo would leave this computer; CLIP does the same here",
}


@dataclass(frozen=True, slots=True)
class HubSource:
    """A repository of the Hugging Face hub. revision: a branch, a proposed change, or a commit."""

    repository: str
    revision: str

    def __str__(self) -> str:
        return f"{self.repository} ({self.revision})"


@dataclass(frozen=True, slots=True)
class ReadySource:
    """ONNX files that somebody exported. files: by network, with their folder; keeps: what is needed beside them.

    sums: the SHA-256 of files, as far as they were known when this was written.
    """

    hub: HubSource
    files: Mapping[str, str]
    keeps: tuple[str, ...] = ()
    sums: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """One network that a checkpoint holds. form: which part of it, see `export.forms`; keeps: files that go along.

    mean, deviation: of each colour, 0 to 1, which the network subtracts and divides by. tokens: a text's exact number.
    The others are those of the Card it gets.
    """

    name: str
    title: str
    task: Task
    form: str
    revision: int
    batch_limit: int
    picture: PictureInput | None = None
    mean: tuple[float, ...] = ()
    deviation: tuple[float, ...] = ()
    tokens: int | None = None
    keeps: tuple[str, ...] = ()
    score: float | None = None
    one_each: bool = False
    engine_batch: int = 16

    def with_side(self, side: int) -> Plan:
        """The same for pictures of another size, in px. Raises UsageError for a network that takes one size only."""
        if self.picture is None or self.picture.fit is not Fit.CORNER:
            raise UsageError("network_side", f"{self.title} takes pictures of one size only.", network=self.name)
        return replace(self, picture=replace(self.picture, side=side))


@dataclass(frozen=True, slots=True)
class Recipe:
    """A checkpoint and the networks made of it. ready: where they lie as ONNX, for whoever cannot export.

    purpose: what it is good for, in a few words. set: of which it is a part, or None. files: what is needed of a
    repository; sums: their SHA-256 as far as they were known when this was written. kind: its name in its config.json.
    """

    name: str
    title: str
    purpose: str
    kind: str
    authors: str
    licence: str
    attribution: str
    download_mb: int
    sources: tuple[HubSource, ...]
    files: tuple[str, ...]
    networks: tuple[Plan, ...]
    ready: tuple[ReadySource, ...] = ()
    set: str | None = None
    sums: Mapping[str, str] | None = None

    @property
    def weights(self) -> str:
        """The first of the files that holds numbers. CTranslate2's model.bin is a table, no Python pickle."""
        return next(name for name in self.files if name.endswith((".safetensors", "model.bin", ".onnx")))

    @property
    def ready_name(self) -> str:
        """Of the checkpoint that holds what others exported."""
        return f"{self.name}-onnx"


@cache
def recipes() -> Mapping[str, Recipe]:
    """All that the program knows to make, by name."""
    found = [read_recipe(path) for path in sorted(FOLDER.glob("*.toml"))]
    return {recipe.name: recipe for recipe in found}


def recipe_of(name: str) -> Recipe:
    """The recipe of this name, or of a network that it makes. Raises UsageError if there is none."""
    for recipe in recipes().values():
        if name == recipe.name or name in {plan.name for plan in recipe.networks}:
            return recipe
    known = ", ".join(recipes())
    raise UsageError("no_such_network", f"There is no network '{name}' to get; there are {known}.", name=name)


def read_recipe(path: Path) -> Recipe:
    """Raises KeyError or TypeError for a file that breaks the rules, which is a fault of the program."""
    table = tomllib.loads(path.read_text("utf-8"))
    sources = tuple(HubSource(**source) for source in table.pop("sources"))
    plans = tuple(_plan(plan) for plan in table.pop("networks"))
    ready = tuple(_ready(source) for source in table.pop("ready", ()))
    return Recipe(sources=sources, files=tuple(table.pop("files")), networks=plans, ready=ready, **table)


def _ready(table: dict[str, Any]) -> ReadySource:
    hub = HubSource(table.pop("repository"), table.pop("revision"))
    return ReadySource(hub, keeps=tuple(table.pop("keeps", ())), **table)


def _plan(table: dict[str, Any]) -> Plan:
    picture = table.pop("picture", None)
    lists: dict[str, Any] = {name: tuple(table.pop(name, ())) for name in ("mean", "deviation", "keeps")}
    return Plan(task=Task(table.pop("task")), picture=_picture(picture) if picture else None, **lists, **table)


def _picture(table: dict[str, Any]) -> PictureInput:
    return PictureInput(fit=Fit(table.pop("fit")), filter=Filter(table.pop("filter")), **table)
