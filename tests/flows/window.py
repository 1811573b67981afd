"""The program in its window, seen by names and roles and used with mouse and keys, as a person would from outside."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from collections.abc import Callable

import psutil

from tests.accessible import Part, Reader
from tests.program import Program
from tests.screen import Screen

_PATIENCE_S = 30  # for one step of a story on a busy machine
_LOOK_S = 0.1
TILES = "list item"
BUTTON = "push button"
FIELD = "text"


class Window:
    """A started window. All waiting is for what is to be seen; what does not come fails with what there is instead."""

    def __init__(self, program: Program, screen: Screen, reader: Reader, *options: str) -> None:
        self.process = subprocess.Popen(program.line(*options), env=program.environment() | screen.environment)
        self._screen = screen
        self._reader = reader
        self.wait_until(lambda: bool(screen.windows(self.process.pid)), "there is a window")

    # looking

    @property
    def parts(self) -> list[Part]:
        return self._reader.parts(self.process.pid)

    def find(self, name: str, role: str = "") -> Part | None:
        """What is called so now. name: a pattern that fits the whole name. role: any where there is none."""
        fits = re.compile(name, re.DOTALL).fullmatch
        return next((part for part in self.parts if fits(part.name) and role in ("", part.role)), None)

    def wait_for(self, name: str, role: str = "") -> Part:
        """See find(); waits until it is there."""
        found: list[Part] = []

        def look() -> bool:
            part = self.find(name, role)
            found[:] = [part] if part is not None else []
            return bool(found)

        self.wait_until(look, f"{role} '{name}' is shown")
        return found[0]

    def wait_until_called(self, part: Part, name: str) -> None:
        """For what changes quickly: looks at this one part only. name: a pattern that fits the whole name."""
        fits = re.compile(name, re.DOTALL).fullmatch
        self.wait_until(lambda: bool(fits(self._reader.name_of(part))), f"'{part.name}' is called '{name}'")

    def wait_until(self, holds: Callable[[], bool], what: str, patience_s: float = _PATIENCE_S) -> None:
        until = time.monotonic() + patience_s
        while not holds():
            assert self.process.poll() is None, f"the window ended with {self.process.poll()} before {what}"
            assert time.monotonic() < until, f"never happened: {what}. Shown are:\n{self._shown()}"
            time.sleep(_LOOK_S)

    @property
    def tiles(self) -> list[Part]:
        """What the grid shows without scrolling, in its order."""
        return [part for part in self.parts if part.role == TILES]

    def wait_for_tiles(self, count: int) -> list[Part]:
        """Until so many are there, and the same ones in the same places at two looks."""
        looks: list[list[Part]] = [[], []]

        def is_settled() -> bool:
            looks[:] = looks[1], self.tiles
            return len(looks[1]) == count and looks[0] == looks[1]

        self.wait_until(is_settled, f"there are {count} tiles")
        return looks[1]

    def wait_for_rest(self, patience_s: float = _PATIENCE_S) -> None:
        """Until there is nothing left to do."""
        at_rest = lambda: self.find("Activity: Up to date.*", BUTTON) is not None  # noqa: E731
        self.wait_until(at_rest, "all is done", patience_s)

    def _shown(self) -> str:
        return "\n".join(
            f"  {part.role}: {part.name} {part.text} {' '.join(sorted(part.states - {'enabled', 'showing'}))}"
            for part in self.parts
            if part.name or part.text
        )

    # doing

    def click(self, name: str, role: str = "") -> None:
        """Wait for it and click it."""
        self._screen.click(self.wait_for(name, role).middle)

    def double_click(self, part: Part) -> None:
        self._screen.click(part.middle, times=2)

    def press(self, *keys: str) -> None:
        for key in keys:
            self._screen.focus(self.process.pid)
            self._screen.press(key)

    def write(self, text: str) -> None:
        self._screen.focus(self.process.pid)
        self._screen.write(text)

    def choose_folder(self, folder: os.PathLike[str]) -> None:
        """Answer the dialog that asks for one, by typing where it is."""
        field = self.wait_for("Directory:", FIELD)
        assert "focused" in field.states
        self.write(str(folder))
        self.wait_until(lambda: self._written("Directory:") == str(folder), "the folder's place is typed")
        self.press("Return")

    def search(self, words: str) -> None:
        self.press("ctrl+f")
        self.wait_until(lambda: "focused" in self.wait_for("Search", FIELD).states, "the search has the keys")
        self.write(words)
        self.press("Return")

    def _written(self, name: str) -> str:
        part = self.find(name, FIELD)
        return part.text if part is not None else ""

    def close(self) -> None:
        """Quit with the keys; it must end well and leave no process behind."""
        children = psutil.Process(self.process.pid).children(recursive=True)
        self.press("ctrl+q")
        assert self.process.wait(_PATIENCE_S) == 0
        _, alive = psutil.wait_procs(children, timeout=_PATIENCE_S)
        assert not alive

    def terminate(self) -> None:
        """As the system does when it is shut down; it must end as if it had been closed."""
        children = psutil.Process(self.process.pid).children(recursive=True)
        self.process.terminate()
        assert self.process.wait(_PATIENCE_S) == 0
        _, alive = psutil.wait_procs(children, timeout=_PATIENCE_S)
        assert not alive

    def kill(self) -> None:
        """As kill -9 does; its workers have to notice by themselves."""
        children = psutil.Process(self.process.pid).children(recursive=True)
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        _, alive = psutil.wait_procs(children, timeout=_PATIENCE_S)
        assert not alive

    def end(self) -> None:
        """Whatever the test did, nothing is left."""
        if self.process.poll() is None:
            self.kill()
