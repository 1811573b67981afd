"""The real program in a process of its own, run as a person or a script would run it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.conftest import USER_FOLDERS

MAIN = Path(__file__).resolve().parents[1] / "main.py"
LIMIT_S = 110  # of a command; below pytest's own limit, so that it is this command that is named


@dataclass(frozen=True)
class Ran:
    """How a command ended. out, err: what it printed, undecodable bytes as os.fsdecode spells them."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Its answer; fails if stdout holds anything that is not one JSON document."""
        return json.loads(self.out)


class Program:
    """`main.py` with a library, and a home that holds nobody's settings."""

    def __init__(self, library: Path, home: Path | None = None, *, limit_s: float = LIMIT_S) -> None:
        self.library = library
        self._home = home or library.parent / "home"
        self._limit_s = limit_s

    def __call__(self, *arguments: object, **options: Any) -> Ran:
        """Run a command to its end. options: of subprocess.run."""
        done = subprocess.run(
            self.line(*arguments),
            capture_output=True,
            env=self.environment(),
            timeout=self._limit_s,
            check=False,
            **options,
        )
        return Ran(done.returncode, os.fsdecode(done.stdout), os.fsdecode(done.stderr))

    def json(self, *arguments: object) -> Any:
        """The answer of a command that must end well and print its JSON alone."""
        ran = self(*arguments, "--json")
        assert ran.code == 0, ran.err
        return ran.json

    def start(self, *arguments: object) -> subprocess.Popen[bytes]:
        """Start a command in a process group of its own, as a shell does."""
        return subprocess.Popen(
            self.line(*arguments),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=self.environment(),
            start_new_session=True,
        )

    def line(self, *arguments: object) -> list[str | bytes]:
        """The whole command; arguments may be texts, bytes or paths."""
        given = [one if isinstance(one, bytes) else str(one) for one in arguments]
        return [sys.executable, str(MAIN), "--library", str(self.library), *given]

    def environment(self) -> dict[str, str]:
        return os.environ | {variable: str(self._home / folder) for variable, folder in USER_FOLDERS.items()}


def finish(process: subprocess.Popen[bytes]) -> Ran:
    """Wait for the end of a started command."""
    out, err = process.communicate(timeout=LIMIT_S)
    return Ran(process.returncode, os.fsdecode(out), os.fsdecode(err))


def kill(process: subprocess.Popen[bytes]) -> None:
    """End the process itself as kill -9 does; its workers have to notice by themselves."""
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=LIMIT_S)  # reads to the end of the pipes, so that no worker is left that holds them
