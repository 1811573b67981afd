"""The hops of a file, without a thread: the same calls in a loop are the whole program."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from engines.cancel import CancelToken
from engines.library.library import Library
from engines.library.reconcile import Changes, Met
from engines.library.roots import Root
from engines.media.scan import LeftOut, list_files, walk
from engines.types import Listing, Message

_BATCH = 500  # files whose rows are compared at once
_BATCH_S = 0.3  # … or as many as a slow drive lists in this time, so that the first rows are there within a second


@dataclass
class Scanned:
    """What the scan of one root or folder found. notices: folders that could not be read.

    offline: the reason why the root cannot be reached, and nothing else was done.
    """

    root: Root
    changes: Changes = field(default_factory=Changes)
    notices: list[Message] = field(default_factory=list)
    offline: Message | None = None


@dataclass(frozen=True, slots=True)
class ScanRules:
    """What a scan leaves out. exclude: glob patterns for names; follow_links: enter linked folders as well."""

    exclude: Sequence[str] = ()
    follow_links: bool = False


def scan(
    library: Library,
    root: Root,
    rules: ScanRules,
    *,
    start: bytes = b"",
    certain: bool = False,
    token: CancelToken | None = None,
    found: Callable[[int], None] = lambda files: None,
    took: Callable[[Collection[int]], None] = lambda media_ids: None,
) -> Scanned:
    """Bring the rows of a root, or of the folder `start` below it, up to date with the disk.

    certain: an empty root is no drive that went away. found: told how many files were met so far. took: told the items
    whose rows were written. Files that were not met are only marked; Library.conclude decides.
    """
    scanned = Scanned(root)
    reason = _why_unreachable(root)
    if reason is not None:
        took(_offline(library, scanned, reason).changes.media)
        return scanned
    met: Met = {}
    batch: list[Listing] = []
    own = [os.fsencode(os.path.realpath(library.folder))]
    files = 0
    since = time.monotonic()

    def take() -> None:
        nonlocal since
        changes = Changes()
        library.take(root, batch, changes)
        batch.clear()
        scanned.changes.add(changes)
        took(changes.media)
        since = time.monotonic()

    for listing in walk(
        root.path, start=start, exclude=rules.exclude, skip=own, follow_links=rules.follow_links, token=token
    ):
        names = frozenset(entry.name for entry in listing.entries)
        met[listing.path] = names if listing.complete else None
        scanned.notices += [listing.problem] if listing.problem is not None else []
        batch.append(listing)
        files += len(names)
        found(files)
        if sum(len(one.entries) for one in batch) >= _BATCH or time.monotonic() - since >= _BATCH_S:
            take()
    if not files and not start and not certain and library.count_files(root):
        reason = (
            f"The folder {root.shown} is empty; what was in it is kept until it is back. If it is really gone, "
            "import the folder once with --confirm-missing."
        )
        took(_offline(library, scanned, reason).changes.media)
        return scanned
    take()
    excluded = library.end_scan(root, met, start, LeftOut(rules.exclude).holds)
    scanned.changes.media |= excluded
    took(excluded)
    return scanned


def scan_files(library: Library, root: Root, folder: bytes, names: Collection[bytes]) -> Scanned:
    """Bring the rows of files that were named in a folder up to date; of the others nothing is concluded."""
    scanned = Scanned(root)
    listing = list_files(root.path, folder, names)
    scanned.notices += [listing.problem] if listing.problem is not None else []
    library.take(root, [listing], scanned.changes)
    return scanned


def scan_known(library: Library, root: Root) -> Scanned:
    """Look again at the files of a root that holds single files only."""
    scanned = Scanned(root)
    reason = _why_unreachable(root)
    if reason is not None:
        return _offline(library, scanned, reason)
    met: Met = {}
    for folder, names in library.known_names(root):
        listing = list_files(root.path, folder, names)
        met[folder] = frozenset(entry.name for entry in listing.entries)
        library.take(root, [listing], scanned.changes)
    library.end_scan(root, met)
    return scanned


def is_away(root: Root) -> bool:
    """Whether its files cannot be had now: it cannot be read, or is empty like a mount point without its drive."""
    try:
        with os.scandir(root.path) as entries:
            return next(entries, None) is None
    except OSError:
        return True


def _why_unreachable(root: Root) -> str | None:
    try:
        os.scandir(root.path).close()
    except OSError as error:
        return f"The folder {root.shown} cannot be reached ({error.strerror}); what is known about its files is kept."
    return None


def _offline(library: Library, scanned: Scanned, reason: str) -> Scanned:
    scanned.offline = Message("root_offline", reason, {"folder": scanned.root.shown})
    scanned.changes.media |= library.set_offline(scanned.root, reason)
    return scanned
