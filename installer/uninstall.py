"""Undoes what install.py did: `python uninstall.py ENVIRONMENT`. Needs only Python itself."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from installer import desktop_entry  # noqa: E402 -- found only now

_NAME = "image-engine"


def main(environment: Path) -> int:
    """Returns the exit code."""
    if not (environment / "lock").exists():
        print(f"{environment} was not made by this installer, so it stays.", file=sys.stderr)
        return 1
    desktop_entry.remove(ROOT)
    shutil.rmtree(environment)
    print(f"Image Engine is no longer installed from {ROOT}.")
    for place in filter(Path.exists, _kept()):
        print(f"{place} stays: delete it too if you do not want to come back.")
    return 0


def _kept() -> list[Path]:
    """Where a user's libraries, settings and built networks are by default."""
    home = Path.home()
    if sys.platform == "darwin":
        return [home / "Library" / folder / _NAME for folder in ("Application Support", "Caches")]
    folders = {"XDG_DATA_HOME": ".local/share", "XDG_CONFIG_HOME": ".config", "XDG_CACHE_HOME": ".cache"}
    return [Path(os.environ.get(name) or home / folder) / _NAME for name, folder in folders.items()]


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
