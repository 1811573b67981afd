"""What every command starts from: the settings and the library that were asked for."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import platformdirs

from engines.command_line.output import ProgressLine, say
from engines.errors import SettingError, UsageError
from engines.inference import sets
from engines.library.library import Library, Tell
from engines.settings import Settings, notes

_APPLICATION = "image-engine"


def settings_of(command: argparse.Namespace) -> Settings:
    """The settings file, then what --set says; what in the file has no effect is told. Raises SettingError.

    From here on this process works with the networks that they name.
    """
    if command.config and not Path(command.config).exists():
        raise SettingError("no_settings_file", f"There is no settings file {command.config}.", file=command.config)
    path = settings_path(command)
    settings = Settings.load(path)
    for note in notes(path):
        say(note.text, sys.stderr)
    settings = settings.with_assignments(command.assignments or ())
    sets.use(settings.analysis.networks, settings.analysis.detector)
    return settings


def settings_path(command: argparse.Namespace) -> Path:
    """The settings file that was named, else the platform's place for it."""
    return Path(command.config) if command.config else platformdirs.user_config_path(_APPLICATION) / "settings.toml"


def library_folder(command: argparse.Namespace) -> Path:
    """The folder that was named, else the platform's place for a user's data. Raises UsageError for an empty name."""
    if command.library == "":  # as of a variable that is not set; it must not fill another library
        raise UsageError("no_folder_named", "--library names no folder: write --library DIR.")
    if command.library:
        return Path(command.library).absolute()
    return platformdirs.user_data_path(_APPLICATION) / "library"


def open_library(command: argparse.Namespace, *, writable: bool, tell: Tell | None = None) -> Library:
    """tell: see Library; None: a line on stderr. Raises LibraryError, UsageError."""
    if tell is not None:
        return Library(library_folder(command), writable=writable, tell=tell)
    line = ProgressLine()
    text = "Bringing the library up to date: {:,} of {:,} items"
    try:
        return Library(
            library_folder(command), writable=writable, tell=lambda done, total: line.tell(text.format(done, total))
        )
    finally:
        line.clear()
