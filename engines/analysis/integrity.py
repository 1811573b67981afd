"""Whether library, thumbnails and originals still are what they were."""

from __future__ import annotations

import os
from collections.abc import Generator, Sequence
from dataclasses import dataclass

from engines.analysis.drive import StartExecutor, drive
from engines.analysis.pipeline import is_away
from engines.analysis.worker import damaged
from engines.cancel import CancelToken
from engines.errors import LibraryError
from engines.library import originals
from engines.library.library import Library
from engines.types import Examined, Thumbnail, Wanted


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be: a code and a sentence."""

    code: str
    text: str


def check_library(library: Library) -> list[Finding]:
    """What is wrong with the two database files, the vectors, and with how they fit together."""
    with library.database.read() as connection:
        found = [Finding("library_damaged", text) for text in originals.damage(connection)]
        expected = set(originals.digests_with_thumbnail(connection))
    found += [Finding("vectors_damaged", text) for text in library.vectors.findings()]
    try:
        found += [Finding("thumbnails_damaged", text) for text in library.thumbnails.findings()]
        present = {digest for digest, small in library.thumbnails.all() if _is_webp(small)}
    except LibraryError:
        text = "The thumbnails cannot be read; delete thumbnails.db, if it is there, and import again."
        return [*found, Finding("thumbnails_damaged", text)]
    lost = len(expected - present)
    if lost:
        found.append(
            Finding(
                "thumbnails_missing",
                f"{lost:,} thumbnails are missing or damaged; delete thumbnails.db and import again.",
            )
        )
    return found


def check_originals(library: Library, start_executor: StartExecutor) -> Generator[Sequence[Finding]]:
    """Read every original again and compare; yields what was found, if anything, file by file."""
    for root in library.roots():
        if root.offline is not None or is_away(root):
            text = f"{root.shown} cannot be reached or is not complete, so its originals could not all be checked."
            yield [Finding("root_offline", text)]
    with library.database.read() as connection:
        away = {root.id for root in library.roots() if is_away(root)}
        known = {one.file_id: one for one in originals.all_known(connection) if one.root_id not in away}
    with start_executor() as executor:
        for wanted, examined in drive(executor, map(_wanted, known.values()), CancelToken()):
            yield _compare(known[wanted.file_id], examined)


def _wanted(known: originals.Known) -> Wanted:
    return Wanted(known.file_id, known.path, known.size_bytes, known.mtime_ns, phases=())


def _compare(known: originals.Known, examined: Examined) -> Sequence[Finding]:
    shown = os.fsencode(known.path).decode("utf-8", "replace")
    if examined.content is None:
        reason = examined.problem.text if examined.problem is not None else "it is no photo or video any more."
        return _failed(known, reason)
    if examined.content.digest == known.digest:
        return ()
    if (examined.size, examined.mtime_ns) != (known.size_bytes, known.mtime_ns):
        return [Finding("original_changed", f"{shown} was changed since the last import; import its folder again.")]
    return [Finding("original_damaged", damaged(shown).text)]


def _failed(known: originals.Known, reason: str) -> Sequence[Finding]:
    shown = os.fsencode(known.path).decode("utf-8", "replace")
    return [Finding("original_unreadable", f"{shown}: {reason}")]


def _is_webp(small: Thumbnail) -> bool:
    return small.data[:4] == b"RIFF" and small.data[8:12] == b"WEBP" and len(small.data) >= 12
