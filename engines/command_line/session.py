"""What every command starts from: the settings and the library that were asked for."""

from __future__ import annotations

import argparse
from pathlib import Path

import platformdirs

from engines.library.library import Library
from engines.settings import Settings

_APPLICATION = "image-engine"


def settings_of(command: argparse.Namespace) -> Settings:
    """The settings file, then what --set says. Raises SettingError."""
    path = Path(command.config) if command.config else platformdirs.user_config_path(_APPLICATION) / "settings.toml"
    return Settings.load(path).with_assignments(command.assignments or ())


def library_folder(command: argparse.Namespace) -> Path:
    """The folder that was named, else the platform's place for a user's data."""
    if command.library:
        return Path(command.library).absolute()
    return platformdirs.user_data_path(_APPLICATION) / "library"


def open_library(command: argparse.Namespace, *, writable: bool) -> Library:
    """Raises LibraryError."""
    return Library(library_folder(command), writable=writable)
