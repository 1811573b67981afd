"""The other programs of the system that open a file: as desktop entries tell of them on Linux and the like."""

from __future__ import annotations

import configparser
import os
import re
import shlex
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QLocale, QMimeDatabase, QProcess, QUrl

_ENTRY = "Desktop Entry"
_OURS = "image-engine.desktop"
_MOST_BYTES = 200_000  # of a desktop entry; they have some thousand
_CODE = re.compile(r"%[a-zA-Z%]")


@dataclass(frozen=True, slots=True)
class Program:
    """name: in the person's language. icon: a name in the desktop's theme, or a path. command: as `Exec` says it."""

    name: str
    icon: str
    command: tuple[str, ...]

    def open(self, path: str) -> bool:
        """Start it with the file. False if it cannot be started."""
        program, *arguments = _filled(self.command, path)
        return QProcess.startDetached(program, arguments)[0]


def programs_for(path: str) -> list[Program]:
    """Those that say they open such files, by name; none on systems that ask by themselves, see choose_program.

    Reads some hundred small files: not for the UI thread.
    """
    if sys.platform in ("win32", "darwin"):
        return []
    kind = QMimeDatabase().mimeTypeForFile(path, QMimeDatabase.MatchMode.MatchExtension)
    kinds = {kind.name(), *kind.aliases()}
    seen: set[str] = set()
    found: dict[str, Program] = {}
    for folder in _folders():
        for file in sorted(folder.rglob("*.desktop")):
            identity = "-".join(file.relative_to(folder).parts)  # the first folder that has it decides
            if identity not in seen and identity != _OURS:
                program = _read(file, kinds)
                if program is not None:
                    found.setdefault(program.name, program)
            seen.add(identity)
    return sorted(found.values(), key=lambda program: program.name.casefold())


def choose_program(path: str) -> bool:
    """Let the system itself ask with which program to open the file. False where it has no such question."""
    if sys.platform != "win32":
        return False
    return QProcess.startDetached("rundll32.exe", ["shell32.dll,OpenAs_RunDLL", os.path.normpath(path)])[0]


def _folders() -> Iterator[Path]:
    """As the XDG Base Directory Specification orders them."""
    home = os.environ.get("XDG_DATA_HOME") or os.path.expanduser("~/.local/share")
    others = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    for folder in [home, *others.split(":")]:
        if os.path.isabs(folder):
            yield Path(folder) / "applications"


def _read(file: Path, kinds: set[str]) -> Program | None:
    """None for what is no program with a window that opens one of these kinds."""
    parser = configparser.RawConfigParser(strict=False, delimiters=("=",), comment_prefixes=("#",))
    parser.optionxform = str  # type: ignore[assignment, method-assign]  # keys are not folded: Name[de] is one
    try:
        with file.open("rb") as entry:
            parser.read_string(entry.read(_MOST_BYTES).decode("utf-8", "replace"))
        entries = dict(parser.items(_ENTRY))
    except (OSError, configparser.Error):
        return None
    hidden = {"true"} & {entries.get(key, "").casefold() for key in ("NoDisplay", "Hidden", "Terminal")}
    if entries.get("Type") != "Application" or hidden or kinds.isdisjoint(entries.get("MimeType", "").split(";")):
        return None
    command = _parsed(entries.get("Exec", ""))
    name = _in_language(entries, "Name")
    return Program(name, entries.get("Icon", ""), command) if command and name else None


def _in_language(entries: dict[str, str], key: str) -> str:
    locale = QLocale().name()
    language = locale.partition("_")[0]
    return next((entries[name] for name in (f"{key}[{locale}]", f"{key}[{language}]", key) if entries.get(name)), "")


def _parsed(text: str) -> tuple[str, ...]:
    """The words of an `Exec` line; empty for one that cannot be read."""
    try:
        return tuple(shlex.split(text.replace("\\\\", "\\")))
    except ValueError:
        return ()


def _filled(command: tuple[str, ...], path: str) -> list[str]:
    """The command with the file in it: in place of its field code, else as its last word."""
    url = QUrl.fromLocalFile(path).toString(QUrl.ComponentFormattingOption.FullyEncoded)
    values = {"%f": path, "%F": path, "%u": url, "%U": url, "%%": "%"}
    words = [_CODE.sub(lambda code: values.get(code[0], ""), word) for word in command]
    takes_file = any(code in word for word in command for code in ("%f", "%F", "%u", "%U"))
    kept = [word for word, written in zip(words, command, strict=True) if word or not _CODE.search(written)]
    return kept if takes_file else [*kept, path]
