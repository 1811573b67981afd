"""Makes the private environment of a checkout: `python install.py FOLDER [--extra NAME]`; run and run.ps1 call it.

Safe to be interrupted and to be started twice. The recipe that an environment was installed from is written into it
last, so one without a recipe is unfinished and made anew. The lock is one of the operating system's, and pip holds it
too, so that pip is waited for even if this process was killed. Needs only Python itself. Says everything on stderr.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from installer import desktop_entry  # noqa: E402 -- found only now

LOCK = "lock"

# What the wheels expect of a Linux system, and Debian's names for it; tests/test_installer.py asks the wheels.
SYSTEM_LIBRARIES = {"libgcc_s.so.1": "libgcc-s1", "libstdc++.so.6": "libstdc++6", "libz.so.1": "zlib1g"} | {
    "libEGL.so.1": "libegl1",  # from here on for the window; a desktop has most of them
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libdrm.so.2": "libdrm2",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libpulse.so.0": "libpulse0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libXext.so.6": "libxext6",
    "libXrandr.so.2": "libxrandr2",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}


class InstallError(Exception):
    """One sentence: what is wrong, and what to do."""


def main(arguments: list[str] | None = None) -> int:
    """Install, and return the exit code: 0 done, 1 failed, 130 interrupted."""
    parser = argparse.ArgumentParser(description="Make the private environment of this checkout.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--extra", default="", help="of pyproject.toml, such as dev")
    options = parser.parse_args(arguments)
    try:
        install(options.folder, options.extra)
    except InstallError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"The installation into {options.folder} failed: {error}. Mend that and start again.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("The installation was stopped; the next start begins it again.", file=sys.stderr)
        return 130
    return 0


def install(folder: Path, extra: str) -> None:
    """Bring the environment in folder to the recipe, unless it is there.

    Raises InstallError or OSError; the environment is then unfinished, and the next call makes it anew.
    """
    with _locked(folder) as lock:
        wanted = _recipe()
        if _is_ready(folder, extra, wanted):
            return  # by another start, while this one waited for the lock
        _require_system_libraries()
        print("Installing Image Engine, which takes some minutes the first time.", file=sys.stderr)
        sound = _is_sound(folder)
        for stamp in folder.glob("installed*"):  # first of all: from here on it is unfinished
            stamp.unlink()
        if not sound:
            _empty(folder)
            _run(lock, sys.executable, "-m", "venv", "--without-pip", str(folder.resolve()))
            _run(lock, _python(folder), "-m", "ensurepip", "--default-pip")  # apart, since venv hides why it failed
        project = f".[{extra}]" if extra else "."
        constraints = str(Path("installer", "constraints.txt"))
        _run(lock, _python(folder), "-m", "pip", "install", "--editable", project, "--constraint", constraints)
        if sys.platform == "linux" and not extra:  # whoever runs the tests does not want another entry for it
            with suppress(OSError):  # a home that cannot be written to has no menu either
                desktop_entry.put(ROOT)
        _write_stamps(folder, extra, wanted)


@contextmanager
def _locked(folder: Path) -> Iterator[int]:
    """Hold the folder's lock, waiting for it if need be. Yields its file descriptor."""
    folder.mkdir(parents=True, exist_ok=True)
    lock = folder / LOCK
    if not lock.exists() and any(folder.iterdir()):
        raise InstallError(f"{folder} was not made by this installer: move it away and start again.")
    with lock.open("ab") as file:
        if not _try_to_lock(file.fileno()):
            print("Another start of Image Engine is installing it; waiting for that to end.", file=sys.stderr)
            _lock(file.fileno())
        yield file.fileno()


if sys.platform == "win32":
    import msvcrt

    def _try_to_lock(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True

    def _lock(descriptor: int) -> None:
        while True:
            try:
                return msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
            except OSError as error:
                if error.errno != 36:  # EDEADLOCK: Windows gives up after ten seconds
                    raise
else:
    import fcntl

    def _try_to_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX)


def _recipe() -> bytes:
    """All that an installation depends on; environment.sh and run.ps1 put the same bytes together."""
    parts = (ROOT / "pyproject.toml", ROOT / "installer" / "constraints.txt")
    return os.fsencode(ROOT) + b"\n" + b"".join(part.read_bytes() for part in parts)


def _stamp(folder: Path, extra: str) -> Path:
    return folder / (f"installed-{extra}" if extra else "installed")


def _is_ready(folder: Path, extra: str, recipe: bytes) -> bool:
    try:
        return _stamp(folder, extra).read_bytes() == recipe and Path(_python(folder)).exists()
    except FileNotFoundError:
        return False


def _write_stamps(folder: Path, extra: str, recipe: bytes) -> None:
    """Note that the environment is complete, with the extra and without."""
    for name in {extra, ""}:
        unfinished = folder / "unfinished"
        unfinished.write_bytes(recipe)
        unfinished.replace(_stamp(folder, name))


def _is_sound(folder: Path) -> bool:
    """True for an environment that was complete once and still starts: then pip only has to bring it up to date."""
    if not _stamp(folder, "").exists():
        return False
    try:
        return subprocess.run([_python(folder), "-c", "import pip"], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:  # the Python that it was made with has gone
        return False


def _empty(folder: Path) -> None:
    for entry in folder.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        elif entry.name != LOCK:
            entry.unlink()


def _python(folder: Path) -> str:
    parts = ("Scripts", "python.exe") if sys.platform == "win32" else ("bin", "python")
    return str(folder.resolve().joinpath(*parts))


def _run(lock: int, *command: str) -> None:
    """Run one step of the installation. lock: kept open in the child, so that it outlives us."""
    kept = () if sys.platform == "win32" else (lock,)
    if subprocess.run(command, cwd=ROOT, stdout=sys.stderr, pass_fds=kept, check=False).returncode:
        raise InstallError("The installation did not finish, for the reason above: mend it and start again.")


def _require_system_libraries() -> None:
    """Raise InstallError if a library is missing that cannot be installed here."""
    missing = _missing_libraries()
    if missing and subprocess.run([ROOT / "installer" / "apt", *missing.values()], check=False).returncode:
        raise InstallError(
            f"Image Engine needs {' and '.join(missing)}, which this system lacks: install them with "
            f"'sudo apt-get install {' '.join(missing.values())}', or what your system calls them, and start again."
        )


def _missing_libraries() -> dict[str, str]:
    if sys.platform != "linux":
        return {}
    return {library: package for library, package in SYSTEM_LIBRARIES.items() if not _loads(library)}


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
