"""What a person may choose, as one immutable value.

`options()` describes every setting (default, unit, range, effect), so that the command line can explain and a dialog
can edit them without naming one. A setting is added by adding a field to one of the sections below.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cache
from pathlib import Path
from typing import Any

from engines.errors import SettingError
from engines.settings.file import VERSION, Table, broken, read, write
from engines.settings.option import Option, Value
from engines.types import Message, Sampling

_WORKERS_AT_MOST = 8  # when automatic: beyond that the disk is the limit, and each worker costs some 150 MB


def _option(default: Value, title: str, effect: str, **limits: Any) -> Any:
    """A field of a section; what `Option` says about it beside key and default travels in its metadata."""
    return field(default=default, metadata={"default": default, "title": title, "effect": effect, **limits})


@dataclass(frozen=True, slots=True)
class General:
    """How the program behaves as a whole."""

    notice_seconds: int = _option(
        6,
        "Notices stay for",
        "How long a notice such as 'Rated 12 photos' is shown; those about faults stay until they are closed.",
        unit="s",
        minimum=3,
        maximum=60,
    )


@dataclass(frozen=True, slots=True)
class Analysis:
    """How files are looked at."""

    effort: str = _option(
        "full",
        "Processor use",
        "Half leaves every second worker process out, so that other programs stay quick while files are analysed.",
        choices=("full", "half"),
    )
    pause_on_battery: bool = _option(
        False,
        "Pause on battery",
        "Analysis waits while the computer runs on its battery, and goes on by itself when it is plugged in.",
    )

    phases_off: tuple[str, ...] = _option(
        (),
        "Steps of the analysis",
        "A step that is switched off, such as objects, is left out; what it found before stays, and once it is on "
        "again it is made up for.",
        zero="every step is on",
    )
    workers: int = _option(
        0,
        "Worker processes",
        "How many files are read and decoded at the same time.",
        minimum=0,
        maximum=64,
        zero=f"one for each processor core, at most {_WORKERS_AT_MOST}",
    )
    job_seconds: int = _option(
        60,
        "Time for one file",
        "A file that takes longer is given up and reported; the others go on.",
        unit="s",
        minimum=5,
        maximum=3600,
        advanced=True,
    )
    memory_mb: int = _option(
        1536,
        "Memory for one worker",
        "A file that needs more to be decoded is given up and reported (enforced on Linux).",
        unit="MB",
        minimum=256,
        maximum=65536,
        advanced=True,
    )
    nice: int = _option(
        5,
        "Politeness of workers",
        "The higher, the more readily workers leave the processor to other programs (no effect on Windows).",
        minimum=0,
        maximum=19,
        advanced=True,
    )
    batch_size: int = _option(
        0,
        "Batch size",
        "How many pictures a network is given at once: more is faster until the memory is full.",
        unit="pictures",
        minimum=0,
        maximum=256,
        zero="chosen to fit the memory",
    )
    networks: str = _option(
        "starter",
        "Networks",
        "What looks at pictures: the small networks that came with the program, or the full ones once they were got; "
        "after a change all pictures are looked at again, and until then what was found before is searched.",
        choices=("starter", "full"),
    )
    detector: str = _option(
        "",
        "Own network for objects",
        "A network of your own, by its name in `networks list`, that finds COCO's 80 kinds of objects in place of the "
        "set's; after a change all pictures are looked at again.",
        zero="the one of the set",
        advanced=True,
    )
    precision: str = _option(
        "automatic",
        "Precision of networks",
        "The number format networks calculate in: fewer bits are faster and need less memory, fp32 is the reference. "
        "Automatic is fp32 on the processor, where bf16 names one photo in fifteen otherwise.",
        choices=("automatic", "fp32", "fp16", "bf16", "int8"),
    )

    def worker_count(self) -> int:
        """How many processes `workers` (or what automatic means on this computer) and `effort` come to."""
        workers = self.workers or min(usable_cores(), _WORKERS_AT_MOST)
        return workers if self.effort == "full" else max(1, workers // 2)


@dataclass(frozen=True, slots=True)
class Video:
    """How films are looked at."""

    moments: bool = _option(
        True,
        "Look into videos",
        "Videos are looked at moment by moment, so that a search finds the second; else one frame stands for all.",
    )
    strategy: str = _option(
        "adaptive",
        "Frames of videos",
        "Which frames are looked at: the best of each shot (adaptive), at equal distances (uniform), those that can be "
        "decoded alone (keyframes), or wherever much moves (motion).",
        choices=("adaptive", "uniform", "keyframes", "motion"),
    )
    frames_per_minute: int = _option(
        0,
        "Frames a minute",
        "How many frames of a minute are looked at, at most; as is usual are 12 for adaptive and motion, 60 for the "
        "others.",
        unit="frames",
        minimum=0,
        maximum=240,
        zero="as is usual",
    )

    tracking: str = _option(
        "automatic",
        "Follow things through videos",
        "What is seen in a video is followed from frame to frame, so that three dogs are three however often they are "
        "seen; automatic does it where a graphics card runs the networks, for a processor is busy with it for long.",
        choices=("automatic", "on", "off"),
    )

    speech: bool = _option(
        True,
        "Write down what is said in videos",
        "What is said in videos is written down with the second of each word, once a network for speech was got and "
        "the extra speech is installed.",
    )
    speech_language: str = _option(
        "",
        "Language of videos",
        "The language spoken in videos, such as en or de.",
        zero="each video's own, as it is heard",
    )

    def sampling(self) -> Sampling | None:
        """How films are watched; None where they are not."""
        return Sampling(self.strategy, self.frames_per_minute) if self.moments else None


@dataclass(frozen=True, slots=True)
class Inference:
    """What runs the networks."""

    back_end: str = _option(
        "automatic",
        "Back end",
        "What runs the networks: automatic takes the fastest that works on this computer.",
        choices=("automatic", "tensorrt", "torch", "openvino"),
        advanced=True,
    )
    device: str = _option(
        "automatic",
        "Graphics card",
        "Which NVIDIA card runs the networks: automatic takes the first, all shares the pictures out among all of "
        "them, and the identity of one (GPU-…, as `status` shows it) takes that.",
        advanced=True,
    )
    vram_percent: int = _option(
        70,
        "Memory of the graphics card",
        "How much of the graphics card's memory that is free at the start networks may take.",
        unit="%",
        minimum=10,
        maximum=95,
        advanced=True,
    )
    engine_batch: int = _option(
        0,
        "Largest batch of engines",
        "How many pictures at once TensorRT's engines are built for: more need more memory; a change builds them anew.",
        unit="pictures",
        minimum=0,
        maximum=64,
        zero="16 for CLIP, 8 for DETR",
        advanced=True,
    )
    keep_loaded: bool = _option(
        False,
        "Keep networks loaded",
        "Networks stay in memory while the window is open, so that new files are looked at at once; otherwise they "
        "leave the graphics card after ten minutes without work, and the computer's memory at once.",
    )


@dataclass(frozen=True, slots=True)
class Folders:
    """Which files belong to the library."""

    exclude: tuple[str, ...] = _option(
        (
            ".*",  # hidden by convention, among them .Trash-1000, .thumbnails and .dtrash
            "@eaDir",  # thumbnails that Synology's file server puts beside every photo
            "#recycle",
            "$RECYCLE.BIN",
            "System Volume Information",
            "lost+found",
            "__MACOSX",  # resource forks from unpacked archives, named like the photos they belong to
            "node_modules",
        ),
        "Left out",
        "Files and folders with such a name are passed over when folders are read; * stands for any characters.",
    )
    follow_links: bool = _option(
        False,
        "Follow links",
        "Folders that are only linked to are read as well.",
    )
    watch: bool = _option(
        True,
        "Notice changes",
        "New and changed files appear by themselves once the system tells of them, which network drives do not.",
    )
    rescan_on_focus: bool = _option(
        True,
        "Look again on return",
        "Folders are read again when you come back to the window after ten minutes or more.",
    )
    rescan_minutes: int = _option(
        60,
        "Look again every",
        "How often folders are read again while the program is open, whatever the system tells.",
        unit="min",
        minimum=0,
        maximum=1440,
        zero="never",
    )


@dataclass(frozen=True, slots=True)
class Search:
    """What a search gives."""

    limit: int = _option(
        100,
        "Number of hits",
        "How many hits a search lists at most on the command line.",
        unit="hits",
        minimum=1,
        maximum=100_000,
    )


@dataclass(frozen=True, slots=True)
class Cloud:
    """Whom to ask for descriptions and products, and how."""

    offline: bool = _option(
        False,
        "Stay offline",
        "Nothing is sent to any service, whatever is allowed or asked for.",
    )
    server: str = _option(
        "nvidia",
        "Service",
        "Who is asked: NVIDIA's cloud, or a server on this computer, so that nothing leaves it.",
        choices=("nvidia", "ollama", "lm-studio", "llama.cpp", "vllm", "nim", "other"),
    )
    address: str = _option(
        "",
        "Address of the service",
        "Where the service is, such as http://localhost:11434/v1; http only on this computer or in its own network.",
        zero="where such a service usually is",
    )
    models: tuple[str, ...] = _option(
        (),
        "Models",
        "Ids of the models to ask, tried in this order; without any, known ones that the service offers.",
    )
    requests_per_minute: int = _option(
        30,
        "Requests a minute",
        "No more requests than this are sent in any minute; NVIDIA refuses more than about 40 of most accounts.",
        unit="requests",
        minimum=1,
        maximum=100,
    )
    in_flight: int = _option(
        3,
        "Requests at once",
        "How many requests wait for their answers at the same time.",
        unit="requests",
        minimum=1,
        maximum=4,
        advanced=True,
    )
    blur_faces: bool = _option(
        False,
        "Blur faces",
        "The heads of people are made unrecognisable in all that is sent, with much around them. Not everybody is "
        "found: who is small, cut off, in a crowd, behind glass or on a poster may stay as they are.",
    )
    sentences: int = _option(
        2,
        "Length of descriptions",
        "How many sentences a description has at most.",
        unit="sentences",
        minimum=1,
        maximum=10,
    )
    language: str = _option(
        "English",
        "Language of descriptions",
        "In which language descriptions and tags are asked for.",
    )
    prompt: str = _option(
        "",
        "Own request",
        "What is asked instead of a plain description, such as: Describe the clothes in this picture.",
        zero="a plain description",
    )
    temperature: int = _option(
        20,
        "Temperature",
        "How freely a model words its answer: 0 is the same each time, 100 inventive.",
        unit="hundredths",
        minimum=0,
        maximum=200,
    )
    tokens: int = _option(
        512,
        "Longest answer",
        "How long an answer may be; a model that thinks aloud needs more.",
        unit="tokens",
        minimum=64,
        maximum=8192,
        advanced=True,
    )
    video_frames: int = _option(
        5,
        "Frames of a video",
        "How many frames of a video are shown to the service.",
        unit="frames",
        minimum=1,
        maximum=16,
    )
    video_method: str = _option(
        "sheet",
        "How videos are asked about",
        "All frames on one sheet, which is described as a whole or moment by moment; each frame in a request of its "
        "own; or a short clip, for models that take videos.",
        choices=("sheet", "moments", "frames", "clip"),
    )
    product_detector: str = _option(
        "automatic",
        "Product detector",
        "NVIDIA's retail detector, one that looks for your own words, or the model that describes; automatic takes "
        "words where there are some, retail at NVIDIA, and the model elsewhere.",
        choices=("automatic", "retail", "words", "model"),
    )
    product_words: tuple[str, ...] = _option(
        (),
        "Product words",
        "What the detector for own words looks for, such as: coke can, cereal box.",
    )
    product_confidence: int = _option(
        60,
        "Confidence of products",
        "Products that the detector is less sure of are left out.",
        unit="%",
        minimum=0,
        maximum=100,
    )
    most_products: int = _option(
        50,
        "Products of a picture",
        "How many products of one picture are kept at most, the surest first.",
        minimum=1,
        maximum=500,
    )


@dataclass(frozen=True, slots=True)
class Appearance:
    """How the window looks."""

    theme: str = _option(
        "system",
        "Theme",
        "Dark or light surroundings for the pictures; system follows what the desktop uses.",
        choices=("system", "dark", "light"),
    )
    language: str = _option(
        "system",
        "Language",
        "The language of the window; system follows the desktop, and is English where a language is not there yet.",
        choices=("system", "en", "de"),
        at_start=True,
    )


@dataclass(frozen=True, slots=True)
class Privacy:
    """What is kept about the use of this program."""

    crash_reports: bool = _option(
        True,
        "Keep crash reports",
        "If the program ends unexpectedly, a report without names of your files is kept on this computer; "
        "it is sent nowhere.",
    )


@dataclass(frozen=True, slots=True)
class Shortcuts:
    """Which keys do what."""

    keys: tuple[str, ...] = _option(
        (),
        "Changed keys",
        "Commands with other keys than by default, such as favourite=Ctrl+D; nothing behind the = takes all keys away.",
    )


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be chosen; changed only by making another one."""

    general: General = field(default_factory=General)
    folders: Folders = field(default_factory=Folders)
    analysis: Analysis = field(default_factory=Analysis)
    video: Video = field(default_factory=Video)
    inference: Inference = field(default_factory=Inference)
    search: Search = field(default_factory=Search)
    cloud: Cloud = field(default_factory=Cloud)
    appearance: Appearance = field(default_factory=Appearance)
    privacy: Privacy = field(default_factory=Privacy)
    shortcuts: Shortcuts = field(default_factory=Shortcuts)

    @classmethod
    def load(cls, path: Path) -> Settings:
        """The settings in a file; the defaults for all it does not name, and for a file that does not exist.

        Raises SettingError if the file cannot be read or holds a value that is not allowed. Keys that this version does
        not know are passed over (see `notes`).
        """
        settings = cls()
        for key, value in _flat(_read_sections(path)):
            if key in options():
                try:
                    settings = settings.with_value(key, options()[key].check(value))
                except SettingError as error:
                    message = error.message
                    text = f"{message.text[:-1]}. It stands in {path}."
                    raise SettingError(message.code, text, **message.params, file=str(path)) from error
        return settings

    def save(self, path: Path) -> None:
        """Write what differs from the defaults, all or nothing; keys of other versions in the file are kept.

        What equals a default is left out, so that a default which a later version improves reaches everyone who never
        touched it. Comments are lost. Raises SettingError, with the old file unchanged, if the file is broken or newer
        (a person must mend it first) or cannot be written.
        """
        table = _read_sections(path)
        for option in options().values():
            section, name = option.key.split(".")
            value = self.value(option.key)
            if value != option.default:
                table.setdefault(section, {})[name] = list(value) if isinstance(value, tuple) else value
            elif section in table:
                table[section].pop(name, None)
        write(path, {"version": VERSION} | table)

    def value(self, key: str) -> Value:
        """The value of one setting; raises SettingError if there is none of that name."""
        section, name = _known(key).key.split(".")
        value: Value = getattr(getattr(self, section), name)
        return value

    def with_value(self, key: str, value: Value | Sequence[str]) -> Settings:
        """The same with one value changed. Text is understood as a person writes it: '2', 'off', '*.tmp, cache'.

        Raises SettingError for an unknown key, naming the nearest one, and for a value that is not allowed.
        """
        option = _known(key)
        section, name = option.key.split(".")
        new = option.parse(value) if isinstance(value, str) else option.check(value)
        return replace(self, **{section: replace(getattr(self, section), **{name: new})})

    def with_assignments(self, assignments: Iterable[str]) -> Settings:
        """The same after `KEY=VALUE` texts as the command line takes them; a later one wins."""
        settings = self
        for assignment in assignments:
            key, equals, value = assignment.partition("=")
            if not equals:
                text = f"'{assignment}' sets nothing: write KEY=VALUE, such as analysis.workers=2."
                raise SettingError("setting_assignment", text, assignment=assignment)
            settings = settings.with_value(key.strip(), value)
        return settings


@cache
def options() -> dict[str, Option]:
    """Every setting by its key, in the order in which a dialog shows them."""
    found: dict[str, Option] = {}
    for section in fields(Settings):
        for choice in fields(getattr(Settings(), section.name)):
            key = f"{section.name}.{choice.name}"
            found[key] = Option(key, **choice.metadata)
    return found


def notes(path: Path) -> tuple[Message, ...]:
    """What a person should know about a file that loads: keys in it that mean nothing, so have no effect."""
    return tuple(
        Message("setting_unknown", f"{_unknown_text(key)} It stands in {path} and has no effect.", {"key": key})
        for key, _ in _flat(_read_sections(path))
        if key not in options()
    )


def _known(key: str) -> Option:
    try:
        return options()[key]
    except KeyError:
        raise SettingError("setting_unknown", _unknown_text(key), key=key) from None


def _unknown_text(key: str) -> str:
    by_last_part = [known for known in options() if known.rpartition(".")[2] == key]
    near = by_last_part or difflib.get_close_matches(key, options(), n=1)
    if near:
        return f"There is no setting {key}; did you mean {near[0]}?"
    return f"There is no setting {key}; there are {', '.join(options())}."


def _read_sections(path: Path) -> Table:
    """The file's table, in which our sections, if they are there, are sections."""
    table = read(path)
    for section in fields(Settings):
        if not isinstance(table.get(section.name, {}), dict):
            raise broken(path, f"has a value named {section.name} where a section [{section.name}] belongs")
    return table


def _flat(table: Table) -> list[tuple[str, Any]]:
    """(key, value) of all entries that could be settings, two levels deep; the file's version is none."""
    pairs: list[tuple[str, Any]] = []
    for section, entries in table.items():
        if isinstance(entries, dict):
            pairs += [(f"{section}.{name}", value) for name, value in entries.items()]
        elif section != "version":
            pairs.append((section, entries))
    return pairs


def usable_cores() -> int:
    """Cores this process may run on: a container or `taskset` often grants fewer than there are."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
