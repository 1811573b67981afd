"""What a measurement needs and cannot make itself."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engines.analysis.desk import Desk
from engines.analysis.drive import StartExecutor
from engines.analysis.memory import held_bytes
from engines.analysis.networks import Networks
from engines.analysis.pipeline import ScanRules
from engines.errors import EngineError

_MARGIN = 1.2  # of the room that is needed, lest the disk be full to the last byte


@dataclass(frozen=True, slots=True)
class Workbench:
    """place: an empty folder for all that is made, thrown away by its owner. start_executor: starts the workers.

    program: the words that start this program in a process of its own, as a person would. start_networks: in the thread
    that asks; start_desk: in a thread of their own. say: told what is going on.
    """

    place: Path
    start_executor: StartExecutor
    rules: ScanRules
    program: Sequence[str]
    start_networks: Callable[[], Networks]
    start_desk: Callable[[], AbstractContextManager[Desk]]
    say: Callable[[str], None] = lambda text: None

    def need(self, size_bytes: float) -> None:
        """Raises EngineError if the disk has no room for so much; a full one would spoil more than a measurement."""
        free = shutil.disk_usage(self.place).free
        if free < size_bytes * _MARGIN:
            raise EngineError(
                "bench_disk",
                f"This measurement needs {size_bytes * _MARGIN / 1e9:.1f} GB in {self.place.parent}, which has "
                f"{free / 1e9:.1f} GB left. Free some, or let TMPDIR name a folder on another disk.",
            )

    def memory_after(self, library: Path, queries: Sequence[str], *options: str) -> int:
        """What a process of its own holds, in bytes, after it has answered these queries one by one."""
        line = [*self.program, "--library", str(library), "search", "-", "--json", *options]
        with subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            for query in queries:
                print(query, file=process.stdin, flush=True)
                if not process.stdout.readline():
                    raise EngineError("bench_command", "`search -` ended while it was measured.")
            return held_bytes(process.pid)

    def run(self, library: Path, *arguments: str) -> Any:
        """The JSON answer of one command in a process of its own. Raises EngineError when it fails."""
        line = [*self.program, "--library", str(library), *arguments, "--json"]
        done = subprocess.run(line, stdin=subprocess.DEVNULL, capture_output=True, check=False)
        if done.returncode:
            said = done.stderr.decode(errors="replace").strip() or f"exit code {done.returncode}"
            raise EngineError("bench_command", f"`{arguments[0]}` failed while it was measured: {said}")
        return json.loads(done.stdout)
