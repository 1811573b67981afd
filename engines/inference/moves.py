"""Puts a finished folder in the place of another one, so that whenever the program is ended one of the two is there.

No system exchanges two folders at once everywhere. So the old one is first moved aside under a name that says where it
belongs; if the program ends before the new one is in its place, the next one moves the old one back.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import psutil

_ASIDE = "aside-"  # then the process, and where in the folder of networks it belongs


def move_in(new: Path, place: Path, root: Path, aside: Path) -> None:
    """Put a finished folder in its place below `root`. aside: a folder on the same disk for what was there."""
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    belongs = "+".join(place.relative_to(root).parts)
    old = aside / f"{_ASIDE}{os.getpid()}-{belongs}"
    if place.exists():
        os.replace(place, old)
    os.replace(new, place)
    shutil.rmtree(old, ignore_errors=True)


def mend(root: Path, aside: Path) -> None:
    """Move back what a process that has ended left aside, and delete it where the new one came."""
    for old in aside.glob(f"{_ASIDE}*"):
        pid, _, belongs = old.name.removeprefix(_ASIDE).partition("-")
        if not pid.isdecimal() or psutil.pid_exists(int(pid)):
            continue  # it is under way
        place = root.joinpath(*belongs.split("+"))
        try:
            if place.exists():
                shutil.rmtree(old, ignore_errors=True)
            else:
                os.replace(old, place)
        except OSError:
            continue  # another one was faster
