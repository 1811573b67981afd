"""On what networks run and what cards do, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QCoreApplication, QLocale

from desktop.cockpit import Standing, Use
from desktop.jobs.monitor import Load
from desktop.sentences import in_own_words
from desktop.translation import told
from desktop.views.activity.wording import number
from engines.inference.gpu_monitor import Reading
from engines.inference.ladder import Skipped

_GB = 1 << 30  # as makers of cards count
_NAMES = {"tensorrt": "TensorRT", "torch": "PyTorch", "openvino": "OpenVINO"}

# Bits of what the driver says slows a card down.
_HEAT, _POWER, _HARDWARE = 0x20 | 0x40, 0x4 | 0x80, 0x8


def _tr(text: str) -> str:
    return QCoreApplication.translate("Cockpit", text)


def back_end_name(name: str) -> str:
    return _NAMES.get(name, name)


def percent(share: float) -> str:
    """share: 0 to 1."""
    return _tr("{percent} %").format(percent=round(share * 100))


def gigabytes(count: int) -> str:
    """A number without its unit: below 10 with one place behind the point."""
    value = count / _GB
    return QLocale().toString(value, "f", 1 if value < 9.95 else 0)


def of_gigabytes(used: int, total: int) -> str:
    return _tr("{used} of {total} GB").format(used=gigabytes(used), total=gigabytes(total))


def runs_on(standing: Standing | None, uses: Sequence[Use]) -> str:
    """'TensorRT fp16'; several where networks differ, none while it is not known."""
    if uses:
        pairs = dict.fromkeys((use.network.back_end, use.network.precision) for use in uses)
    elif standing is not None and standing.back_end:
        pairs = {(standing.back_end, standing.precision): None}
    else:
        return ""
    return " + ".join(f"{back_end_name(name)} {precision}" for name, precision in pairs)


def strip_texts(standing: Standing | None, uses: Sequence[Use], load: Load | None) -> tuple[str, ...]:
    """What the status bar says, and what of it where there is less room, the longest first."""
    return strip_text(standing, uses, load), strip_text(None, (), load), _card_or_processor(load)


def _card_or_processor(load: Load | None) -> str:
    if load is None:
        return ""
    if load.gpus and (busy := busiest(load.gpus).load) is not None:
        return _tr("GPU {percent}").format(percent=percent(busy / 100))
    return _tr("CPU {percent}").format(percent=percent(load.processor))


def strip_text(standing: Standing | None, uses: Sequence[Use], load: Load | None) -> str:
    """What the status bar says: 'OpenVINO fp32 · CPU 64 % · 2.1 GB', or with a card what that does."""
    parts = [part] if (part := runs_on(standing, uses)) else []
    if load is None:
        return " · ".join(parts)
    parts.append(_tr("CPU {percent}").format(percent=percent(load.processor)))
    if not load.gpus:
        parts.append(_tr("{size} GB").format(size=gigabytes(load.memory_bytes)))
        return " · ".join(parts)
    return f"{' · '.join(parts)} │ {_card_in_short(busiest(load.gpus))}"


def busiest(readings: Iterable[Reading]) -> Reading:
    return max(readings, key=lambda reading: reading.load or 0)


def _card_in_short(reading: Reading) -> str:
    known = [_tr("GPU {percent}").format(percent=percent(reading.load / 100))] if reading.load is not None else []
    if reading.used is not None and reading.total is not None:
        memory = _tr("{used}/{total} GB")
        known.append(memory.format(used=gigabytes(reading.used), total=gigabytes(reading.total)))
    return " · ".join(known) or _tr("GPU")


def card_memory(reading: Reading) -> str:
    """What all hold of it."""
    if reading.used is None or reading.total is None:
        return _tr("not told")
    return of_gigabytes(reading.used, reading.total)


def with_ours(title: str, ours: int | None) -> str:
    """A title, and what this program holds, where that is known and anything."""
    return _tr("{title}, ours {size} GB").format(title=title, size=gigabytes(ours)) if ours else title


def card_details(reading: Reading) -> str:
    """Temperature, power, clock, film coder and what slows it down, as far as it tells."""
    known: list[str] = []
    if reading.temperature is not None:
        known.append(_tr("{degrees} °C").format(degrees=reading.temperature))
    if reading.power is not None and reading.power_limit is not None:
        power, limit = round(reading.power), round(reading.power_limit)
        known.append(_tr("{power} of {limit} W").format(power=power, limit=limit))
    elif reading.power is not None:
        known.append(_tr("{power} W").format(power=round(reading.power)))
    if reading.clock is not None:
        known.append(_tr("{clock} MHz").format(clock=number(reading.clock)))
    if reading.encoder is not None and reading.decoder is not None:
        coder = _tr("encoder {encoder}, decoder {decoder}")
        known.append(coder.format(encoder=percent(reading.encoder / 100), decoder=percent(reading.decoder / 100)))
    if (brake := _brake(reading.throttled)) is not None:
        known.append(brake)
    return " · ".join(known)


def _brake(bits: int | None) -> str | None:
    if not bits:
        return None
    if bits & _HEAT:
        return _tr("slowed down by heat")
    if bits & _POWER:
        return _tr("slowed down by its power limit")
    return _tr("slowed down by its hardware") if bits & _HARDWARE else None


def reasons(standing: Standing | None, uses: Sequence[Use]) -> list[str]:
    """Why nothing faster is in use: first what holds for all networks, then what for single ones."""
    if standing is None:
        return []
    if standing.fault is not None:
        return [told(standing.fault)]
    found = _sentences(_tr("Not on {names}: {reason}"), standing.skipped)
    for use in uses:
        found += _sentences(_tr("{network} not on {names}: {reason}"), use.network.skipped, use.network.title)
    return list(dict.fromkeys(found))


def _sentences(text: str, skipped: Iterable[Skipped], network: str = "") -> list[str]:
    """One for each reason, with all that it speaks against."""
    by_reason: dict[str, list[str]] = {}
    for one in skipped:
        by_reason.setdefault(one.reason, []).append(back_end_name(one.name))
    between = _tr(" or ")
    return [
        text.format(network=network, names=between.join(names), reason=in_own_words(reason))
        for reason, names in by_reason.items()
    ]
