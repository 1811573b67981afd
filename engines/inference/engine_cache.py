"""Built TensorRT engines, kept for the next start: in the user's own cache folder, and only as long as nothing changed.

An engine is native code. One is loaded only if this program built it here: it lies in a folder that nobody else may
enter, beside a note of all that it depends on and of its own SHA-256. Whatever differs, it is built again.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import stat
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import platformdirs

from engines.inference.store import sum_of

RECIPE = 1  # raised when engines are built another way than before

_LEFT_S = 86_400.0  # no build takes so long


@dataclass(frozen=True, slots=True)
class EngineGpu:
    """The card that engines are for. index: CUDA's number of it. capability: such as 'sm86'."""

    index: int
    name: str
    capability: str
    driver: str


@dataclass(frozen=True, slots=True)
class EngineKey:
    """All that an engine depends on. library: 'tensorrt' or 'tensorrt_rtx'. capability: of the card, such as 'sm86'.

    network: SHA-256 of the ONNX file. batches: the least, the usual and the greatest. workspace: bytes.
    """

    name: str
    network: str
    library: str
    version: str
    gpu: str
    capability: str
    driver: str
    precision: str
    batches: tuple[int, int, int]
    workspace: int
    recipe: int = RECIPE
    system: str = f"{platform.system()} {platform.machine()}"

    @property
    def digest(self) -> str:
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()


def engines_folder() -> Path:
    """For built engines, only for their owner; made if need be. Raises OSError."""
    folder = platformdirs.user_cache_path("image-engine") / "engines"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if os.name == "posix" and (folder.stat().st_uid != os.getuid() or stat.S_IMODE(folder.stat().st_mode) & 0o077):
        folder.chmod(0o700)  # raises PermissionError if it is somebody else's
    return folder


class EngineCache:
    """folder: for engines; the user's own when None."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder

    @property
    def folder(self) -> Path:
        return self._folder if self._folder is not None else engines_folder()

    def find(self, key: EngineKey) -> bytes | None:
        """The engine, whole and as it was built; None if there is none, and one that was changed is deleted."""
        plan, note = self._plan(key), self._note(key)
        try:
            known: dict[str, Any] = json.loads(note.read_text("utf-8"))
            data = plan.read_bytes()
        except (OSError, ValueError):
            return None
        wanted = json.loads(json.dumps(asdict(key)))
        if known.get("key") != wanted or known.get("sha256") != hashlib.sha256(data).hexdigest():
            self.drop(key)
            return None
        return data

    def built(self, name: str) -> Iterator[EngineKey]:
        """The engines of this network that are there, whatever they were built for."""
        try:
            notes = sorted(self.folder.glob(f"{name}-*.json"))
        except OSError:  # where there can be none
            return
        for note in notes:
            with suppress(OSError, ValueError, KeyError, TypeError):
                known: dict[str, Any] = json.loads(note.read_text("utf-8"))["key"]
                key = EngineKey(**known | {"batches": tuple(known["batches"])})
                if key.name == name and self._plan(key).is_file():
                    yield key

    def path(self, key: EngineKey) -> Path:
        """Where the engine lies if there is one."""
        return self._plan(key)

    def unfinished(self, key: EngineKey) -> Path:
        """Where a builder writes; `keep` makes it the engine."""
        return self._plan(key).with_suffix(f".{os.getpid()}.part")

    def keep(self, key: EngineKey, built: Path) -> None:
        """Take over a finished file, all or nothing, and forget what was built for an older driver or network."""
        built.chmod(0o600)
        note = {"key": asdict(key), "sha256": sum_of(built), "proved": False}
        self._note(key).unlink(missing_ok=True)  # an engine without a note is none
        os.replace(built, self._plan(key))
        self._write(key, note)
        self._forget_older(key)

    def is_proved(self, key: EngineKey) -> bool:
        """Whether the engine, which is there, was once seen to say what the processor says."""
        return bool(json.loads(self._note(key).read_text("utf-8")).get("proved"))

    def note_proof(self, key: EngineKey) -> None:
        self._write(key, json.loads(self._note(key).read_text("utf-8")) | {"proved": True})

    def _write(self, key: EngineKey, note: Mapping[str, Any]) -> None:
        part = self._note(key).with_suffix(f".{os.getpid()}.part")
        part.write_text(json.dumps(note, indent=2), "utf-8")
        part.chmod(0o600)
        os.replace(part, self._note(key))

    def drop(self, key: EngineKey) -> None:
        self._note(key).unlink(missing_ok=True)
        self._plan(key).unlink(missing_ok=True)

    def _forget_older(self, key: EngineKey) -> None:
        """Engines of this network, precision and card that nothing will ask for again, as after a new driver; and what
        builders left that were killed.
        """
        for part in self.folder.glob("*.part"):
            with suppress(OSError):
                if time.time() - part.stat().st_mtime > _LEFT_S:
                    part.unlink()
        for note in self.folder.glob(f"{key.name}-{key.precision}-*.json"):
            try:
                known = json.loads(note.read_text("utf-8"))["key"]
            except (OSError, ValueError, KeyError):
                continue
            same_place = (known["gpu"], known["library"]) == (key.gpu, key.library)
            if note != self._note(key) and same_place and known["batches"] == list(key.batches):
                note.unlink(missing_ok=True)
                note.with_suffix(".engine").unlink(missing_ok=True)

    def _plan(self, key: EngineKey) -> Path:
        return self.folder / f"{key.name}-{key.precision}-{key.capability}-{key.digest[:16]}.engine"

    def _note(self, key: EngineKey) -> Path:
        return self._plan(key).with_suffix(".json")
