"""What a program shows, as it tells a screen reader: roles, names, places and states, over AT-SPI's bus."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from jeepney import DBusAddress, DBusErrorResponse, MessageType, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection

_ROOT = "/org/a11y/atspi/accessible/root"
_ACCESSIBLE = "org.a11y.atspi.Accessible"
_ANSWER_S = 20  # a window that says nothing for so long is frozen
_SCREEN = 0  # places are counted from the screen's corner, not the window's
_STATES = {1: "active", 4: "checked", 8: "enabled", 12: "focused", 23: "selected", 25: "showing"}


@dataclass(frozen=True)
class Part:
    """One thing that is shown. role: as AT-SPI calls it, such as 'push button'. box: x, y, width, height on the screen.

    text: what stands in a field for texts. description: what is said about it besides its name. address: on the bus.
    """

    role: str
    name: str
    box: tuple[int, int, int, int]
    states: frozenset[str]
    text: str = ""
    description: str = ""
    address: tuple[str, str] = ("", "")

    @property
    def middle(self) -> tuple[int, int]:
        x, y, width, height = self.box
        return x + width // 2, y + height // 2


class Reader:
    """Reads what programs say about themselves. session_bus: its address."""

    def __init__(self, session_bus: str) -> None:
        with open_dbus_connection(session_bus) as session:
            (address,) = _call(session, "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress")
        self._bus = open_dbus_connection(address)

    def close(self) -> None:
        self._bus.close()

    def parts(self, pid: int) -> list[Part]:
        """All that a program shows now; empty before it shows anything."""
        return [part for root in self._programs(pid) for part in self._walk(*root)]

    def name_of(self, part: Part) -> str:
        """What it is called by now, '' where it has gone; all of a window takes a thousand times as long to read."""
        return self._property(*part.address, "Name")

    def _programs(self, pid: int) -> Iterator[tuple[str, str]]:
        (programs,) = self._ask("org.a11y.atspi.Registry", _ROOT, _ACCESSIBLE, "GetChildren") or ([],)
        bus = "org.freedesktop.DBus"
        for owner, path in programs:
            if self._ask(bus, "/org/freedesktop/DBus", bus, "GetConnectionUnixProcessID", "s", (owner,)) == (pid,):
                yield owner, path

    def _walk(self, owner: str, path: str) -> Iterator[Part]:
        """A part with all in it, but nothing of what is hidden. What goes away meanwhile is left out."""
        states = self._states(owner, path)
        if "showing" not in states and path != _ROOT:
            return
        (role,) = self._ask(owner, path, _ACCESSIBLE, "GetRoleName") or ("",)
        (box,) = self._ask(owner, path, "org.a11y.atspi.Component", "GetExtents", "u", (_SCREEN,)) or ((0, 0, 0, 0),)
        (text,) = self._ask(owner, path, "org.a11y.atspi.Text", "GetText", "ii", (0, -1)) or ("",)
        name, description = (self._property(owner, path, which) for which in ("Name", "Description"))
        yield Part(role, name, box, states, text, description, (owner, path))
        (children,) = self._ask(owner, path, _ACCESSIBLE, "GetChildren") or ([],)
        for child in children:
            yield from self._walk(*child)

    def _states(self, owner: str, path: str) -> frozenset[str]:
        (words,) = self._ask(owner, path, _ACCESSIBLE, "GetState") or ((0, 0),)
        return frozenset(name for bit, name in _STATES.items() if words[0] >> bit & 1)

    def _property(self, owner: str, path: str, name: str) -> str:
        found = self._ask(owner, path, "org.freedesktop.DBus.Properties", "Get", "ss", (_ACCESSIBLE, name))
        return str(found[0][1]) if found else ""

    def _ask(self, *call: Any) -> tuple[Any, ...]:
        """The answer; () from what has gone, or does not know the question."""
        try:
            return _call(self._bus, *call)
        except DBusErrorResponse:
            return ()


def _call(
    bus: DBusConnection,
    owner: str,
    path: str,
    interface: str,
    method: str,
    signature: str | None = None,
    arguments: tuple[Any, ...] = (),
) -> tuple[Any, ...]:
    message = new_method_call(DBusAddress(path, owner, interface), method, signature, arguments)
    reply = bus.send_and_get_reply(message, timeout=_ANSWER_S)
    if reply.header.message_type is MessageType.error:
        raise DBusErrorResponse(reply)
    return tuple(reply.body)
