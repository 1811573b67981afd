"""Real files with random damage, through the whole program: each ends in some state with a reason."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engines.types import State
from tests.program import Program

SEED = 20261121
# One small file for every decoder; where there are several sorts, one with plenty of metadata.
SOURCES = (
    "photos/Sony DigitalMavica.jpg",
    "photos/thompson-springs.jpg",
    "photos/progressive.jpg",
    "photos/cmyk.jpg",
    "photos/rgba_small.png",
    "photos/rgb_16bit.png",
    "photos/HTC Desire.webp",
    "photos/Animation Lossy.webp",
    "photos/newtonscradle.gif",
    "photos/DudleyLeavittUtah.tiff",
    "photos/multipage.tif",
    "photos/iphone_7.heic",
    "photos/nokia_hdr_16mp.heif",
    "photos/fox.avif",
    "photos/canon_eos_6d.dng",
    "videos/very_short_1s.mp4",
    "videos/traffic_hevc.mp4",
    "videos/bird_vp9.webm",
    "videos/geese_av1.mkv",
    "videos/phone_portrait_gps.mov",
)
ENDS = {State.OK, State.PARTIAL, State.CORRUPT, State.UNSUPPORTED, State.REFUSED}
HEADER_BYTES = 2048  # where most of what a decoder believes is written


def flip(data: bytes, chance: random.Random) -> bytes:
    """Some wrong bits, half of the time near the beginning."""
    damaged = bytearray(data)
    end = min(len(data), HEADER_BYTES) if chance.random() < 0.5 else len(data)
    for _ in range(chance.choice((1, 4, 32))):
        damaged[chance.randrange(end)] ^= 1 << chance.randrange(8)
    return bytes(damaged)


def extreme(data: bytes, chance: random.Random) -> bytes:
    """A number of the header that is as large, or as small, as it can be."""
    place, size = chance.randrange(min(len(data), HEADER_BYTES)), chance.choice((1, 2, 4))
    return data[:place] + chance.choice((b"\0", b"\xff", b"\x7f")) * size + data[place + size :]


def cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def splice(data: bytes, chance: random.Random) -> bytes:
    """A stretch put in another place, over or between what was there."""
    start = chance.randrange(len(data))
    stretch = data[start : start + chance.randrange(1, 4096)]
    place = chance.randrange(len(data))
    return data[:place] + stretch + data[place + chance.choice((0, len(stretch))) :]


DAMAGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (flip, flip, extreme, cut, splice)


def make_mutants(media_folder: Path, folder: Path, count: int) -> None:
    """Damaged files, the same for the same count; their names tell how to make them again."""
    folder.mkdir()
    sources = [(Path(name).suffix, (media_folder / name).read_bytes()) for name in SOURCES]
    for number in range(count):
        suffix, data = sources[number % len(sources)]
        chance = random.Random(f"{SEED} {number}")
        for _ in range(chance.choice((1, 1, 2))):
            data = chance.choice(DAMAGES)(data, chance) or b"\0"
        (folder / f"mutant {number:05}{suffix}").write_bytes(data)


def import_mutants(media_folder: Path, place: Path, count: int) -> None:
    make_mutants(media_folder, place / "mutants", count)
    program = Program(place / "library", limit_s=1500)
    settings = ["analysis.workers=2", "analysis.job_seconds=20"]
    report = program.json("import", place / "mutants", *(word for one in settings for word in ("--set", one)))
    told: list[dict[str, Any]] = [*report["failed"], *report["partial"]]
    states = program.json("status")["files"]
    assert states.pop("total") == report["examined"] == count
    assert set(states) <= ENDS
    assert sum(states.values()) - states.get("ok", 0) == len(told)
    nameless = [one["text"] for one in told if os.path.basename(one["path"]) not in one["text"]]
    assert nameless == []
    ours = [one["text"] for one in told if "fault of this program" in one["text"]]
    assert ours == []
    assert program.json("check", "--quick")["whole"]


def test_damaged_files_end_in_a_state_with_a_reason(media_folder: Path, tmp_path: Path) -> None:
    import_mutants(media_folder, tmp_path, count=60)


@pytest.mark.fuzz
@pytest.mark.timeout(1800)
def test_two_thousand_damaged_files_end_in_a_state_with_a_reason(media_folder: Path, tmp_path: Path) -> None:
    import_mutants(media_folder, tmp_path, count=2000)
