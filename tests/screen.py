"""A screen that nobody looks at, with mouse and keyboard, and the bus on which programs say what they show there."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

NEEDED = {"Xvfb": "xvfb", "xdotool": "xdotool", "dbus-daemon": "dbus"}  # programs, and Debian's packages for them
_LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
_SIZE = (1280, 800)
_KEY_MS = 8  # between two letters


def missing() -> str:
    """Why there can be no such screen here; '' where there can."""
    if sys.platform != "linux":
        return "the virtual screen is Linux's"
    packages = [package for program, package in NEEDED.items() if shutil.which(program) is None]
    if not any(map(os.path.exists, _LAUNCHERS)):
        packages.append("at-spi2-core")
    return f"the packages {' '.join(packages)} are not installed" if packages else ""


class Screen:
    """Has no window manager. close() ends all that was started on it, but not the programs that tests started."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="screen-"))  # short: the path of a socket has 107 bytes at most
        width, height = _SIZE
        size = ["-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp"]
        self._server, number = _start(["Xvfb", "-displayfd", "{pipe}", *size], dict(os.environ))
        self.environment = {
            "DISPLAY": f":{number}",
            "XDG_RUNTIME_DIR": str(self._folder),
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "QT_LOGGING_RULES": "qt.accessibility.atspi.warning=false",  # of what is asked for and has gone
            "LANG": "C.UTF-8",
        }
        line = ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address", "{pipe}"]
        self._bus, self.bus = _start(line, os.environ | self.environment)
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = self.bus

    def close(self) -> None:
        for process in (self._bus, self._server):
            os.killpg(process.pid, signal.SIGTERM)
            process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    # mouse and keyboard

    def click(self, place: tuple[int, int], *, times: int = 1) -> None:
        self._do("mousemove", *place, "click", "--repeat", times, "--delay", 60, 1)

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Press, move in steps as a hand does, and let go."""
        self._do("mousemove", *start, "mousedown", 1)
        for step in range(1, 11):
            there = [one + (other - one) * step // 10 for one, other in zip(start, end, strict=True)]
            self._do("mousemove", *there, "sleep", 0.03)
        self._do("sleep", 0.2, "mouseup", 1)

    def press(self, *keys: str) -> None:
        """One after the other. keys: as X calls them, such as 'ctrl+f' or 'Return'."""
        for key in keys:
            self._do("key", key)

    def write(self, text: str) -> None:
        self._do("type", "--delay", _KEY_MS, text)

    # windows

    def windows(self, pid: int) -> list[int]:
        """Those of a program that can be seen, the uppermost last."""
        found = self._ask("search", "--onlyvisible", "--pid", pid)
        return [int(line) for line in found.split()]

    def window_at(self, place: tuple[int, int]) -> int:
        """The uppermost window there, over which the mouse then is."""
        lines = self._ask("mousemove", *place, "getmouselocation", "--shell").splitlines()
        return int(dict(line.split("=") for line in lines)["WINDOW"])

    def focus(self, pid: int) -> None:
        """Let a program have the keys: without a window manager, nobody gives them back when a dialog was closed."""
        windows = self.windows(pid)
        if windows and int(self._ask("getwindowfocus", "-f") or 0) not in windows:
            self._do("windowfocus", windows[-1])

    def _do(self, *arguments: object) -> None:
        self._run(arguments).check_returncode()

    def _ask(self, *arguments: object) -> str:
        return self._run(arguments).stdout

    def _run(self, arguments: Sequence[object]) -> subprocess.CompletedProcess[str]:
        line = ["xdotool", *map(str, arguments)]
        return subprocess.run(line, env=os.environ | self.environment, capture_output=True, text=True, check=False)


def _start(line: list[str], environment: dict[str, str]) -> tuple[subprocess.Popen[bytes], str]:
    """Start a server in a process group of its own; returns it with what it says about itself once it is ready."""
    read, write = os.pipe()
    process = subprocess.Popen(
        [part.format(pipe=write) for part in line],
        env=environment,
        pass_fds=(write,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    os.close(write)
    with os.fdopen(read) as pipe:
        return process, pipe.readline().strip()
