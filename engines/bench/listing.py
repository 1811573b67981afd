"""Which photos and videos lie below a folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from engines.analysis.pipeline import ScanRules
from engines.media.scan import walk
from engines.types import Entry


def media_in(folder: Path, rules: ScanRules) -> Iterator[tuple[Path, Entry]]:
    """Each file whose name promises a photo or video, with its path relative to the folder."""
    for listing in walk(os.fsencode(folder), exclude=rules.exclude, follow_links=rules.follow_links):
        for entry in listing.entries:
            if entry.promises is not None:
                yield Path(os.fsdecode(listing.path), os.fsdecode(entry.name)), entry
