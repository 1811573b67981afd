"""Folders to listings: which files there are, without opening one."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterator, Sequence
from fnmatch import fnmatch

from engines.cancel import CancelToken
from engines.media.formats import expected, promises_media
from engines.media.times import mtime_ns
from engines.types import Entry, Kind, Listing, Message

SIDECAR_SUFFIX = b".xmp"


def walk(
    root: bytes,
    *,
    start: bytes = b"",
    exclude: Sequence[str] = (),
    skip: Collection[bytes] = (),
    follow_links: bool = False,
    token: CancelToken | None = None,
) -> Iterator[Listing]:
    """Every folder below root / start, each once, parents before children.

    root: absolute path. exclude: glob patterns for names of files and folders. skip: absolute folders to leave out,
    such as our own. Links are left out, or with follow_links entered once however many lead to the same folder.
    A folder that cannot be read is a listing with a problem. Raises Cancelled.
    """
    unwanted = LeftOut(exclude)
    waiting = [start]
    visited: set[tuple[int, int]] = set()
    while waiting:
        if token is not None:
            token.check()
        relative = waiting.pop()
        folder = os.path.join(root, relative) if relative else root
        if folder in skip or (follow_links and not _first_visit(folder, visited)):
            continue
        listing, children = _list(folder, relative, unwanted, follow_links)
        yield listing
        waiting.extend(sorted(children, reverse=True))


def list_files(root: bytes, folder: bytes, names: Collection[bytes]) -> Listing:
    """The listing of files that were named in a folder, without those that are not there. folder: relative."""
    named = frozenset(names)
    found = _list(os.path.join(root, folder) if folder else root, folder, LeftOut(()), follow_links=True)[0]
    return Listing(folder, tuple(entry for entry in found.entries if entry.name in named), False, found.problem)


class LeftOut:
    """Glob patterns for names of files and folders, asked once a name."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self._hidden = ".*" in patterns  # by far the most frequent one: no pattern matching for it
        self._patterns = tuple(pattern.casefold() for pattern in patterns if pattern != ".*")

    def __contains__(self, name: bytes) -> bool:
        if self._hidden and name.startswith(b"."):
            return True
        folded = os.fsdecode(name).casefold()
        return any(fnmatch(folded, pattern) for pattern in self._patterns)

    def holds(self, path: bytes) -> bool:
        """Whether this path, relative to its root, is left out: by its own name or that of a folder above it."""
        return any(name in self for name in path.split(os.sep.encode()))


def _list(folder: bytes, relative: bytes, unwanted: LeftOut, follow_links: bool) -> tuple[Listing, list[bytes]]:
    files: dict[bytes, os.stat_result] = {}
    children: list[bytes] = []
    complete = True
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name in unwanted or (entry.is_symlink() and not follow_links):
                    continue
                try:
                    is_folder, status = entry.is_dir(), entry.stat()
                except OSError:  # vanished since, a dangling link, or a name we may not ask about
                    complete = complete and entry.is_symlink()
                    continue
                if is_folder:
                    children.append(os.path.join(relative, entry.name))
                elif stat.S_ISREG(status.st_mode):
                    files[entry.name] = status
    except OSError as error:
        return Listing(relative, (), False, _unreadable(folder, error)), []
    return Listing(relative, _entries(files), complete), children


def _entries(files: dict[bytes, os.stat_result]) -> tuple[Entry, ...]:
    sidecars = {name.lower(): name for name in files if name.lower().endswith(SIDECAR_SUFFIX)}
    found = []
    for name, status in sorted(files.items()):
        if name.lower() in sidecars:
            continue
        sidecar = _sidecar_of(name, sidecars)
        beside = (sidecar, mtime_ns(files[sidecar])) if sidecar is not None else None
        found.append(Entry(name, status.st_size, mtime_ns(status), _promised(os.fsdecode(name)), beside))
    return tuple(found)


def _promised(name: str) -> Kind | None:
    form = expected(name)
    return form.kind if form is not None and promises_media(name) else None


def _sidecar_of(name: bytes, sidecars: dict[bytes, bytes]) -> bytes | None:
    """'IMG.jpg.xmp' (digiKam, darktable) comes before 'IMG.xmp' (Lightroom)."""
    if not sidecars:
        return None
    whole = name.lower() + SIDECAR_SUFFIX
    return sidecars.get(whole) or sidecars.get(os.path.splitext(name.lower())[0] + SIDECAR_SUFFIX)


def _first_visit(folder: bytes, visited: set[tuple[int, int]]) -> bool:
    try:
        status = os.stat(folder)
    except OSError:
        return True  # listing it will say what is wrong
    identity = (status.st_dev, status.st_ino)
    is_first = identity not in visited
    visited.add(identity)
    return is_first


def _unreadable(folder: bytes, error: OSError) -> Message:
    shown = os.fsdecode(folder).encode("utf-8", "replace").decode()
    return Message(
        "folder_unreadable",
        f"The folder {shown} could not be read ({error.strerror}); what is known about its files is kept.",
        {"folder": shown},
    )
