"""The right to write in a library: one process at a time, given back by the operating system when it ends."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from engines.errors import LibraryError


class LibraryLock:
    """Held from construction until close(); a process that dies, however, loses it at once.

    Raises LibraryError 'locked' while another process holds it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        try:
            self._file = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise LibraryError(
                "library_unusable",
                f"The library folder {folder} cannot be written ({error.strerror}). Choose another with --library.",
            ) from error
        try:
            _lock(self._file)
        except OSError:
            holder = os.read(self._file, 20).decode("ascii", "replace").strip()
            os.close(self._file)
            raise LibraryError(
                "locked",
                f"Another Image Engine{f' (process {holder})' if holder else ''} is using the library {folder}. "
                "Close it, or wait until it is done.",
            ) from None
        os.truncate(self._file, 0)
        os.write(self._file, str(os.getpid()).encode())

    def close(self) -> None:
        # The file stays: removing it would let two processes hold two locks, one on each file of that name.
        os.close(self._file)


if sys.platform == "win32":  # not run: nobody has tried this on Windows yet
    import msvcrt

    _LOCKED_BYTE = 1 << 30  # far behind the process number, which others must be able to read

    def _lock(file: int) -> None:
        os.lseek(file, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        os.lseek(file, 0, os.SEEK_SET)

else:
    import fcntl

    def _lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
