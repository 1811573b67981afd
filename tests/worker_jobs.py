"""What the workers are made to do in tests: functions that a spawned process can import, quickly."""

from __future__ import annotations

import ctypes
import mmap
import os
import signal
import sys
from pathlib import Path
from typing import Any, NoReturn


def echo(value: Any) -> Any:
    return value


def pid() -> int:
    return os.getpid()


def hold(fifo: Path, marker: Path | None = None) -> str:
    """What is written to the FIFO, waiting for it; 'second time' at once if an earlier call left the marker."""
    if marker is not None:
        if marker.exists():
            return "second time"
        marker.touch()
    return fifo.read_text()


def hold_interpreter(fifo: Path) -> None:
    """As `hold`, but as bad native code does it: no other thread of the process gets to run."""
    native = ctypes.PyDLL(None)
    native.read(native.open(os.fsencode(fifo), os.O_RDONLY), ctypes.create_string_buffer(1), 1)


def segfault() -> None:
    ctypes.string_at(0)


def leave(code: int) -> NoReturn:
    os._exit(code)


def exit_politely() -> NoReturn:
    sys.exit(3)


def crash_if(number: int, culprits: frozenset[int], journal: Path) -> int:
    """Write down that it was called, then crash or give the number back."""
    with journal.open("ab", buffering=0) as file:
        file.write(b"%d\n" % number)
    if number in culprits:
        os.kill(os.getpid(), signal.SIGSEGV)
    return number


def crash_first(marker: Path) -> str:
    """Crash unless an earlier call left the marker; then say so."""
    if not marker.exists():
        marker.touch()
        segfault()
    return "second time"


def map_memory(size: int) -> None:
    mmap.mmap(-1, size).close()


def raise_bug() -> NoReturn:
    raise ValueError("a bug")


def return_what_cannot_travel() -> Any:
    return lambda: None


class _Mischief:
    def __reduce__(self) -> tuple[Any, ...]:
        return os.system, ("true",)


def return_what_would_run_a_command() -> Any:
    return _Mischief()


class _Unreadable:
    def __reduce__(self) -> tuple[Any, ...]:
        return int, ("no number",)


def return_what_cannot_be_read() -> Any:
    return _Unreadable()


def shout() -> None:
    """Print in three ways: through Python's stdout and stderr, and past both as native libraries do."""
    print("from print")
    print("from stderr", file=sys.stderr)
    os.write(1, b"from native code\n")


def circumstances() -> dict[str, Any]:
    return {
        "nice": os.nice(0),
        "threads": os.environ.get("OPENBLAS_NUM_THREADS"),
        "forbidden": [name for name in ("apsw", "PySide6", "openvino") if name in sys.modules],
    }


_prepared = ""


def prepare(what: str) -> None:
    global _prepared
    _prepared = what


def prepared() -> str:
    return _prepared


def fail_to_prepare_first(times: int, folder: Path) -> None:
    """Die, the first so many times over all processes; each leaves a folder."""
    for number in range(times):
        try:
            (folder / str(number)).mkdir()
        except FileExistsError:
            continue
        os._exit(1)


def fail_to_prepare() -> NoReturn:
    raise ImportError("No module named 'heif'")


def never_get_ready() -> None:
    signal.pause()
