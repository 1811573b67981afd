"""What is asked of other programs, over a real session bus."""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from jeepney import HeaderFields, new_method_return
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection
from pytestqt.qtbot import QtBot

from desktop.elsewhere import ask_file_manager

pytest.importorskip("PySide6.QtDBus", reason="Qt has no D-Bus here", exc_type=ImportError)
pytestmark = pytest.mark.skipif(shutil.which("dbus-daemon") is None, reason="the package dbus is not installed")

from PySide6.QtDBus import QDBusConnection  # noqa: E402

PHOTO = Path("/photos/Ölberg caf\udce9/a b.jpg")


@pytest.fixture
def address() -> Iterator[str]:
    """Of a session bus of its own."""
    line = ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address"]
    with subprocess.Popen(line, stdout=subprocess.PIPE, text=True) as daemon:
        assert daemon.stdout is not None
        yield daemon.stdout.readline().strip()
        daemon.terminate()


@pytest.fixture
def bus(address: str) -> Iterator[QDBusConnection]:
    yield QDBusConnection.connectToBus(address, "of the test")
    QDBusConnection.disconnectFromBus("of the test")


def _answer_one(address: str, asked: list[object], ready: threading.Event) -> None:
    """A file manager: it is asked once."""
    with open_dbus_connection(address) as manager:
        manager.send_and_get_reply(message_bus.RequestName("org.freedesktop.FileManager1"))
        ready.set()
        while not asked:
            message = manager.receive(timeout=10)
            if message.header.fields.get(HeaderFields.member) == "ShowItems":
                manager.send(new_method_return(message))
                asked.append(message.body)


def test_the_file_manager_is_asked_to_mark_the_file(address: str, bus: QDBusConnection, qtbot: QtBot) -> None:
    asked: list[object] = []
    ready = threading.Event()
    manager = threading.Thread(target=_answer_one, args=(address, asked, ready))
    manager.start()
    assert ready.wait(10)
    refused: list[bool] = []
    ask_file_manager(bus, str(PHOTO), lambda: refused.append(True))
    qtbot.waitUntil(lambda: bool(asked) or bool(refused))
    manager.join()
    assert asked == [(["file:///photos/%C3%96lberg%20caf%E9/a%20b.jpg"], "")]
    qtbot.wait(50)
    assert not refused


def test_without_a_file_manager_there_is_another_way(bus: QDBusConnection, qtbot: QtBot) -> None:
    refused: list[bool] = []
    ask_file_manager(bus, str(PHOTO), lambda: refused.append(True))
    qtbot.waitUntil(lambda: bool(refused))


def test_without_a_bus_there_is_another_way() -> None:
    refused: list[bool] = []
    ask_file_manager(QDBusConnection("nobody is there"), str(PHOTO), lambda: refused.append(True))
    assert refused
