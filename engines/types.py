"""The records that travel between the packages; each is a value, none knows where it is stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]  # (height, width, 3) RGB in sRGB, upright
Outputs = Mapping[str, Mapping[str, NDArray[Any]]]  # of one picture: by network, then by tensor, without a batch axis


class Kind(StrEnum):
    """What an item in the grid is."""

    PHOTO = "photo"
    VIDEO = "video"


class Device(StrEnum):
    """Where a phase runs: in a worker process, on the network thread, or at NVIDIA on request."""

    CPU = "cpu"
    GPU = "gpu"
    CLOUD = "cloud"


class State(StrEnum):
    """How a file stands. The first six are decided by its bytes, the others by where it is."""

    OK = "ok"
    PARTIAL = "partial"  # shown and searched, but a part of the picture is missing or damaged
    CORRUPT = "corrupt"  # of a known format, yet no picture comes out
    UNSUPPORTED = "unsupported"  # neither a photo nor a video that we know
    REFUSED = "refused"  # asks for more memory or time than a file may have
    UNREADABLE = "unreadable"  # no permission, a read error, or changed while being read
    WAITING = "waiting"  # not examined yet
    MISSING = "missing"  # its folder was read to the end and it was not there
    OFFLINE = "offline"  # its folder cannot be reached, so nothing is known
    EXCLUDED = "excluded"  # its name is left out by the settings, or its folder was taken out of the library


# How a file stands whose bytes could not be had or did not let a worker live, by the code of the message that says so.
PROBLEM_STATES = {
    "unreadable": State.UNREADABLE,
    "damaged": State.CORRUPT,
    "crashed": State.CORRUPT,
    "failed": State.CORRUPT,
    "timed_out": State.REFUSED,
    "out_of_memory": State.REFUSED,
}


@dataclass(frozen=True, slots=True)
class Phase:
    """One thing we want to know about each file.

    version: raised when results must be made again. needs: names of phases whose results this one builds on.
    picture: looks at the pixels, so that the file has to be decoded; otherwise its bytes are enough.
    networks: names of those whose outputs it interprets; others are other results. kind: only of such items; None: of
    all.
    """

    name: str
    version: int
    device: Device = Device.CPU
    needs: tuple[str, ...] = ()
    picture: bool = False
    networks: tuple[str, ...] = ()
    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """Something a person is told: a code and parameters to translate, and the English sentence."""

    code: str
    text: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Frame:
    """A picture as it is examined: upright, sRGB, no larger than needed.

    pixels: (H, W, 3) uint8 RGB. width, height: the full picture's, upright, in pixels.
    time_s: seconds from the start of a video; None for a photo.
    """

    pixels: Pixels
    width: int
    height: int
    time_s: float | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A value with its source: 'exif', 'xmp', 'iptc', 'sidecar', 'file name', 'pixels', 'user', ….

    value: str, int, float, bool, or a list of those, so that JSON can hold it. Names and units: engines/facts.py.
    """

    value: Any
    source: str


Facts = dict[str, Fact]


@dataclass(frozen=True, slots=True)
class Tag:
    """A word for what a frame shows or is about.

    score: 0 to 1; of an object the best of those seen. source: 'file', a network's name, or 'user'. count: how many of
    it were seen at once, of an object. share: of a film's time, during which it is to be seen.
    """

    name: str
    score: float = 1.0
    source: str = "file"
    count: int = 1
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Box:
    """One object and where it is. left, top, width, height: fractions of the upright picture. source: the network."""

    label: str
    score: float
    left: float
    top: float
    width: float
    height: float
    source: str


@dataclass(frozen=True, slots=True)
class Sighting:
    """What a network may have seen, be it too faint to be said. kind: the number of a label, or FIRST_OBJECT and the
    number of an object, as the networks count them. score: 0 to 1.
    """

    kind: int
    score: float


FIRST_OBJECT = 1000  # of the numbers of sightings: those before it are labels'


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """A small picture for the grid: WebP bytes, and its size in pixels."""

    data: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Glimpse:
    """What networks saw in one frame of a film, or in a moment of it, a stretch whose frames show much the same.

    time_s: of the frame; of a moment its best. start_s, end_s: what it stands for. quality: 0 to 1. tags: by phase.
    vector: as in Findings, of the phase 'meaning'.
    """

    time_s: float
    start_s: float
    end_s: float
    quality: float = 0.0
    tags: Mapping[str, tuple[Tag, ...]] = field(default_factory=dict)
    boxes: tuple[Box, ...] = ()
    sightings: tuple[Sighting, ...] = ()
    vector: NDArray[np.float32] | None = field(default=None, compare=False)

    @property
    def seconds(self) -> float:
        return self.end_s - self.start_s


@dataclass(frozen=True, slots=True)
class Track:
    """One thing followed through a film. seconds: during which it was seen, between start_s and end_s.

    box: where it is seen best, with its label, score and network; best_s: when.
    """

    start_s: float
    end_s: float
    seconds: float
    box: Box
    best_s: float

    @property
    def label(self) -> str:
        return self.box.label


@dataclass(frozen=True, slots=True)
class Word:
    """A spoken word. text: with the punctuation behind it. score: 0 to 1, how sure it is."""

    text: str
    start_s: float
    end_s: float
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is said in one go, in seconds of the film. words: in order; their texts joined by spaces are the text.

    language: ISO 639, such as 'en'.
    """

    start_s: float
    end_s: float
    text: str
    words: tuple[Word, ...] = ()
    language: str = ""


@dataclass(frozen=True, slots=True)
class Findings:
    """All that one phase learnt about one content.

    vector: float32 of length 1; the phase's name and effective version are its space: others are never compared.
    sightings: only searches read them; they take the place of those of any other phase. moments: of a film, in order,
    each at another second; None: whatever is known of them stays. vectors_at: of moments, by their seconds. tracks: of
    a film, as they begin; None: whatever is known stays. sentences: of a piece of sound, in its own seconds.
    """

    facts: Facts = field(default_factory=dict)
    tags: tuple[Tag, ...] = ()
    thumbnail: Thumbnail | None = None
    boxes: tuple[Box, ...] = ()
    vector: NDArray[np.float32] | None = field(default=None, compare=False)
    sightings: tuple[Sighting, ...] = ()
    moments: tuple[Glimpse, ...] | None = None
    vectors_at: Mapping[float, NDArray[np.float32]] = field(default_factory=dict, compare=False)
    tracks: tuple[Track, ...] | None = None
    sentences: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """One phase finished for one content: with findings, or with the reason why there are none.

    version: the effective one. precision: what its networks calculated in, such as 'fp32'.
    """

    phase: str
    version: int
    seconds: float
    findings: Findings = field(default_factory=Findings)
    problem: Message | None = None
    precision: str | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """What the bytes of a file are.

    digest: BLAKE2b-128 of the whole file, or (whole=False) of its size and samples. size: bytes.
    raw: undeveloped sensor data. state: how far it can be used, problem says why not further; None when nothing
    asked for the picture this time, so that it was not judged.
    """

    digest: bytes
    whole: bool
    size: int
    format: str | None
    kind: Kind | None
    raw: bool = False
    state: State | None = None
    problem: Message | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One file as a scan meets it, unopened.

    name: as the operating system stores it (os.fsencode'd). promises: the kind its suffix promises, if any.
    sidecar: name and mtime_ns of the XMP file beside it.
    """

    name: bytes
    size: int
    mtime_ns: int
    promises: Kind | None
    sidecar: tuple[bytes, int] | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """One folder as a scan meets it. path: relative to the root, os.fsencode'd, empty for the root itself.

    complete: every file in it is in entries; problem: why the folder could not be read.
    """

    path: bytes
    entries: tuple[Entry, ...]
    complete: bool = True
    problem: Message | None = None


@dataclass(frozen=True, slots=True)
class Sampling:
    """Which frames of a film are looked at. strategy: one of media.sampling. per_minute: at most; 0: as is usual."""

    strategy: str = "adaptive"
    per_minute: int = 0


class FilmTask(StrEnum):
    """What films are gone through for."""

    WATCH = "watch"  # its moments
    FOLLOW = "follow"  # the things in it
    LISTEN = "listen"  # what is said


@dataclass(frozen=True, slots=True)
class Stretch:
    """The part of a film that is taken next begins here; how far it goes is seen by the way, to end_s at most."""

    start_s: float
    sampling: Sampling = field(default_factory=Sampling)
    task: FilmTask = FilmTask.WATCH
    end_s: float | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file to be examined, as the library asks for it.

    path: absolute, as the operating system spells it (os.fsdecode'd). size, mtime_ns: as the scan saw them.
    phases: names of the phases to run. known: digests that need no phase at all, so that a moved or copied file costs
    one reading and no decoding. digest: of its bytes when it was examined last; others with the same size and time are
    damage, not a change. offered: the file's suffix promises a photo or video (a note is due if it is none). stretch:
    of a film that was examined before; only this is looked at.
    """

    file_id: int
    path: str
    size: int
    mtime_ns: int
    phases: tuple[str, ...]
    sidecar: str | None = None
    known: frozenset[bytes] = frozenset()
    digest: bytes | None = None
    offered: bool = True
    stretch: Stretch | None = None


@dataclass(frozen=True, slots=True)
class Examined:
    """What a worker brings back about one file.

    content: None when the bytes could not be had (then problem says why) or are of no interest (then problem is None).
    sidecar: what the XMP file beside it says; None without one. seconds: of reading and of decoding, which no
    single phase owns. to_infer: what is left for the networks. watched: all that comes back of a stretch of a film.
    """

    file_id: int
    size: int
    mtime_ns: int
    content: Content | None = None
    done: tuple[Done, ...] = ()
    sidecar: Findings | None = None
    problem: Message | None = None
    seconds: Mapping[str, float] = field(default_factory=dict)
    to_infer: ToInfer | None = None
    watched: Watched | None = None


@dataclass(frozen=True, slots=True)
class ToInfer:
    """One picture on its way to the networks.

    digest: of its content. phases: that wait for it. width, height: of the upright picture. networks: whose squares lie
    one after the other in the shared memory it travels in; squares: (side, side, 3) by network, once they were taken
    out of there. time_s: of a frame of a film. samples: of a piece of sound instead of a picture, which begins at
    time_s; sound: these, once they were taken out of there.
    """

    digest: bytes
    phases: tuple[str, ...]
    width: int
    height: int
    networks: tuple[str, ...]
    squares: Mapping[str, Pixels] = field(default_factory=dict, compare=False)
    time_s: float | None = None
    samples: int = 0
    sound: NDArray[np.int16] | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class FilmFrame:
    """A frame of a film that was chosen. start_s, end_s: what it stands for. quality: 0 to 1.

    thumbnail: None of a frame that nobody will be shown.
    """

    time_s: float
    start_s: float
    end_s: float
    quality: float
    thumbnail: Thumbnail | None
    to_infer: ToInfer


@dataclass(frozen=True, slots=True)
class Watched:
    """What a worker brings back of a stretch. through_s: how far it went; None: to the film's end.

    problem: why the film ends there.
    """

    frames: tuple[FilmFrame, ...] = ()
    through_s: float | None = None
    problem: Message | None = None


@dataclass(frozen=True, slots=True)
class Inferred:
    """What the networks made of one picture. seconds: its share of each network's time.

    A phase that is not in done waits for another run: its network could not be had. time_s: of a frame of a film.
    """

    digest: bytes
    done: tuple[Done, ...]
    seconds: Mapping[str, float] = field(default_factory=dict)
    time_s: float | None = None
