"""The file of the settings: TOML, read at any version so far and replaced in one step."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from engines.errors import SettingError

Table = dict[str, Any]  # a TOML document as tomllib gives it

# Each step turns the table of one version into that of the next; version 1 + n comes out of the n-th.
UPGRADES: tuple[Callable[[Table], Table], ...] = ()
VERSION = 1 + len(UPGRADES)


def upgraded(table: Table, upgrades: Sequence[Callable[[Table], Table]] = UPGRADES) -> Table:
    """A table of any version so far (without a number: of the first) as the newest; ValueError if it is newer still."""
    version = table.get("version", 1)
    newest = 1 + len(upgrades)
    if not isinstance(version, int) or not 1 <= version <= newest:
        raise ValueError(version)
    for upgrade in upgrades[version - 1 :]:
        table = upgrade(table)
    return table | {"version": newest}


def read(path: Path) -> Table:
    """The file's table at the newest version, empty if there is no file; raises SettingError."""
    try:
        table = tomllib.loads(path.read_bytes().decode("utf-8-sig"))  # Notepad still writes a byte order mark
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise broken(path, f"cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise broken(path, f"is not UTF-8 text at line {line}", line=line) from error
    except tomllib.TOMLDecodeError as error:
        raise broken(path, f"is not valid TOML: {_toml_fault(error)}", line=_toml_line(error)) from error
    return _newest(path, table)


def write(path: Path, table: Table) -> None:
    """Replace the file in one step, on the disk before this returns; raises SettingError with the old one in place."""
    import tomli_w  # only whoever saves pays for it

    target = path.resolve()  # a link, as people keep them for their dot files, stays one
    new = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with new.open("wb") as file:
            tomli_w.dump(table, file)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, new)
        new.replace(target)
    except OSError as error:
        with contextlib.suppress(OSError):
            new.unlink()
        text = f"The settings could not be saved in {path} ({error.strerror}); what was there before is unchanged."
        raise SettingError("settings_save", text, file=str(path)) from error


def broken(path: Path, what: str, **params: Any) -> SettingError:
    """The error for a file that a person must mend. what: goes on from its name."""
    text = f"The settings file {path} {what}. Correct it, or move it away to start from the defaults."
    return SettingError("settings_file", text, file=str(path), **params)


def _newest(path: Path, table: Table) -> Table:
    try:
        return upgraded(table)
    except ValueError as error:
        raise broken(path, f"is of version {error}, this program knows up to {VERSION}", version=str(error)) from error


def _toml_fault(error: tomllib.TOMLDecodeError) -> str:
    return str(error).replace(" (at ", " at ").removesuffix(")")


def _toml_line(error: tomllib.TOMLDecodeError) -> int | None:
    """Where the text ends within a value, tomllib says 'at end of document' and names no line."""
    found = re.search(r"at line (\d+)", str(error))
    return int(found.group(1)) if found else None
