"""The program in the menu of a Linux desktop: an entry and an icon in the user's own folders, put there and taken away.

Needs only Python itself.
"""

from __future__ import annotations

import os
import re
import shutil
from contextlib import suppress
from pathlib import Path

NAME = "image-engine"  # the window says the same of itself, so that a desktop knows whose it is
_ENTRY = """[Desktop Entry]
Type=Application
Name=Image Engine
GenericName=Photo Manager
GenericName[de]=Fotoverwaltung
Comment=Find your own photos and videos by what is on them
Comment[de]=Eigene Fotos und Videos finden durch das, was darauf ist
Exec={command}
Icon=image-engine
Terminal=false
Categories=Graphics;Photography;Viewer;
Keywords=photos;videos;pictures;search;
StartupNotify=true
StartupWMClass=Image Engine
"""
_SPECIAL = re.compile(r'(["`$\\])')


def put(root: Path) -> None:
    """Let the desktop's menu start this checkout; whoever came first makes room. Raises OSError."""
    entry, icon = _places()
    for file in (entry, icon):
        file.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(root / "resources" / "icon" / f"{NAME}.svg", icon)
    entry.write_text(_ENTRY.format(command=_quoted(_program(root))), "utf-8")


def remove(root: Path) -> bool:
    """Take this checkout out of the menu; another one's entry stays. Returns whether there was one."""
    entry, icon = _places()
    command = f"Exec={_quoted(_program(root))}"
    if not entry.is_file() or command not in entry.read_text("utf-8").splitlines():
        return False
    for file in (entry, icon):
        with suppress(FileNotFoundError):
            file.unlink()
    return True


def _places() -> tuple[Path, Path]:
    data = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return data / "applications" / f"{NAME}.desktop", data / "icons" / "hicolor" / "scalable" / "apps" / f"{NAME}.svg"


def _program(root: Path) -> Path:
    return root.resolve() / "installer" / "run"


def _quoted(program: Path) -> str:
    """As the Desktop Entry Specification wants a path, whatever it holds: quoted, escaped, and no field code in it."""
    quoted = _SPECIAL.sub(r"\\\1", str(program)).replace("%", "%%")
    return f'"{quoted}"'.replace("\\", "\\\\")  # the file's own strings have escapes, too
