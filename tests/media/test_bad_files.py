"""Damaged, misnamed and hostile files: each ends in a state with a sentence, within bounded memory."""

from __future__ import annotations

import json
import random
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from engines.errors import MediaError
from engines.media.open_file import OpenFile, open_file
from engines.types import State
from tests.make_media import make_heic, make_photo, make_raw, make_video
from tests.media.conftest import OpenBytes
from tests.media.labels import rows

REJECTED = {State.CORRUPT, State.UNSUPPORTED, State.REFUSED}
# What a row of labels.csv expects -> how its file may end.
EXPECTED = {
    "ok": {State.OK},
    "ok, thumbnail at least 1 pixel high": {State.OK},
    "ok or partial": {State.OK, State.PARTIAL},
    # bad_exif_1.jpg says so too, yet libjpeg finds its picture data damaged, and they look it.
    "picture ok, EXIF ignored": {State.OK, State.PARTIAL},
    "picture ok": {State.OK},
    "picture ok, position ignored": {State.OK},
    "picture ok, date unknown": {State.OK},
    "by content: JPEG": {State.OK},
    "by content: PNG": {State.OK},
    "by content: JPEG, or reject": {State.OK},
    "partial: upper part decodes, or reject": {State.PARTIAL},
    "partial or reject": {State.PARTIAL, *REJECTED},
    "decodes with damage or reject": {State.PARTIAL},
    "first shots play, then ends": {State.PARTIAL},
    "reject or recover": {State.OK, State.PARTIAL, *REJECTED},
    "reject": REJECTED,
    "refuse": {State.REFUSED},
    "refuse without exhausting memory": {State.REFUSED},
    "refuse or decode within limits": {State.REFUSED},
}


def end_of(file: OpenFile) -> State | None:
    """How the file stands after everything was tried."""
    with suppress(MediaError):
        _ = file.frame
    return file.content.state


def test_every_bad_file_ends_as_its_label_expects(media_folder: Path) -> None:
    wrong = {}
    for row in rows(media_folder, "bad"):
        state = end_of(open_file(str(media_folder / row["file"])))
        if state not in EXPECTED[row["expect"]]:
            wrong[row["file"]] = (state, row["expect"])
    assert wrong == {}


@pytest.mark.parametrize(
    "name", ["jpeg_named.nef", "jpeg_named.heic", "jpeg_named.png", "jpeg_named.mp4", "png_named.jpg"]
)
def test_a_misnamed_file_is_read_by_its_content(media_folder: Path, name: str) -> None:
    assert open_file(str(media_folder / "bad" / name)).format.name == name[: name.index("_")]


def test_every_fault_is_one_sentence_that_names_its_file(media_folder: Path) -> None:
    for row in rows(media_folder, "bad"):
        file = open_file(str(media_folder / row["file"]))
        if end_of(file) is not State.OK:
            assert file.content.problem is not None
            text = file.content.problem.text
            assert text.startswith(file.name)
            assert text.endswith(".")
            assert "\n" not in text


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("bomb_40000x40000.png", "asks for 1.6 gigapixels; up to 300 megapixels are opened."),
        ("bomb.gif", "asks for 4.4 gigapixels; up to 300 megapixels are opened."),
        ("empty.jpg", "is empty."),
        ("html_named.jpg", "is a web page, not a picture."),
        ("text_named.mp4", "is plain text, not a picture."),
        ("truncated_half.jpg", "is cut short: only the upper 51 % of its picture could be read."),
        ("truncated_header.jpg", "is broken off or damaged before its picture begins."),
    ],
)
def test_the_sentence_says_what_happened(media_folder: Path, name: str, sentence: str) -> None:
    file = open_file(str(media_folder / "bad" / name))
    end_of(file)
    assert file.content.problem is not None
    assert file.content.problem.text == f"{name} {sentence}"


MEASURE = r"""
import json, re, sys
from engines.media.open_file import open_file
from engines.errors import MediaError
states = []
for path in sys.argv[1:]:
    file = open_file(path)
    try:
        file.frame
    except MediaError:
        pass
    states.append(file.content.state)
print(json.dumps([states, int(re.search(r"VmHWM:\s+(\d+)", open("/proc/self/status").read())[1]) / 1024]))
"""


def states_and_peak_mb(*paths: Path) -> tuple[list[str], float]:
    """Decodes the files in a process of its own. Returns their states, and the most memory it had."""
    if not Path("/proc/self/status").exists():
        pytest.skip("memory is measured by what only Linux tells")
    command = [sys.executable, "-c", MEASURE, *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
    states, peak_mb = json.loads(done.stdout)
    return states, peak_mb


def test_a_tiny_file_that_promises_much_is_not_decoded_for_what_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "promise.png"
    path.write_bytes(made_png(10, 10).replace(struct.pack(">II", 10, 10), struct.pack(">II", 17_000, 17_000)))
    states, peak_mb = states_and_peak_mb(path)
    assert states == ["corrupt"]
    assert peak_mb < 300


def test_bombs_are_refused_in_little_memory(media_folder: Path) -> None:
    names = ("bomb_40000x40000.png", "bomb_header.png", "bomb_17000x17000.avif", "bomb.gif")
    states, peak_mb = states_and_peak_mb(*(media_folder / "bad" / name for name in names))
    assert states == ["refused"] * len(names)
    assert peak_mb < 300


def made_png(width: int, height: int) -> bytes:
    """A black RGB picture, packed row by row."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    packer = zlib.compressobj(1)
    rows = b"".join(packer.compress(bytes(1 + 3 * width)) for _ in range(height)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_a_huge_picture_needs_no_second_copy_of_itself(tmp_path: Path) -> None:
    path = tmp_path / "huge.png"
    path.write_bytes(made_png(10_000, 6_000))
    states, peak_mb = states_and_peak_mb(path)
    assert states == ["ok"]
    assert peak_mb < 60_000_000 * 4 / 1024**2 + 200


def test_a_huge_jpeg_is_scaled_while_it_is_decoded(tmp_path: Path) -> None:
    path = tmp_path / "huge.jpg"
    path.write_bytes(make_photo((12_000, 8_000), mode="L", quality=40))
    states, peak_mb = states_and_peak_mb(path)
    assert states == ["ok"]
    assert peak_mb < 200


def test_a_progressive_jpeg_that_needs_all_its_memory_at_once_has_a_lower_limit(open_bytes: OpenBytes) -> None:
    data = make_photo(progressive=True)
    at = data.index(b"\xff\xc2") + 5
    large = data[:at] + struct.pack(">HH", 20_000, 20_000) + data[at + 4 :]
    with pytest.raises(MediaError, match="asks for 400 megapixels; up to 200 megapixels are opened"):
        _ = open_bytes(large).header


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
def test_a_jpeg_cut_in_half_shows_its_upper_part(open_bytes: OpenBytes, mode: str) -> None:
    whole = make_photo((640, 480), mode=mode)
    file = open_bytes(whole[: int(len(whole) * 0.6)], "half.jpg")
    assert end_of(file) is State.PARTIAL
    assert file.damage is not None
    assert file.damage.text.startswith("half.jpg is cut short: only the upper ")


def test_a_progressive_jpeg_cut_short_is_coarse(open_bytes: OpenBytes, media_folder: Path) -> None:
    whole = (media_folder / "photos/progressive.jpg").read_bytes()
    file = open_bytes(whole[: len(whole) // 2], "half.jpg")
    assert file.damage is not None
    assert file.damage.text == "half.jpg is cut short: its picture is coarse or incomplete."


def test_a_jpeg_without_its_last_bytes_is_partial(open_bytes: OpenBytes) -> None:
    file = open_bytes(make_photo((640, 480))[:-2])
    assert end_of(file) is State.PARTIAL


@pytest.mark.parametrize("format", ["PNG", "TIFF", "BMP", "GIF"])
def test_other_pictures_cut_short_show_what_comes_before(open_bytes: OpenBytes, format: str) -> None:
    options: dict[str, Any] = {"compression": "tiff_lzw"} if format == "TIFF" else {}
    whole = make_photo((640, 480), format=format, **options)
    file = open_bytes(whole[: int(len(whole) * 0.7)])
    assert end_of(file) in (State.PARTIAL, State.CORRUPT)


def test_a_png_cut_short_says_how_much_there_is(open_bytes: OpenBytes, media_folder: Path) -> None:
    whole = (media_folder / "photos/kodim03.png").read_bytes()
    file = open_bytes(whole[: len(whole) // 2], "half.png")
    assert file.damage is not None
    assert file.damage.text == "half.png is cut short: only the upper 51 % of its picture could be read."


SEEDS: dict[str, Callable[[], bytes]] = {
    "jpeg": make_photo,
    "cmyk": lambda: make_photo(mode="CMYK"),
    "png": lambda: make_photo(format="PNG", mode="P"),
    "gif": lambda: make_photo(format="GIF"),
    "bmp": lambda: make_photo(format="BMP"),
    "tiff": lambda: make_photo(format="TIFF", compression="tiff_lzw", orientation=6),
    "webp": lambda: make_photo(format="WebP"),
    "avif": lambda: make_photo(format="AVIF"),
    "heic": make_heic,
    "dng": lambda: make_raw((64, 48)),
    "mp4": make_video,
    "mkv": lambda: make_video(container="matroska"),
    "avi": lambda: make_video(container="avi"),
    "mpegts": lambda: make_video(container="mpegts", codec="mpeg2video", fps=25),
}


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The bytes with a few of them changed, taken out or cut off; most of it near the beginning, where headers are."""
    broken = bytearray(data)
    for _ in range(chance.choice((1, 2, 8))):
        at = chance.randrange(min(len(broken), chance.choice((200, 3000, len(broken)))) or 1)
        match chance.randrange(5):
            case 0:
                del broken[at + 1 :]
            case 1:
                del broken[at : at + chance.randrange(1, 40)]
            case 2:
                broken[at : at + 4] = chance.choice((b"\xff\xff\xff\xff", bytes(4), b"\x7f\xff\xff\xff"))
            case _:
                broken[at : at + 1] = bytes([chance.randrange(256)])
    return bytes(broken)


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_happened_to_a_file_it_ends_in_a_state(open_bytes: OpenBytes, seed: str) -> None:
    whole = SEEDS[seed]()
    chance = random.Random(seed)
    for _ in range(40):
        assert end_of(open_bytes(damaged(whole, chance))) in {State.OK, State.PARTIAL, *REJECTED}
