"""The user's folder of networks: what was downloaded, what was made of it, and how it gets there whole or not at all.

networks/NAME/                  a card, its ONNX file and what belongs to it: ready to be used
networks/.checkpoints/NAME/     what a network was made from, with origin.json: where each file is from, its SHA-256
networks/.parts/                what is not finished
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from engines.cancel import CancelToken
from engines.errors import InferenceError
from engines.inference.catalogue import PARTS, networks_folder
from engines.inference.moves import mend, move_in

CHECKPOINTS = ".checkpoints"  # in the folder of networks

_ORIGIN = "origin.json"
_CHUNK = 1 << 20

Tell = Callable[[int, int], None]  # bytes that are there, bytes in all


def no_tell(done: int, total: int) -> None:
    """For whoever does not want to know."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a checkpoint is from. source: a repository of the hub and its revision, or a folder. commit: of the hub.

    sums: the SHA-256 of each file.
    """

    source: str
    commit: str | None
    sums: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A whole checkpoint on this computer."""

    folder: Path
    origin: Origin

    def note(self) -> None:
        """Write down beside the files where they are from."""
        (self.folder / _ORIGIN).write_text(json.dumps(asdict(self.origin), indent=2), "utf-8")

    def verify(self, token: CancelToken | None = None) -> None:
        """Raises InferenceError if one of its files is not the one that was got."""
        for name, wanted in self.origin.sums.items():
            path = self.folder / name
            if not path.is_file() or sum_of(path, token) != wanted:
                text = f"{path} is damaged or was changed. Get the network again to mend it."
                raise InferenceError("checkpoint_changed", text, file=str(path))


def checkpoint(name: str) -> Checkpoint | None:
    """The checkpoint of this recipe, if it was got."""
    mend(networks_folder(), networks_folder() / PARTS)
    folder = checkpoints_folder() / name
    try:
        return Checkpoint(folder, Origin(**json.loads((folder / _ORIGIN).read_text("utf-8"))))
    except (OSError, ValueError, TypeError):
        return None


def checkpoints_folder() -> Path:
    return networks_folder() / CHECKPOINTS


def parts_folder() -> Path:
    """For what is not finished; made if need be."""
    folder = networks_folder() / PARTS
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def keep(part: Path, name: str, origin: Origin) -> Checkpoint:
    """Make a finished folder the checkpoint of this name, in place of an earlier one."""
    Checkpoint(part, origin).note()
    folder = checkpoints_folder() / name
    put(part, folder)
    return Checkpoint(folder, origin)


def put(part: Path, folder: Path) -> None:
    """Move a finished folder to its place; an earlier one goes only when the new one is there."""
    move_in(part, folder, networks_folder(), parts_folder())


def remove(name: str) -> bool:
    """Delete a network or a checkpoint of this name; whether there was one. What is no name but a path is none."""
    if not name or name.startswith(".") or Path(name).name != name:
        return False
    found = [folder for folder in (networks_folder() / name, checkpoints_folder() / name) if folder.is_dir()]
    for folder in found:
        gone = parts_folder() / f"old-{folder.name}-{os.getpid()}"
        os.replace(folder, gone)  # at once for whoever looks for it
        shutil.rmtree(gone, ignore_errors=True)
    return bool(found)


@contextmanager
def fresh_part(name: str) -> Iterator[Path]:
    """An empty folder for something new; what is left of it at the end is deleted."""
    part = parts_folder() / f"{name}-{os.getpid()}"
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(mode=0o700)
    try:
        yield part
    finally:
        shutil.rmtree(part, ignore_errors=True)


def copy_checked(source: Path, target: Path, said: Callable[[int], None], token: CancelToken) -> str:
    """Copy a file; its SHA-256. said: told how many bytes were added. Raises OSError, Cancelled."""
    digest = hashlib.sha256()
    with source.open("rb") as reader, target.open("wb") as writer:
        while chunk := reader.read(_CHUNK):
            token.check()
            digest.update(chunk)
            writer.write(chunk)
            said(len(chunk))
    return digest.hexdigest()


def sum_of(path: Path, token: CancelToken | None = None) -> str:
    """The SHA-256 of a file. Raises OSError, Cancelled."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            if token is not None:
                token.check()
            digest.update(chunk)
    return digest.hexdigest()


def need(size: int, folder: Path) -> None:
    """Raises InferenceError if the disk has no room for so many bytes."""
    free = shutil.disk_usage(folder).free
    if free < size:
        text = (
            f"{size / 1e6:,.0f} MB are needed in {folder}, and {free / 1e6:,.0f} MB are free. Make room and try again."
        )
        raise InferenceError("disk_full", text, needed=size, free=free)
