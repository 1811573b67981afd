"""The ordered list of what we want to know about each file. Start reading here: a phase is one module and one line of
_MODULES.

A CPU phase is a module with look(file): it asks the open file for what it needs (bytes, header, frame; each is
made once, by whoever asks first) and returns Findings, or lets the MediaError rise that told it why there are none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from engines.inference.catalogue import starter_cards
from engines.types import Findings, Phase
from engines.versions import version_of

if TYPE_CHECKING:
    from engines.media.open_file import OpenFile

# By module, which only workers import: the decoders they pull in have no business in a process that searches.
_MODULES = {
    Phase("thumbnail", version=1, picture=True): "engines.analysis.thumbnail",
    Phase("metadata", version=1): "engines.analysis.metadata",
    Phase("content", version=1, picture=True): "engines.analysis.content",
}


class Look(Protocol):
    """What a phase does with one file, in a worker process."""

    def __call__(self, file: OpenFile) -> Findings:
        """What this phase learns from the file. Raises MediaError when the file does not give what it needs."""
        ...


def phases() -> tuple[Phase, ...]:
    """All phases, in the order they run, each with its effective version."""
    return effective(_MODULES, {name: card.sha256 for name, card in starter_cards().items()})


def effective(phases: Iterable[Phase], weights: Mapping[str, str]) -> tuple[Phase, ...]:
    """The phases with versions that count all they build on: their own, those of the phases they need, the networks.

    So a phase runs again when anything of that has changed. weights: SHA-256 by network.
    """
    counters: dict[str, int] = {}
    networks: dict[str, set[str]] = {}
    found = []
    for phase in phases:
        counters[phase.name] = phase.version + sum(counters[name] for name in phase.needs)
        networks[phase.name] = set(phase.networks).union(*(networks[name] for name in phase.needs))
        sums = [weights[name] for name in networks[phase.name]]
        found.append(replace(phase, version=version_of(counters[phase.name], sums)))
    return tuple(found)


def chosen(names: Iterable[str]) -> tuple[Phase, ...]:
    """The phases of these names. Raises KeyError for a name that is none."""
    by_name = {phase.name: phase for phase in phases()}
    return tuple(by_name[name] for name in names)


def look_of(phase: Phase) -> Look:
    """The function that runs a phase; imports its module."""
    module = next(module for one, module in _MODULES.items() if one.name == phase.name)
    return cast(Look, import_module(module).look)
