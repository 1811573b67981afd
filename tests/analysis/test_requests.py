"""The loop of the cloud queue: every request is answered once, in the pace, through faults and kills."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from engines.analysis.asking import chosen_service, plan
from engines.analysis.estimating import estimate
from engines.analysis.fence import fence
from engines.analysis.requests import contents_at, request
from engines.cloud.address import Service
from engines.errors import CloudError
from engines.settings import Cloud
from engines.types import Kind
from tests import cloud_run
from tests.cloud_server import CloudServer, serving
from tests.shelf import Shelf

ROOT = Path(__file__).resolve().parents[2]
NVIDIA = chosen_service(Cloud())
FAULTS = {"429": 0.05, "500": 0.02, "drop": 0.01}


def test_an_estimate_is_what_it_will_be() -> None:
    """The example of the design: both questions about each of five frames of 1,817 videos."""
    settings = Cloud(requests_per_minute=100, video_method="frames", product_words=("milk",))
    found = estimate(0, 1817, ["description", "products"], settings, NVIDIA, bytes_each=500_000)
    assert (found.files, found.frames, found.requests) == (1817, 18_170, 18_170)
    assert round(found.minutes) == 182
    assert found.sent_bytes == 1_817_000_000


@pytest.mark.parametrize(
    ("settings", "phase", "kind", "form", "requests"),
    [
        (Cloud(), "description", Kind.PHOTO, "jpegs", 1),
        (Cloud(), "description", Kind.VIDEO, "sheet", 1),
        (Cloud(video_method="frames"), "description", Kind.VIDEO, "jpegs", 5),
        (Cloud(video_method="moments"), "description", Kind.VIDEO, "sheet", 1),
        (Cloud(video_method="clip"), "description", Kind.VIDEO, "small clip", 1),
        (Cloud(video_method="clip"), "suggested tags", Kind.VIDEO, "sheet", 1),
        (Cloud(), "products", Kind.PHOTO, "clip", 1),
        (Cloud(product_words=("milk",)), "products", Kind.VIDEO, "jpegs", 5),
        (Cloud(product_detector="model"), "products", Kind.PHOTO, "jpegs", 1),
        (Cloud(), "suggested tags", Kind.VIDEO, "sheet", 1),
    ],
)
def test_each_phase_has_its_plan(settings: Cloud, phase: str, kind: Kind, form: str, requests: int) -> None:
    found = plan(phase, kind, settings, NVIDIA)
    assert (found.form, found.requests) == (form, requests)


def test_a_server_without_an_address_is_told() -> None:
    with pytest.raises(CloudError, match=r"cloud\.address has to say where"):
        chosen_service(Cloud(server="other"))


def queued(shelf: Shelf, service: Service, count: int) -> list[int]:
    """So many photos that wait for a description."""
    for number in range(count):
        shelf.put(f"{number // 200}/{number}.jpg")
    shelf.take_in()
    store = shelf.library.cloud
    store.allow(str(shelf.photos), service.name)
    contents = contents_at(shelf.library, str(shelf.photos))
    assert request(store, fence(store, Cloud(), service), contents, "description").waiting == count
    shelf.library.close()
    return contents


def start(shelf: Shelf, server: CloudServer) -> subprocess.Popen[str]:
    line = [sys.executable, "-m", "tests.cloud_run", str(shelf.library.folder), server.base]
    return subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def killed_after(process: subprocess.Popen[str], answers: int) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        if int(line) >= answers:
            break
    process.kill()
    process.communicate()


def finished(process: subprocess.Popen[str]) -> tuple[int, int]:
    """How many failed, and the peak memory in KB."""
    out, _ = process.communicate(timeout=100)
    assert process.returncode == 0
    done, failed, memory = out.splitlines()[-1].split()
    assert done == "done"
    return int(failed), int(memory)


def most_within(times: list[float], seconds: float) -> int:
    first, most = 0, 0
    for last, time_s in enumerate(times):
        while times[first] <= time_s - seconds:
            first += 1
        most = max(most, last - first + 1)
    return most


def through(shelf: Shelf, count: int, kills: tuple[int, ...]) -> int:
    """Work off so many requests with faults and kills; the peak memory in KB of the last process."""
    with serving(faults=FAULTS, seed=7) as server:
        queued(shelf, chosen_service(Cloud(server="other", address=server.base)), count)
        for answers in kills:
            killed_after(start(shelf, server), answers)
        failed, memory = finished(start(shelf, server))
        asked = server.asked
    shelf.open_again()
    store = shelf.library.cloud
    assert failed == 0
    assert store.waiting() == []
    assert shelf.count("cloud_answer") == shelf.count("finding WHERE phase = 'description'") == count
    meter = store.meter()
    answered = shelf.count("cloud_call WHERE status = 200")
    unknown = shelf.count("cloud_call WHERE status IS NULL")
    assert meter.month == len(asked) or abs(meter.month - len(asked)) <= cloud_run.IN_FLIGHT * len(kills)
    # What was answered twice was under way when a kill came.
    assert count <= answered + unknown <= count + cloud_run.IN_FLIGHT * len(kills)
    assert most_within([one["at"] for one in asked], cloud_run.WINDOW_S) <= cloud_run.LIMIT
    return memory


def test_a_killed_run_goes_on(shelf: Shelf) -> None:
    through(shelf, 60, kills=(15,))


@pytest.mark.faults
def test_two_thousand_requests_through_faults_and_two_kills(shelf: Shelf, tmp_path: Path) -> None:
    """Memory is that of a short run: nothing is gathered."""
    memory = through(shelf, 2000, kills=(500, 600))
    small = Shelf(tmp_path / "small")
    try:
        assert memory - through(small, 200, kills=()) < 30_000  # KB
    finally:
        small.library.close()
