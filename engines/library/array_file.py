"""Named NumPy arrays in one file: written whole or not at all, mapped into memory, refused when it is not whole.

Layout: mark, the arrays (aligned), a header in JSON, then the header's checksum and length, and the mark again. What is
said about the arrays comes last, so a file that was cut short says nothing. The arrays themselves have no checksum: to
read all of 150 MB would cost a first search more than all the rest.
"""

from __future__ import annotations

import json
import os
import struct
import time
import zlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

Arrays = dict[str, NDArray[Any]]
Key = dict[str, Any]  # what the arrays belong to; ready for JSON

_MARK = b"ImEgArr1"
_END = struct.Struct("<II8s")  # the header's checksum and its length in bytes, the mark
_ALIGNMENT = 64  # bytes, a cache line
_ABANDONED_S = 600  # a half-written file of that age has no writer any more


def save_arrays(path: Path, key: Key, arrays: Mapping[str, NDArray[Any]]) -> bool:
    """Replace the file. False if that could not be done; then the file is as it was.

    It cannot be done when the folder is read-only or the disk full, while another process writes the same file, or, on
    Windows, while somebody has the old one mapped.
    """
    temporary = path.with_name(f"{path.name}.part")
    _remove_abandoned(temporary)
    try:
        file = open(temporary, "xb")  # noqa: SIM115 -- closed below; a file that another process made must stay
    except OSError:
        return False
    try:
        with file:
            _write(file, key, arrays)
            file.flush()
            os.fsync(file.fileno())  # a power cut must not leave the new name with empty blocks behind it
        os.replace(temporary, path)
    except OSError:
        with suppress(OSError):
            temporary.unlink()
        return False
    return True


def load_arrays(path: Path) -> tuple[Key, Arrays] | None:
    """The key and the arrays; None if there is no such file or it is not whole.

    The arrays may be written to: that stays in this process's memory and never reaches the file.
    """
    try:
        data: NDArray[np.uint8] = np.memmap(path, np.uint8, "c")
    except (OSError, ValueError):  # ValueError: an empty file cannot be mapped
        return None
    header = _header(data)
    if header is None:
        return None
    arrays = {name: _array(data, *place) for name, *place in header["arrays"]}
    return header["key"], arrays


def _remove_abandoned(temporary: Path) -> None:
    with suppress(OSError):
        if time.time() - temporary.stat().st_mtime > _ABANDONED_S:
            temporary.unlink()


def _write(file: BinaryIO, key: Key, arrays: Mapping[str, NDArray[Any]]) -> None:
    file.write(_MARK)
    places = []
    for name, array in arrays.items():
        file.write(bytes(-file.tell() % _ALIGNMENT))
        places.append((name, array.dtype.str, array.shape, file.tell()))
        file.write(np.ascontiguousarray(array).data)
    header = json.dumps({"key": key, "arrays": places}).encode()
    file.write(header)
    file.write(_END.pack(zlib.crc32(header), len(header), _MARK))


def _header(data: NDArray[np.uint8]) -> dict[str, Any] | None:
    if len(data) < len(_MARK) + _END.size or data[: len(_MARK)].tobytes() != _MARK:
        return None
    checksum, length, mark = _END.unpack(data[-_END.size :].tobytes())
    if mark != _MARK or length > len(data) - len(_MARK) - _END.size:
        return None
    text = data[-_END.size - length : -_END.size].tobytes()
    if zlib.crc32(text) != checksum:
        return None
    header: dict[str, Any] = json.loads(text)
    return header


def _array(data: NDArray[np.uint8], dtype: str, shape: list[int], offset: int) -> NDArray[Any]:
    size = np.dtype(dtype).itemsize * int(np.prod(shape))
    return np.asarray(data[offset : offset + size]).view(dtype).reshape(shape)
