"""The ordered list of what we want to know about each file. Start reading here: a phase is one module and one line of
_OF_FILES or, for the networks of a set, of _STARTER and _FULL.

A CPU phase is a module with look(file): it asks the open file for what it needs (bytes, header, frame; each is
made once, by whoever asks first) and returns Findings, or lets the MediaError rise that told it why there are none.

A phase of networks is a module with interpret(outputs, size): its line names the networks, and what they answered about
one picture is all it gets. Preparing pictures, batches, threads, saving, versions: nothing of that is its business.

Films have phases more, see `films`: for `moments` the phases of networks look at many frames of them, for `tracks` a
detector looks at many more.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Protocol, cast

from engines.inference import speech as speech_network
from engines.inference.catalogue import cards
from engines.inference.sets import SETS, in_use
from engines.types import Device, Findings, Kind, Outputs, Phase
from engines.versions import version_of

if TYPE_CHECKING:
    from engines.media.open_file import OpenFile

# By module, which only workers import: the decoders they pull in have no business in a process that searches.
_OF_FILES = {
    Phase("thumbnail", version=1, picture=True): "engines.analysis.thumbnail",
    Phase("metadata", version=1): "engines.analysis.metadata",
    Phase("content", version=1, picture=True): "engines.analysis.content",
}
_CLIP, _CLIP_TEXT, _DETR = "clip-vit-b32", "clip-vit-b32-text", "detr-resnet-50"
_STARTER = {
    Phase("objects", version=1, device=Device.GPU, picture=True, networks=("yolov3-tiny",)): "engines.analysis.objects",
    Phase(
        "labels", version=1, device=Device.GPU, picture=True, networks=("efficientnet-lite2", "yolov3-tiny")
    ): "engines.analysis.labels",
    # Raise its version too when resources/labels/names.npz is made anew: texts are compared with its vectors.
    Phase(
        "meaning", version=1, device=Device.GPU, picture=True, networks=("efficientnet-lite2", "yolov3-tiny")
    ): "engines.analysis.meaning",
}

# Raise its version when other frames would be chosen or gathered otherwise. It builds on all that networks see.
_MOMENTS = Phase("moments", version=2, device=Device.GPU, kind=Kind.VIDEO)
# With the starter set's detector whatever set is in use: it looks at 60 frames a second on two cores, DETR at 5.
_TRACKS = Phase("tracks", version=1, device=Device.GPU, needs=("moments",), kind=Kind.VIDEO, networks=("yolov3-tiny",))
_OF_FILMS = {_TRACKS: "engines.analysis.tracks"}
# Its network hears instead of seeing, see Networks.infer; which one it is counts in its version nevertheless.
_SPEECH = Phase("speech", version=1, device=Device.GPU, kind=Kind.VIDEO)

# The same names with other networks: what they find takes the place of what the starter set found.
_FULL = {
    Phase("objects", version=1, device=Device.GPU, picture=True, networks=(_DETR,)): "engines.analysis.objects",
    # Raise both versions when the words or their prompts change: resources/labels/scenes.tsv, scenes.toml.
    Phase(
        "labels", version=1, device=Device.GPU, picture=True, networks=(_CLIP, _CLIP_TEXT, _DETR)
    ): "engines.analysis.scenes",
    Phase(
        "meaning", version=1, device=Device.GPU, picture=True, networks=(_CLIP, _CLIP_TEXT, _DETR)
    ): "engines.analysis.clip_meaning",
}
_BY_SET = {"starter": {**_OF_FILES, **_STARTER}, "full": {**_OF_FILES, **_FULL}}
_ALONE = "network"
ALWAYS_ON = frozenset({"thumbnail", "metadata"})  # without them there is nothing to show, and no order


class Look(Protocol):
    """What a phase does with one file, in a worker process."""

    def __call__(self, file: OpenFile) -> Findings:
        """What this phase learns from the file. Raises MediaError when the file does not give what it needs."""
        ...


class Interpret(Protocol):
    """What a phase of networks makes of their answers, in any thread."""

    def __call__(self, outputs: Outputs, size: tuple[int, int]) -> Findings:
        """What this phase learns from one picture. size: of the upright picture, width and height in pixels."""
        ...


def phases() -> tuple[Phase, ...]:
    """All phases of every item, in the order they run, each with its effective version, for the networks in use."""
    return effective(_modules(), _weights())


def moments() -> Phase:
    """The phase that tells what happens when in a film."""
    return of_films()[0]


def tracks() -> Phase:
    """The phase that follows things through a film."""
    return of_films()[1]


def speech() -> Phase:
    """The phase that writes down what is said in a film."""
    heard_by = speech_network.identity()
    return replace(_SPEECH, version=version_of(_SPEECH.version, [heard_by] if heard_by is not None else []))


def of_films() -> tuple[Phase, ...]:
    """The phases that only films have, in the order they run."""
    seeing = of_networks(_modules())
    watching = replace(_MOMENTS, needs=tuple(phase.name for phase in seeing))
    return (*effective((*_modules(), watching, *_OF_FILMS), _weights())[len(_modules()) :], speech())


def all_phases() -> tuple[Phase, ...]:
    """Those of every item, then those of some."""
    return (*phases(), *of_films())


def with_dependent(names: Iterable[str]) -> list[str]:
    """These phases, and those that have to run again after them."""
    found = list(names)
    for phase in of_films():
        if phase.name not in found and not set(phase.needs).isdisjoint(found):
            found.append(phase.name)
    return found


def _modules() -> Mapping[Phase, str]:
    """Of the set in use, with the detector in use."""
    used = in_use()
    usual = SETS[used.name].detector
    if used.detector == usual:
        return _BY_SET[used.name]

    def changed(phase: Phase) -> Phase:
        return replace(phase, networks=tuple(used.detector if name == usual else name for name in phase.networks))

    return {changed(phase): module for phase, module in _BY_SET[used.name].items()}


def _weights() -> dict[str, str]:
    return {name: card.sha256 for name, card in cards().items()}


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


def switched_on(off: Collection[str]) -> tuple[Phase, ...]:
    """All phases but those that a person switched off and those that build on one of them.

    off: names; those of phases that every other thing stands on, and of none at all, mean nothing.
    """
    found: list[Phase] = []
    missing: set[str] = set()
    for phase in phases():
        if phase.name not in ALWAYS_ON and (phase.name in off or missing.intersection(phase.needs)):
            missing.add(phase.name)
        else:
            found.append(phase)
    return tuple(found)


def chosen(names: Iterable[str]) -> tuple[Phase, ...]:
    """The phases of these names, or of the keys that `outgoing` gives. Raises KeyError for a name that is none."""
    by_name = {phase.name: phase for phase in phases()}
    return tuple(by_name[name] if name in by_name else _of_films_or_other_set(name) for name in names)


def outgoing(spaces: Iterable[tuple[str, int]]) -> dict[str, Phase]:
    """Phases of a set that is there and not in use, whose vectors are still searched: by a key for `chosen`.

    New files get both vectors, or they would be found only once the new space is full. spaces: name and version of the
    phases whose vectors the library has.
    """
    kept = set(spaces)
    others = [name for name in _BY_SET if name != in_use().name and not SETS[name].lacking]
    return {
        f"{name}/{phase.name}": phase
        for name in others
        for phase in effective(_BY_SET[name], _weights())
        if phase.networks and (phase.name, phase.version) in kept and phase not in phases()
    }


def alone(network: str) -> str:
    """A key for `chosen` by which workers prepare pictures for this network and nothing else."""
    return f"{_ALONE}/{network}"


def _of_films_or_other_set(key: str) -> Phase:
    of_set, _, name = key.partition("/")
    if of_set == _ALONE:
        return Phase(key, version=1, device=Device.GPU, picture=True, networks=(name,))
    known = effective(_BY_SET[of_set], _weights()) if name else of_films()
    return {phase.name: phase for phase in known}[name or of_set]


def look_of(phase: Phase) -> Look:
    """The function that runs a phase in a worker; imports its module."""
    return cast(Look, _module(phase).look)


def interpret_of(phase: Phase) -> Interpret:
    """The function that runs a phase of networks; imports its module."""
    return cast(Interpret, _module(phase).interpret)


def of_workers(phases: Iterable[Phase]) -> tuple[Phase, ...]:
    """Those that look at files."""
    return tuple(phase for phase in phases if phase.device is Device.CPU)


def of_networks(phases: Iterable[Phase]) -> tuple[Phase, ...]:
    """Those that interpret what networks say."""
    return tuple(phase for phase in phases if phase.device is Device.GPU)


def _module(phase: Phase) -> ModuleType:
    known = (item for modules in (_modules(), _OF_FILMS, *_BY_SET.values()) for item in modules.items())
    wanted = (phase.name, phase.networks)
    return import_module(next(module for one, module in known if (one.name, one.networks) == wanted))
