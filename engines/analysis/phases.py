"""The ordered list of what we want to know about each file. Start reading here: a phase is one module and one line.

A CPU phase is a module with PHASE and look(file): it asks the open file for what it needs (bytes, header, frame; each is
made once, by whoever asks first) and returns Findings, or lets the MediaError rise that told it why there are none.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import TYPE_CHECKING, Protocol

from engines.types import Findings, Phase

if TYPE_CHECKING:
    from engines.media.open_file import OpenFile


class FilePhase(Protocol):
    """A phase that looks at one file in a worker process."""

    PHASE: Phase

    def look(self, file: OpenFile) -> Findings:
        """What this phase learns from the file. Raises MediaError when the file does not give what it needs."""
        ...
