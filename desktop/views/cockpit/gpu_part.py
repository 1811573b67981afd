"""One graphics card in the cockpit: what it is, what it does, and how it did that over two minutes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop import theme
from desktop.jobs.monitor import Load
from desktop.views.cloud.parts import text_label
from desktop.views.cockpit.gauge import Gauge
from desktop.views.cockpit.wording import card_details, card_memory, of_gigabytes, percent, with_ours
from engines.inference.gpu_monitor import Gpu, Reading


class GpuPart(QWidget):
    """with_lines: whether there is room for lines; without them it is two lines of numbers."""

    def __init__(self, gpu: Gpu, *, with_lines: bool) -> None:
        super().__init__()
        self._uuid = gpu.uuid
        self._with_lines = with_lines
        name = QLabel(gpu.name)
        name.setFont(theme.font(semibold=True))
        name.setTextFormat(Qt.TextFormat.PlainText)
        name.setToolTip(gpu.uuid)
        self._load = Gauge(self.tr("Load"))
        self._memory = Gauge(self.tr("Memory of the card"))
        self._details = text_label("secondary")
        gauges = QHBoxLayout()
        gauges.setSpacing(theme.SPACE_L)
        gauges.addWidget(self._load, 1)
        gauges.addWidget(self._memory, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE_XS)
        layout.addWidget(name)
        layout.addLayout(gauges)
        layout.addWidget(self._details)
        for gauge in (self._load, self._memory):
            gauge.setVisible(with_lines)

    def show_history(self, history: Sequence[Load]) -> None:
        """history: the newest last; this card is in the last one."""
        readings = [next((one for one in load.gpus if one.gpu.uuid == self._uuid), None) for load in history]
        now, load = readings[-1], history[-1]
        if now is None:
            return
        busy = percent(now.load / 100) if now.load is not None else self.tr("not told")
        if not self._with_lines:
            self._details.setText(" · ".join(filter(None, [busy, card_memory(now), card_details(now)])))
            return
        self._load.show_history([_share(one.load, 100) if one else None for one in readings], busy)
        if now.total is not None:
            shares = [_share(one.used, one.total) if one else None for one in readings]
            self._memory.set_title(with_ours(self.tr("Memory of the card"), now.ours))
            self._memory.show_history(shares, card_memory(now))
        else:
            self._memory.set_title(self.tr("Memory, shared with the processor"))
            shared = [past.used_bytes / past.total_bytes for past in history]
            self._memory.show_history(shared, of_gigabytes(load.used_bytes, load.total_bytes))
        self._details.setText(card_details(now))
        self._details.setVisible(bool(self._details.text()))


def _share(value: int | None, whole: int | None) -> float | None:
    return value / whole if value is not None and whole else None


def cards_of(readings: Sequence[Reading]) -> tuple[Gpu, ...]:
    return tuple(reading.gpu for reading in readings)
