"""What is asked of a service, to whom, and what comes of it, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLocale, Qt

from desktop.views.activity.wording import duration, number
from desktop.words import span
from engines.analysis.cloud_phases import DESCRIPTION, PRODUCTS, SUGGESTED_TAGS
from engines.analysis.estimating import Estimate
from engines.analysis.sending import Stretch
from engines.cloud.address import Service


def question(phase: str, count: int, stretch: Stretch | None = None) -> str:
    """The title of what asks whether to go on. stretch: of the one video that is meant."""
    if stretch is not None:
        part = {
            DESCRIPTION.name: _tr("Describe {stretch} of a video"),
            PRODUCTS.name: _tr("Detect products in {stretch} of a video"),
            SUGGESTED_TAGS.name: _tr("Suggest tags for {stretch} of a video"),
        }[phase]
        return part.format(stretch=span(stretch))
    one, many = {
        DESCRIPTION.name: (_tr("Describe 1 file"), _tr("Describe {count} files")),
        PRODUCTS.name: (_tr("Detect products in 1 file"), _tr("Detect products in {count} files")),
        SUGGESTED_TAGS.name: (_tr("Suggest tags for 1 file"), _tr("Suggest tags for {count} files")),
    }[phase]
    return counted(one, many, count)


def answered(phase: str, count: int) -> str:
    """That a phase was answered before."""
    one, many = {
        DESCRIPTION.name: (_tr("1 file has a description already"), _tr("{count} files have a description already")),
        PRODUCTS.name: (_tr("1 file was looked at for products"), _tr("{count} files were looked at for products")),
        SUGGESTED_TAGS.name: (_tr("1 file has suggested tags"), _tr("{count} files have suggested tags")),
    }[phase]
    return counted(one, many, count)


def whom(service: Service) -> str:
    """Who is asked, with where that is: 'nvidia.com', 'localhost:11434, on this computer'."""
    return _tr("{name}, on this computer").format(name=service.name) if service.is_local else service.name


def in_words(will_be: Estimate) -> str:
    """What asking comes to, in a sentence."""
    files = counted(_tr("1 more file"), _tr("{count} more files"), will_be.files)
    text = _tr("{files}: {requests} requests, about {size}, at least {time}.")
    return text.format(
        files=files,
        requests=number(will_be.requests),
        size=rough(will_be.sent_bytes),
        time=duration(60 * will_be.minutes),
    )


def rough(count: int) -> str:
    """Bytes in two figures: they are guessed from some of the files."""
    figures = max(0, len(str(count)) - 2)
    return QLocale().formattedDataSize(round(count, -figures), 0, QLocale.DataSizeFormat.DataSizeSIFormat)


def source(answer: Mapping[str, Any] | None, otherwise: str) -> str:
    """Who said something: 'nvidia/nemotron-nano-12b-v2-vl, cloud, 21 Nov 2026'. answer: as records have it."""
    if answer is None:
        return otherwise
    where = _tr("this computer") if answer["where"] == "local" else _tr("cloud")
    when = date(answer["at"]).replace(" ", "\N{NO-BREAK SPACE}")
    return f"{answer['model']}, {where}, {when}"


def date(iso: str) -> str:
    """'21 Nov 2026' of a time as records have it."""
    when = QDateTime.fromString(iso, Qt.DateFormat.ISODate).toLocalTime().date()
    return day(when)


def seconds(count: float) -> str:
    """'1.2 s', '41 s'."""
    return _tr("{seconds} s").format(seconds=QLocale().toString(count, "f", 1 if count < 10 else 0))


def day(when: QDate) -> str:
    return QLocale().toString(when, _tr("d MMM yyyy"))


def counted(one: str, many: str, count: int) -> str:
    return one if count == 1 else many.replace("{count}", number(count))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Cloud", text)
