"""Reading a file once."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

import pytest

from engines.errors import MediaError
from engines.media import digest
from engines.media import open_file as opening
from engines.media.digest import WHOLE_BYTES, Digest
from engines.media.open_file import OpenFile, open_file, peek
from engines.types import Kind, State
from tests.make_media import make_photo, make_raw, make_video
from tests.media.conftest import OpenBytes


def test_a_small_files_digest_is_of_all_its_bytes(open_bytes: OpenBytes) -> None:
    data = make_photo()
    content = open_bytes(data).content
    assert (content.digest, content.whole, content.size) == (
        hashlib.blake2b(data, digest_size=16).digest(),
        True,
        len(data),
    )


def test_content_names_format_and_kind(open_bytes: OpenBytes) -> None:
    content = open_bytes(make_video(), "a.jpg").content
    assert (content.format, content.kind, content.raw) == ("mp4", Kind.VIDEO, False)


def sparse_video(path: Path, size: int, *, at: int | None = None) -> Path:
    """A file that begins as a film does and is zero elsewhere, but for one byte."""
    path.write_bytes(b"\0\0\0\x10ftypisom\0\0\0\0")
    with path.open("r+b") as stream:
        stream.truncate(size)
        if at is not None:
            stream.seek(at)
            stream.write(b"\1")
    return path


def test_a_large_files_digest_is_of_size_and_samples(tmp_path: Path) -> None:
    one = open_file(str(sparse_video(tmp_path / "one.mp4", WHOLE_BYTES + 1))).content
    longer = open_file(str(sparse_video(tmp_path / "two.mp4", WHOLE_BYTES + 2))).content
    assert not one.whole
    assert one.digest != longer.digest


@pytest.mark.parametrize("at", [WHOLE_BYTES, WHOLE_BYTES // 15])
def test_samples_reach_from_the_first_to_the_last_byte(tmp_path: Path, at: int) -> None:
    plain = open_file(str(sparse_video(tmp_path / "one.mp4", WHOLE_BYTES + 1))).content
    other = open_file(str(sparse_video(tmp_path / "two.mp4", WHOLE_BYTES + 1, at=at))).content
    assert plain.digest != other.digest


def test_a_file_that_is_no_media_has_a_digest_and_a_reason(open_bytes: OpenBytes) -> None:
    content = open_bytes(b"dear diary", "IMG_1.jpg").content
    assert (content.state, content.format, content.kind) == (State.UNSUPPORTED, None, None)
    assert content.problem is not None
    assert content.problem.text == "IMG_1.jpg is plain text, not a picture."
    assert content.digest == hashlib.blake2b(b"dear diary", digest_size=16).digest()


@pytest.mark.parametrize("attribute", ["format", "data", "header", "frame", "damage"])
def test_a_file_that_is_no_media_refuses_every_question(open_bytes: OpenBytes, attribute: str) -> None:
    with pytest.raises(MediaError) as caught:
        getattr(open_bytes(b""), attribute)
    assert caught.value.state is State.UNSUPPORTED


def test_a_photo_larger_than_allowed_is_hashed_and_refused(tmp_path: Path) -> None:
    path = tmp_path / "IMG_1.jpg"
    path.write_bytes(make_photo())
    file = open_file(str(path), max_bytes=100)
    assert (file.content.state, file.content.format) == (State.REFUSED, "jpeg")
    with pytest.raises(MediaError, match=r"IMG_1\.jpg has 0.0 GiB, more than a photo may have"):
        _ = file.frame


def test_a_video_larger_than_a_photo_may_be_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "film"
    path.write_bytes(make_video())
    assert open_file(str(path), max_bytes=100).frame.time_s is not None


def test_a_missing_file_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match=r"gone\.jpg cannot be read: it is no longer there") as caught:
        open_file(str(tmp_path / "gone.jpg"))
    assert caught.value.state is State.UNREADABLE


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="cannot be read: it is"):
        open_file(str(tmp_path))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_named_pipe_does_not_hold_us_up(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    with pytest.raises(MediaError, match="it is no ordinary file"):
        open_file(str(tmp_path / "pipe.jpg"))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is forbidden to this user")
def test_a_forbidden_file_says_so(tmp_path: Path) -> None:
    path = tmp_path / "secret.jpg"
    path.write_bytes(make_photo())
    path.chmod(0)
    with pytest.raises(MediaError, match="you have no permission to read it"):
        open_file(str(path))


def test_a_file_that_grows_while_it_is_read_is_to_be_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "growing.jpg"
    path.write_bytes(make_photo())

    def digest_while_growing(stream: BinaryIO, size: int) -> Digest:
        with path.open("ab") as writer:
            writer.write(b"more")
        return digest.digest_of(stream, size)

    monkeypatch.setattr(opening, "digest_of", digest_while_growing)
    with pytest.raises(MediaError) as caught:
        open_file(str(path))
    assert (caught.value.state, caught.value.message.params["changed"]) == (State.UNREADABLE, True)


def test_a_video_replaced_after_it_was_hashed_is_to_be_read_again(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    path.write_bytes(make_video())
    file = open_file(str(path))
    path.write_bytes(make_video(fps=5))
    with pytest.raises(MediaError) as caught:
        _ = file.frame
    assert caught.value.message.params["changed"] is True


@pytest.mark.skipif(os.name == "nt", reason="names are text there")
def test_a_name_that_is_not_utf_8_is_opened(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/\xff\xe9.jpg"
    with open(path, "wb") as stream:
        stream.write(make_photo())
    file = open_file(os.fsdecode(path))
    assert (file.name, file.frame.width) == ("\udcff\udce9.jpg", 64)


def test_an_error_is_the_same_each_time(open_bytes: OpenBytes) -> None:
    file = open_bytes(make_photo()[:100])

    def said() -> str:
        with pytest.raises(MediaError) as caught:
            _ = file.header
        return str(caught.value)

    assert said() == said()


def test_content_of_a_raw_says_so(open_bytes: OpenBytes) -> None:
    assert open_bytes(make_raw()).content.raw


def test_the_state_is_open_until_the_picture_was_asked_for(open_bytes: OpenBytes) -> None:
    whole = make_photo((320, 240))
    file = open_bytes(whole[: len(whole) // 2])
    before = file.content.state
    _ = file.frame
    assert (before, file.content.state, file.content.problem) == (None, State.PARTIAL, file.damage)


def test_a_header_that_can_be_read_outlives_a_picture_that_cannot(open_bytes: OpenBytes) -> None:
    data = make_photo(format="AVIF")
    file = open_bytes(data[: data.index(b"mdat") + 20])
    with pytest.raises(MediaError):
        _ = file.frame
    assert (file.content.state, file.header.width) == (State.CORRUPT, 64)


def test_what_was_decoded_is_kept(open_bytes: OpenBytes) -> None:
    file = open_bytes(make_photo())
    assert file.frame is file.frame


def test_peek_tells_the_format_without_reading_on(tmp_path: Path) -> None:
    path = sparse_video(tmp_path / "huge", 1 << 40)
    form = peek(str(path))
    assert form is not None
    assert form.name == "mp4"


def test_peek_finds_nothing_in_a_text(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"dear diary")
    assert peek(str(tmp_path / "a.jpg")) is None


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="open files cannot be counted here")
@pytest.mark.parametrize("data", [make_photo(), make_video(), make_video()[:3000], b"text"])
def test_no_file_stays_open(open_bytes: OpenBytes, data: bytes) -> None:
    def use(file: OpenFile) -> None:
        with suppress(MediaError):
            _ = file.frame

    use(open_bytes(data))
    before = len(os.listdir("/proc/self/fd"))
    use(open_bytes(data))
    assert len(os.listdir("/proc/self/fd")) == before
