"""The strip and the cockpit, with a driver that says what one said once, and with none."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QPushButton, QSlider, QWidget
from pytestqt.qtbot import QtBot

from desktop.cockpit import Cockpit, Standing
from desktop.jobs.analyser import Activity, Stage
from desktop.jobs.monitor import Load
from desktop.session import Session
from desktop.views.cockpit.gauge import Gauge
from desktop.views.cockpit.gpu_part import GpuPart
from desktop.views.cockpit.networks_part import NetworksPart
from desktop.views.cockpit.panel import CockpitPanel
from desktop.views.cockpit.strip import Strip
from desktop.views.cockpit.wording import card_details, reasons
from engines.analysis.networks import Networks
from engines.inference.gpu_monitor import GpuMonitor
from engines.inference.ladder import Skipped
from engines.inference.ladder_runner import LadderRunner
from engines.settings import Settings
from tests.recorded_nvml import GB, Driver
from tests.seeing import SeeingRunner, picture

NO_DRIVER = "No NVIDIA driver was found."


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    yield
    QLocale.setDefault(before)


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def loads(driver: Driver, *pids: int) -> Load:
    monitor = GpuMonitor(driver)
    readings = monitor.read(frozenset(pids))
    return Load(0.64, 2 * GB, 12 * GB, 24 * GB, readings, monitor.reason)


@pytest.fixture
def panel(session: Session, qtbot: QtBot) -> Iterator[CockpitPanel]:
    around = QWidget()
    around.resize(1280, 800)
    panel = CockpitPanel(session, around)
    qtbot.addWidget(around)
    around.show()
    panel.toggle()
    yield panel
    panel.hide()


def words(panel: QWidget) -> list[str]:
    return [label.text() for label in panel.findChildren(QLabel) if label.isVisibleTo(panel) and label.text()]


def strip_of(session: Session, qtbot: QtBot) -> Strip:
    strip = Strip(session.cockpit, QAction("Show cockpit", session))
    strip.resize(800, 28)
    qtbot.addWidget(strip)
    return strip


def test_with_a_card_the_strip_says_what_it_does(session: Session, qtbot: QtBot) -> None:
    strip = strip_of(session, qtbot)
    session.cockpit.standing = Standing("tensorrt", "fp16")
    session.cockpit.take(loads(Driver(2)))
    assert strip.text().strip() == "TensorRT fp16 · CPU 64 % │ GPU 87 % · 3.0/12 GB"
    wanted = strip.sizeHint().width()
    strip.show()
    strip.resize(120, 28)
    assert strip.text().strip() == "GPU 87 %"
    assert (strip.sizeHint().width(), "TensorRT fp16" in strip.accessibleName()) == (wanted, True)


def test_without_a_card_the_strip_says_what_is_true_instead_and_why(session: Session, qtbot: QtBot) -> None:
    strip = strip_of(session, qtbot)
    skipped = tuple(Skipped(name, NO_DRIVER) for name in ("tensorrt", "torch"))
    session.cockpit.standing = Standing("openvino", "fp32", skipped)
    session.cockpit.take(loads(Driver(0)))
    assert strip.text().strip() == "OpenVINO fp32 · CPU 64 % · 2.0 GB"
    assert strip.toolTip().endswith(f"Not on TensorRT or PyTorch: {NO_DRIVER}")


def test_the_computer_is_measured_in_a_thread(session: Session, qtbot: QtBot) -> None:
    session.cockpit.make_gpus = lambda: GpuMonitor(Driver(1))
    with qtbot.waitSignals([session.cockpit.measured, session.cockpit.changed]):
        session.cockpit.start()
    load = session.cockpit.load
    assert load is not None
    assert 0 < load.memory_bytes < load.used_bytes < load.total_bytes
    assert [reading.gpu.name for reading in load.gpus] == ["NVIDIA GeForce RTX 3060"]
    assert session.cockpit.standing is not None  # whatever this computer really has
    assert session.cockpit.standing.back_end in ("openvino", "torch", "tensorrt")


def test_every_card_has_its_numbers(panel: CockpitPanel, session: Session, qtbot: QtBot) -> None:
    session.cockpit.take(loads(Driver(2), 10))
    qtbot.waitUntil(lambda: "Tesla T4" in words(panel))
    shown = words(panel)
    assert {"NVIDIA GeForce RTX 3060", "87 %", "3.0 of 12 GB", "Memory of the card, ours 1.0 GB"} <= set(shown)
    assert "67 °C · 132 of 170 W · 1,777 MHz · encoder 12 %, decoder 3 %" in shown


def test_a_driver_that_goes_and_comes_back_takes_its_cards_along(
    panel: CockpitPanel, session: Session, qtbot: QtBot
) -> None:
    driver, clock = Driver(2), Clock()
    monitor = GpuMonitor(driver, clock)

    def measure() -> None:
        session.cockpit.take(Load(0.5, GB, 2 * GB, 4 * GB, monitor.read(), monitor.reason))

    measure()
    driver.failing["nvmlDeviceGetUtilizationRates"] = 15  # the card fell off the bus
    measure()
    assert [part for part in panel.findChildren(GpuPart) if part.isVisibleTo(panel)] == []
    assert "The graphics card does not answer; its driver may have been restarted." in words(panel)
    driver.failing.clear()
    clock.now += 11
    measure()
    qtbot.waitUntil(lambda: len([part for part in panel.findChildren(GpuPart) if part.isVisibleTo(panel)]) == 2)


def test_a_card_that_shares_the_computers_memory_shows_that(
    panel: CockpitPanel, session: Session, qtbot: QtBot
) -> None:
    driver = Driver(1)
    driver.failing["nvmlDeviceGetMemoryInfo"] = 3
    session.cockpit.take(loads(driver))
    qtbot.waitUntil(lambda: {"Memory, shared with the processor", "12 of 24 GB"} <= set(words(panel)))


def test_the_history_is_as_long_as_two_minutes(session: Session) -> None:
    for _ in range(130):
        session.cockpit.take(loads(Driver(1)))
    assert len(session.cockpit.history) == 120


def test_lines_are_painted_where_numbers_were_known(qtbot: QtBot) -> None:
    gauge = Gauge("Load")
    qtbot.addWidget(gauge)
    gauge.resize(240, 80)
    empty = gauge.grab().toImage()
    gauge.show_history([0.2, 0.4, None, None, 0.9, 0.8, 0.7] * 10, "…")
    assert gauge.grab().toImage() != empty


def test_what_slows_a_card_down_is_told() -> None:
    driver = Driver(1)
    driver.RECORDED = Driver.RECORDED | {"nvmlDeviceGetCurrentClocksEventReasons": (0x40,)}  # type: ignore[misc]
    assert card_details(loads(driver).gpus[0]).endswith("slowed down by heat")


def test_a_network_at_work_is_told_with_its_speed(session: Session) -> None:
    skipped = [Skipped("tensorrt", "no luck.")]

    def start(card: object) -> LadderRunner:
        runner = LadderRunner(card, [("openvino", SeeingRunner)])  # type: ignore[arg-type]
        runner.skipped = list(skipped)
        return runner

    networks = Networks(start)
    cockpit = Cockpit(Settings(), session.background, SimpleNamespace(networks=(networks,)))  # type: ignore[arg-type]
    networks.infer([picture(number, "objects") for number in range(6)])
    cockpit.take(loads(Driver(0)))
    (use,) = cockpit.uses
    assert (use.network.name, use.network.back_end, use.per_second > 0) == ("yolov3-tiny", "openvino", True)
    assert reasons(Standing("openvino", "fp32"), cockpit.uses) == ["YOLOv3-tiny not on TensorRT: no luck."]
    networks.free()
    cockpit.take(loads(Driver(0)))
    assert cockpit.uses == (use,)  # how it was when it last ran


def test_the_slider_changes_the_budget_once_it_rests(panel: CockpitPanel, session: Session, qtbot: QtBot) -> None:
    session.cockpit.take(loads(Driver(1)))
    (slider,) = panel.findChildren(QSlider)
    slider.setValue(50)
    assert "Networks may take 50 % of its free memory, about 4.5 GB" in words(panel)
    with qtbot.waitSignal(session.settings_changed):
        pass
    assert session.settings.inference.vram_percent == 50


def test_what_runs_can_be_held(panel: CockpitPanel, session: Session) -> None:
    session.analyser.state_changed.emit(Activity(Stage.INFER, "Adding photos", 12, 90, 0, 38.2, 310.0))
    assert "Adding photos: 12 of 90 · 38/s · 5 min left" in words(panel)
    (button,) = [one for one in panel.findChildren(QPushButton) if one.isVisible() and one.text() == "Pause"]
    button.click()
    assert session.analyser.activity.stage is Stage.PAUSED


def test_a_back_end_that_was_forced_and_cannot_be_had_is_told(session: Session, qtbot: QtBot) -> None:
    session.set_settings(session.settings.with_value("inference.back_end", "tensorrt"))
    with qtbot.waitSignal(session.cockpit.changed):
        session.cockpit.start()
    standing = session.cockpit.standing
    assert standing is not None
    assert standing.fault is not None or standing.back_end == "tensorrt"


def test_what_is_to_run_is_known_also_when_something_else_was_changed_meanwhile(session: Session, qtbot: QtBot) -> None:
    with qtbot.waitSignal(session.cockpit.changed):
        session.cockpit.start()
        session.set_settings(session.settings.with_value("appearance.theme", "light"))
    assert session.cockpit.standing is not None


def test_what_nobody_sees_is_not_kept_up(panel: CockpitPanel, session: Session) -> None:
    (part,) = panel.findChildren(NetworksPart)
    panel.hide()
    session.cockpit.standing = Standing("torch", "fp16")
    session.cockpit.changed.emit()
    assert "PyTorch fp16" not in words(panel)
    before = set(part.findChildren(QLabel))
    panel.show()
    assert "PyTorch fp16" in words(panel)
    assert set(part.findChildren(QLabel)) == before
