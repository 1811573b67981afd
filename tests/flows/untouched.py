"""Telling whether anything about the files of a folder was changed."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

Stamp = tuple[object, ...]
Stamps = dict[bytes, Stamp]


def stamps(folder: Path) -> Stamps:
    """Bytes, times, permissions, owner and extended attributes of everything below a folder, itself included.

    The time of the last status change is among them: it tells even of a change that was taken back. The time of the
    last reading is not.
    """
    found = {b"": _stamp(os.fsencode(folder))}
    for place, folders, names in os.walk(os.fsencode(folder)):
        for name in [*folders, *names]:
            path = os.path.join(place, name)
            found[os.path.relpath(path, os.fsencode(folder))] = _stamp(path)
    return found


def _stamp(path: bytes) -> Stamp:
    status = os.lstat(path)
    attributes = {name: os.getxattr(path, name, follow_symlinks=False) for name in _attribute_names(path)}
    times = (status.st_mtime_ns, status.st_ctime_ns)
    return (_digest(path), status.st_size, status.st_mode, status.st_uid, status.st_gid, *times, attributes)


def _attribute_names(path: bytes) -> list[str]:
    return os.listxattr(path, follow_symlinks=False) if hasattr(os, "listxattr") else []


def _digest(path: bytes) -> str:
    if not os.path.isfile(path):
        return ""
    with open(path, "rb") as stream:
        return hashlib.file_digest(stream, "blake2b").hexdigest()
