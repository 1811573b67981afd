"""Describing pictures from the command line: nothing leaves unasked, and nothing leaves but pixels."""

from __future__ import annotations

import base64
import io
import json
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.cloud_server import CloudServer, chat, serving
from tests.make_media import make_photo
from tests.program import Program, Ran, finish

KEY = "nvapi-SENTINEL0123456789abcdefghij"
NAME = "Sentinelname"
SENTINELS = (b"SENTINELMETA", NAME.encode(), b"Exif\0\0", b"http://ns.adobe.com")  # too long to come about by chance


@pytest.fixture
def server() -> Iterator[CloudServer]:
    with serving() as server:
        yield server


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """Three photos whose names and metadata must not leave."""
    folder = tmp_path / f"{NAME}s"
    folder.mkdir()
    for number in range(3):
        exif = Image.Exif()
        exif[0x010E] = exif[0x0110] = "SENTINELMETA"
        exif.get_ifd(0x8825).update({1: "N", 2: (10.0, 0.0, 0.0), 3: "E", 4: (10.0, 0.0, 0.0)})
        picture = Image.effect_noise((320 + number, 240), 60).convert("RGB")
        picture.save(folder / f"{NAME}{number}.jpg", exif=exif, comment=b"SENTINELMETA")
    return folder


class Cloud:
    """The program with settings that lead to our server."""

    def __init__(self, program: Program, server: CloudServer) -> None:
        self.program = program
        self.options = ("--set", "cloud.server=other", "--set", f"cloud.address={server.base}")

    def __call__(self, *arguments: object) -> Ran:
        return self.program(*arguments, *self.options)

    def json(self, *arguments: object) -> dict[str, Any]:
        found: dict[str, Any] = self.program.json(*arguments, *self.options)
        return found


@pytest.fixture
def cloud(tmp_path: Path, photos: Path, server: CloudServer, monkeypatch: pytest.MonkeyPatch) -> Cloud:
    monkeypatch.setenv("NVIDIA_API_KEY", KEY)  # not this server's: it must not be sent there
    program = Program(tmp_path / "library")
    program.json("import", photos)
    return Cloud(program, server)


def test_without_being_allowed_nothing_leaves(cloud: Cloud, photos: Path, server: CloudServer) -> None:
    ran = cloud("describe", photos)
    assert (ran.code, ran.out) == (2, "")
    assert "Nothing was sent. This would send pictures of 3 files" in ran.err
    assert "kB in 3 requests" in ran.err
    assert "127.0.0.1 (this computer)" in ran.err
    assert server.log == []


def test_what_is_allowed_once_is_allowed_later(cloud: Cloud, photos: Path, server: CloudServer) -> None:
    ran = cloud("describe", photos / f"{NAME}0.jpg", "--allow")
    assert ran.code == 0
    assert "A red bicycle" in ran.out
    assert "Sending pictures of 1 file, some " in ran.err
    assert len(server.asked) == 1
    assert cloud("describe", photos / f"{NAME}0.jpg").code == 0  # it is answered already
    assert cloud("describe", photos).code == 2  # the others were not allowed
    assert len(server.asked) == 1
    answer = cloud.json("describe", photos, "--allow")
    assert (answer["answered"], answer["waiting"], answer["stopped"]) == (2, 0, None)
    assert len(server.asked) == 3


def test_nothing_leaves_but_pixels(cloud: Cloud, photos: Path, server: CloudServer) -> None:
    cloud.json("describe", photos, "--allow")
    cloud.json("products", photos, "--allow")
    cloud.json("tags", photos, "--allow")
    assert len(server.asked) == 9
    for one in server.log:
        body = base64.b64decode(one["body"])
        headers = json.dumps(one["headers"]).encode()
        assert not [sentinel for sentinel in SENTINELS if sentinel in body + headers + one["path"].encode()]
        assert "Authorization" not in one["headers"]
        for picture in pictures(body):
            assert not [sentinel for sentinel in SENTINELS if sentinel in picture]
            assert len(picture) <= 130_000
            with Image.open(io.BytesIO(picture)) as opened:
                assert max(opened.size) <= 1024
                assert not opened.getexif()


def pictures(body: bytes) -> list[bytes]:
    parts = json.loads(body)["messages"][-1]["content"] if body else []
    return [base64.b64decode(one["image_url"]["url"].partition(",")[2]) for one in parts if one["type"] == "image_url"]


def test_what_is_kept_holds_neither_key_nor_picture(cloud: Cloud, photos: Path, server: CloudServer) -> None:
    ran = [cloud("describe", photos, "--allow"), cloud("cloud", "check"), cloud("cloud", "status")]
    assert [one.code for one in ran] == [0, 0, 0]
    server.order({"times": 99, "status": 401, "body": json.dumps({"detail": f"odd key {KEY}"})})
    stopped = cloud("describe", photos, "--again")
    assert stopped.code == 1
    assert "does not accept the API key" in stopped.err
    (picture, *_) = pictures(base64.b64decode(server.asked[0]["body"]))
    kept = b"".join(path.read_bytes() for path in cloud.program.library.rglob("*") if path.is_file())
    for written in (kept, *(f"{one.out}{one.err}".encode() for one in [*ran, stopped])):
        assert KEY.encode() not in written
        assert picture[200:260] not in written
        assert base64.b64encode(picture[200:260])[:-4] not in written


def test_answers_are_found_and_shown(cloud: Cloud, photos: Path) -> None:
    cloud.json("describe", photos, "--allow")
    cloud.json("products", photos, "--allow")
    found = cloud.program.json("search", 'product:"coke can" products:>2 bicycle leans has:description')
    assert found["total"] == 3
    assert {"product", "description"} <= {one["signal"] for one in found["hits"][0]["reasons"]}
    shown = cloud.program.json("show", photos / f"{NAME}0.jpg")
    assert shown["facts"]["description"] == "A red bicycle leans against a wall."
    assert {one["phase"]: one["where"] for one in shown["answers"]} == {"description": "local", "products": "local"}


def test_never_is_never(cloud: Cloud, photos: Path, server: CloudServer) -> None:
    assert cloud("cloud", "never", photos / f"{NAME}1.jpg").code == 0
    answer = cloud.json("describe", photos, "--allow")
    assert (answer["answered"], len(answer["refused"])) == (2, 1)
    assert len(server.asked) == 2
    assert cloud("cloud", "never", photos).code == 0
    ran = cloud("describe", photos, "--allow", "--again")
    assert ran.code == 2
    assert "from which nothing may ever be sent" in ran.err
    assert len(server.asked) == 2


def test_offline_is_offline(cloud: Cloud, photos: Path, server: CloudServer) -> None:
    assert cloud("describe", photos, "--allow", "--set", "cloud.offline=on").code == 2
    assert cloud("cloud", "check", "--set", "cloud.offline=on").code == 1
    assert server.log == []


def test_what_only_a_person_can_mend_leaves_the_queue_as_it_is(cloud: Cloud, photos: Path, server: CloudServer) -> None:
    server.order({"match": "/chat/", "times": 99, "status": 402, "body": '{"detail": "Cloud credits expired"}'})
    ran = cloud("describe", photos, "--allow")
    assert ran.code == 1
    assert "no credits left" in ran.err
    status = cloud.json("cloud", "status")
    assert status["queue"] == [{"phase": "description", "queued": 3, "failed": 0}]
    server.order()
    assert cloud.json("describe", photos)["answered"] == 3
    assert cloud.json("cloud", "status")["queue"] == []


def test_what_is_paused_waits_until_it_is_resumed(cloud: Cloud, photos: Path, server: CloudServer) -> None:
    assert "0 requests wait until" in cloud("cloud", "pause").out
    ran = cloud("describe", photos, "--allow")
    assert ran.code == 1
    assert "The queue is paused" in ran.err
    status = cloud.json("cloud", "status")
    assert (status["paused"], status["queue"][0]["queued"]) == (True, 3)
    assert server.asked == []
    assert "3 requests wait and are asked" in cloud("cloud", "resume").out
    assert cloud.json("describe", photos)["answered"] == 3


def test_where_nobody_can_be_reached_all_goes_on_waiting(cloud: Cloud, photos: Path) -> None:
    for number in range(3, 9):
        Image.effect_noise((320 + number, 240), 60).convert("RGB").save(photos / f"{NAME}{number}.jpg")
    cloud.program.json("import", photos)
    nobody = ("--set", "cloud.address=http://127.0.0.1:9/v1", "--set", "cloud.models=test/vision")
    answer = cloud.program("describe", photos, "--allow", "--json", "--set", "cloud.server=other", *nobody).json
    assert answer["stopped"]["code"] == "cloud_unreachable"
    assert (answer["answered"], answer["waiting"], answer["failed"]) == (0, 9, [])


def test_a_file_that_gives_no_picture_fails_alone(cloud: Cloud, photos: Path, server: CloudServer) -> None:
    (photos / f"{NAME}1.jpg").write_bytes(b"no picture any more")
    answer = cloud.json("describe", photos, "--allow")
    assert answer["answered"] == 2
    (failed,) = answer["failed"]
    assert failed["path"].endswith(f"{NAME}1.jpg")
    assert len(server.asked) == 2


def test_a_run_that_is_stopped_leaves_its_requests_waiting(cloud: Cloud, photos: Path, server: CloudServer) -> None:
    server.order({"match": "/chat/", "times": 99, "then": "slow", "seconds": 60})
    run = cloud.program.start("describe", photos, "--allow", *cloud.options)
    while not server.asked:
        time.sleep(0.05)
    started = time.monotonic()
    run.send_signal(signal.SIGINT)
    ran = finish(run)
    assert time.monotonic() - started < 10  # 0.2 s where nothing else runs
    assert ran.code == 1
    assert "Stopped. What was done until now is kept" in ran.err
    (waiting,) = cloud.json("cloud", "status")["queue"]
    assert (waiting["queued"], waiting["failed"]) == (3, 0)


def test_without_a_key_nvidia_is_not_asked(cloud: Cloud, photos: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NVIDIA_API_KEY")
    ran = cloud.program("describe", photos, "--allow", "--set", "cloud.offline=off")
    assert ran.code == 1
    assert "There is no API key for nvidia.com yet" in ran.err


def test_what_the_library_does_not_know_is_not_sent(cloud: Cloud, tmp_path: Path, server: CloudServer) -> None:
    other = tmp_path / "other.jpg"
    other.write_bytes(make_photo())
    ran = cloud("describe", other, "--allow")
    assert ran.code == 2
    assert "import it first" in ran.err
    assert server.log == []


@pytest.fixture
def film(cloud: Cloud, media_folder: Path, photos: Path) -> Path:
    path = photos / f"{NAME}.mp4"
    path.write_bytes((media_folder / "videos" / "traffic_h264_aac.mp4").read_bytes())
    cloud.program.json("import", photos)
    return path


def test_a_stretch_of_a_video_is_described_as_a_moment(cloud: Cloud, film: Path, server: CloudServer) -> None:
    answer = cloud.json("describe", film, "--allow", "--from", "0:01", "--to", "2.5")
    (result,) = answer["results"]
    text = "A red bicycle leans against a wall."
    assert result["described_moments"] == [{"time_s": 1.0, "end_s": 2.5, "text": text}]
    assert result["description"] == text
    assert "at 1.0 s to 2.5 s: A red" in cloud("describe", film, "--from", "1", "--to", "0:02.5").out
    second = cloud.json("describe", film, "--from", "3", "--to", "4")["results"][0]
    assert [one["time_s"] for one in second["described_moments"]] == [1.0, 3.0]
    asked = len(server.asked)
    cloud.json("describe", film)  # the whole was not asked about before
    assert len(server.asked) == asked + 1


def test_a_video_is_described_moment_by_moment_or_as_a_clip(cloud: Cloud, film: Path, server: CloudServer) -> None:
    lines = "0:01 A lorry comes.\n0:03 A car overtakes it.\n99:00 Never."
    server.order({"match": "/chat/", "status": 200, "body": json.dumps(chat(lines))})
    (result,) = cloud.json("describe", film, "--allow", "--set", "cloud.video_method=moments")["results"]
    moments = result["described_moments"]
    assert [one["text"] for one in moments][:2] == ["A lorry comes.", "A car overtakes it."]
    assert len(moments) == 3
    assert moments[-1]["time_s"] < 60  # a model may claim any time; kept is that of a frame it was shown
    assert result["description"] == "A lorry comes. A car overtakes it. Never."
    (result,) = cloud.json("describe", film, "--again", "--set", "cloud.video_method=clip")["results"]
    assert result["description"] == "A red bicycle leans against a wall."
    content = json.loads(base64.b64decode(server.asked[-1]["body"]))["messages"][-1]["content"]
    clip = base64.b64decode(content[0]["video_url"]["url"].partition(",")[2])
    assert b"ftyp" in clip[:12]
    assert len(clip) < 2_000_000


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--from", "3", "--to", "2"), "A stretch ends behind its start"),
        (("--from", "soon", "--to", "2"), "'soon' is no time in a video"),
        (("--from", "1"), "'' is no time in a video"),
    ],
)
def test_what_is_no_stretch_is_told(
    cloud: Cloud, film: Path, server: CloudServer, options: tuple[str, ...], sentence: str
) -> None:
    ran = cloud("describe", film, "--allow", *options)
    assert ran.code == 2
    assert sentence in ran.err
    assert server.asked == []


def test_a_photo_has_no_stretches(cloud: Cloud, photos: Path) -> None:
    ran = cloud("describe", photos / f"{NAME}0.jpg", "--allow", "--from", "1", "--to", "2")
    assert ran.code == 2
    assert "are for one video" in ran.err
