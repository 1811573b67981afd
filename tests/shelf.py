"""A library over a folder of made files, examined at once and without decoding: what a file holds is what it says."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engines.analysis.phases import chosen
from engines.analysis.pipeline import ScanRules
from engines.analysis.run import Report, Runner
from engines.errors import EngineError
from engines.library.describe import Record, describe, media_at
from engines.library.library import Library
from engines.library.overview import states
from engines.media.times import mtime_ns
from engines.types import Content, Done, Examined, Fact, Findings, Kind, Tag, Thumbnail, Wanted

_RAW = (".nef", ".dng")
_VIDEO = (".mov", ".mp4")


def look(wanted: Wanted) -> Examined:
    """Examine a made file: its bytes are the JSON of its facts, or any text for none."""
    data = Path(wanted.path).read_bytes()
    status = os.stat(wanted.path)
    suffix = Path(wanted.path).suffix.lower()
    content = Content(
        digest=hashlib.blake2b(data, digest_size=16).digest(),
        whole=True,
        size=len(data),
        format=suffix.lstrip("."),
        kind=Kind.VIDEO if suffix in _VIDEO else Kind.PHOTO,
        raw=suffix in _RAW,
    )
    sidecar = _findings(Path(wanted.sidecar).read_bytes(), "sidecar") if wanted.sidecar else None
    done = () if content.digest in wanted.known else tuple(_done(name, data) for name in wanted.phases)
    return Examined(wanted.file_id, status.st_size, mtime_ns(status), content, done, sidecar)


def _done(name: str, data: bytes) -> Done:
    (phase,) = chosen([name])
    if name == "thumbnail":
        return Done(name, phase.version, 0.0, Findings(thumbnail=Thumbnail(b"RIFF....WEBP", 4, 3)))
    return Done(name, phase.version, 0.0, _findings(data, "exif") if name == "metadata" else Findings())


def _findings(data: bytes, source: str) -> Findings:
    try:
        facts = json.loads(data)
        tags = tuple(Tag(keyword, 1.0, source) for keyword in facts.get("keywords", ()))
    except (ValueError, AttributeError):
        return Findings()
    return Findings({name: Fact(value, source) for name, value in facts.items()}, tags)


@dataclass
class OneAtATime:
    """An executor that does each job when it is submitted; `examined` lists the file names it was given."""

    look: Callable[[Wanted], Examined] = look
    examined: list[str] = field(default_factory=list)
    pids: Sequence[int] = ()
    _outcomes: list[Any] = field(default_factory=list)

    @property
    def has_room(self) -> bool:
        return not self._outcomes

    def submit(self, key: int, function: object, wanted: Wanted, *, slot_bytes: int = 0) -> None:
        self.examined.append(os.path.basename(wanted.path))
        self._outcomes.append(_Outcome(key, self.look(wanted)))

    def wait(self, timeout: float) -> Iterable[Any]:
        outcomes, self._outcomes = self._outcomes, []
        return outcomes


@dataclass(frozen=True)
class _Outcome:
    key: int
    value: Examined
    error: EngineError | None = None
    slot: None = None
    release: Callable[[], None] = lambda: None


class Shelf:
    """A folder `photos` and its library."""

    def __init__(self, place: Path, library: Library | None = None) -> None:
        self.photos = place / "photos"
        self.photos.mkdir(parents=True)
        self.library = library or Library(place / "library")
        self.executor = OneAtATime()
        self._tick = 1_600_000_000

    def open_again(self) -> None:
        """Take the library back from another process."""
        self.library = Library(self.library.folder)

    def put(self, name: str, facts: Mapping[str, Any] | str = "", *, folder: Path | None = None) -> Path:
        """Write a file whose bytes say which facts it holds; each gets a modification time of its own."""
        path = (folder or self.photos) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(facts) if isinstance(facts, Mapping) else facts or name)
        self._tick += 10
        os.utime(path, (self._tick, self._tick))
        return path

    def take_in(self, *paths: Path, certain: bool = False) -> Report:
        """Import these paths, or all of `photos`."""
        self.executor.examined.clear()
        runner = Runner(self.library, ScanRules((".*",)), lambda: nullcontext(self.executor))
        return runner.import_paths([str(path) for path in paths or [self.photos]], certain=certain)

    def record(self, path: Path) -> Record:
        """All that the library knows of the item of this file."""
        with self.library.database.read() as connection:
            return describe(connection, self.media_id(path), chosen(["thumbnail", "metadata", "content"]))

    def media_id(self, path: Path) -> int:
        root = self.library.root_of(str(path))
        assert root is not None
        relative = os.fsencode(os.path.relpath(path, os.fsdecode(root.path)))
        with self.library.database.read() as connection:
            media_id = media_at(connection, root.id, relative)
        assert media_id is not None, f"{path} has no item"
        return media_id

    def count(self, table: str) -> int:
        with self.library.database.read() as connection:
            return int(connection.execute(f"SELECT count(*) FROM {table}").get)

    def states(self) -> dict[str, int]:
        """How many items stand how."""
        with self.library.database.read() as connection:
            return states(connection)
