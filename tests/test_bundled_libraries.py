"""The C libraries inside the wheels that decode strangers' files are no older than their last known hole."""

from __future__ import annotations

import re

import apsw
import av
import pillow_heif
import pytest
import rawpy
from PIL import features

FLOORS = {
    "SQLite": (3, 51, 3),  # could damage a WAL library before
    "FFmpeg": (8, 1, 2),  # CVE-2026-8461
    "libavif": (1, 3, 0),  # CVE-2025-48174
    "libheif": (1, 23, 3),  # "HEIF Heist"
    "libraw": (0, 22, 1),
    "libtiff": (4, 7, 1),  # CVE-2025-9900
    "libwebp": (1, 3, 2),  # CVE-2023-4863
    "openjpeg": (2, 5, 4),  # CVE-2025-54874
}


def versions() -> dict[str, tuple[int, ...]]:
    """What is really loaded, by the names of FLOORS."""
    texts = {
        "FFmpeg": av.ffmpeg_version_info,
        "SQLite": apsw.sqlite_lib_version(),
        "libavif": features.version_module("avif"),
        "libheif": pillow_heif.libheif_version(),
        "libtiff": features.version_codec("libtiff"),
        "libwebp": features.version_module("webp"),
        "openjpeg": features.version_codec("jpg_2000"),
    }
    numbers = {name: tuple(map(int, re.findall(r"\d+", text or ""))) for name, text in texts.items()}
    return numbers | {"libraw": rawpy.libraw_version}


@pytest.mark.parametrize("name", FLOORS)
def test_a_bundled_library_has_no_known_hole(name: str) -> None:
    assert versions()[name] >= FLOORS[name]
